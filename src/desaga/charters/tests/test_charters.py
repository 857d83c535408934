from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from desaga.frameworks.models import Edition
from desaga.frameworks.queries.known import framework_known
from desaga.frameworks.tests.factories import make_edition
from desaga.notifications.models import OutgoingMail
from desaga.organisations.states import Role
from desaga.plans.tests.factories import PlanFactory, make_action
from desaga.tenancy.context import within, within_platform

from .. import queries
from ..models import Pledge, Report, Signature
from ..operations import keeping, reporting, signing
from ..operations.gate import NotNow, NotOurs
from ..shipped import shipped_charters
from ..states import TRANSITIONS, Side, SignatureState, may_follow
from ..tasks import remind_of_reports
from .factories import PLEDGES, anew, confirmed, entered, make_charter, reported, signed_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(other_organisation):
    return other_organisation


@pytest.fixture
def charter(keeper):
    return make_charter(keeper)


def recipients():
    with within_platform():
        return list(OutgoingMail.objects.order_by("pk").values_list("recipient", flat=True))


@pytest.mark.parametrize(
    ("state", "side", "has_workspace", "expected"),
    [
        ("offered", Side.SIGNATORY, True, ["sign", "withdraw"]),
        ("offered", Side.KEEPER, True, []),
        ("offered", Side.KEEPER, False, ["sign", "withdraw"]),
        ("signed", Side.SIGNATORY, True, ["withdraw"]),
        ("signed", Side.KEEPER, True, ["confirm", "give_back"]),
        ("confirmed", Side.SIGNATORY, True, ["withdraw"]),
        ("confirmed", Side.KEEPER, True, ["lapse"]),
        ("lapsed", Side.SIGNATORY, True, ["sign", "withdraw"]),
        ("lapsed", Side.KEEPER, True, ["restore"]),
        ("withdrawn", Side.KEEPER, False, []),
    ],
)
def test_who_may_do_what_follows_from_the_table(state, side, has_workspace, expected):
    assert may_follow(state, side, has_workspace=has_workspace) == expected


def test_every_state_is_reached_and_withdrawn_is_the_end():
    assert {one.target for one in TRANSITIONS.values()} == set(SignatureState.values)
    assert not any(SignatureState.WITHDRAWN in one.sources for one in TRANSITIONS.values())


def test_shipped_charters_name_frameworks_that_are_known_and_say_where_from(tenant):
    for one in shipped_charters().values():
        assert queries.aims_in(one["framework"])
        assert one["source"].startswith("https://")
        assert date.fromisoformat(one["looked_at"])
    assert [aim["code"] for aim in queries.aims_in("EngTechNow charter")] == [f"ETN-{n}" for n in range(1, 6)]
    assert [aim["code"] for aim in queries.aims_in("Science Council Employer Champion")] == ["EC-1", "EC-2", "EC-3"]


def test_a_charter_keeps_the_day_on_which_its_source_was_read(keeper):
    with within(keeper):
        kept = keeping.keep_shipped(actor=None, organisation=keeper, key="engtechnow")
    assert kept.source_read_on == date.fromisoformat(shipped_charters()["engtechnow"]["looked_at"])


def test_an_organisation_signs_the_keeper_confirms_and_everybody_reads_it(organisation, keeper, charter, member):
    lead = member(Role.LEAD)
    keeping_lead = member(Role.LEAD, organisation=keeper)
    signature = signed_by(organisation, charter, actor=lead)
    assert recipients() == [keeping_lead.email]
    assert not queries.signatories_shown(charter, {}).exists()
    confirmed(signature, actor=keeping_lead)
    assert recipients() == [keeping_lead.email, lead.email]
    shown = queries.signatory_shown(charter, signature.pk)
    assert [(one.code, one.words) for one in shown.pledges_told] == list(PLEDGES.items())
    assert shown.report_due_on == keeping.a_year_after(timezone.localdate())
    with within(organisation):
        kinds = [(one.kind, one.who) for one in queries.events_of(shown)]
    assert kinds == [("begun", organisation.name), ("signed", organisation.name), ("confirmed", keeper.name)]


def test_nothing_pledged_and_a_day_to_come_are_refused(organisation, charter):
    with pytest.raises(signing.PledgesNothing):
        signed_by(organisation, charter, pledges={"Visibility": "  "})
    with pytest.raises(signing.SignsInTheFuture):
        signed_by(organisation, charter, signed_on=timezone.localdate() + timedelta(days=2))


