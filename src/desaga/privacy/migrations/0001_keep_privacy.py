"""What an institution says of its processing, keeps for how long, who looked at rows of people, and who objects: docs/adr/0034-privacy-by-construction.md."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from desaga.tenancy.rowsecurity import CURRENT_PERSON, ON_PLATFORM, names_readable, never_changes, row_security

# A person's export is theirs alone: no employer reads it. The platform sees those whose time is over, to remove them.
OVER = f"{ON_PLATFORM} and expires_at < now()"
EXPORTS = f"""
ALTER TABLE privacy_dataexport ENABLE ROW LEVEL SECURITY;
ALTER TABLE privacy_dataexport FORCE ROW LEVEL SECURITY;
CREATE POLICY readable ON privacy_dataexport FOR SELECT USING (person_id = {CURRENT_PERSON} or ({OVER}));
CREATE POLICY addable ON privacy_dataexport FOR INSERT WITH CHECK (person_id = {CURRENT_PERSON});
CREATE POLICY changeable ON privacy_dataexport FOR UPDATE USING (person_id = {CURRENT_PERSON}) WITH CHECK (person_id = {CURRENT_PERSON});
CREATE POLICY removable ON privacy_dataexport FOR DELETE USING (person_id = {CURRENT_PERSON} or ({OVER}));
"""
EXPORTS_BACK = """
DROP POLICY readable ON privacy_dataexport; DROP POLICY addable ON privacy_dataexport;
DROP POLICY changeable ON privacy_dataexport; DROP POLICY removable ON privacy_dataexport;
ALTER TABLE privacy_dataexport DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0008_name_equality_steward"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DataExport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField()),
                ("made_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField()),
                ("content", models.JSONField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.person"
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="RetentionRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("days", models.PositiveIntegerField()),
                ("before", models.DateTimeField()),
                ("counts", models.JSONField(default=dict)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Access",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("by_name", models.CharField(max_length=200)),
                ("page", models.CharField(max_length=100)),
                ("rows", models.PositiveIntegerField()),
                ("snapshot_id", models.BigIntegerField(null=True)),
                ("snapshot_name", models.CharField(blank=True, max_length=100)),
                ("why", models.CharField(max_length=300)),
                (
                    "keys",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None),
                ),
                ("has_equality", models.BooleanField(default=False)),
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
                "verbose_name_plural": "accesses",
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["organisation", "-at"], name="access_by_organisation")],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("controller", models.CharField(blank=True, max_length=200, verbose_name="controller")),
                ("officer", models.CharField(blank=True, max_length=200, verbose_name="data protection officer")),
                ("address", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name": "data protection contact",
                "constraints": [models.UniqueConstraint(fields=("organisation",), name="privacy_contact_once")],
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("equality", "My equality data in figures"),
                            ("workforce", "All of my data in workforce figures"),
                            ("other", "Something else that is done with my data"),
                        ],
                        max_length=10,
                        verbose_name="about",
                    ),
                ),
                ("words", models.TextField(blank=True, max_length=2000, verbose_name="in their words")),
                ("key", models.UUIDField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("made", "Waits for an answer"),
                            ("accepted", "Accepted"),
                            ("refused", "Not accepted"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="made",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answer", models.TextField(blank=True, max_length=2000, verbose_name="answer")),
                ("answered_at", models.DateTimeField(null=True)),
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
                    "entered_by",
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
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("about__in", ["equality", "workforce", "other"])),
                        name="objection_about_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["made", "accepted", "refused", "withdrawn"])),
                        name="objection_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person__isnull", False), ("key__isnull", False), _connector="OR"),
                        name="objection_is_somebodys",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField()),
                ("linked_at", models.DateTimeField()),
                (
                    "linked_by",
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "person"), name="person_has_one_key"),
                    models.UniqueConstraint(fields=("organisation", "key"), name="key_is_of_one_person"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProcessingWords",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=40)),
                ("basis", models.TextField(blank=True, max_length=1000, verbose_name="lawful basis")),
                ("recipients", models.TextField(blank=True, max_length=1000, verbose_name="who else gets it")),
                ("note", models.TextField(blank=True, max_length=2000, verbose_name="more")),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name": "words in the record of processing",
                "constraints": [models.UniqueConstraint(fields=("organisation", "key"), name="processing_words_once")],
            },
        ),
        migrations.CreateModel(
            name="RetentionRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=40)),
                ("days", models.PositiveIntegerField()),
                ("shown_days", models.PositiveIntegerField(null=True)),
                ("is_on", models.BooleanField(default=False)),
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
                    models.UniqueConstraint(fields=("organisation", "key"), name="retention_rule_once"),
                    models.CheckConstraint(condition=models.Q(("days__gte", 1)), name="retention_of_a_day_at_least"),
                    models.CheckConstraint(
                        condition=models.Q(("is_on", False), ("shown_days", models.F("days")), _connector="OR"),
                        name="retention_shown_before_on",
                    ),
                ],
            },
        ),
        row_security("privacy_processingwords"),
        row_security("privacy_contact"),
        row_security("privacy_retentionrule"),
        row_security("privacy_retentionrun", append_only=True),
        row_security("privacy_access", append_only=True),
        never_changes("privacy_access"),
        row_security("privacy_personkey"),
        row_security("privacy_objection"),
        names_readable("privacy_personkey", "person_id", "organisations_person"),
        names_readable("privacy_objection", "person_id", "organisations_person"),
        migrations.RunSQL(EXPORTS, EXPORTS_BACK),
    ]
