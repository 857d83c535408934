"""States are called so that they fit schemes with approvals and with letters, with an agreement and without."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("placements", "0023_secure_standing_deputies"),
    ]

    operations = [
        migrations.AlterField(
            model_name="application",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Being written"),
                    ("with_approvers", "With those who are asked"),
                    ("received", "Received, to be checked"),
                    ("changes_asked", "Changes asked for"),
                    ("eligible", "For the panel"),
                    ("ineligible", "Not eligible"),
                    ("reserve", "On the reserve list"),
                    ("declined", "Declined"),
                    ("offered", "Award offered"),
                    ("turned_down", "Award turned down"),
                    ("accepted", "Award accepted, to be signed"),
                    ("agreed", "Under way"),
                    ("reported", "Report received"),
                    ("closed", "Finished"),
                    ("called_off", "Called off"),
                    ("withdrawn", "Withdrawn"),
                ],
                default="draft",
                editable=False,
                max_length=20,
                verbose_name="state",
            ),
        ),
    ]
