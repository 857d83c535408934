"""Definitions of technical staff, what they make of snapshots, and what people decide: docs/adr/0031-who-is-a-technician.md."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from desaga.tenancy.rowsecurity import names_readable, row_security

# A version that was adopted stays as it is, for the owner of the tables too: figures say that they were counted by it.
VERSIONS_STAY = """
CREATE FUNCTION workforce_definition_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.adopted_at IS NOT NULL THEN
    RAISE EXCEPTION 'an adopted definition stays as it is' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON workforce_definitionversion
FOR EACH ROW EXECUTE FUNCTION workforce_definition_stays();
"""
# What somebody decided is taken back once, and never changed otherwise.
DECISIONS_STAY = """
CREATE FUNCTION workforce_decision_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.taken_back_at IS NOT NULL OR (to_jsonb(NEW) - 'taken_back_at' - 'taken_back_by_id')
    IS DISTINCT FROM (to_jsonb(OLD) - 'taken_back_at' - 'taken_back_by_id') THEN
    RAISE EXCEPTION 'a decision is taken back, never changed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stays BEFORE UPDATE ON workforce_decision
FOR EACH ROW EXECUTE FUNCTION workforce_decision_stays();
"""
# Rows come by the hundred thousand: what they name is looked at once a statement.
ROWS_BELONG = """
CREATE FUNCTION workforce_classifiedrow_belongs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM (SELECT DISTINCT classification_id, organisation_id FROM added) a
    LEFT JOIN workforce_classification c ON c.id = a.classification_id AND c.organisation_id = a.organisation_id
    WHERE c.id IS NULL
  ) OR EXISTS (
    SELECT FROM added a JOIN workforce_classification c ON c.id = a.classification_id
    LEFT JOIN workforce_contractrow n ON n.id = a.contract_id AND n.snapshot_id = c.snapshot_id
    WHERE n.id IS NULL
  ) OR EXISTS (
    SELECT FROM added a LEFT JOIN workforce_decision d ON d.id = a.decision_id AND d.organisation_id = a.organisation_id
    WHERE a.decision_id IS NOT NULL AND d.id IS NULL
  ) THEN
    RAISE EXCEPTION 'workforce_classifiedrow names what is not of this snapshot' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER belongs AFTER INSERT ON workforce_classifiedrow REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION workforce_classifiedrow_belongs();
CREATE TRIGGER still_belongs AFTER UPDATE ON workforce_classifiedrow REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION workforce_classifiedrow_belongs();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0008_name_equality_steward"),
        ("workforce", "0003_release_figures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Classification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Waiting for a worker"),
                            ("working", "Being worked out"),
                            ("done", "Worked out"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("run", models.UUIDField(help_text="Whose turn it is: a worker that finds another's here stops.")),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("worked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
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
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="classifications",
                        to="workforce.snapshot",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person_key", models.UUIDField()),
                ("job", models.CharField(max_length=32)),
                ("technical", models.BooleanField()),
                ("is_override", models.BooleanField(default=False)),
                ("reason", models.CharField(blank=True, max_length=1000)),
                ("press", models.UUIDField()),
                ("decided_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("taken_back_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
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
                    "taken_back_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-decided_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="ClassifiedRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField()),
                ("job", models.CharField(max_length=32)),
                ("is_present", models.BooleanField(default=True, verbose_name="in post on the day")),
                ("rule", models.PositiveSmallIntegerField(help_text="0 for the last rule.")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("technician", "technician"), ("other", "other"), ("ask", "ask")], max_length=10
                    ),
                ),
                ("technical", models.BooleanField()),
                (
                    "classification",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="workforce.classification",
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workforce.contractrow",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workforce.decision",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DefinitionVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("content", models.JSONField()),
                ("edits", models.PositiveIntegerField(default=0)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("adopted_at", models.DateTimeField(null=True)),
                ("in_force_from", models.DateField(null=True, verbose_name="in force from")),
                ("because", models.TextField(blank=True, verbose_name="what changed, and why")),
                (
                    "adopted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "made_by",
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
                "ordering": ["-number"],
            },
        ),
        migrations.AddField(
            model_name="classification",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="classifications",
                to="workforce.definitionversion",
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["organisation", "press"], name="decision_by_press"),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("taken_back_at", None)),
                fields=("organisation", "person_key", "job", "is_override"),
                name="decision_in_force_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_override", False), models.Q(("reason", ""), _negated=True), _connector="OR"),
                name="decision_override_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("taken_back_at", None), ("taken_back_at__gte", models.F("decided_at")), _connector="OR"
                ),
                name="decision_taken_back_later",
            ),
        ),
        migrations.AddIndex(
            model_name="classifiedrow",
            index=models.Index(fields=["key"], name="classified_by_person"),
        ),
        migrations.AddConstraint(
            model_name="classifiedrow",
            constraint=models.UniqueConstraint(fields=("classification", "key"), name="classified_once"),
        ),
        migrations.AddConstraint(
            model_name="classifiedrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["technician", "other", "ask"])), name="classified_outcome_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="definitionversion",
            constraint=models.UniqueConstraint(fields=("organisation", "number"), name="definition_number_once"),
        ),
        migrations.AddConstraint(
            model_name="definitionversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("adopted_at", None)), fields=("organisation",), name="definition_one_draft"
            ),
        ),
        migrations.AddConstraint(
            model_name="definitionversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("adopted_at", None), ("in_force_from", None)),
                    models.Q(("adopted_at__isnull", False), ("in_force_from__isnull", False)),
                    _connector="OR",
                ),
                name="definition_adopted_is_dated",
            ),
        ),
        migrations.AddConstraint(
            model_name="classification",
            constraint=models.UniqueConstraint(fields=("snapshot", "version"), name="classification_once"),
        ),
        migrations.AddConstraint(
            model_name="classification",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["asked", "working", "done"])), name="classification_state_known"
            ),
        ),
        row_security("workforce_definitionversion"),
        row_security("workforce_decision"),
        row_security("workforce_classification"),
        row_security("workforce_classifiedrow"),
        names_readable("workforce_classification", "snapshot_id", "workforce_snapshot"),
        names_readable("workforce_classification", "version_id", "workforce_definitionversion"),
        migrations.RunSQL(
            VERSIONS_STAY,
            "DROP TRIGGER stays ON workforce_definitionversion; DROP FUNCTION workforce_definition_stays();",
        ),
        migrations.RunSQL(
            DECISIONS_STAY, "DROP TRIGGER stays ON workforce_decision; DROP FUNCTION workforce_decision_stays();"
        ),
        migrations.RunSQL(
            ROWS_BELONG,
            "DROP TRIGGER belongs ON workforce_classifiedrow; DROP TRIGGER still_belongs ON workforce_classifiedrow;"
            " DROP FUNCTION workforce_classifiedrow_belongs();",
        ),
    ]
