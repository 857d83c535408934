"""Plans follow the next edition of a framework, and it is remembered what came of it: docs/adr/0018."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from desaga.tenancy.rowsecurity import names_readable, row_security


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0005_name_known_people"),
        ("plans", "0014_suggest_alignments"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Following",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("old_name", models.CharField(max_length=120)),
                ("new_name", models.CharField(max_length=120)),
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
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="followings", to="plans.plan"
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Followed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("framework", models.CharField(max_length=120)),
                ("code", models.TextField()),
                ("was", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("cell", "stated"),
                            ("theme", "inherited from the theme"),
                            ("code", "told from the code"),
                            ("suggested", "suggested"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("carried", "Carried over"),
                            ("waiting", "Not looked at yet"),
                            ("accepted", "Accepted"),
                            ("elsewhere", "Answers another"),
                            ("refused", "Refused"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("chosen", models.TextField(blank=True)),
                ("before", models.JSONField(default=list)),
                ("after", models.JSONField(default=list)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "action",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="plans.action"),
                ),
                (
                    "answered_by",
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
                    "following",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="followed", to="plans.following"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("basis__in", ["cell", "theme", "code", "suggested"])),
                        name="followed_basis_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("verdict__in", ["carried", "waiting", "accepted", "elsewhere", "refused"])),
                        name="followed_verdict_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("verdict", "carried"), ("basis", "suggested"), _connector="OR"),
                        name="followed_suggested_is_asked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("verdict__in", ("carried", "waiting"))),
                            models.Q(
                                models.Q(("verdict__in", ("carried", "waiting")), _negated=True),
                                ("answered_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="followed_answer_has_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("chosen", ""), ("verdict", "elsewhere"), _connector="OR"),
                        name="followed_chosen_only_where_elsewhere",
                    ),
                    models.UniqueConstraint(fields=("action", "framework", "code"), name="followed_once"),
                ],
            },
        ),
        row_security("plans_following"),
        row_security("plans_followed"),
        names_readable("plans_following", "plan_id", "plans_plan"),
        names_readable("plans_followed", "action_id", "plans_action"),
        names_readable("plans_followed", "following_id", "plans_following"),
    ]
