"""Which action another waits for; the database refuses rings and actions of other plans (docs/adr/0017)."""

import django.db.models.deletion
from django.db import migrations, models

# Foreign keys are checked without row-level security, and a ring of waiting would never end: the database says no to both.
WAITS = """
CREATE FUNCTION plans_dependency_stands_right() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.on_id IS NULL THEN RETURN NEW; END IF;
  IF NOT EXISTS (
    SELECT FROM plans_action a JOIN plans_plan p ON p.id = a.plan_id JOIN plans_action b ON b.id = NEW.on_id
    WHERE a.id = NEW.action_id AND b.organisation_id = NEW.organisation_id AND b.plan_id IN (p.id, p.under_id)
  ) THEN RAISE EXCEPTION 'an action waits for one of its plan or of the plan above' USING ERRCODE = 'check_violation'; END IF;
  IF EXISTS (
    WITH RECURSIVE ahead(id) AS (
      SELECT NEW.on_id
      UNION
      SELECT d.on_id FROM plans_dependency d JOIN ahead ON d.action_id = ahead.id
      WHERE d.on_id IS NOT NULL AND d.id IS DISTINCT FROM NEW.id
    ) SELECT FROM ahead WHERE id = NEW.action_id
  ) THEN RAISE EXCEPTION 'no action waits for itself' USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stands_right BEFORE INSERT OR UPDATE OF on_id, action_id ON plans_dependency
FOR EACH ROW EXECUTE FUNCTION plans_dependency_stands_right();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0005_name_known_people"),
        ("plans", "0017_keep_bulk_changes"),
    ]

    operations = [
        migrations.AddField(
            model_name="dependency",
            name="is_recognised",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="dependency",
            name="on",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="waited_for_by",
                to="plans.action",
            ),
        ),
        migrations.AlterField(
            model_name="dependency",
            name="text",
            field=models.TextField(blank=True),
        ),
        migrations.AddConstraint(
            model_name="dependency",
            constraint=models.UniqueConstraint(
                condition=models.Q(("on__isnull", False)), fields=("action", "on"), name="action_waits_for_another_once"
            ),
        ),
        migrations.RunSQL(
            WAITS, "DROP TRIGGER stands_right ON plans_dependency; DROP FUNCTION plans_dependency_stands_right();"
        ),
    ]
