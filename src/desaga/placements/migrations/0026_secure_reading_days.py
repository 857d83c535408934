"""Mails to readers, earlier terms and redacted copies are whose scheme it is alone."""

from django.db import migrations

from desaga.tenancy.rowsecurity import names_readable, row_security


class Migration(migrations.Migration):
    dependencies = [("placements", "0025_share_reading_days")]

    operations = [
        row_security("placements_readingletter"),
        row_security("placements_earlierterm"),
        row_security("placements_redactedfile"),
        names_readable("placements_readingletter", "round_id", "placements_round"),
        names_readable("placements_readingletter", "member_id", "placements_panelmember"),
        names_readable("placements_earlierterm", "member_id", "placements_panelmember"),
        names_readable("placements_redactedfile", "file_id", "placements_applicationfile"),
    ]
