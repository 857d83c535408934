"""How far actions came and what became of them, what they went on as, and business as usual looked at again."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from desaga.tenancy.rowsecurity import names_readable, row_security

NAMED = {
    "actionoutcome": ("plan_id", "action_id", "into_id"),
    "lineage": ("earlier_plan_id", "earlier_id", "later_plan_id", "later_id"),
    "refusedpredecessor": ("earlier_id", "later_id"),
    "actionsource": ("action_id",),
    "usualcheck": ("action_id",),
}
NEVER_CHANGED = ("actionsource", "usualcheck")


def secured():
    """Each table with its rows' owner, and nothing named that its writer cannot read."""
    for table, columns in NAMED.items():
        yield row_security(f"plans_{table}", append_only=table in NEVER_CHANGED)
        for column in columns:
            named = "plans_plan" if "plan_id" in column else "plans_action"
            yield names_readable(f"plans_{table}", column, named)
    yield row_security("plans_trajectoryrule")


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0005_name_known_people"),
        ("plans", "0026_choose_public_parts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="UsualCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(verbose_name="looked at on")),
                ("note", models.CharField(blank=True, max_length=1000, verbose_name="what was seen")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="usual_checks", to="plans.action"
                    ),
                ),
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
            ],
            options={
                "ordering": ["action_id", "-on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="ActionOutcome",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "completion",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("done", "Done"),
                            ("partly", "Partly done"),
                            ("not_done", "Not done"),
                            ("not_known", "Nobody knows"),
                        ],
                        max_length=10,
                        verbose_name="how far it came",
                    ),
                ),
                ("completion_at", models.DateTimeField(null=True)),
                (
                    "fate",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("continued", "Continued"),
                            ("extended", "Extended"),
                            ("narrowed", "Narrowed"),
                            ("split", "Split"),
                            ("merged", "Merged"),
                            ("related", "Related"),
                            ("replaced", "Replaced"),
                            ("stopped", "Stopped"),
                            ("business_as_usual", "Business as usual"),
                        ],
                        max_length=20,
                        verbose_name="what became of it",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="why")),
                ("fate_at", models.DateTimeField(null=True)),
                (
                    "action",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="outcome", to="plans.action"
                    ),
                ),
                (
                    "completion_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "fate_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "into",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="plans.action"
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("completion__in", ["", "done", "partly", "not_done", "not_known"])),
                        name="outcome_completion_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "fate__in",
                                [
                                    "",
                                    "continued",
                                    "extended",
                                    "narrowed",
                                    "split",
                                    "merged",
                                    "related",
                                    "replaced",
                                    "stopped",
                                    "business_as_usual",
                                ],
                            )
                        ),
                        name="outcome_fate_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("fate", "stopped"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="outcome_stopped_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("into", None),
                            models.Q(("fate", "merged"), models.Q(("into", models.F("action")), _negated=True)),
                            _connector="OR",
                        ),
                        name="outcome_only_merged_into_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("completion", ""), ("completion_at__isnull", False), _connector="OR"),
                            models.Q(("fate", ""), ("fate_at__isnull", False), _connector="OR"),
                        ),
                        name="outcome_says_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActionSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("peer_review", "Peer review"),
                            ("recommendation", "Annual recommendation"),
                            ("consultation", "Consultation or survey"),
                            ("other", "Something else"),
                        ],
                        default="peer_review",
                        max_length=20,
                        verbose_name="what it was",
                    ),
                ),
                ("said_by", models.CharField(max_length=200, verbose_name="who said it")),
                ("where", models.CharField(blank=True, max_length=300, verbose_name="where")),
                (
                    "said_on",
                    models.CharField(
                        blank=True,
                        max_length=10,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^\\d{4}(-\\d\\d(-\\d\\d)?)?$", "Write a date such as 2027, 2027-03 or 2027-03-31."
                            )
                        ],
                        verbose_name="when",
                    ),
                ),
                ("text", models.TextField(verbose_name="in their words")),
                ("submission", models.UUIDField(editable=False, null=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sources", to="plans.action"
                    ),
                ),
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
            ],
            options={
                "ordering": ["action_id", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["peer_review", "recommendation", "consultation", "other"])),
                        name="action_source_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("said_on", ""), ("said_on__regex", "^\\d{4}(-\\d\\d(-\\d\\d)?)?$"), _connector="OR"
                        ),
                        name="action_source_partial_date",
                    ),
                    models.UniqueConstraint(fields=("organisation", "submission"), name="action_source_sent_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Lineage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "fate",
                    models.CharField(
                        choices=[
                            ("continued", "Continued"),
                            ("extended", "Extended"),
                            ("narrowed", "Narrowed"),
                            ("split", "Split"),
                            ("merged", "Merged"),
                            ("related", "Related"),
                            ("replaced", "Replaced"),
                        ],
                        max_length=20,
                        verbose_name="how it went on",
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("drafted", "drafted from it"),
                            ("said", "said by hand"),
                            ("confirmed", "proposed by its words, confirmed by a person"),
                        ],
                        max_length=10,
                        verbose_name="how it came to be known",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "earlier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="successors", to="plans.action"
                    ),
                ),
                (
                    "earlier_plan",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.plan"),
                ),
                (
                    "later",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="predecessors", to="plans.action"
                    ),
                ),
                (
                    "later_plan",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.plan"),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("earlier", "later"), name="lineage_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "fate__in",
                                ("continued", "extended", "narrowed", "split", "merged", "related", "replaced"),
                            )
                        ),
                        name="lineage_fate_goes_on",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("way__in", ["drafted", "said", "confirmed"])), name="lineage_way_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("earlier_plan", models.F("later_plan")), _negated=True),
                        name="lineage_between_two_plans",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RefusedPredecessor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "earlier",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="plans.action"),
                ),
                (
                    "later",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="plans.action"),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("earlier", "later"), name="predecessor_refused_once")],
            },
        ),
        migrations.CreateModel(
            name="TrajectoryRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("changed", models.JSONField(default=dict)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("organisation",), name="trajectory_rule_once")],
            },
        ),
        *secured(),
    ]
