"""Nothing reads the first day that an action covers: pages sort and chase by the last."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0020_note_when_updates_came"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="action",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="action",
            name="update_update",
        ),
        migrations.RemoveField(
            model_name="action",
            name="first_day",
        ),
        migrations.RemoveField(
            model_name="actionevent",
            name="first_day",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="action",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "plans_actionevent" ("business_as_usual", "code", "comments", "continuous", "document_id", "ends", "how", "id", "last_day", "order", "organisation_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "precision", "rag", "reading_id", "source_page", "source_row", "source_rows", "source_sheet", "starts", "status", "success", "theme_id", "title", "usual_reason", "usual_since", "when_text") VALUES (NEW."business_as_usual", NEW."code", NEW."comments", NEW."continuous", NEW."document_id", NEW."ends", NEW."how", NEW."id", NEW."last_day", NEW."order", NEW."organisation_id", NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."precision", NEW."rag", NEW."reading_id", NEW."source_page", NEW."source_row", NEW."source_rows", NEW."source_sheet", NEW."starts", NEW."status", NEW."success", NEW."theme_id", NEW."title", NEW."usual_reason", NEW."usual_since", NEW."when_text"); RETURN NULL;',
                    hash="86c26b6153a530a19fcf1ee4839ae83a646b1fea",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c2072",
                    table="plans_action",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="action",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."business_as_usual" IS DISTINCT FROM (NEW."business_as_usual") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."comments" IS DISTINCT FROM (NEW."comments") OR OLD."continuous" IS DISTINCT FROM (NEW."continuous") OR OLD."document_id" IS DISTINCT FROM (NEW."document_id") OR OLD."ends" IS DISTINCT FROM (NEW."ends") OR OLD."how" IS DISTINCT FROM (NEW."how") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."last_day" IS DISTINCT FROM (NEW."last_day") OR OLD."order" IS DISTINCT FROM (NEW."order") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."plan_id" IS DISTINCT FROM (NEW."plan_id") OR OLD."precision" IS DISTINCT FROM (NEW."precision") OR OLD."rag" IS DISTINCT FROM (NEW."rag") OR OLD."reading_id" IS DISTINCT FROM (NEW."reading_id") OR OLD."source_page" IS DISTINCT FROM (NEW."source_page") OR OLD."source_row" IS DISTINCT FROM (NEW."source_row") OR OLD."source_rows" IS DISTINCT FROM (NEW."source_rows") OR OLD."source_sheet" IS DISTINCT FROM (NEW."source_sheet") OR OLD."starts" IS DISTINCT FROM (NEW."starts") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."success" IS DISTINCT FROM (NEW."success") OR OLD."theme_id" IS DISTINCT FROM (NEW."theme_id") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."usual_reason" IS DISTINCT FROM (NEW."usual_reason") OR OLD."usual_since" IS DISTINCT FROM (NEW."usual_since") OR OLD."when_text" IS DISTINCT FROM (NEW."when_text"))',
                    func='INSERT INTO "plans_actionevent" ("business_as_usual", "code", "comments", "continuous", "document_id", "ends", "how", "id", "last_day", "order", "organisation_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "precision", "rag", "reading_id", "source_page", "source_row", "source_rows", "source_sheet", "starts", "status", "success", "theme_id", "title", "usual_reason", "usual_since", "when_text") VALUES (NEW."business_as_usual", NEW."code", NEW."comments", NEW."continuous", NEW."document_id", NEW."ends", NEW."how", NEW."id", NEW."last_day", NEW."order", NEW."organisation_id", NOW(), \'update\', NEW."id", NEW."plan_id", NEW."precision", NEW."rag", NEW."reading_id", NEW."source_page", NEW."source_row", NEW."source_rows", NEW."source_sheet", NEW."starts", NEW."status", NEW."success", NEW."theme_id", NEW."title", NEW."usual_reason", NEW."usual_since", NEW."when_text"); RETURN NULL;',
                    hash="1b34e56c316167dd21828f06a56d397d02af740e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c6d25",
                    table="plans_action",
                    when="AFTER",
                ),
            ),
        ),
    ]
