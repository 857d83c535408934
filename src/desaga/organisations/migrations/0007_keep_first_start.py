"""The start of an employment that was said first: whoever moves it back sees no more for it."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

#: An update never changes it, whoever writes; a new employment of somebody who had one here begins with what was said first of those.
FIRST_START = """
CREATE FUNCTION organisations_employment_first_start() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.sees_from := (SELECT min(coalesce(e.sees_from, e.starts_on)) FROM organisations_employment e
      WHERE e.organisation_id = NEW.organisation_id AND e.person_id = NEW.person_id);
  ELSIF NEW.starts_on IS DISTINCT FROM OLD.starts_on THEN
    NEW.sees_from := coalesce(OLD.sees_from, OLD.starts_on);
  ELSE
    NEW.sees_from := OLD.sees_from;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER first_start BEFORE INSERT OR UPDATE ON organisations_employment
FOR EACH ROW EXECUTE FUNCTION organisations_employment_first_start();
"""
NO_FIRST_START = (
    "DROP TRIGGER first_start ON organisations_employment; DROP FUNCTION organisations_employment_first_start();"
)


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0006_seat_groups_and_years"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="employment",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="employment",
            name="update_update",
        ),
        migrations.AddField(
            model_name="employment",
            name="sees_from",
            field=models.DateField(editable=False, null=True, verbose_name="sees from"),
        ),
        migrations.AddField(
            model_name="employmentevent",
            name="sees_from",
            field=models.DateField(editable=False, null=True, verbose_name="sees from"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="employment",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "organisations_employmentevent" ("contract_end_on", "ends_on", "fte", "id", "job_title", "line_manager_id", "organisation_id", "person_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sees_from", "starts_on", "unit_id", "work_email") VALUES (NEW."contract_end_on", NEW."ends_on", NEW."fte", NEW."id", NEW."job_title", NEW."line_manager_id", NEW."organisation_id", NEW."person_id", NOW(), \'insert\', NEW."id", NEW."sees_from", NEW."starts_on", NEW."unit_id", NEW."work_email"); RETURN NULL;',
                    hash="168f81c8d93732951e90b5940b506240533ea2c9",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_50f49",
                    table="organisations_employment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="employment",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "organisations_employmentevent" ("contract_end_on", "ends_on", "fte", "id", "job_title", "line_manager_id", "organisation_id", "person_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sees_from", "starts_on", "unit_id", "work_email") VALUES (NEW."contract_end_on", NEW."ends_on", NEW."fte", NEW."id", NEW."job_title", NEW."line_manager_id", NEW."organisation_id", NEW."person_id", NOW(), \'update\', NEW."id", NEW."sees_from", NEW."starts_on", NEW."unit_id", NEW."work_email"); RETURN NULL;',
                    hash="34c0adc7083e0ef5c12d2e791372a17ee938615a",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d8cf1",
                    table="organisations_employment",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunSQL(FIRST_START, NO_FIRST_START),
    ]
