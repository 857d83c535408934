"""Reports, what was signed off of them, and official forms: docs/adr/0028-reports-and-sign-off.md."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from desaga.tenancy.rowsecurity import names_readable, never_changes, row_security

# What was signed off stays: also the sections that it was made of, for the app and for the owner of the tables.
STAYS = """
CREATE FUNCTION reports_section_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM reports_report
    WHERE id = CASE WHEN TG_OP = 'INSERT' THEN NEW.report_id ELSE OLD.report_id END AND state = 'signed_off'
  ) THEN
    RAISE EXCEPTION 'the report was signed off' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stays BEFORE INSERT OR UPDATE OR DELETE ON reports_reportsection
FOR EACH ROW EXECUTE FUNCTION reports_section_stays();
"""
OWNED = (
    "ownkind",
    "report",
    "reportsection",
    "sectioncomment",
    "signoffkey",
    "officialform",
    "formcontent",
    "fieldmatch",
)
OF_REPORT = ("reportsection", "reportevent", "signoffkey", "frozenreport")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0005_name_known_people"),
        ("plans", "0023_count_measures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OfficialForm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=255, verbose_name="file")),
                ("fingerprint", models.CharField(max_length=64)),
                ("sha256", models.CharField(max_length=64)),
                ("fields", models.JSONField()),
                (
                    "handed_in_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
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
            name="FormContent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", models.BinaryField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "form",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="content", to="reports.officialform"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OwnKind",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=60)),
                ("content", models.JSONField()),
                (
                    "changed_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["key"],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.SlugField(max_length=60, verbose_name="kind")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(verbose_name="to")),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="your organisation signed on")),
                ("stage", models.CharField(blank=True, max_length=20, verbose_name="stage")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due")),
                ("due_words", models.CharField(blank=True, max_length=400)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Being written"),
                            ("for_sign_off", "Waits for sign-off"),
                            ("signed_off", "Signed off"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("signatory_name", models.CharField(blank=True, max_length=150, verbose_name="who signs off")),
                ("signatory_email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ("sent_at", models.DateTimeField(editable=False, null=True)),
                ("sent_content", models.JSONField(editable=False, null=True)),
                ("signed_off_at", models.DateTimeField(editable=False, null=True)),
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
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="plans.plan"
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
                (
                    "signatory",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-ends_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="FrozenReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("frozen_at", models.DateTimeField()),
                ("signed_by", models.CharField(max_length=150)),
                (
                    "way",
                    models.CharField(
                        choices=[("here", "signed in here"), ("link", "by the link in an e-mail")], max_length=10
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="frozen", to="reports.report"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReportEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("sent", "Sent for sign-off"),
                            ("taken_back", "Taken back to be written on"),
                            ("sent_back", "Sent back"),
                            ("signed_off", "Signed off"),
                        ],
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("who", models.CharField(max_length=150)),
                (
                    "way",
                    models.CharField(
                        choices=[("here", "signed in here"), ("link", "by the link in an e-mail")],
                        default="here",
                        max_length=10,
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
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="reports.report"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ReportSection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField()),
                ("key", models.SlugField(max_length=60)),
                ("title", models.CharField(max_length=200)),
                ("asks", models.TextField(blank=True)),
                ("limit", models.PositiveIntegerField(blank=True, null=True)),
                ("drafts", models.JSONField(default=list)),
                ("text", models.TextField(blank=True, max_length=40000, verbose_name="text")),
                ("with_tables", models.BooleanField(default=True, verbose_name="with the tables")),
                ("is_done", models.BooleanField(default=False, verbose_name="finished")),
                ("draft", models.JSONField(default=dict)),
                ("drafted_at", models.DateTimeField(null=True)),
                (
                    "changed_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                (
                    "changed_by",
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
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sections", to="reports.report"
                    ),
                ),
            ],
            options={
                "ordering": ["report_id", "order"],
            },
        ),
        migrations.CreateModel(
            name="SectionComment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=4000, verbose_name="comment")),
                ("said_at", models.DateTimeField()),
                ("resolved_at", models.DateTimeField(editable=False, null=True)),
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
                    "resolved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="comments", to="reports.reportsection"
                    ),
                ),
            ],
            options={
                "ordering": ["said_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SignOffKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=150)),
                ("email", models.EmailField(max_length=254)),
                ("key_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="keys", to="reports.report"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="FieldMatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fingerprint", models.CharField(max_length=64)),
                ("field", models.CharField(max_length=120)),
                ("meaning", models.CharField(blank=True, max_length=120)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["fingerprint", "field"],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "fingerprint", "field"), name="field_match_once")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="officialform",
            constraint=models.UniqueConstraint(fields=("organisation", "sha256"), name="official_form_once"),
        ),
        migrations.AddConstraint(
            model_name="ownkind",
            constraint=models.UniqueConstraint(fields=("organisation", "key"), name="own_kind_once"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "for_sign_off", "signed_off"])), name="report_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="report_period_runs_forward"
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("signed_off_at", None), models.Q(("state", "signed_off"), _negated=True)),
                    models.Q(("signed_off_at__isnull", False), ("state", "signed_off")),
                    _connector="OR",
                ),
                name="report_signed_off_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "draft"),
                    models.Q(("sent_at__isnull", False), ("sent_content__isnull", False)),
                    _connector="OR",
                ),
                name="report_sent_before_sign_off",
            ),
        ),
        migrations.AddConstraint(
            model_name="frozenreport",
            constraint=models.UniqueConstraint(fields=("report",), name="report_frozen_once"),
        ),
        migrations.AddConstraint(
            model_name="reportevent",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["sent", "taken_back", "sent_back", "signed_off"])),
                name="report_event_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "sent_back"), _negated=True),
                    models.Q(("note", ""), _negated=True),
                    _connector="OR",
                ),
                name="report_sent_back_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportsection",
            constraint=models.UniqueConstraint(fields=("report", "key"), name="report_section_once"),
        ),
        migrations.AddConstraint(
            model_name="sectioncomment",
            constraint=models.CheckConstraint(
                condition=models.Q(("resolved_by", None), ("resolved_at__isnull", False), _connector="OR"),
                name="comment_resolved_says_when",
            ),
        ),
        *(row_security(f"reports_{name}") for name in OWNED),
        row_security("reports_reportevent", append_only=True),
        row_security("reports_frozenreport", append_only=True),
        never_changes("reports_reportevent"),
        never_changes("reports_frozenreport"),
        names_readable("reports_report", "plan_id", "plans_plan"),
        names_readable("reports_report", "signatory_id", "organisations_person"),
        *(names_readable(f"reports_{name}", "report_id", "reports_report") for name in OF_REPORT),
        names_readable("reports_sectioncomment", "section_id", "reports_reportsection"),
        names_readable("reports_formcontent", "form_id", "reports_officialform"),
        migrations.RunSQL(STAYS, "DROP TRIGGER stays ON reports_reportsection; DROP FUNCTION reports_section_stays();"),
    ]
