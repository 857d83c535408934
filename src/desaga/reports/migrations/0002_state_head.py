"""Who heads the organisation, and why somebody else signs for them."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from desaga.tenancy.rowsecurity import row_security


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0006_seat_groups_and_years"),
        ("reports", "0001_hold_reports"),
    ]

    operations = [
        migrations.CreateModel(
            name="HeadOfOrganisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=150, verbose_name="name")),
                (
                    "title",
                    models.CharField(
                        help_text="For example Vice-Chancellor, Director.", max_length=150, verbose_name="title"
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                (
                    "stated_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organisation",), name="head_of_organisation_once"),
                ],
            },
        ),
        migrations.AddField(
            model_name="report",
            name="deputy_because",
            field=models.CharField(
                blank=True, default="", editable=False, max_length=300, verbose_name="why somebody else signs"
            ),
            preserve_default=False,
        ),
        row_security("reports_headoforganisation"),
    ]
