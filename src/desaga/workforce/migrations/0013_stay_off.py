"""Where rows of people lay when deleting by itself began for all, nobody is surprised by it: it stays off until the institution says so.

Row-level security is forced on the owner of the tables as well: not here.
"""

from django.db import migrations

STAY_OFF = """
ALTER TABLE workforce_snapshot NO FORCE ROW LEVEL SECURITY;
ALTER TABLE privacy_retentionrule NO FORCE ROW LEVEL SECURITY;
INSERT INTO privacy_retentionrule (organisation_id, key, days, shown_days, is_on, changed_at)
SELECT held.organisation_id, kind.key, kind.days, NULL, false, now()
FROM (SELECT DISTINCT organisation_id FROM workforce_snapshot) held, (VALUES ('person_rows', 1095), ('equality_rows', 730), ('matches', 1095)) AS kind (key, days)
ON CONFLICT (organisation_id, key) DO NOTHING;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE workforce_snapshot FORCE ROW LEVEL SECURITY;
ALTER TABLE privacy_retentionrule FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("privacy", "0002_seal_exports"), ("workforce", "0012_name_support_key")]

    operations = [migrations.RunSQL(STAY_OFF, migrations.RunSQL.noop)]
