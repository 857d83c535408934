"""Who gave an update, how it came, and all that it may say; from then on the database changes none (docs/adr/0019)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from desaga.tenancy.rowsecurity import names_readable

STAYS = """
CREATE FUNCTION plans_update_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'what an update says stays' USING ERRCODE = 'insufficient_privilege'; END $$;
CREATE TRIGGER stays BEFORE UPDATE ON plans_update FOR EACH ROW EXECUTE FUNCTION plans_update_stays();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0005_name_known_people"),
        ("plans", "0018_link_waits"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="update",
            name="entered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="update",
            name="evidence",
            field=models.TextField(blank=True, verbose_name="what shows it"),
        ),
        migrations.AddField(
            model_name="update",
            name="given_by",
            field=models.CharField(blank=True, max_length=200, verbose_name="said by"),
        ),
        migrations.AddField(
            model_name="update",
            name="next_step",
            field=models.TextField(blank=True, verbose_name="next step"),
        ),
        migrations.AddField(
            model_name="update",
            name="nothing_new",
            field=models.BooleanField(default=False, verbose_name="nothing new"),
        ),
        migrations.AddField(
            model_name="update",
            name="reason",
            field=models.TextField(blank=True, verbose_name="why it is red"),
        ),
        migrations.AddField(
            model_name="update",
            name="recovery",
            field=models.TextField(blank=True, verbose_name="how it gets back on course"),
        ),
        migrations.AddField(
            model_name="update",
            name="said_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="said"),
        ),
        migrations.AddField(
            model_name="update",
            name="submission",
            field=models.UUIDField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="update",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.unit",
            ),
        ),
        migrations.AddField(
            model_name="update",
            name="way",
            field=models.CharField(
                choices=[
                    ("document", "from a document"),
                    ("together", "changed with others"),
                    ("page", "here"),
                    ("link", "by the link in an e-mail"),
                    ("phone", "by phone"),
                    ("reply", "by e-mail"),
                    ("chat", "by chat"),
                    ("talk", "in person"),
                ],
                default="document",
                max_length=10,
                verbose_name="how it came",
            ),
        ),
        migrations.AddConstraint(
            model_name="update",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("way__in", ["document", "together", "page", "link", "phone", "reply", "chat", "talk"])
                ),
                name="update_way_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="update",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("way__in", ("page", "link", "phone", "reply", "chat", "talk")), _negated=True),
                    models.Q(models.Q(("given_by", ""), _negated=True), ("said_at__isnull", False)),
                    _connector="OR",
                ),
                name="update_asked_for_says_who_and_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="update",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("way__in", ("page", "link", "phone", "reply", "chat", "talk")), _negated=True),
                    ("nothing_new", True),
                    models.Q(
                        models.Q(
                            models.Q(("rag", "red"), _negated=True),
                            models.Q(
                                models.Q(("reason", ""), _negated=True), models.Q(("recovery", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        models.Q(
                            models.Q(("status", "complete"), _negated=True),
                            models.Q(("evidence", ""), _negated=True),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="update_red_has_reason_complete_has_evidence",
            ),
        ),
        migrations.AddConstraint(
            model_name="update",
            constraint=models.UniqueConstraint(fields=("organisation", "submission"), name="update_sent_once"),
        ),
        names_readable("plans_update", "unit_id", "organisations_unit"),
        migrations.RunSQL(STAYS, "DROP TRIGGER stays ON plans_update; DROP FUNCTION plans_update_stays();"),
    ]
