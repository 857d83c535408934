"""Reference data with versions, doors, questions with their public answers, schools."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("consents", "0002_secure_consents"),
        ("organisations", "0008_name_equality_steward"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.CharField(max_length=400, verbose_name="as it was asked")),
                ("shown", models.CharField(blank=True, max_length=400, verbose_name="as it is shown")),
                ("about", models.SlugField(blank=True, max_length=60, verbose_name="about")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "To be read"),
                            ("asked", "With a technician"),
                            ("answered", "Answered, not shown yet"),
                            ("published", "Shown"),
                            ("declined", "Not taken"),
                            ("taken_down", "Taken down"),
                        ],
                        default="waiting",
                        editable=False,
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("asked_at", models.DateTimeField(editable=False)),
                ("since", models.DateTimeField(editable=False)),
                ("technician", models.CharField(blank=True, max_length=200, verbose_name="technician")),
                ("email", models.EmailField(blank=True, max_length=200, verbose_name="their e-mail")),
                ("job", models.CharField(blank=True, max_length=200, verbose_name="their job")),
                ("employer", models.CharField(blank=True, max_length=200, verbose_name="where they work")),
                ("answer", models.TextField(blank=True, max_length=2000, verbose_name="answer")),
                ("said", models.CharField(blank=True, max_length=400, verbose_name="what is to be changed")),
                ("key_hash", models.CharField(max_length=64, null=True, unique=True)),
                ("key_ends_at", models.DateTimeField(null=True)),
                (
                    "consent",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="consents.consent"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="PublicAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("words", models.CharField(max_length=400)),
                ("answer", models.TextField(max_length=2000)),
                ("about", models.SlugField(blank=True, max_length=60)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("job", models.CharField(blank=True, max_length=200)),
                ("employer", models.CharField(blank=True, max_length=200)),
                ("shown_until", models.DateField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "question",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="public", to="careers.question"
                    ),
                ),
            ],
            options={
                "ordering": ["-published_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="SchoolInterest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=200, verbose_name="the school's e-mail")),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="name")),
                ("position", models.CharField(blank=True, max_length=200, verbose_name="position")),
                ("school", models.CharField(blank=True, max_length=200, verbose_name="school or college")),
                ("pupils", models.PositiveSmallIntegerField(null=True, verbose_name="how many pupils")),
                ("years", models.CharField(blank=True, max_length=60, verbose_name="years")),
                ("wanted", models.CharField(blank=True, max_length=200, verbose_name="when")),
                ("wish", models.TextField(blank=True, max_length=600, verbose_name="what they would like to see")),
                (
                    "fields",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), default=list, size=None, verbose_name="fields"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "Not confirmed by the school"),
                            ("confirmed", "To be answered"),
                            ("in_touch", "In touch with the school"),
                            ("closed", "Closed"),
                            ("declined", "Not possible this time"),
                        ],
                        default="sent",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("sent_at", models.DateTimeField(editable=False)),
                ("since", models.DateTimeField(editable=False)),
                ("key_hash", models.CharField(max_length=64, unique=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "schools' interests",
                "ordering": ["-sent_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Doors",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("takes_questions", models.BooleanField(default=False, verbose_name="questions to technicians")),
                ("takes_interest", models.BooleanField(default=False, verbose_name="work experience, through schools")),
                ("offers", models.TextField(blank=True, max_length=1000, verbose_name="what you offer schools")),
                (
                    "safeguarding",
                    models.CharField(blank=True, max_length=200, verbose_name="who answers for safeguarding"),
                ),
                ("safeguarding_email", models.EmailField(blank=True, max_length=200, verbose_name="their address")),
                (
                    "vacancies_address",
                    models.URLField(blank=True, max_length=300, verbose_name="where your vacancies are"),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name": "doors",
                "verbose_name_plural": "doors",
                "constraints": [
                    models.UniqueConstraint(fields=("organisation",), name="doors_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("takes_interest", False),
                            models.Q(("safeguarding", ""), ("safeguarding_email", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="doors_to_work_are_safeguarded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EntryVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("kind", models.CharField(max_length=20)),
                ("key", models.SlugField(max_length=60)),
                ("number", models.PositiveIntegerField()),
                ("content", models.JSONField(default=dict)),
                ("is_withdrawn", models.BooleanField(default=False)),
                ("why", models.CharField(blank=True, max_length=200, verbose_name="what changed")),
                ("based_on", models.CharField(blank=True, max_length=64)),
                ("made_at", models.DateTimeField()),
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
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["kind", "key", "-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "kind", "key", "number"), name="entry_version_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "route",
                                    "field",
                                    "interest",
                                    "title",
                                    "benchmark",
                                    "about_benchmarks",
                                    "stage",
                                    "note",
                                    "vacancies",
                                ],
                            )
                        ),
                        name="entry_kind_known",
                    ),
                    models.CheckConstraint(condition=models.Q(("number__gt", 0)), name="entry_version_counted"),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="question",
            index=models.Index(fields=["organisation", "state"], name="question_by_state"),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["waiting", "asked", "answered", "published", "declined", "taken_down"])
                ),
                name="question_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["answered", "published"]), _negated=True),
                    ("consent__isnull", False),
                    _connector="OR",
                ),
                name="question_answer_rests_on_consent",
            ),
        ),
        migrations.AddConstraint(
            model_name="schoolinterest",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["sent", "confirmed", "in_touch", "closed", "declined"])),
                name="school_interest_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="schoolinterest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "sent"),
                    models.Q(models.Q(("name", ""), ("school", ""), _connector="OR"), _negated=True),
                    _connector="OR",
                ),
                name="school_interest_is_confirmed_by_somebody",
            ),
        ),
    ]
