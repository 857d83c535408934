"""What is counted by hand, and dated readings of that and of what slices compute; no reading is ever changed."""

import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from desaga.tenancy.rowsecurity import names_readable, row_security


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0005_name_known_people"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ManualSeries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("definition", models.TextField(max_length=2000, verbose_name="what is counted")),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("number", "Number"),
                            ("per_cent", "Per cent"),
                            ("hours", "Hours"),
                            ("days", "Days"),
                            ("pounds", "Pounds"),
                        ],
                        default="number",
                        max_length=10,
                        verbose_name="counted in",
                    ),
                ),
                (
                    "better",
                    models.CharField(
                        choices=[("more", "More is better"), ("less", "Less is better"), ("neither", "Neither way")],
                        default="more",
                        max_length=10,
                        verbose_name="which way is good",
                    ),
                ),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("ended_at", models.DateTimeField(editable=False, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "manual series",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(blank=True, max_length=100, verbose_name="indicator")),
                ("cut", models.CharField(blank=True, max_length=20)),
                ("part", models.CharField(blank=True, max_length=200)),
                ("label", models.CharField(blank=True, max_length=300)),
                ("on", models.DateField(verbose_name="on")),
                ("version", models.PositiveSmallIntegerField(default=0)),
                ("value", models.DecimalField(decimal_places=2, max_digits=14, null=True, verbose_name="stood at")),
                ("of", models.PositiveIntegerField(null=True, verbose_name="out of")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="where from")),
                ("taken_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
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
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="indicators.manualseries",
                    ),
                ),
            ],
            options={
                "ordering": ["on", "version"],
            },
        ),
        migrations.AddConstraint(
            model_name="manualseries",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("organisation", "name"), name="manual_series_named_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="manualseries",
            constraint=models.CheckConstraint(
                condition=models.Q(("unit__in", ["number", "per_cent", "hours", "days", "pounds"])),
                name="manual_series_unit_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="manualseries",
            constraint=models.CheckConstraint(
                condition=models.Q(("better__in", ["more", "less", "neither"])), name="manual_series_better_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.UniqueConstraint(
                fields=("organisation", "key", "series", "cut", "part", "on", "version"),
                name="reading_version_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("cut", ""), ("key", ""), ("part", ""), ("series__isnull", False), ("value__isnull", False)
                    ),
                    models.Q(models.Q(("key", ""), _negated=True), ("series", None)),
                    _connector="OR",
                ),
                name="reading_of_one_series",
            ),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.CheckConstraint(
                condition=models.Q(("part", ""), models.Q(("cut", ""), _negated=True), _connector="OR"),
                name="reading_part_has_cut",
            ),
        ),
        row_security("indicators_manualseries"),
        row_security("indicators_reading", append_only=True),
        names_readable("indicators_reading", "series_id", "indicators_manualseries"),
    ]
