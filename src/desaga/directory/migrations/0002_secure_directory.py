"""An entry is read by everybody until its last day: there is nothing in it that was not ticked."""

from django.db import migrations

from desaga.tenancy.rowsecurity import TODAY, names_readable, row_security


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_make_directory")]

    operations = [
        row_security("directory_listing", published=f"shown_until >= {TODAY}"),
        names_readable("directory_listing", "person_id", "organisations_person"),
    ]
