"""Reviews, what was frozen for them, and what was said, decided and left to do: docs/adr/0027-reviews-and-snapshots.md."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from desaga.tenancy.rowsecurity import names_readable, row_security

# What was frozen stays: for the app, which may only add, and for the owner of the tables too. To a review that was held nothing is added.
STAYS = """
CREATE FUNCTION reviews_snapshot_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF EXISTS (SELECT FROM reviews_review WHERE id = NEW.review_id AND state = 'held') THEN
      RAISE EXCEPTION 'the review was held' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a snapshot stays as it was taken' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER stays BEFORE INSERT OR UPDATE OR DELETE ON reviews_snapshot
FOR EACH ROW EXECUTE FUNCTION reviews_snapshot_stays();
"""
PARTS = ("comment", "decision", "task", "discussed")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0005_name_known_people"),
        ("plans", "0023_count_measures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("meets_on", models.DateField(verbose_name="meets on")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="where and when")),
                ("comments_by", models.DateField(blank=True, null=True, verbose_name="comments by")),
                ("words", models.TextField(blank=True, max_length=2000, verbose_name="what the meeting is about")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("ready", "Pack is ready"),
                            ("held", "Held"),
                            ("called_off", "Called off"),
                        ],
                        default="planned",
                        editable=False,
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("present", models.TextField(blank=True, max_length=4000, verbose_name="present")),
                ("apologies", models.TextField(blank=True, max_length=2000, verbose_name="apologies")),
                ("next_on", models.DateField(blank=True, null=True, verbose_name="meets again on")),
                (
                    "planned_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                ("held_at", models.DateTimeField(editable=False, null=True)),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.group",
                        verbose_name="group",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="plans.plan"
                    ),
                ),
                (
                    "planned_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-meets_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Discussed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="discussed", to="reviews.review"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("agreed", "Agreed"),
                            ("refused", "Not agreed"),
                            ("put_off", "Put off"),
                            ("noted", "Noted"),
                        ],
                        default="agreed",
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                ("text", models.TextField(max_length=4000, verbose_name="what was decided")),
                ("written_at", models.DateTimeField()),
                (
                    "action",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.action"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="reviews.review"
                    ),
                ),
            ],
            options={
                "ordering": ["written_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=4000, verbose_name="comment")),
                ("wants_decision", models.BooleanField(default=False, verbose_name="the group is to decide")),
                ("said_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
                (
                    "action",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.action"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="comments", to="reviews.review"
                    ),
                ),
            ],
            options={
                "ordering": ["said_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("taken_at", models.DateTimeField(verbose_name="taken")),
                ("content", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="snapshots", to="plans.plan"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="snapshots", to="reviews.review"
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-taken_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=2000, verbose_name="what is to be done")),
                ("who", models.CharField(max_length=200, verbose_name="who")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="by")),
                ("written_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(editable=False, null=True)),
                ("done_note", models.CharField(blank=True, max_length=300, verbose_name="what came of it")),
                (
                    "action",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.action"
                    ),
                ),
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
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="reviews.review"
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["planned", "ready", "held", "called_off"])), name="review_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("held_at", None), models.Q(("state", "held"), _negated=True)),
                    models.Q(("held_at__isnull", False), ("state", "held")),
                    _connector="OR",
                ),
                name="review_held_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "called_off"), _negated=True),
                fields=("plan", "meets_on"),
                name="review_of_a_plan_once_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="discussed",
            constraint=models.UniqueConstraint(fields=("review", "action"), name="action_discussed_once"),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["agreed", "refused", "put_off", "noted"])),
                name="decision_outcome_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(("done_note", ""), ("done_at__isnull", False), _connector="OR"),
                name="task_note_only_where_done",
            ),
        ),
        row_security("reviews_review"),
        row_security("reviews_snapshot", append_only=True),
        *(row_security(f"reviews_{part}") for part in PARTS),
        names_readable("reviews_review", "plan_id", "plans_plan"),
        names_readable("reviews_review", "group_id", "organisations_group"),
        names_readable("reviews_snapshot", "review_id", "reviews_review"),
        names_readable("reviews_snapshot", "plan_id", "plans_plan"),
        *(names_readable(f"reviews_{part}", "review_id", "reviews_review") for part in PARTS),
        *(names_readable(f"reviews_{part}", "action_id", "plans_action") for part in PARTS),
        names_readable("reviews_task", "person_id", "organisations_person"),
        migrations.RunSQL(STAYS, "DROP TRIGGER stays ON reviews_snapshot; DROP FUNCTION reviews_snapshot_stays();"),
    ]
