"""What people say that words of their documents mean is remembered: docs/adr/0014-what-is-remembered.md."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from desaga.tenancy.rowsecurity import row_security


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0005_name_known_people"),
        ("plans", "0012_put_plans_under_plans"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="documentcontent",
            name="choices_used",
            field=models.JSONField(default=list, help_text="Kind and words of each remembered choice that was of use."),
        ),
        migrations.AddField(
            model_name="stagedrow",
            name="holds",
            field=models.JSONField(
                default=list, help_text="Id and source of each reading that was joined into this row."
            ),
        ),
        migrations.CreateModel(
            name="RememberedChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("heading", "Heading"),
                            ("status", "Status"),
                            ("phase", "Phase"),
                            ("alignment", "Principle"),
                            ("name", "Name"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("words", models.CharField(max_length=300, verbose_name="words")),
                ("key", models.CharField(help_text="The words as the reader compares them.", max_length=300)),
                ("meaning", models.JSONField(default=dict)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="chosen")),
                ("times_used", models.PositiveIntegerField(default=0, verbose_name="documents read with it")),
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
                    "document",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="plans.importeddocument",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.party",
                        verbose_name="party",
                    ),
                ),
            ],
            options={
                "verbose_name": "remembered choice",
                "ordering": ["kind", "key"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["heading", "status", "phase", "alignment", "name"])),
                        name="choice_kind_known",
                    ),
                    models.UniqueConstraint(fields=("organisation", "kind", "key"), name="choice_once_for_words"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "name"), ("party__isnull", False)),
                            models.Q(models.Q(("kind", "name"), _negated=True), ("party", None)),
                            _connector="OR",
                        ),
                        name="choice_of_name_has_party",
                    ),
                ],
            },
        ),
        row_security("plans_rememberedchoice"),
    ]
