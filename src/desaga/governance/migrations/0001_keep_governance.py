"""Terms of reference of groups, and the budget by financial year."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from desaga.tenancy.rowsecurity import names_readable, row_security


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0006_seat_groups_and_years"),
        ("plans", "0001_make_plans"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BudgetLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="financial year")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("staff", "Staff time"),
                            ("training", "Training and development"),
                            ("events", "Events"),
                            ("awards", "Awards and recognition"),
                            ("equipment", "Equipment"),
                            ("travel", "Travel"),
                            ("other", "Other"),
                        ],
                        default="other",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "allotted",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="allotted",
                    ),
                ),
                ("note", models.TextField(blank=True, max_length=2000, verbose_name="note")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plans.plan",
                        verbose_name="plan",
                    ),
                ),
            ],
            options={
                "ordering": ["-year", "name"],
            },
        ),
        migrations.CreateModel(
            name="BudgetEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("committed", "Committed"), ("spent", "Spent")], max_length=10, verbose_name="kind"
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="amount")),
                ("on", models.DateField(verbose_name="date")),
                ("what", models.CharField(max_length=300, verbose_name="what for")),
                (
                    "reference",
                    models.CharField(
                        blank=True,
                        help_text="An order or invoice number, so that finance finds it.",
                        max_length=100,
                        verbose_name="reference",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="governance.budgetline",
                        verbose_name="line",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "budget entries",
                "ordering": ["-on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="TermsOfReference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(editable=False, verbose_name="version")),
                ("text", models.TextField(blank=True, max_length=50000, verbose_name="text")),
                ("kept_at", models.CharField(blank=True, max_length=500, verbose_name="kept at")),
                ("agreed_on", models.DateField(verbose_name="agreed on")),
                ("review_on", models.DateField(blank=True, null=True, verbose_name="review due on")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="what is new")),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terms",
                        to="organisations.group",
                        verbose_name="group",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "terms of reference",
                "verbose_name_plural": "terms of reference",
                "ordering": ["group_id", "-number"],
            },
        ),
        migrations.AddConstraint(
            model_name="budgetline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["staff", "training", "events", "awards", "equipment", "travel", "other"])
                ),
                name="budget_line_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetline",
            constraint=models.CheckConstraint(
                condition=models.Q(("allotted__gte", 0)), name="budget_line_allotted_from_nought"
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetline",
            constraint=models.CheckConstraint(
                condition=models.Q(("year__range", (2000, 2100))), name="budget_line_year_in_reach"
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetline",
            constraint=models.UniqueConstraint(
                models.F("organisation"),
                models.F("year"),
                django.db.models.functions.text.Lower("name"),
                name="budget_line_name_once_a_year",
                violation_error_message="This year has a line of this name already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["committed", "spent"])), name="budget_entry_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0), models.Q(("amount__lt", 0), ("kind", "spent")), _connector="OR"),
                name="budget_entry_amount_says_something",
                violation_error_message="Write an amount above nought. Only money that comes back is below.",
            ),
        ),
        migrations.AddConstraint(
            model_name="termsofreference",
            constraint=models.UniqueConstraint(fields=("group", "number"), name="terms_number_once"),
        ),
        migrations.AddConstraint(
            model_name="termsofreference",
            constraint=models.CheckConstraint(
                condition=models.Q(("kept_at", ""), ("text", ""), _negated=True), name="terms_say_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="termsofreference",
            constraint=models.CheckConstraint(
                condition=models.Q(("review_on", None), ("review_on__gt", models.F("agreed_on")), _connector="OR"),
                name="terms_reviewed_after_agreed",
            ),
        ),
        row_security("governance_termsofreference", append_only=True),
        row_security("governance_budgetline"),
        row_security("governance_budgetentry"),
        names_readable("governance_termsofreference", "group_id", "organisations_group"),
        names_readable("governance_budgetline", "plan_id", "plans_plan"),
        names_readable("governance_budgetentry", "line_id", "governance_budgetline"),
    ]
