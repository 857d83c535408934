"""Technical posts that units advertised: docs/adr/0032-figures-and-readiness.md."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

from desaga.tenancy.rowsecurity import names_readable, row_security


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0008_name_equality_steward"),
        ("workforce", "0004_define_technical_staff"),
    ]

    operations = [
        migrations.CreateModel(
            name="AdvertisedPosts",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="collection year")),
                (
                    "posts",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(1000),
                        ],
                        verbose_name="posts advertised",
                    ),
                ),
                (
                    "applicants",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Leave it empty if you do not know.",
                        null=True,
                        verbose_name="applicants for them together",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.unit"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "advertised posts",
                "ordering": ["-year", "unit__name", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "year", "unit"), name="advertised_posts_once"),
                    models.CheckConstraint(
                        condition=models.Q(("posts__gte", 1), ("posts__lte", 1000)), name="advertised_posts_are_some"
                    ),
                ],
            },
        ),
        row_security("workforce_advertisedposts"),
        names_readable("workforce_advertisedposts", "unit_id", "organisations_unit"),
    ]
