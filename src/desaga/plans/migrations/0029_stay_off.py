"""Where documents lay that were put aside when deleting by itself began for all, nobody is surprised by it: it stays off until the institution says so.

Row-level security is forced on the owner of the tables as well: not here.
"""

from django.db import migrations

STAY_OFF = """
ALTER TABLE plans_importeddocument NO FORCE ROW LEVEL SECURITY;
ALTER TABLE privacy_retentionrule NO FORCE ROW LEVEL SECURITY;
INSERT INTO privacy_retentionrule (organisation_id, key, days, shown_days, is_on, changed_at)
SELECT held.organisation_id, kind.key, kind.days, NULL, false, now()
FROM (SELECT DISTINCT organisation_id FROM plans_importeddocument WHERE state = 'discarded') held, (VALUES ('put_aside', 180)) AS kind (key, days)
ON CONFLICT (organisation_id, key) DO NOTHING;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE plans_importeddocument FORCE ROW LEVEL SECURITY;
ALTER TABLE privacy_retentionrule FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("privacy", "0002_seal_exports"), ("plans", "0028_bind_measures")]

    operations = [migrations.RunSQL(STAY_OFF, migrations.RunSQL.noop)]
