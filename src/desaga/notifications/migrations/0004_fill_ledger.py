"""Mail that was written down before gets what it would have now: some of it may still wait.

As the platform: row-level security is forced on the owner of the table as well.
"""

from django.db import migrations

FILL = """
SELECT set_config('app.platform', 'on', true);
UPDATE notifications_outgoingmail SET
  bounce_key = replace(gen_random_uuid()::text, '-', ''),
  message_id = '<' || gen_random_uuid() || '@'
    || coalesce(lower(substring(sender from '@([A-Za-z0-9.-]+)>?\\s*$')), 'localhost') || '>'
WHERE bounce_key = '';
SELECT set_config('app.platform', '', true);
"""


class Migration(migrations.Migration):
    dependencies = [("notifications", "0003_keep_ledger")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
