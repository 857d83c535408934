"""What stays is not to be emptied at once either: triggers for rows do not see TRUNCATE."""

from django.db import migrations

TABLES = ("snapshot", "personrow", "contractrow", "activityrow", "equalityrow", "release", "releasedtable")
STAYS = """
CREATE FUNCTION workforce_stays_full() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what is in % stays', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
"""


def stays_full(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"""
        CREATE TRIGGER stays_full BEFORE TRUNCATE ON workforce_{table}
        FOR EACH STATEMENT EXECUTE FUNCTION workforce_stays_full();
        """,
        f"DROP TRIGGER stays_full ON workforce_{table};",
    )


class Migration(migrations.Migration):
    dependencies = [("workforce", "0005_enter_posts")]

    operations = [
        migrations.RunSQL(STAYS, "DROP FUNCTION workforce_stays_full();"),
        *(stays_full(table) for table in TABLES),
    ]
