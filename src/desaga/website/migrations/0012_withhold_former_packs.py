"""Packs and catalogues that were made before may name people who are not in them: nobody is given one until the worker has made another, in the night or when asked."""

from django.db import migrations

WITHHOLD = """
SELECT set_config('app.website', 'all', true);
UPDATE website_download SET shown_until = current_date
WHERE id IN (SELECT pack_id FROM website_schoolpack UNION SELECT catalogue_id FROM website_schoolpack);
UPDATE website_schoolpack SET fingerprint = '', wanted_at = now();
SELECT set_config('app.website', '', true);
"""


class Migration(migrations.Migration):
    dependencies = [("website", "0011_show_people_on_fronts")]

    operations = [migrations.RunSQL(WITHHOLD, migrations.RunSQL.noop)]
