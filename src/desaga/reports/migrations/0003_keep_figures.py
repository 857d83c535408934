"""The figures of the last draft, so that a report's page does not count them on every view."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0002_state_head"),
    ]

    operations = [
        migrations.AddField("report", "figures", models.JSONField(default=list, editable=False)),
        migrations.AddField("report", "counted_at", models.DateTimeField(editable=False, null=True)),
    ]
