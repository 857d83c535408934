"""What status and RAG count as in the Commitment's forms, where an organisation says otherwise."""

import django.db.models.deletion
from django.db import migrations, models

from desaga.tenancy.rowsecurity import row_security


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0005_name_known_people"),
        ("plans", "0021_forget_first_day"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportingRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("changed", models.JSONField(default=dict)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("organisation",), name="reporting_rule_once")],
            },
        ),
        row_security("plans_reportingrule"),
    ]
