"""What is done to rows of an import can be undone, and rows have versions and room between them: docs/adr/0007-undo-and-several-hands.md."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from desaga.tenancy.rowsecurity import row_security

# The same as `models.imports.GAP`. Written by the change of type itself, which row-level security does not filter.
GAP = 2**40
ROOM = migrations.RunSQL(
    f'alter table plans_stagedrow alter column "order" type bigint using "order"::bigint * {GAP}',
    f'alter table plans_stagedrow alter column "order" type integer using ("order" / {GAP})::integer',
    state_operations=[
        migrations.AlterField(
            "stagedrow",
            "order",
            models.PositiveBigIntegerField(help_text="In steps of `GAP`, so that a row can come between two others."),
        )
    ],
)


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0008_read_parts_with_plan"),
        ("organisations", "0002_secure_rows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        ROOM,
        migrations.AddField(
            "stagedrow",
            "version",
            models.PositiveIntegerField(default=1, help_text="Grows with every change: a page knows what it showed."),
        ),
        migrations.CreateModel(
            name="ReviewStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.CharField(max_length=300, verbose_name="what was done")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("before", models.JSONField()),
                ("after", models.JSONField()),
                ("undone_at", models.DateTimeField(null=True)),
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="plans.importeddocument",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={"ordering": ["document", "-id"], "verbose_name": "step"},
        ),
        row_security("plans_reviewstep"),
    ]
