"""Put every table of this slice under row-level security. Who sees what, and why: docs/adr/0002-tenancy-and-grants.md."""

from django.db import migrations

from desaga.tenancy.rowsecurity import row_security

PUBLISHED = "exists (select 1 from plans_plan p where p.id = plan_id and p.published_at <= now())"
PARTS = ("theme", "action", "actionowner", "alignment", "milestone", "dependency", "update", "doubt")


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0001_make_plans"),
        ("organisations", "0002_secure_rows"),
    ]

    operations = [
        row_security("plans_plan", kind="plans.plan", published="published_at"),
        *(row_security(f"plans_{part}", kind="plans.plan", object_id="plan_id", published=PUBLISHED) for part in PARTS),
        # What a document says before it is a plan, and how a plan came to be as it is, are the organisation's alone.
        *(row_security(f"plans_{name}") for name in ("importeddocument", "documentcontent", "stagedrow")),
        *(
            row_security(f"plans_{name}", append_only=True)
            for name in ("statechange", "planevent", "themeevent", "actionevent")
        ),
    ]
