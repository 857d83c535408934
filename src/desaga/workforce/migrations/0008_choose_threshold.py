"""How few people are hidden inside, as an organisation chooses: docs/adr/0029-how-figures-are-protected.md."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0008_name_equality_steward"),
        ("workforce", "0007_list_who_moved"),
    ]

    operations = [
        migrations.AddField(
            model_name="statement",
            name="threshold",
            field=models.PositiveSmallIntegerField(default=5, verbose_name="fewer people than this are hidden inside"),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(("threshold__in", (5, 10))), name="statement_threshold_offered"
            ),
        ),
    ]
