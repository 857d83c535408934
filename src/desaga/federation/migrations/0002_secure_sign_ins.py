"""A sign-in is its organisation's. What is needed before anybody is known can be read by all: sign-ins that are on, and
confirmed domains. Secrets and rules are the organisation's alone; who came in, also the account's own."""

from django.db import migrations

from desaga.tenancy.rowsecurity import CURRENT_USER, ON_PLATFORM, row_security


class Migration(migrations.Migration):
    dependencies = [("federation", "0001_make_sign_ins"), ("organisations", "0005_name_known_people")]

    operations = [
        row_security(
            "federation_emaildomain",
            also_readable=["confirmed_at is not null", ON_PLATFORM],
            also_writable=[ON_PLATFORM],
        ),
        row_security("federation_provider", also_readable=["is_on"]),
        row_security("federation_providersecret"),
        row_security("federation_rolerule"),
        row_security("federation_identity", also_readable=[f"user_id = {CURRENT_USER}"]),
        row_security("federation_mappedrole"),
    ]
