"""What an extract says of posts that nobody holds, and where numbers of posts come from: docs/adr/0032-figures-and-readiness.md."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0008_name_equality_steward"),
        ("workforce", "0009_count_take_ups"),
    ]

    operations = [
        migrations.AddField(
            model_name="advertisedposts",
            name="source",
            field=models.CharField(
                choices=[("hand", "Entered"), ("file", "From a file"), ("extract", "Vacant in an extract")],
                default="hand",
                max_length=10,
                verbose_name="from",
            ),
        ),
        migrations.AddField(
            model_name="snapshot",
            name="vacant",
            field=models.JSONField(default=list),
        ),
        migrations.AddConstraint(
            model_name="advertisedposts",
            constraint=models.CheckConstraint(
                condition=models.Q(("source__in", ["hand", "file", "extract"])), name="advertised_posts_source_known"
            ),
        ),
    ]
