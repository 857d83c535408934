"""An answer is its organisation's. What federations publish is everybody's to read and the platform's to write."""

from django.db import migrations

from desaga.tenancy.rowsecurity import ON_PLATFORM, row_security


class Migration(migrations.Migration):
    dependencies = [("federation", "0003_keep_answers_and_federations")]

    operations = [
        row_security("federation_samlanswer"),
        row_security("federation_federation", organisation=None, also_readable=["true"], also_writable=[ON_PLATFORM]),
        row_security(
            "federation_federatedinstitution", organisation=None, also_readable=["true"], also_writable=[ON_PLATFORM]
        ),
    ]
