"""How often a release was given to another worker: not without end."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workforce", "0008_choose_threshold"),
    ]

    operations = [
        migrations.AddField(
            model_name="releaseprogress",
            name="resumed",
            field=models.PositiveSmallIntegerField(default=0),
        ),
    ]
