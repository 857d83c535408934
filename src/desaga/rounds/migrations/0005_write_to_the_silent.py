"""A reminder of its own for who stays silent."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0006_seat_groups_and_years"),
        ("rounds", "0004_note_which_link"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="requestevent",
            name="request_event_kind_known",
        ),
        migrations.AddField(
            model_name="round",
            name="silent_days_after",
            field=models.PositiveSmallIntegerField(default=4, verbose_name="days after"),
        ),
        migrations.AlterField(
            model_name="requestevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("asked", "Asked by e-mail"),
                    ("answered", "Answered"),
                    ("passed_on", "Passed on"),
                    ("not_theirs", "Not theirs"),
                    ("due_soon", "Reminded: due soon"),
                    ("late", "Reminded: late"),
                    ("silent", "Reminded: silent"),
                    ("reminded", "Reminded by hand"),
                    ("escalated", "The lead was told that it is silent"),
                    ("bounced", "The e-mail came back"),
                    ("not_delivered", "The e-mail could not be delivered"),
                    ("took_back", "Took evidence back"),
                    ("revoked", "Taken back"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="requestevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "asked",
                            "answered",
                            "passed_on",
                            "not_theirs",
                            "due_soon",
                            "late",
                            "silent",
                            "reminded",
                            "escalated",
                            "bounced",
                            "not_delivered",
                            "took_back",
                            "revoked",
                        ],
                    )
                ),
                name="request_event_kind_known",
            ),
        ),
    ]
