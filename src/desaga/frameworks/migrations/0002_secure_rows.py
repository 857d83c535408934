"""Put every table of this slice under row-level security, and let no row name an edition of another organisation."""

from django.db import migrations

from desaga.tenancy.rowsecurity import names_readable, row_security

PARTS = ("principle", "principlemove", "editionchange")


class Migration(migrations.Migration):
    dependencies = [
        ("frameworks", "0001_make_editions"),
        ("organisations", "0002_secure_rows"),
    ]

    operations = [
        *(row_security(f"frameworks_{name}") for name in ("edition", "principle", "principlemove")),
        *(
            row_security(f"frameworks_{name}", append_only=True)
            for name in ("editionchange", "editionevent", "principleevent")
        ),
        # Foreign keys are checked without row-level security.
        names_readable("frameworks_edition", "replaces_id", "frameworks_edition"),
        *(names_readable(f"frameworks_{part}", "edition_id", "frameworks_edition") for part in PARTS),
    ]
