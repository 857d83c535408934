"""Documents that are newer states of a plan, and versions of plans, which are never changed."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from desaga.tenancy.rowsecurity import row_security


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0005_name_known_people"),
        ("plans", "0009_keep_steps"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="documentcontent",
            name="sheet",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="importeddocument",
            name="updates_plan",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="plans.plan",
                verbose_name="a newer state of",
            ),
        ),
        migrations.CreateModel(
            name="PlanVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("kept_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="kept")),
                ("content", models.JSONField()),
                (
                    "kept_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="plans.plan"
                    ),
                ),
            ],
            options={
                "verbose_name": "version",
                "ordering": ["-number"],
                "constraints": [models.UniqueConstraint(fields=("plan", "number"), name="plan_version_number_once")],
            },
        ),
        row_security("plans_planversion", append_only=True),
    ]
