"""Files, hosts and answers to equality questions are their organisation's, and nobody else's: applicants come to theirs by pages of that organisation."""

from django.db import migrations

from desaga.tenancy.rowsecurity import names_readable, row_security


class Migration(migrations.Migration):
    dependencies = [("placements", "0003_write_applications")]

    operations = [
        row_security("placements_applicationfile"),
        row_security("placements_applicationfilecontent"),
        row_security("placements_equalityanswers"),
        row_security("placements_hostplace"),
        names_readable("placements_applicationfile", "application_id", "placements_application"),
        names_readable("placements_applicationfilecontent", "file_id", "placements_applicationfile"),
        names_readable("placements_equalityanswers", "version_id", "placements_schemeversion"),
    ]
