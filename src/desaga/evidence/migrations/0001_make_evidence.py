"""Evidence, the bytes of its files, and its history: docs/adr/0022-evidence-and-its-files.md."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from desaga.tenancy.rowsecurity import names_readable, row_security


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0005_name_known_people"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("file", "File"), ("link", "Link"), ("record", "Record of Desaga")],
                        editable=False,
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("shows", models.TextField(blank=True, max_length=2000, verbose_name="what it shows")),
                ("is_technician_voice", models.BooleanField(default=False, verbose_name="in technicians’ own words")),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="runs out")),
                ("link", models.CharField(blank=True, editable=False, max_length=1000, verbose_name="address")),
                ("record_kind", models.CharField(blank=True, editable=False, max_length=100)),
                ("record_id", models.BigIntegerField(editable=False, null=True)),
                ("file_name", models.CharField(blank=True, editable=False, max_length=200, verbose_name="file")),
                ("media_type", models.CharField(blank=True, editable=False, max_length=100)),
                ("size", models.PositiveBigIntegerField(default=0, editable=False, verbose_name="size in bytes")),
                ("sha256", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "scan",
                    models.CharField(
                        choices=[
                            ("none", "No scanner looks at files here"),
                            ("waiting", "Not yet looked at by the scanner"),
                            ("clean", "The scanner found nothing"),
                            ("found", "The scanner found something; the file is gone"),
                        ],
                        default="none",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("given_by", models.CharField(max_length=200, verbose_name="given by")),
                (
                    "given_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="given"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to be looked at"),
                            ("accepted", "Accepted"),
                            ("not_accepted", "Not accepted"),
                            ("replaced", "Replaced"),
                            ("taken_back", "Taken back"),
                        ],
                        default="waiting",
                        editable=False,
                        max_length=15,
                        verbose_name="state",
                    ),
                ),
                (
                    "reason",
                    models.TextField(
                        blank=True, editable=False, max_length=2000, verbose_name="why it is not accepted"
                    ),
                ),
                ("submission", models.UUIDField(editable=False, null=True)),
                (
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
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
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.person",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaces",
                        to="evidence.evidence",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "evidence",
                "ordering": ["-given_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="EvidenceChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "was",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("waiting", "Waiting to be looked at"),
                            ("accepted", "Accepted"),
                            ("not_accepted", "Not accepted"),
                            ("replaced", "Replaced"),
                            ("taken_back", "Taken back"),
                        ],
                        max_length=15,
                    ),
                ),
                (
                    "became",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to be looked at"),
                            ("accepted", "Accepted"),
                            ("not_accepted", "Not accepted"),
                            ("replaced", "Replaced"),
                            ("taken_back", "Taken back"),
                        ],
                        max_length=15,
                    ),
                ),
                ("note", models.TextField(blank=True)),
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
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="evidence.evidence"
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
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="EvidenceContent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", models.BinaryField()),
                (
                    "evidence",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="content", to="evidence.evidence"
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
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(fields=["organisation", "state"], name="evidence_by_state"),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "accepted", "not_accepted", "replaced", "taken_back"])),
                name="evidence_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(("scan__in", ["none", "waiting", "clean", "found"])), name="evidence_scan_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "file"),
                        ("link", ""),
                        ("record_id", None),
                        models.Q(("file_name", ""), _negated=True),
                        models.Q(("sha256", ""), _negated=True),
                    ),
                    models.Q(
                        ("file_name", ""), ("kind", "link"), ("record_id", None), models.Q(("link", ""), _negated=True)
                    ),
                    models.Q(
                        ("file_name", ""),
                        ("kind", "record"),
                        ("link", ""),
                        ("record_id__isnull", False),
                        models.Q(("record_kind", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="evidence_is_one_of_three",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("link", ""), ("link__startswith", "https://"), ("link__startswith", "http://"), _connector="OR"
                ),
                name="evidence_link_is_of_the_web",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "not_accepted"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="evidence_not_accepted_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("replaced_by__isnull", False), ("state", "replaced")),
                    models.Q(
                        models.Q(("state", "replaced"), _negated=True),
                        models.Q(("replaced_by", None), ("state", "taken_back"), _connector="OR"),
                    ),
                    _connector="OR",
                ),
                name="evidence_replaced_by_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("replaced_by", None), models.Q(("replaced_by", models.F("pk")), _negated=True), _connector="OR"
                ),
                name="evidence_not_replaced_by_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.UniqueConstraint(fields=("organisation", "submission"), name="evidence_sent_once"),
        ),
        migrations.AddConstraint(
            model_name="evidencechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("became__in", ["waiting", "accepted", "not_accepted", "replaced", "taken_back"]),
                    ("was__in", ["", "waiting", "accepted", "not_accepted", "replaced", "taken_back"]),
                ),
                name="evidence_change_states_known",
            ),
        ),
        row_security("evidence_evidence"),
        row_security("evidence_evidencecontent"),
        row_security("evidence_evidencechange", append_only=True),
        names_readable("evidence_evidence", "person_id", "organisations_person"),
        names_readable("evidence_evidence", "replaced_by_id", "evidence_evidence"),
        names_readable("evidence_evidencecontent", "evidence_id", "evidence_evidence"),
        names_readable("evidence_evidencechange", "evidence_id", "evidence_evidence"),
    ]
