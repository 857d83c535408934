"""A reading says of what kind it is, so that what is hidden to protect others is not said to be few."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_keep_readings")]

    operations = [
        migrations.AddField(
            model_name="reading",
            name="kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("value", "value"),
                    ("suppressed", "suppressed"),
                    ("zero", "zero"),
                    ("not collected", "not collected"),
                ],
                default="",
                max_length=15,
            ),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ["suppressed", "not collected"]), _negated=True),
                    ("value", None),
                    _connector="OR",
                ),
                name="reading_hidden_has_no_value",
            ),
        ),
    ]
