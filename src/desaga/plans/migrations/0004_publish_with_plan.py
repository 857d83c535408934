"""A part is published with the plan of its own organisation, and from the very statement that publishes it."""

from importlib import import_module

from django.db import migrations

from desaga.tenancy.rowsecurity import release, row_security

former = import_module("desaga.plans.migrations.0002_secure_rows")


def secured_anew(table):
    published = (
        f"exists (select 1 from plans_plan p where p.id = {table}.plan_id "  # nosec B608: our own table names
        f"and p.organisation_id = {table}.organisation_id and p.published_at <= statement_timestamp())"
    )
    before = row_security(table, kind="plans.plan", object_id="plan_id", published=former.PUBLISHED)
    return (
        migrations.RunSQL(release(table), before.sql),
        row_security(table, kind="plans.plan", object_id="plan_id", published=published),
    )


class Migration(migrations.Migration):
    dependencies = [("plans", "0003_allow_blue")]

    operations = [operation for part in former.PARTS for operation in secured_anew(f"plans_{part}")]
