"""Extracts, snapshots and their rows, sealed and immutable: docs/adr/0030-extracts-and-snapshots.md."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from desaga.tenancy.rowsecurity import names_readable, row_security

# A snapshot stays as it was taken, for the app, which may only add, and for the owner of the tables too. The database itself
# writes down in which transaction it was taken.
STAYS = """
CREATE FUNCTION workforce_snapshot_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.taken_in := pg_current_xact_id()::text::bigint;
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a snapshot stays as it was taken' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER stays BEFORE INSERT OR UPDATE OR DELETE ON workforce_snapshot
FOR EACH ROW EXECUTE FUNCTION workforce_snapshot_stays();
"""
# Its rows come with it, are never changed, and go only when retention says so (`app.workforce_retention`).
ROWS_STAY = """
CREATE FUNCTION workforce_rows_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('app.workforce_retention', true) = 'on' THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'the rows of a snapshot stay as they were taken' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE FUNCTION workforce_rows_belong() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM (SELECT DISTINCT snapshot_id, organisation_id FROM added) a
    LEFT JOIN workforce_snapshot s ON s.id = a.snapshot_id AND s.organisation_id = a.organisation_id
      AND s.taken_in = pg_current_xact_id()::text::bigint
    WHERE s.id IS NULL
  ) THEN
    RAISE EXCEPTION 'rows are added to a snapshot only while it is taken' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END $$;
"""
# What a row names is of the same snapshot, and a unit of the same organisation: looked at once a statement.
NAMES = """
CREATE FUNCTION {table}_names() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM added a LEFT JOIN {named} n ON n.id = a.{column} AND {same} WHERE a.{column} IS NOT NULL AND n.id IS NULL
  ) THEN
    RAISE EXCEPTION '{table}.{column} names what is not of this snapshot' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER names_{column} AFTER INSERT ON {table} REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION {table}_names();
