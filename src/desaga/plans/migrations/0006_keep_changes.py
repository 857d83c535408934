"""When an action last changed: kept by the database, whatever writes the action, a part of it or its theme.

One statement for each statement that writes parts, and none where the action itself was written in the same transaction.
"""

from django.db import migrations

PARTS = ("actionowner", "alignment", "milestone", "dependency", "update", "doubt")
DEEDS = {"insert": "NEW", "update": "NEW", "delete": "OLD"}

ACTION = """
CREATE FUNCTION plans_action_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN NEW.changed_at := greatest(OLD.changed_at, statement_timestamp()); RETURN NEW; END $$;
CREATE TRIGGER changed_at BEFORE UPDATE ON plans_action FOR EACH ROW
WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION plans_action_changed();
"""
PART = """
CREATE FUNCTION plans_part_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM changed) THEN
    UPDATE plans_action SET changed_at = statement_timestamp()
    WHERE id IN (SELECT action_id FROM changed) AND changed_at < now();
  END IF;
  RETURN NULL;
END $$;
"""
THEME = """
CREATE FUNCTION plans_theme_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE plans_action SET changed_at = statement_timestamp() WHERE theme_id = NEW.id AND changed_at < now();
  RETURN NULL;
END $$;
CREATE TRIGGER changes_actions AFTER UPDATE ON plans_theme FOR EACH ROW
WHEN (OLD.code IS DISTINCT FROM NEW.code OR OLD.title IS DISTINCT FROM NEW.title) EXECUTE FUNCTION plans_theme_changed();
"""


def of_part(part):
    made = "".join(
        f"CREATE TRIGGER changes_action_by_{deed} AFTER {deed} ON plans_{part} REFERENCING {side} TABLE AS changed"
        " FOR EACH STATEMENT EXECUTE FUNCTION plans_part_changed();\n"
        for deed, side in DEEDS.items()
    )
    dropped = "".join(f"DROP TRIGGER changes_action_by_{deed} ON plans_{part};\n" for deed in DEEDS)
    return migrations.RunSQL(made, dropped)


class Migration(migrations.Migration):
    dependencies = [("plans", "0005_note_changes")]

    operations = [
        migrations.RunSQL(ACTION, "DROP TRIGGER changed_at ON plans_action; DROP FUNCTION plans_action_changed();"),
        migrations.RunSQL(PART, "DROP FUNCTION plans_part_changed();"),
        *map(of_part, PARTS),
        migrations.RunSQL(THEME, "DROP TRIGGER changes_actions ON plans_theme; DROP FUNCTION plans_theme_changed();"),
    ]
