"""Units' plans under the institution's, and which action of theirs answers which of it."""

from importlib import import_module

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from desaga.tenancy.rowsecurity import row_security

of_part = import_module("desaga.plans.migrations.0006_keep_changes").of_part

# Foreign keys are checked without row-level security, and a plan under a plan under it would never end: the database says no to both.
PLAN = """
CREATE FUNCTION plans_plan_stands_right() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.unit_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM organisations_unit u WHERE u.id = NEW.unit_id AND u.organisation_id = NEW.organisation_id
  ) THEN RAISE EXCEPTION 'a plan is of a unit of its own organisation' USING ERRCODE = 'check_violation'; END IF;
  IF NEW.under_id IS NOT NULL AND (
    NOT EXISTS (
      SELECT FROM plans_plan p
      WHERE p.id = NEW.under_id AND p.organisation_id = NEW.organisation_id AND p.under_id IS NULL AND p.id <> NEW.id
    ) OR EXISTS (SELECT FROM plans_plan p WHERE p.under_id = NEW.id)
  ) THEN RAISE EXCEPTION 'a plan stands under one that stands under none' USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stands_right BEFORE INSERT OR UPDATE OF under_id, unit_id ON plans_plan
FOR EACH ROW EXECUTE FUNCTION plans_plan_stands_right();
"""
ANSWER = """
CREATE FUNCTION plans_answer_stands_right() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM plans_action a JOIN plans_plan p ON p.id = a.plan_id JOIN plans_action b ON b.plan_id = p.under_id
    WHERE a.id = NEW.action_id AND b.id = NEW.answered_id AND p.id = NEW.plan_id
      AND p.organisation_id = NEW.organisation_id AND b.organisation_id = NEW.organisation_id
  ) THEN RAISE EXCEPTION 'an action answers one of the plan above' USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stands_right BEFORE INSERT OR UPDATE ON plans_answer
FOR EACH ROW EXECUTE FUNCTION plans_answer_stands_right();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0005_name_known_people"),
        ("plans", "0011_say_since_when_usual"),
    ]

    operations = [
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("note", models.TextField(blank=True, verbose_name="how")),
            ],
            options={
                "ordering": ["action_id", "pk"],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="plan",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="plan",
            name="update_update",
        ),
        migrations.AddField(
            model_name="plan",
            name="under",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="unit_plans",
                to="plans.plan",
                verbose_name="under the plan",
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.unit",
                verbose_name="plan of the unit",
            ),
        ),
        migrations.AddField(
            model_name="planevent",
            name="under",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="plans.plan",
                verbose_name="under the plan",
            ),
        ),
        migrations.AddField(
            model_name="planevent",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="organisations.unit",
                verbose_name="plan of the unit",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="plan",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "plans_planevent" ("ends", "frameworks", "glossary", "id", "notices", "organisation_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phases", "published_at", "started_at", "starts", "state", "title", "under_id", "unit_id", "unplaced") VALUES (NEW."ends", NEW."frameworks", NEW."glossary", NEW."id", NEW."notices", NEW."organisation_id", NOW(), \'insert\', NEW."id", NEW."phases", NEW."published_at", NEW."started_at", NEW."starts", NEW."state", NEW."title", NEW."under_id", NEW."unit_id", NEW."unplaced"); RETURN NULL;',
                    hash="7daafb431d0eb63fdfb7e68c2e63cddd5c68735e",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_8b340",
                    table="plans_plan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="plan",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "plans_planevent" ("ends", "frameworks", "glossary", "id", "notices", "organisation_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phases", "published_at", "started_at", "starts", "state", "title", "under_id", "unit_id", "unplaced") VALUES (NEW."ends", NEW."frameworks", NEW."glossary", NEW."id", NEW."notices", NEW."organisation_id", NOW(), \'update\', NEW."id", NEW."phases", NEW."published_at", NEW."started_at", NEW."starts", NEW."state", NEW."title", NEW."under_id", NEW."unit_id", NEW."unplaced"); RETURN NULL;',
                    hash="90a23d874900491786054072c1fa06c8cf3598c9",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ee9c7",
                    table="plans_plan",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(("under", None), ("unit__isnull", False), _connector="OR"),
                name="plan_under_another_is_a_units",
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="action",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="plans.action"
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="answered",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="answered_by", to="plans.action"
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="plan",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.plan"),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.UniqueConstraint(fields=("action", "answered"), name="action_answers_another_once"),
        ),
        migrations.RunSQL(PLAN, "DROP TRIGGER stands_right ON plans_plan; DROP FUNCTION plans_plan_stands_right();"),
        migrations.RunSQL(
            ANSWER, "DROP TRIGGER stands_right ON plans_answer; DROP FUNCTION plans_answer_stands_right();"
        ),
        row_security("plans_answer"),
        of_part("answer"),
    ]
