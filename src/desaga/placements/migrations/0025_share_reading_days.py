"""Days of reading and their mails, earlier terms, units, redacted copies of files, and why somebody was out of the room."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0008_name_equality_steward"),
        ("placements", "0024_say_states_plainly"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="agendaitem",
            name="left_why",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=300), default=list, editable=False, size=None
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="told_at",
            # What was given out before has been told, one way or another.
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, null=True),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="panelmember",
            name="unit",
            field=models.CharField(blank=True, max_length=200, verbose_name="unit"),
        ),
        migrations.AddField(
            model_name="round",
            name="readers_each",
            field=models.PositiveSmallIntegerField(
                editable=False, null=True, verbose_name="readers for each application"
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="score_by",
            field=models.DateField(blank=True, null=True, verbose_name="scores by"),
        ),
        migrations.CreateModel(
            name="RedactedFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file_name", models.CharField(max_length=200, verbose_name="file")),
                ("content", models.BinaryField()),
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
                        max_length=10,
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
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="redacted",
                        to="placements.applicationfile",
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
            name="EarlierTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(verbose_name="until")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="earlier_terms",
                        to="placements.panelmember",
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
                "ordering": ["-starts_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("member", "starts_on"), name="earlier_term_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="earlier_term_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReadingLetter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("given", "Given to read"),
                            ("soon", "Reminded before the day"),
                            ("late", "Reminded after it"),
                        ],
                        max_length=5,
                    ),
                ),
                ("score_by", models.DateField()),
                ("at", models.DateTimeField()),
                ("mail_id", models.BigIntegerField()),
                ("lost_at", models.DateTimeField(null=True)),
                ("lost", models.CharField(blank=True, max_length=200)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="letters", to="placements.panelmember"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reading_letters",
                        to="placements.round",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "indexes": [models.Index(fields=["mail_id"], name="reading_letter_by_mail")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["given", "soon", "late"])), name="reading_letter_kind_known"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "given"), _negated=True),
                        fields=("round", "member", "kind", "score_by"),
                        name="reading_letter_once",
                    ),
                ],
            },
        ),
    ]
