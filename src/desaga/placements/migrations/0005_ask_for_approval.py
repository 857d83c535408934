import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from desaga.tenancy.rowsecurity import names_readable, row_security


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0008_name_equality_steward"),
        ("placements", "0004_secure_written"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Asking",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=40)),
                (
                    "asks",
                    models.CharField(
                        choices=[
                            ("approval", "Approval"),
                            ("letter", "Letter of support"),
                            ("place", "Confirmation of the place"),
                        ],
                        max_length=10,
                        verbose_name="asks for",
                    ),
                ),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                ("email", models.EmailField(max_length=300, verbose_name="e-mail")),
                ("named_email", models.EmailField(max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("not_asked", "Not asked yet"),
                            ("asked", "Asked"),
                            ("opened", "Opened"),
                            ("given", "Given"),
                            ("conditional", "Given on a condition"),
                            ("refused", "Refused"),
                            ("bounced", "E-mail came back"),
                            ("replaced", "Somebody else was asked"),
                            ("expired", "No answer in time"),
                            ("taken_back", "Taken back"),
                        ],
                        editable=False,
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("since", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("covers", models.CharField(max_length=64)),
                ("hands", models.PositiveSmallIntegerField(default=0)),
                ("asked_at", models.DateTimeField(editable=False, null=True)),
                ("mailed_at", models.DateTimeField(editable=False, null=True)),
                ("expires_at", models.DateTimeField(editable=False, null=True)),
                ("reminders", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("decided_at", models.DateTimeField(editable=False, null=True)),
                ("deputy_name", models.CharField(blank=True, max_length=300, verbose_name="deputy")),
                ("deputy_email", models.EmailField(blank=True, max_length=300, verbose_name="deputy’s e-mail")),
                ("deputy_until", models.DateField(null=True, verbose_name="deputy until")),
                ("answered_by", models.CharField(blank=True, max_length=300, verbose_name="answered by")),
                ("acting_for", models.CharField(blank=True, max_length=300, verbose_name="for")),
                ("condition", models.TextField(blank=True, verbose_name="condition")),
                ("waits", models.BooleanField(default=False)),
                ("accepted_at", models.DateTimeField(editable=False, null=True)),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("working_days", models.PositiveSmallIntegerField(null=True, verbose_name="working days away")),
                ("cover", models.TextField(blank=True, verbose_name="cover")),
                (
                    "cost",
                    models.DecimalField(
                        decimal_places=2, max_digits=10, null=True, verbose_name="cost to the department"
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=300, verbose_name="place")),
                ("supervisor", models.CharField(blank=True, max_length=300, verbose_name="who looks after them")),
                ("needs", models.TextField(blank=True, verbose_name="what is needed")),
                ("letter", models.TextField(blank=True, verbose_name="letter")),
                (
                    "answered_as",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="askings", to="placements.application"
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
                    "replaces",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="replaced_by",
                        to="placements.asking",
                    ),
                ),
            ],
            options={
                "ordering": ["application_id", "pk"],
            },
        ),
        migrations.CreateModel(
            name="AskingKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("email", models.EmailField(max_length=300, verbose_name="sent to")),
                ("for_deputy", models.BooleanField(default=False)),
                ("mail_id", models.BigIntegerField(null=True)),
                (
                    "asking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="keys", to="placements.asking"
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
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="AskingLetter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file_name", models.CharField(max_length=200)),
                ("media_type", models.CharField(max_length=100)),
                ("content", models.BinaryField()),
                ("scan", models.CharField(max_length=10)),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "asking",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="file", to="placements.asking"
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
            model_name="asking",
            index=models.Index(fields=["state", "mailed_at"], name="asking_by_state"),
        ),
        migrations.AddConstraint(
            model_name="asking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "not_asked",
                            "asked",
                            "opened",
                            "given",
                            "conditional",
                            "refused",
                            "bounced",
                            "replaced",
                            "expired",
                            "taken_back",
                        ],
                    )
                ),
                name="asking_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="asking",
            constraint=models.CheckConstraint(
                condition=models.Q(("asks__in", ["approval", "letter", "place"])), name="asking_asks_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="asking",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["replaced", "taken_back"]), _negated=True),
                fields=("application", "key"),
                name="asking_going_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="asking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["given", "conditional", "refused"]), _negated=True),
                    models.Q(("decided_at__isnull", False), models.Q(("answered_by", ""), _negated=True)),
                    _connector="OR",
                ),
                name="asking_decided_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="asking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "refused"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="asking_refused_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="asking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "conditional"), _negated=True),
                    models.Q(("condition", ""), _negated=True),
                    _connector="OR",
                ),
                name="asking_conditional_has_condition",
            ),
        ),
        migrations.AddConstraint(
            model_name="asking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("deputy_email", ""), ("deputy_until", None)),
                    models.Q(models.Q(("deputy_email", ""), _negated=True), ("deputy_until__isnull", False)),
                    _connector="OR",
                ),
                name="asking_deputy_until_a_day",
            ),
        ),
        migrations.AddIndex(
            model_name="askingkey",
            index=models.Index(fields=["mail_id"], name="asking_key_by_mail"),
        ),
        row_security("placements_asking"),
        row_security("placements_askingkey"),
        row_security("placements_askingletter"),
        names_readable("placements_asking", "application_id", "placements_application"),
        names_readable("placements_asking", "replaces_id", "placements_asking"),
        names_readable("placements_askingkey", "asking_id", "placements_asking"),
        names_readable("placements_askingletter", "asking_id", "placements_asking"),
    ]