"""
ROWS = ("personrow", "contractrow", "activityrow", "equalityrow")
SAME = "n.snapshot_id = a.snapshot_id"


def names(table: str, column: str, named: str, same: str = SAME, function: str = "") -> migrations.RunSQL:
    function = function or table
    return migrations.RunSQL(
        NAMES.format(table=table, column=column, named=named, same=same).replace(
            f"{table}_names()", f"{function}_names()"
        ),
        f"DROP TRIGGER names_{column} ON {table}; DROP FUNCTION {function}_names();",
    )


def rows_stay(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"""
        CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION workforce_rows_stay();
        CREATE TRIGGER belongs AFTER INSERT ON {table} REFERENCING NEW TABLE AS added
        FOR EACH STATEMENT EXECUTE FUNCTION workforce_rows_belong();
        """,
        f"DROP TRIGGER stays ON {table}; DROP TRIGGER belongs ON {table};",
    )


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0008_name_equality_steward"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Extract",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=255, verbose_name="name")),
                ("size", models.PositiveBigIntegerField(verbose_name="size in bytes")),
                (
                    "coverage",
                    models.CharField(
                        choices=[("all", "All staff"), ("technical", "Technical staff only")],
                        max_length=10,
                        verbose_name="covers",
                    ),
                ),
                ("as_at", models.DateField(verbose_name="as at")),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        help_text="The year in which the collection year begins.", verbose_name="collection year"
                    ),
                ),
                ("submission", models.UUIDField(help_text="The form that it came with: one form makes one extract.")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("handed_in", "Being read"),
                            ("read", "Ready to map"),
                            ("checking", "Being checked"),
                            ("checked", "Checked"),
                            ("loading", "Being loaded"),
                            ("committed", "Loaded"),
                            ("refused", "Could not be read"),
                            ("cancelled", "Thrown away"),
                        ],
                        default="handed_in",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("refusal", models.TextField(blank=True, editable=False, verbose_name="why it could not be read")),
                (
                    "handed_in_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="handed in"),
                ),
                ("layout", models.JSONField(default=dict, editable=False)),
                (
                    "grain",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("person", "One row a person"),
                            ("contract", "One row a contract"),
                            ("activity", "One row an activity"),
                        ],
                        max_length=10,
                        verbose_name="one row is",
                    ),
                ),
                (
                    "full_time_hours",
                    models.DecimalField(
                        decimal_places=2, default=35, max_digits=4, verbose_name="full-time week, hours"
                    ),
                ),
                ("columns", models.JSONField(default=dict, editable=False)),
                ("counts", models.JSONField(default=dict, editable=False)),
                (
                    "stops",
                    models.JSONField(default=list, editable=False, help_text="Why it cannot be loaded, in sentences."),
                ),
                (
                    "change_agreed",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="the change in head count is right"
                    ),
                ),
                (
                    "handed_in_by",
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
                "ordering": ["-handed_in_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Progress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("run", models.UUIDField()),
                ("step", models.CharField(max_length=60)),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("worked_at", models.DateTimeField()),
                ("cancel_asked_at", models.DateTimeField(null=True)),
                ("resumed", models.PositiveSmallIntegerField(default=0)),
                (
                    "extract",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="progress", to="workforce.extract"
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
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SealedFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", models.BinaryField()),
                ("table", models.BinaryField(null=True)),
                ("profile", models.BinaryField(null=True)),
                (
                    "extract",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="file", to="workforce.extract"
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
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("as_at", models.DateField(verbose_name="as at")),
                ("year", models.PositiveSmallIntegerField(verbose_name="collection year")),
                (
                    "coverage",
                    models.CharField(
                        choices=[("all", "All staff"), ("technical", "Technical staff only")],
                        max_length=10,
                        verbose_name="covers",
                    ),
                ),
                (
                    "taken_in",
                    models.BigIntegerField(
                        default=0,
                        editable=False,
                        help_text="The database's transaction: only within it are rows added. The database writes it.",
                    ),
                ),
                ("taken_at", models.DateTimeField(verbose_name="loaded")),
                ("people", models.PositiveIntegerField()),
                ("contracts", models.PositiveIntegerField()),
                ("has_equality", models.BooleanField(default=False)),
                ("mapping", models.JSONField(default=dict)),
                ("code_lists", models.JSONField(default=dict)),
                ("counts", models.JSONField(default=dict)),
                (
                    "compared_with",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workforce.snapshot",
                    ),
                ),
                (
                    "extract",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="snapshot", to="workforce.extract"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "supersedes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="workforce.snapshot",
                        verbose_name="instead of",
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
                "ordering": ["-as_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="PersonRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField()),
                ("number_key", models.UUIDField()),
                ("name_key", models.UUIDField(help_text="The key of name and date of birth together.", null=True)),
                ("is_present", models.BooleanField(default=True, verbose_name="in post on the day")),
                ("age", models.PositiveSmallIntegerField(null=True, verbose_name="age on the day of the snapshot")),
                ("joined_on", models.DateField(null=True, verbose_name="joined the organisation")),
                ("sealed", models.BinaryField()),
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
                    "snapshot",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workforce.snapshot",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="extract",
            name="supersedes",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="workforce.snapshot",
                verbose_name="instead of",
            ),
        ),
        migrations.CreateModel(
            name="EqualityRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sealed", models.BinaryField()),
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
                    "person",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="equality",
                        to="workforce.personrow",
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workforce.snapshot",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ContractRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField()),
                ("is_main", models.BooleanField(default=True)),
                ("is_current", models.BooleanField(default=True, verbose_name="holds on the day")),
                ("job_title", models.CharField(blank=True, max_length=200)),
                ("job_family", models.CharField(blank=True, max_length=200)),
                ("grade", models.CharField(blank=True, max_length=200)),
                ("unit_text", models.CharField(blank=True, max_length=200)),
                ("cost_centre", models.CharField(blank=True, max_length=200)),
                (
                    "marker",
                    models.CharField(blank=True, max_length=200, verbose_name="HR's own mark of technical staff"),
                ),
                ("soc", models.CharField(blank=True, max_length=4, verbose_name="SOC2020 unit group")),
                ("terms", models.CharField(blank=True, max_length=2)),
                ("mode", models.CharField(blank=True, max_length=2)),
                ("level", models.CharField(blank=True, max_length=2)),
                ("academic_function", models.CharField(blank=True, max_length=2)),
                ("paid", models.CharField(blank=True, max_length=2, verbose_name="salaried or hourly paid")),
                ("leaving_reason", models.CharField(blank=True, max_length=2)),
                ("fte", models.DecimalField(decimal_places=4, max_digits=5, null=True)),
                ("fpe", models.DecimalField(decimal_places=4, max_digits=5)),
                (
                    "teaching",
                    models.DecimalField(decimal_places=4, max_digits=5, null=True, verbose_name="share of teaching"),
                ),
                (
                    "research",
                    models.DecimalField(decimal_places=4, max_digits=5, null=True, verbose_name="share of research"),
                ),
                ("starts_on", models.DateField(null=True)),
                ("ends_on", models.DateField(null=True)),
                ("grade_since", models.DateField(null=True, verbose_name="in the grade since")),
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
                    "unit",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.unit",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contracts",
                        to="workforce.personrow",
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workforce.snapshot",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ActivityRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("soc", models.CharField(blank=True, max_length=4, verbose_name="SOC2020 unit group")),
                ("share", models.DecimalField(decimal_places=4, max_digits=5)),
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
                    "contract",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="workforce.contractrow",
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workforce.snapshot",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CodeChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code_list", models.CharField(max_length=30)),
                ("words", models.CharField(help_text="Folded: see `reading.values.folded`.", max_length=200)),
                ("code", models.CharField(blank=True, max_length=10)),
                ("chosen_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "chosen_by",
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
                "ordering": ["code_list", "words"],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "code_list", "words"), name="code_choice_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="DataKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "purpose",
                    models.CharField(
                        choices=[("people", "People"), ("equality", "Equality"), ("file", "Files")], max_length=10
                    ),
                ),
                ("sealed", models.BinaryField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "purpose"), name="data_key_once"),
                    models.CheckConstraint(
                        condition=models.Q(("purpose__in", ["people", "equality", "file"])),
                        name="data_key_purpose_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Fault",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.PositiveIntegerField(verbose_name="row")),
                ("column", models.PositiveSmallIntegerField(help_text="From 0; null for the whole row.", null=True)),
                ("field", models.CharField(blank=True, max_length=30)),
                ("kind", models.CharField(max_length=40)),
                (
                    "weight",
                    models.CharField(
                        choices=[("stops", "Stops the file"), ("fault", "To be mended"), ("word", "To be known")],
                        max_length=10,
                    ),
                ),
                ("value", models.BinaryField()),
                ("is_equality", models.BooleanField(default=False)),
                (
                    "extract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="faults", to="workforce.extract"
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
                "ordering": ["row", "pk"],
                "indexes": [models.Index(fields=["extract", "row"], name="fault_by_row")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("weight__in", ["stops", "fault", "word"])), name="fault_weight_known"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Limits",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "most_faulty",
                    models.PositiveSmallIntegerField(
                        default=5,
                        help_text="A file with more faulty rows than this is not loaded.",
                        verbose_name="rows with faults, per cent",
                    ),
                ),
                (
                    "largest_change",
                    models.PositiveSmallIntegerField(
                        default=20,
                        help_text="A file whose head count differs more than this from the last one is loaded only when you say that it is right.",
                        verbose_name="change in head count, per cent",
                    ),
                ),
                (
                    "full_time_hours",
                    models.DecimalField(
                        decimal_places=2, default=35, max_digits=4, verbose_name="full-time week, hours"
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
                "verbose_name": "limits",
                "constraints": [
                    models.UniqueConstraint(fields=("organisation",), name="limits_once"),
                    models.CheckConstraint(
                        condition=models.Q(("most_faulty__lte", 100)), name="limits_faulty_per_cent"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("full_time_hours__gt", 0), ("full_time_hours__lte", 60)),
                        name="limits_week_of_hours",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Match",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("new_number", "Same name and date of birth, another number"),
                            ("rehired", "Was here before, and is back"),
                            ("new_name", "Same number, another name"),
                            ("other_person", "Same number, another date of birth"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "To be decided"),
                            ("same", "The same person"),
                            ("other", "Somebody else"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("number_key", models.UUIDField()),
                ("known_key", models.UUIDField()),
                ("words", models.BinaryField()),
                ("decided_at", models.DateTimeField(null=True)),
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
                    "extract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="matches", to="workforce.extract"
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
                "verbose_name_plural": "matches",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["new_number", "rehired", "new_name", "other_person"])),
                        name="match_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["proposed", "same", "other"])), name="match_state_known"
                    ),
                    models.UniqueConstraint(fields=("extract", "number_key", "known_key"), name="match_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedMapping",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("heads", models.CharField(help_text="A digest of the headings.", max_length=64)),
                (
                    "columns",
                    models.JSONField(
                        default=dict, help_text="Digest of a heading to key of a field; empty for a column left out."
                    ),
                ),
                (
                    "grain",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("person", "One row a person"),
                            ("contract", "One row a contract"),
                            ("activity", "One row an activity"),
                        ],
                        max_length=10,
                    ),
                ),
                ("full_time_hours", models.DecimalField(decimal_places=2, default=35, max_digits=4)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "heads"), name="mapping_of_heads_once")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=models.CheckConstraint(
                condition=models.Q(("coverage__in", ["all", "technical"])), name="snapshot_coverage_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="personrow",
            constraint=models.UniqueConstraint(fields=("snapshot", "key"), name="person_once_a_snapshot"),
        ),
        migrations.AddConstraint(
            model_name="extract",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        ["handed_in", "read", "checking", "checked", "loading", "committed", "refused", "cancelled"],
                    )
                ),
                name="extract_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="extract",
            constraint=models.CheckConstraint(
                condition=models.Q(("coverage__in", ["all", "technical"])), name="extract_coverage_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="extract",
            constraint=models.CheckConstraint(
                condition=models.Q(("grain__in", ["person", "contract", "activity", ""])), name="extract_grain_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="extract",
            constraint=models.UniqueConstraint(fields=("organisation", "submission"), name="extract_once_per_form"),
        ),
        migrations.AddIndex(
            model_name="equalityrow",
            index=models.Index(fields=["snapshot"], name="equality_by_snapshot"),
        ),
        migrations.AddIndex(
            model_name="contractrow",
            index=models.Index(fields=["snapshot"], name="contract_by_snapshot"),
        ),
        migrations.AddIndex(
            model_name="activityrow",
            index=models.Index(fields=["snapshot"], name="activity_by_snapshot"),
        ),
        row_security("workforce_datakey"),
        row_security("workforce_limits"),
        row_security("workforce_extract"),
        row_security("workforce_sealedfile"),
        row_security("workforce_progress"),
        row_security("workforce_savedmapping"),
        row_security("workforce_codechoice"),
        row_security("workforce_fault"),
        row_security("workforce_match"),
        row_security("workforce_snapshot", append_only=True),
        *(row_security(f"workforce_{rows}") for rows in ROWS),
        names_readable("workforce_sealedfile", "extract_id", "workforce_extract"),
        names_readable("workforce_progress", "extract_id", "workforce_extract"),
        names_readable("workforce_match", "extract_id", "workforce_extract"),
        names_readable("workforce_snapshot", "extract_id", "workforce_extract"),
        names_readable("workforce_snapshot", "supersedes_id", "workforce_snapshot"),
        names_readable("workforce_snapshot", "compared_with_id", "workforce_snapshot"),
        names("workforce_fault", "extract_id", "workforce_extract", "n.organisation_id = a.organisation_id"),
        names("workforce_contractrow", "person_id", "workforce_personrow"),
        names(
            "workforce_contractrow",
            "unit_id",
            "organisations_unit",
            "n.organisation_id = a.organisation_id",
            "workforce_contractrow_unit",
        ),
        names("workforce_activityrow", "contract_id", "workforce_contractrow"),
        names("workforce_equalityrow", "person_id", "workforce_personrow"),
        migrations.RunSQL(STAYS, "DROP TRIGGER stays ON workforce_snapshot; DROP FUNCTION workforce_snapshot_stays();"),
        migrations.RunSQL(ROWS_STAY, "DROP FUNCTION workforce_rows_stay(); DROP FUNCTION workforce_rows_belong();"),
        *(rows_stay(f"workforce_{rows}") for rows in ROWS),
    ]
