"""The directory of hosts, standing deputies, what was before an agreed change, and that a draft was told of its cut-off."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0008_name_equality_steward"),
        ("placements", "0021_end_schemes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StandingDeputy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=300, verbose_name="whose e-mail")),
                ("name", models.CharField(max_length=300, verbose_name="whose name")),
                ("deputy_name", models.CharField(max_length=300, verbose_name="deputy")),
                ("deputy_email", models.EmailField(max_length=300, verbose_name="deputy’s e-mail")),
                ("until", models.DateField(verbose_name="until")),
                ("left_at", models.DateTimeField(editable=False)),
                ("ended_at", models.DateTimeField(editable=False, null=True)),
                ("key_hash", models.CharField(max_length=64, unique=True)),
            ],
            options={
                "ordering": ["-left_at", "-pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="asking",
            name="asking_state_known",
        ),
        migrations.RemoveConstraint(
            model_name="asking",
            name="asking_decided_by_somebody",
        ),
        migrations.AddField(
            model_name="application",
            name="draft_told_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="application",
            name="host_place",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="applications",
                to="placements.hostplace",
            ),
        ),
        migrations.AddField(
            model_name="asking",
            name="change_parts",
            field=models.JSONField(blank=True, default=list, verbose_name="parts to be changed"),
        ),
        migrations.AddField(
            model_name="awardchange",
            name="was",
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.AddField(
            model_name="hostplace",
            name="country_code",
            field=models.CharField(blank=True, max_length=2, verbose_name="country code"),
        ),
        migrations.AddField(
            model_name="hostplace",
            name="merged_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="hostplace",
            name="merged_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="hostplace",
            name="merged_into",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="merged", to="placements.hostplace"
            ),
        ),
        migrations.AddField(
            model_name="hostplace",
            name="ror",
            field=models.CharField(
                blank=True,
                max_length=9,
                validators=[
                    django.core.validators.RegexValidator("^0[a-z0-9]{6}[0-9]{2}$", "Nine signs, such as 024mrxd33.")
                ],
                verbose_name="ROR number",
            ),
        ),
        migrations.AlterField(
            model_name="asking",
            name="state",
            field=models.CharField(
                choices=[
                    ("not_asked", "Not asked yet"),
                    ("asked", "Asked"),
                    ("opened", "Opened"),
                    ("given", "Given"),
                    ("conditional", "Given on a condition"),
                    ("refused", "Refused"),
                    ("changes", "Changes wanted first"),
                    ("bounced", "E-mail came back"),
                    ("replaced", "Somebody else was asked"),
                    ("expired", "No answer in time"),
                    ("taken_back", "Taken back"),
                ],
                editable=False,
                max_length=12,
                verbose_name="state",
            ),
        ),
        migrations.AddConstraint(
            model_name="asking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "not_asked",
                            "asked",
                            "opened",
                            "given",
                            "conditional",
                            "refused",
                            "changes",
                            "bounced",
                            "replaced",
                            "expired",
                            "taken_back",
                        ],
                    )
                ),
                name="asking_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="asking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["given", "conditional", "refused", "changes"]), _negated=True),
                    models.Q(("decided_at__isnull", False), models.Q(("answered_by", ""), _negated=True)),
                    _connector="OR",
                ),
                name="asking_decided_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="asking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "changes"), _negated=True),
                    models.Q(models.Q(("reason", ""), _negated=True), models.Q(("change_parts", []), _negated=True)),
                    _connector="OR",
                ),
                name="asking_changes_say_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="hostplace",
            constraint=models.UniqueConstraint(
                condition=models.Q(models.Q(("ror", ""), _negated=True), ("merged_into", None)),
                fields=("organisation", "ror"),
                name="host_place_ror_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="hostplace",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("merged_at", None), ("merged_into", None)),
                    models.Q(("merged_at__isnull", False), ("merged_into__isnull", False)),
                    _connector="OR",
                ),
                name="host_place_merged_has_a_time",
            ),
        ),
        migrations.AddField(
            model_name="standingdeputy",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
            ),
        ),
        migrations.AddConstraint(
            model_name="standingdeputy",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("organisation", "email"),
                name="standing_deputy_one_at_a_time",
            ),
        ),
    ]
