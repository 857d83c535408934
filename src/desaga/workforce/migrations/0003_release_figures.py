"""Releases of figures, protected and frozen, and what of them anybody reads: docs/adr/0033-releases.md."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from desaga.tenancy.rowsecurity import names_readable, row_security

# What was released stays, for the app and for the owner of the tables too: of it only the state goes on, to be restated or withdrawn.
STAYS = """
CREATE FUNCTION workforce_release_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE moves text[] := ARRAY['state', 'withdrawn_at', 'withdrawn_by_id', 'withdrawn_because'];
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a release is dropped or withdrawn, never removed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF OLD.state IN ('released', 'restated', 'withdrawn') AND (
    to_jsonb(NEW) - moves IS DISTINCT FROM to_jsonb(OLD) - moves
    OR OLD.state <> 'released' OR NEW.state NOT IN ('restated', 'withdrawn')
  ) THEN
    RAISE EXCEPTION 'a release stays as it was released' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON workforce_release
FOR EACH ROW EXECUTE FUNCTION workforce_release_stays();
"""
# Its tables are written while it is counted, thrown away only before it is released, and changed never.
TABLES_STAY = """
CREATE FUNCTION workforce_released_table_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE standing text;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    RAISE EXCEPTION 'a released table stays as it was written' USING ERRCODE = 'insufficient_privilege';
  END IF;
  SELECT state INTO standing FROM workforce_release
  WHERE id = CASE WHEN TG_OP = 'INSERT' THEN NEW.release_id ELSE OLD.release_id END;
  IF standing = 'prepared' OR TG_OP = 'DELETE' AND standing IN ('checked', 'refused', 'failed', 'dropped') THEN
    RETURN CASE WHEN TG_OP = 'INSERT' THEN NEW ELSE OLD END;
  END IF;
  RAISE EXCEPTION 'tables are written and removed only before a release' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER stays BEFORE INSERT OR UPDATE OR DELETE ON workforce_releasedtable
FOR EACH ROW EXECUTE FUNCTION workforce_released_table_stays();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0008_name_equality_steward"),
        ("workforce", "0002_state_figures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Release",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="period")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("prepared", "Being counted and checked"),
                            ("checked", "Ready to release"),
                            ("refused", "Would disclose somebody"),
                            ("failed", "Could not be counted"),
                            ("released", "Released"),
                            ("restated", "Restated"),
                            ("withdrawn", "Withdrawn"),
                            ("dropped", "Dropped"),
                        ],
                        default="prepared",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("what_changed", models.TextField(blank=True, max_length=2000, verbose_name="what changed")),
                ("definition", models.JSONField(default=dict, editable=False)),
                ("policies", models.JSONField(default=dict, editable=False)),
                ("found", models.JSONField(default=dict, editable=False)),
                (
                    "prepared_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="prepared"),
                ),
                ("released_at", models.DateTimeField(editable=False, null=True, verbose_name="released")),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="withdrawn")),
                (
                    "withdrawn_because",
                    models.TextField(blank=True, max_length=2000, verbose_name="why it was withdrawn"),
                ),
                (
                    "compared_with",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workforce.snapshot",
                        verbose_name="compared with",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "restates",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="restatements",
                        to="workforce.release",
                        verbose_name="in the place of",
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="releases", to="workforce.snapshot"
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-snapshot__as_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="ReleasedTable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "audience",
                    models.CharField(
                        choices=[("internal", "Inside the organisation"), ("public", "The public")], max_length=10
                    ),
                ),
                ("figure", models.CharField(max_length=60)),
                ("cut", models.CharField(blank=True, max_length=60)),
                ("place", models.PositiveSmallIntegerField()),
                ("size", models.PositiveIntegerField()),
                ("content", models.JSONField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tables", to="workforce.release"
                    ),
                ),
            ],
            options={
                "ordering": ["release_id", "place"],
            },
        ),
        migrations.CreateModel(
            name="ReleaseProgress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.CharField(max_length=80)),
                ("done", models.PositiveSmallIntegerField(default=0)),
                ("total", models.PositiveSmallIntegerField(default=0)),
                ("worked_at", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "release",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="progress", to="workforce.release"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PublicFigures",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("digest", models.CharField(max_length=64)),
                ("content", models.JSONField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "shown_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "public figures",
                "constraints": [
                    models.UniqueConstraint(fields=("organisation",), name="public_figures_once"),
                    models.CheckConstraint(
                        condition=models.Q(("published_at__isnull", False)), name="public_figures_are_shown"
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        ["prepared", "checked", "refused", "failed", "released", "restated", "withdrawn", "dropped"],
                    )
                ),
                name="release_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("released_at", None), ("state__in", ("released", "restated", "withdrawn")), _connector="XOR"
                ),
                name="release_says_when_it_was_released",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(("restates", None), models.Q(("what_changed", ""), _negated=True), _connector="OR"),
                name="restatement_says_what_changed",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "released")),
                fields=("organisation", "snapshot"),
                name="snapshot_released_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.UniqueConstraint(
                condition=models.Q(("restates__isnull", False), ("state__in", ("released", "restated", "withdrawn"))),
                fields=("restates",),
                name="release_restated_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="releasedtable",
            constraint=models.CheckConstraint(
                condition=models.Q(("audience__in", ["internal", "public"])), name="released_for_a_known_audience"
            ),
        ),
        migrations.AddConstraint(
            model_name="releasedtable",
            constraint=models.UniqueConstraint(
                fields=("release", "audience", "figure", "cut"), name="released_table_once"
            ),
        ),
        row_security("workforce_release"),
        row_security("workforce_releasedtable"),
        row_security("workforce_releaseprogress"),
        row_security("workforce_publicfigures", published="published_at"),
        names_readable("workforce_release", "snapshot_id", "workforce_snapshot"),
        names_readable("workforce_release", "compared_with_id", "workforce_snapshot"),
        names_readable("workforce_release", "restates_id", "workforce_release"),
        names_readable("workforce_releasedtable", "release_id", "workforce_release"),
        names_readable("workforce_releaseprogress", "release_id", "workforce_release"),
        migrations.RunSQL(STAYS, "DROP TRIGGER stays ON workforce_release; DROP FUNCTION workforce_release_stays();"),
        migrations.RunSQL(
            TABLES_STAY,
            "DROP TRIGGER stays ON workforce_releasedtable; DROP FUNCTION workforce_released_table_stays();",
        ),
    ]
