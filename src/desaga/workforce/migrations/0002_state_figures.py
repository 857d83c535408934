"""What an organisation states for its figures, and how ready its data were: docs/adr/0032-figures-and-readiness.md."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import desaga.workforce.models.stating
from desaga.tenancy.rowsecurity import names_readable, row_security


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0008_name_equality_steward"),
        ("workforce", "0001_load_extracts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Readiness",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("people", models.PositiveIntegerField(verbose_name="technical staff")),
                ("lines", models.JSONField(default=dict)),
                ("measured_at", models.DateTimeField(verbose_name="looked at")),
                (
                    "measured_by",
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
                    "snapshot",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="readiness", to="workforce.snapshot"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "readiness",
            },
        ),
        migrations.CreateModel(
            name="Comparator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "characteristic",
                    models.CharField(
                        choices=[
                            ("sex", "Sex"),
                            ("ethnicity", "Ethnicity"),
                            ("disability", "Disability"),
                            ("age", "Age"),
                        ],
                        max_length=10,
                    ),
                ),
                ("group", models.CharField(max_length=20)),
                (
                    "share",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="share, per cent",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="Such as: technicians of the sector.",
                        max_length=200,
                        verbose_name="whose share it is",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        help_text="Where it can be looked up: an address, or title and page.",
                        max_length=500,
                        verbose_name="source",
                    ),
                ),
                ("year", models.CharField(help_text="Such as 2022/23.", max_length=20, verbose_name="year")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["characteristic", "group", "name", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("characteristic__in", ["sex", "ethnicity", "disability", "age"])),
                        name="comparator_characteristic_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("share__gte", 0), ("share__lte", 100)), name="comparator_share_per_cent"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="comparator_has_source"
                    ),
                    models.UniqueConstraint(
                        fields=("organisation", "characteristic", "group", "name"), name="comparator_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "grades",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100),
                        blank=True,
                        default=list,
                        help_text="One a line, as the extract names them. A promotion is a move to a grade further down this list.",
                        size=None,
                        verbose_name="grades, the lowest first",
                    ),
                ),
                (
                    "age_bands",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        default=desaga.workforce.models.stating.usual_bands,
                        size=None,
                        verbose_name="first age of each band but the youngest",
                    ),
                ),
                (
                    "retirement_ages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        default=desaga.workforce.models.stating.usual_ages,
                        size=None,
                        verbose_name="ages of retirement",
                    ),
                ),
                ("ukprn", models.CharField(blank=True, max_length=8, verbose_name="UKPRN")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organisation",), name="statement_once"),
                    models.CheckConstraint(
                        condition=models.Q(("age_bands__len__gte", 1)), name="statement_has_age_bands"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ukprn", ""), ("ukprn__regex", "^\\d{8}$"), _connector="OR"),
                        name="statement_ukprn_of_eight_figures",
                    ),
                ],
            },
        ),
        row_security("workforce_comparator"),
        row_security("workforce_statement"),
        row_security("workforce_readiness"),
        names_readable("workforce_readiness", "snapshot_id", "workforce_snapshot"),
    ]
