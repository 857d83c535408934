"""The link by which a person's calendar program fetches their dates. Whose it is, the platform alone finds by its key."""

import django.db.models.deletion
from django.db import migrations, models

from desaga.tenancy.rowsecurity import ON_PLATFORM, row_security


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0005_name_known_people"),
        ("rounds", "0001_make_rounds"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("made_at", models.DateTimeField(editable=False)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.person"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("person",), name="calendar_link_once")],
            },
        ),
        row_security("rounds_calendarlink", organisation=None, person="person_id", also_readable=[ON_PLATFORM]),
    ]
