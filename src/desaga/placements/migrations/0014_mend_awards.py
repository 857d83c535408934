"""What the awards' audit asked for: sums of the reserve list, lines cut, payments taken back, placements called off by whoever was to go."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from desaga.tenancy.rowsecurity import names_readable, row_security


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0008_name_equality_steward"),
        ("placements", "0013_secure_what_the_world_sees"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PaymentTakenBack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("because", models.TextField(max_length=2000, verbose_name="why")),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="awardletter",
            name="award_letter_kind_known",
        ),
        migrations.RemoveConstraint(
            model_name="pendingoutcome",
            name="outcome_that_awards_has_a_sum",
        ),
        migrations.AddField(
            model_name="attendance",
            name="entered_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="award",
            name="claims_until",
            field=models.DateField(editable=False, null=True, verbose_name="claims until"),
        ),
        migrations.AddField(
            model_name="awardchange",
            name="calls_off",
            field=models.BooleanField(default=False, verbose_name="calls it off"),
        ),
        migrations.AddField(
            model_name="awardchange",
            name="host_email",
            field=models.EmailField(blank=True, max_length=254, verbose_name="their e-mail address"),
        ),
        migrations.AddField(
            model_name="awardchange",
            name="host_name",
            field=models.CharField(blank=True, max_length=300, verbose_name="who signs for the host"),
        ),
        migrations.AddField(
            model_name="claimline",
            name="allowed",
            field=models.DecimalField(
                decimal_places=2, editable=False, max_digits=10, null=True, verbose_name="approved"
            ),
        ),
        migrations.AddField(
            model_name="claimline",
            name="because",
            field=models.CharField(blank=True, editable=False, max_length=300, verbose_name="why it is less"),
        ),
        migrations.AddField(
            model_name="placementrecord",
            name="days",
            field=models.PositiveSmallIntegerField(null=True, verbose_name="days there, as the host confirmed"),
        ),
        migrations.AddField(
            model_name="reserveplace",
            name="amount",
            field=models.DecimalField(decimal_places=2, max_digits=10, null=True, verbose_name="award"),
        ),
        migrations.AddField(
            model_name="reserveplace",
            name="conditions",
            field=models.TextField(blank=True, max_length=3000, verbose_name="conditions"),
        ),
        migrations.AlterField(
            model_name="awardletter",
            name="kind",
            field=models.CharField(
                choices=[
                    ("offer", "Award offered"),
                    ("accept_soon", "Reminder to answer the offer"),
                    ("lapsed", "Offer lapsed"),
                    ("offer_again", "Award offered until another day"),
                    ("sign", "Agreement to sign"),
                    ("sign_reminder", "Reminder to sign"),
                    ("signed", "Agreement signed by all"),
                    ("again", "Told that a letter was lost"),
                    ("change_asked", "Change asked for"),
                    ("called_off", "Called off"),
                    ("change_decided", "Change decided on"),
                    ("claim_returned", "Claim given back"),
                    ("claim_approved", "Claim approved"),
                    ("claim_paid", "Claim paid"),
                    ("claim_unpaid", "Payment taken back"),
                    ("days", "Days to confirm"),
                    ("days_reminder", "Reminder to confirm the days"),
                    ("report_due", "Report due soon"),
                    ("report_late", "Report late"),
                    ("report_later", "Report due later"),
                    ("report_returned", "Report given back"),
                    ("finished", "Placement finished"),
                    ("session", "Session promised"),
                    ("outcome", "What came of it"),
                    ("outcome_reminder", "Reminder: what came of it"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="payment",
            name="claim",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="payments", to="placements.claim"
            ),
        ),
        migrations.AddConstraint(
            model_name="awardletter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "offer",
                            "accept_soon",
                            "lapsed",
                            "offer_again",
                            "sign",
                            "sign_reminder",
                            "signed",
                            "again",
                            "change_asked",
                            "called_off",
                            "change_decided",
                            "claim_returned",
                            "claim_approved",
                            "claim_paid",
                            "claim_unpaid",
                            "days",
                            "days_reminder",
                            "report_due",
                            "report_late",
                            "report_later",
                            "report_returned",
                            "finished",
                            "session",
                            "outcome",
                            "outcome_reminder",
                        ],
                    )
                ),
                name="award_letter_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="claimline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("allowed", None),
                    models.Q(
                        ("allowed__gte", 0),
                        ("allowed__lt", models.F("pounds")),
                        models.Q(("because", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="claim_line_cut_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="pendingoutcome",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount__gt", 0), ("kind__in", ["full", "part"])),
                    models.Q(("kind", "reserve"), models.Q(("amount", None), ("amount__gt", 0), _connector="OR")),
                    models.Q(models.Q(("kind__in", ["full", "part", "reserve"]), _negated=True), ("amount", None)),
                    _connector="OR",
                ),
                name="outcome_that_awards_has_a_sum",
            ),
        ),
        migrations.AddConstraint(
            model_name="reserveplace",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount", None), ("amount__gt", 0), _connector="OR"), name="reserve_is_some_money"
            ),
        ),
        migrations.AddField(
            model_name="paymenttakenback",
            name="by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="paymenttakenback",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
            ),
        ),
        migrations.AddField(
            model_name="paymenttakenback",
            name="payment",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="taken_back", to="placements.payment"
            ),
        ),
        migrations.AddConstraint(
            model_name="paymenttakenback",
            constraint=models.CheckConstraint(
                condition=models.Q(("because", ""), _negated=True), name="payment_taken_back_says_why"
            ),
        ),
        migrations.AlterField(
            model_name="application",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Being written"),
                    ("with_approvers", "Waiting for approval"),
                    ("received", "Received, to be checked"),
                    ("changes_asked", "Changes asked for"),
                    ("eligible", "For the panel"),
                    ("ineligible", "Not eligible"),
                    ("reserve", "On the reserve list"),
                    ("declined", "Declined"),
                    ("offered", "Award offered"),
                    ("turned_down", "Award turned down"),
                    ("accepted", "Award accepted, to be signed"),
                    ("agreed", "Agreement signed"),
                    ("reported", "Report received"),
                    ("closed", "Finished"),
                    ("called_off", "Called off"),
                    ("withdrawn", "Withdrawn"),
                ],
                default="draft",
                editable=False,
                max_length=20,
                verbose_name="state",
            ),
        ),
        row_security("placements_paymenttakenback", append_only=True),
        names_readable("placements_paymenttakenback", "payment_id", "placements_payment"),
    ]
