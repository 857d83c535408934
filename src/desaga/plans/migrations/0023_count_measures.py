"""What shows that an action has worked, and where it stood when. Readings are never changed."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from desaga.tenancy.rowsecurity import names_readable, row_security


def published(table):
    return (
        f"exists (select 1 from plans_plan p where p.id = {table}.plan_id "  # nosec B608: our own table names
        f"and p.organisation_id = {table}.organisation_id and p.published_at <= statement_timestamp())"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0005_name_known_people"),
        ("plans", "0022_keep_reporting_rules"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Measure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField()),
                ("what", models.CharField(max_length=200, verbose_name="what is counted")),
                ("is_share", models.BooleanField(default=False, verbose_name="per cent")),
                (
                    "direction",
                    models.CharField(
                        choices=[("at_least", "At least"), ("at_most", "At most")],
                        default="at_least",
                        max_length=10,
                        verbose_name="towards",
                    ),
                ),
                (
                    "baseline",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="where it stood"
                    ),
                ),
                (
                    "target",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="where it is to be"
                    ),
                ),
                (
                    "due",
                    models.CharField(
                        blank=True,
                        max_length=10,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^\\d{4}(-\\d\\d(-\\d\\d)?)?$", "Write a date such as 2027, 2027-03 or 2027-03-31."
                            )
                        ],
                        verbose_name="by",
                    ),
                ),
                ("words", models.TextField(blank=True, editable=False, verbose_name="in the action’s words")),
                ("ended_at", models.DateTimeField(editable=False, null=True, verbose_name="counted no more since")),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="measures", to="plans.action"
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
            ],
            options={
                "ordering": ["action_id", "order"],
            },
        ),
        migrations.CreateModel(
            name="MeasureReading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(verbose_name="on")),
                ("value", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="stood at")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="where from")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="readings", to="plans.measure"
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
            ],
            options={
                "ordering": ["measure_id", "on", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(("direction__in", ["at_least", "at_most"])), name="measure_direction_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(("due", ""), ("due__regex", "^\\d{4}(-\\d\\d(-\\d\\d)?)?$"), _connector="OR"),
                name="measure_due_partial_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.UniqueConstraint(
                fields=("action", "what", "target", "due"), name="measure_once_an_action", nulls_distinct=False
            ),
        ),
        row_security("plans_measure", kind="plans.plan", object_id="plan_id", published=published("plans_measure")),
        row_security(
            "plans_measurereading",
            kind="plans.plan",
            object_id="plan_id",
            published=published("plans_measurereading"),
            append_only=True,
        ),
        names_readable("plans_measure", "plan_id", "plans_plan"),
        names_readable("plans_measure", "action_id", "plans_action"),
        names_readable("plans_measurereading", "measure_id", "plans_measure"),
    ]
