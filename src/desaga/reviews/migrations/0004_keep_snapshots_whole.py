"""What was frozen is not emptied away either: rows' triggers are not asked where a table is truncated, by itself or with one that it hangs on."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("reviews", "0003_tell_once")]

    operations = [
        migrations.RunSQL(
            "CREATE TRIGGER stays_whole BEFORE TRUNCATE ON reviews_snapshot"
            " FOR EACH STATEMENT EXECUTE FUNCTION reviews_snapshot_stays();",
            "DROP TRIGGER stays_whole ON reviews_snapshot;",
        )
    ]
