"""A rule says when somebody said its time, and a run whether it failed. Rules from before were said when they were changed.

Row-level security is forced on the owner of the tables as well: not here.
"""

from django.db import migrations, models

FILL = """
ALTER TABLE privacy_retentionrule NO FORCE ROW LEVEL SECURITY;
UPDATE privacy_retentionrule SET said_at = changed_at WHERE is_on;
ALTER TABLE privacy_retentionrule FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("privacy", "0002_seal_exports")]

    operations = [
        migrations.AddField("retentionrule", "said_at", models.DateTimeField(null=True)),
        migrations.AddField("retentionrun", "is_failed", models.BooleanField(default=False)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
