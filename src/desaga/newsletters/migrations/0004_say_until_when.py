"""Pieces that were sent before learn until when they are shown. Row-level security is forced on the owner of the tables as well: not here."""

from django.db import migrations

FILL = """
ALTER TABLE newsletters_issuepiece NO FORCE ROW LEVEL SECURITY;
ALTER TABLE consents_consent NO FORCE ROW LEVEL SECURITY;
UPDATE newsletters_issuepiece p SET shown_until = c.until + 1
FROM consents_consent c WHERE c.id = p.consent_id AND p.frozen_at IS NOT NULL AND p.struck_at IS NULL;
ALTER TABLE newsletters_issuepiece FORCE ROW LEVEL SECURITY;
ALTER TABLE consents_consent FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("newsletters", "0003_end_pieces_by_the_day")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
