"""Which action a piece of evidence serves. The organisation's alone, whoever may read the plan."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from desaga.tenancy.rowsecurity import names_readable, row_security


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0001_make_evidence"),
        ("organisations", "0005_name_known_people"),
        ("plans", "0023_count_measures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ActionEvidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("used_at", models.DateTimeField(verbose_name="used since")),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="evidence_used", to="plans.action"
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="evidence.evidence"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.plan"),
                ),
                (
                    "update",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="plans.update"
                    ),
                ),
                (
                    "used_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["action_id", "-used_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("action", "evidence"), name="evidence_serves_action_once")
                ],
            },
        ),
        row_security("plans_actionevidence"),
        names_readable("plans_actionevidence", "plan_id", "plans_plan"),
        names_readable("plans_actionevidence", "action_id", "plans_action"),
        names_readable("plans_actionevidence", "evidence_id", "evidence_evidence"),
        names_readable("plans_actionevidence", "update_id", "plans_update"),
    ]
