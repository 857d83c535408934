"""What a panel has in mind is whose scheme it is alone: no applicant finds anything of it, by whatever way."""

from django.db import migrations

from desaga.tenancy.rowsecurity import names_readable, row_security


class Migration(migrations.Migration):
    dependencies = [("placements", "0010_keep_meetings")]

    operations = [
        row_security("placements_agendaitem"),
        row_security("placements_pendingoutcome"),
        row_security("placements_outcomechange", append_only=True),
        row_security("placements_outcomeletter"),
        names_readable("placements_agendaitem", "round_id", "placements_round"),
        names_readable("placements_agendaitem", "goes_to_id", "placements_round"),
        names_readable("placements_agendaitem", "application_id", "placements_application"),
        names_readable("placements_pendingoutcome", "item_id", "placements_agendaitem"),
        names_readable("placements_outcomechange", "item_id", "placements_agendaitem"),
        names_readable("placements_outcomeletter", "item_id", "placements_agendaitem"),
    ]
