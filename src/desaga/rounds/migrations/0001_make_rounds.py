"""Rounds, the requests of each, and what happened to them: docs/adr/0019-updates-and-rounds.md."""

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from desaga.tenancy.rowsecurity import names_readable, row_security


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0005_name_known_people"),
        ("plans", "0019_tell_updates"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("period", models.CharField(max_length=100, verbose_name="period")),
                ("due_on", models.DateField(verbose_name="answers by")),
                ("words", models.TextField(blank=True, max_length=1000, verbose_name="a word from you")),
                ("remind_days_before", models.PositiveSmallIntegerField(default=3, verbose_name="days before")),
                ("escalate_days_after", models.PositiveSmallIntegerField(default=7, verbose_name="days after")),
                (
                    "state",
                    models.CharField(
                        choices=[("prepared", "Being prepared"), ("open", "Open"), ("closed", "Closed")],
                        default="prepared",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("sent_at", models.DateTimeField(editable=False, null=True)),
                ("closed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rounds", to="plans.plan"
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-started_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="UpdateRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("asks_name", models.BooleanField(default=False, verbose_name="several people read it")),
                ("asked_at", models.DateTimeField(null=True, verbose_name="asked")),
                ("revoked_at", models.DateTimeField(null=True, verbose_name="taken back")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.person",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="requests", to="rounds.round"
                    ),
                ),
            ],
            options={
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="RequestKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="keys", to="rounds.updaterequest"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="RequestEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("asked", "Asked by e-mail"),
                            ("answered", "Answered"),
                            ("passed_on", "Passed on"),
                            ("not_theirs", "Not theirs"),
                            ("due_soon", "Reminded: due soon"),
                            ("late", "Reminded: late"),
                            ("reminded", "Reminded by hand"),
                            ("escalated", "The lead was told that it is silent"),
                            ("bounced", "The e-mail came back"),
                            ("not_delivered", "The e-mail could not be delivered"),
                            ("revoked", "Taken back"),
                        ],
                        max_length=20,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("mail_id", models.BigIntegerField(null=True)),
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
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="rounds.updaterequest"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="RequestedAction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("owner", models.TextField(verbose_name="as whom")),
                ("not_theirs", models.TextField(blank=True, verbose_name="not theirs")),
                (
                    "action",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.action"),
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.unit",
                    ),
                ),
                (
                    "update",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.update"
                    ),
                ),
                (
                    "passed_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="passed_here",
                        to="rounds.updaterequest",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="rounds.updaterequest"
                    ),
                ),
            ],
            options={
                "ordering": ["request_id", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["prepared", "open", "closed"])), name="round_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent_at", None), ("state", "prepared")),
                    models.Q(("sent_at__isnull", False), models.Q(("state", "prepared"), _negated=True)),
                    _connector="OR",
                ),
                name="round_sent_unless_prepared",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "closed"), _negated=True),
                fields=("plan",),
                name="round_of_a_plan_going_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="updaterequest",
            constraint=models.UniqueConstraint(
                models.F("round"), django.db.models.functions.text.Lower("email"), name="request_once_in_a_round"
            ),
        ),
        migrations.AddIndex(
            model_name="requestevent",
            index=models.Index(fields=["mail_id"], name="request_event_by_mail"),
        ),
        migrations.AddConstraint(
            model_name="requestevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "asked",
                            "answered",
                            "passed_on",
                            "not_theirs",
                            "due_soon",
                            "late",
                            "reminded",
                            "escalated",
                            "bounced",
                            "not_delivered",
                            "revoked",
                        ],
                    )
                ),
                name="request_event_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="requestedaction",
            constraint=models.UniqueConstraint(
                fields=("request", "action", "unit"), name="requested_action_once", nulls_distinct=False
            ),
        ),
        row_security("rounds_round"),
        row_security("rounds_updaterequest"),
        row_security("rounds_requestkey"),
        row_security("rounds_requestedaction"),
        row_security("rounds_requestevent", append_only=True),
        names_readable("rounds_round", "plan_id", "plans_plan"),
        names_readable("rounds_updaterequest", "round_id", "rounds_round"),
        names_readable("rounds_updaterequest", "person_id", "organisations_person"),
        names_readable("rounds_requestkey", "request_id", "rounds_updaterequest"),
        names_readable("rounds_requestedaction", "request_id", "rounds_updaterequest"),
        names_readable("rounds_requestedaction", "action_id", "plans_action"),
        names_readable("rounds_requestedaction", "unit_id", "organisations_unit"),
        names_readable("rounds_requestedaction", "update_id", "plans_update"),
        names_readable("rounds_requestevent", "request_id", "rounds_updaterequest"),
    ]
