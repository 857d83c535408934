"""That a poster was made is known to whoever made it."""

from django.db import migrations

from desaga.tenancy.rowsecurity import names_readable, row_security


class Migration(migrations.Migration):
    dependencies = [("posters", "0001_make_posters"), ("consents", "0002_secure_consents")]

    operations = [
        row_security("posters_poster"),
        names_readable("posters_poster", "story_id", "stories_story"),
        names_readable("posters_poster", "consent_id", "consents_consent"),
    ]
