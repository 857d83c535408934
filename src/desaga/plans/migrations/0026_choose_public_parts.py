"""What of a plan the public may read, as its lead chose: docs/adr/0026-the-public-page.md."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0025_answer_proposals"),
    ]

    operations = [
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
            name="public_parts",
            field=models.JSONField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="planevent",
            name="public_parts",
            field=models.JSONField(editable=False, null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="plan",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "plans_planevent" ("ends", "frameworks", "glossary", "id", "notices", "organisation_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phases", "public_parts", "published_at", "started_at", "starts", "state", "title", "under_id", "unit_id", "unplaced") VALUES (NEW."ends", NEW."frameworks", NEW."glossary", NEW."id", NEW."notices", NEW."organisation_id", NOW(), \'insert\', NEW."id", NEW."phases", NEW."public_parts", NEW."published_at", NEW."started_at", NEW."starts", NEW."state", NEW."title", NEW."under_id", NEW."unit_id", NEW."unplaced"); RETURN NULL;',
                    hash="b45acc2e065a21e93ba49093e423e76b55e4ace9",
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
                    func='INSERT INTO "plans_planevent" ("ends", "frameworks", "glossary", "id", "notices", "organisation_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phases", "public_parts", "published_at", "started_at", "starts", "state", "title", "under_id", "unit_id", "unplaced") VALUES (NEW."ends", NEW."frameworks", NEW."glossary", NEW."id", NEW."notices", NEW."organisation_id", NOW(), \'update\', NEW."id", NEW."phases", NEW."public_parts", NEW."published_at", NEW."started_at", NEW."starts", NEW."state", NEW."title", NEW."under_id", NEW."unit_id", NEW."unplaced"); RETURN NULL;',
                    hash="a3f70072a5df4d97ebc44250ebd9ccdb3790aa4f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ee9c7",
                    table="plans_plan",
                    when="AFTER",
                ),
            ),
        ),
    ]
