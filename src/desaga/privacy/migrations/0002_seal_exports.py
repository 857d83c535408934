"""A person's export is sealed. Those that stand open are removed: none lives longer than a week, and whoever wants theirs asks anew."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("privacy", "0001_keep_privacy")]

    operations = [
        migrations.RunSQL("TRUNCATE privacy_dataexport", migrations.RunSQL.noop),
        migrations.RemoveField(model_name="dataexport", name="content"),
        migrations.AddField(
            model_name="dataexport",
            name="sealed",
            field=models.BinaryField(null=True, verbose_name="all that is held, sealed"),
        ),
    ]