def test_a_signatory_cannot_confirm_itself_nor_the_keeper_sign_for_it(organisation, keeper, charter):
    signature = signed_by(organisation, charter)
    with within(organisation), pytest.raises(NotOurs):
        keeping.confirm_signature(actor=None, signature=anew(signature))
    with within(keeper), pytest.raises(NotOurs):
        signing.withdraw(actor=None, signature=anew(signature))
    with within(organisation), pytest.raises(DatabaseError, match="only the keeper"), transaction.atomic():
        Signature._base_manager.filter(pk=signature.pk).update(state="confirmed", confirmed_at=timezone.now())
    with within(organisation), pytest.raises(DatabaseError, match="stays whose it is"), transaction.atomic():
        Signature._base_manager.filter(pk=signature.pk).update(signatory=None)


def test_what_is_not_open_cannot_be_signed_even_past_the_operations(organisation, keeper):
    hidden = make_charter(keeper, published=False)
    historic = make_charter(keeper, key="engtechnow")
    for charter in (hidden, historic):
        with within(organisation), pytest.raises(DatabaseError), transaction.atomic():
            keeping.begin(charter=charter, name="X", kind="union", signatory=organisation, now=timezone.now())
    with within(organisation), pytest.raises(NotNow):
        signing.begin_to_sign(actor=None, organisation=organisation, charter=historic)


def test_another_organisation_sees_nothing_of_a_signature_that_waits(organisation, charter, member):
    from desaga.organisations.tests.factories import peopled_organisation

    signature = signed_by(organisation, charter)
    third = peopled_organisation("Eastmoor", "eastmoor")
    with within(third):
        assert not Signature._base_manager.filter(pk=signature.pk).exists()
        assert not Pledge._base_manager.filter(signature=signature).exists()
    confirmed(signature)
    with within(third):
        assert Signature._base_manager.filter(pk=signature.pk).exists()
        assert Signature._base_manager.filter(pk=signature.pk).update(name="Ours") == 0
        assert Pledge._base_manager.filter(signature=signature).delete()[0] == 0


@pytest.mark.parametrize("deed", ["lapse", "withdraw", "hide"])
def test_what_counts_no_more_is_not_shown(organisation, keeper, charter, deed):
    signature = confirmed(signed_by(organisation, charter))
    report = reported(signature)
    assert queries.signatory_shown(charter, signature.pk).reports_told == [report]
    if deed == "withdraw":
        with within(organisation):
            signing.withdraw(actor=None, signature=anew(signature), words="Closed")
    else:
        with within(keeper):
            if deed == "lapse":
                keeping.let_lapse(actor=None, signature=anew(signature), words="No report")
            else:
                keeping.hide_charter(actor=None, charter=charter)
    assert not queries.signatories_shown(charter, {}).exists()
    assert queries.signatory_shown(charter, signature.pk) is None
    with within_platform():
        assert not Report._base_manager.filter(pk=report.pk).exists()


def test_a_report_is_shown_when_published_and_moves_the_day_on(organisation, keeper, charter):
    signature = confirmed(signed_by(organisation, charter))
    due = signature.report_due_on
    report = reported(signature, published=False)
    assert queries.signatory_shown(charter, signature.pk).reports_told == []
    with within(keeper):
        assert list(queries.reports_of(anew(signature), Side.KEEPER)) == []
        with pytest.raises(NotOurs):
            reporting.publish_report(actor=None, report=report)
    with within(organisation):
        reporting.publish_report(actor=None, report=report)
    (told,) = queries.signatory_shown(charter, signature.pk).reports_told
    assert [(line.code, line.done, line.evidence_url, line.next) for line in told.lines_told] == [
        ("Visibility", "Forty pages", "https://a.example/", "More")
    ]
    assert queries.signatory_shown(charter, signature.pk).report_due_on == keeping.a_year_after(due)
    with within(organisation), pytest.raises(NotNow):
        reporting.write_report(actor=None, signature=anew(signature), year=told.year, summary="", lines={})


def test_an_empty_report_and_a_year_to_come_are_refused(organisation, charter):
    signature = confirmed(signed_by(organisation, charter))
    with within(organisation):
        with pytest.raises(reporting.NoSuchYear):
            reporting.write_report(actor=None, signature=anew(signature), year=2999, summary="", lines={})
        empty = reporting.write_report(actor=None, signature=anew(signature), year=2026, summary="Words", lines={})
        with pytest.raises(reporting.SaysNothing):
            reporting.publish_report(actor=None, report=empty)


def test_a_report_that_is_due_is_asked_for_once(organisation, keeper, charter, member):
    lead = member(Role.LEAD)
    signature = confirmed(signed_by(organisation, charter, actor=lead))
    before = len(recipients())
    remind_of_reports(organisation=organisation, actor=None)
    assert len(recipients()) == before
    with within(keeper):
        soon = timezone.localdate() + timedelta(days=20)
        keeping.place_signature(actor=None, signature=anew(signature), report_due_on=soon)
    remind_of_reports(organisation=organisation, actor=None)
    remind_of_reports(organisation=organisation, actor=None)
    assert recipients()[before:] == [lead.email]


