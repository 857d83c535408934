"""Who looked at which letter is whose scheme it is alone."""

from django.db import migrations

from desaga.tenancy.rowsecurity import names_readable, row_security


class Migration(migrations.Migration):
    dependencies = [("placements", "0017_look_at_letters")]

    operations = [
        row_security("placements_lettercheck"),
        names_readable("placements_lettercheck", "item_id", "placements_agendaitem"),
    ]