def test_historic_charters_come_with_those_who_signed_then(keeper):
    charter = make_charter(keeper, key="engtechnow")
    told = [(one.name, one.kind, one.signed_words, one.report_due_on) for one in queries.signatories_shown(charter, {})]
    assert told == [
        ("Prospect", "union", "March 2015", None),
        ("TSSA", "union", "March 2015", None),
        ("unionlearn", "union", "", None),
    ]


def test_the_aims_of_an_own_framework_come_to_the_signatory_and_can_be_aligned(organisation, keeper, member):
    lead = member(Role.LEAD)
    own = make_edition(keeper, name="Fair Bench Charter")
    with within(keeper):
        charter = keeping.keep_charter(
            actor=None, organisation=keeper, name="Fair Bench", framework=own.name, summary="Fair"
        )
        charter = keeping.publish_charter(actor=None, charter=charter)
    code = charter.aims[0]["code"]
    with within(organisation):
        assert framework_known("Fair Bench Charter") is None
    signed_by(organisation, charter, actor=lead, pledges={code: "We do"})
    with within(organisation):
        assert framework_known("Fair Bench Charter").is_current
        assert Edition.objects.get(name="Fair Bench Charter").organisation == organisation
    plan = PlanFactory(organisation=organisation)
    aligned = {"framework": "Fair Bench Charter", "code": code, "text": "", "basis": "cell"}
    make_action(plan, alignments=[aligned])
    make_action(plan, alignments=[aligned | {"basis": "suggested", "reason": "Words alike"}])
    with within(organisation):
        assert queries.actions_answering(charter) == {code: 1}


def test_an_offer_reaches_the_leads_and_is_made_once(organisation, keeper, charter, member):
    lead = member(Role.LEAD)
    with within(keeper):
        signature = keeping.offer_charter(actor=None, charter=charter, to=organisation)
        assert recipients() == [lead.email]
        with pytest.raises(keeping.AskedAlready):
            keeping.offer_charter(actor=None, charter=charter, to=organisation)
    with within(organisation):
        assert queries.charters_open() == []
        signing.withdraw(actor=lead, signature=anew(signature))
        assert [one.pk for one in queries.charters_open()] == [charter.pk]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Ashdown", "Birch", "Cole"]),
        ({"q": "bir"}, ["Birch"]),
        ({"kind": "union"}, ["Cole"]),
        ({"nation": "wales"}, ["Birch"]),
        ({"stage": "3"}, ["Ashdown"]),
        ({"nation": "wales", "kind": "union"}, []),
        ({"nation": "nowhere"}, []),
    ],
)
def test_the_public_list_is_narrowed(charter, asked, found):
    entered(charter, "Ashdown", stage="3", cohort="1")
    entered(charter, "Birch", nation="wales")
    entered(charter, "Cole", kind="union")
    assert [one.name for one in queries.signatories_shown(charter, asked)] == found


def test_the_public_queries_are_as_many_for_three_as_for_one(charter, query_count):
    one = entered(charter, "Ashdown")
    reported(one)
    with query_count(1):
        [row.cohort_words for row in queries.signatories_shown(charter, {})]
    with query_count(4):
        queries.signatory_shown(charter, one.pk)
    for name in ("Birch", "Cole"):
        entered(charter, name)
    reported(one, year=2025)
    reported(one, year=2024)
    with query_count(1):
        assert len(queries.signatories_shown(charter, {})) == 3
    with query_count(4):
        assert len(queries.signatory_shown(charter, one.pk).reports_told) == 3


def test_row_security_stands_without_the_scopes(organisation, charter):
    """As nobody, in SQL, only what is confirmed can be read, and nobody's draft."""
    waiting = signed_by(organisation, charter)
    shown = entered(charter, "Ashdown")
    draft = reported(shown, published=False)
    with within_platform(), connection.cursor() as cursor:
        cursor.execute("select set_config('app.organisation_id', '', true)")
        cursor.execute("select id from charters_signature")
        assert [row[0] for row in cursor.fetchall()] == [shown.pk]
        cursor.execute("select count(*) from charters_reportline where report_id = %s", [draft.pk])
        assert cursor.fetchone() == (0,)
        cursor.execute("select count(*) from charters_signatureevent")
        assert cursor.fetchone() == (0,)
    assert waiting.pk != shown.pk
    assert mail.outbox == []
