"""Evidence of actions: given on the page, with an update, used again; and what reports ask for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from desaga.evidence.models import Evidence
from desaga.evidence.operations import accept_evidence, replace_evidence, take_back
from desaga.evidence.records import Told
from desaga.evidence.tests.factories import PLACE_IN_XMP, a_file, a_link, make_evidence, photograph
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..evidencing import PublishedPlanRecords
from ..models import ActionEvidence, Update
from ..operations.actions import PlanIsClosed
from ..operations.evidence import EvidenceDoesNotStand, give_evidence, stop_using, use_evidence
from ..operations.publishing import close_to_public, open_to_public
from ..operations.updates import AccountIsNotWhole, give_update
from ..queries.evidence import actions_with_evidence, evidence_of, standing_titles, summary_of_plan
from ..updating import Account, wanting, with_pieces
from .factories import PlanFactory, close_plan, make_action

COMPLETE = Account(status="complete", text="Done.")


@pytest.fixture
def action(organisation):
    plan = PlanFactory(organisation=organisation, title="Plan of ours")
    return make_action(plan, code="A1", title="Award a prize")


def give(action, piece=None, **fields):
    with within(action.organisation):
        return give_evidence(actor=None, action=action, piece=piece or a_file(), given_by="Office", **fields)


@pytest.mark.parametrize(
    ("account", "pieces", "missing"),
    [
        (COMPLETE, (), {"evidence"}),
        (COMPLETE, ("Minutes",), set()),
        (Account(status="complete", evidence="Eleven nominations."), (), set()),
        (Account(rag="red", text="Stuck."), ("Minutes",), {"reason", "recovery"}),
    ],
)
def test_a_piece_shows_that_it_is_complete_as_words_do(account, pieces, missing):
    assert set(wanting(account, pieces)) == missing


def test_words_go_before_the_titles_of_pieces():
    assert with_pieces(COMPLETE, ["Minutes", "Photograph"]).evidence == "Minutes; Photograph"
    assert with_pieces(Account(evidence="Eleven nominations."), ["Minutes"]).evidence == "Eleven nominations."


def test_an_update_keeps_what_came_with_it(action):
    with within(action.organisation):
        told = {"actor": None, "action": action, "period": "Autumn", "given_by": "Ann Reed"}
        with pytest.raises(AccountIsNotWhole):
            give_update(account=COMPLETE, **told)
        update = give_update(account=COMPLETE, pieces=[a_file(), a_link()], submission=uuid4(), **told)

        assert update.evidence == "Minutes; Announcement"
        assert {use.evidence.given_by for use in ActionEvidence.objects.filter(update=update)} == {"Ann Reed"}
        again = give_update(account=COMPLETE, pieces=[a_file()], submission=update.submission, **told)
        assert (again.pk, Evidence.objects.count()) == (update.pk, 2)
        # What serves the action already counts for the next update.
        assert give_update(account=COMPLETE, **told).evidence == "Minutes; Announcement"


def test_one_piece_serves_many_actions_and_its_successor_too(action):
    other, piece = make_action(action.plan, code="A2"), give(action)
    with within(action.organisation):
        for _ in range(2):
            use_evidence(actor=None, action=other, evidence=piece)
        assert actions_with_evidence(action.plan) == {action.pk, other.pk}
        new = make_evidence(action.organisation, a_link())
    with within(action.organisation):
        replace_evidence(actor=None, evidence=piece, by=new)
        assert standing_titles([action.pk, other.pk]) == {action.pk: ["Announcement"], other.pk: ["Announcement"]}
        stop_using(actor=None, use=ActionEvidence.objects.get(action=other, evidence=new))
        assert actions_with_evidence(action.plan) == {action.pk}


def test_what_does_not_stand_serves_nothing_new_and_a_closed_plan_takes_nothing(action, member):
    piece, other, lead = give(action), make_action(action.plan, code="A2"), member(Role.LEAD)
    with within(action.organisation, user=lead):
        take_back(actor=lead, evidence=piece)
        with pytest.raises(EvidenceDoesNotStand):
            use_evidence(actor=lead, action=other, evidence=piece)
        close_plan(action.plan)
        with pytest.raises(PlanIsClosed):
            give_evidence(actor=lead, action=action, piece=a_file(), given_by="Office")


def test_reports_get_what_is_accepted_and_has_not_run_out(action):
    yesterday = timezone.localdate() - timedelta(days=1)
    kept = [
        give(action, a_file("Interview", is_technician_voice=True)),
        give(action, a_file("Old", expires_on=yesterday)),
        give(action, a_link("Prize")),
    ]
    waiting, other = give(action, a_file("Not looked at")), make_action(action.plan, code="A2")
    with within(action.organisation):
        use_evidence(actor=None, action=other, evidence=kept[0])
        for piece in kept:
            accept_evidence(actor=None, evidence=piece)
        told = [(one.action.code, one.evidence.title) for one in evidence_of(action.plan)]
        assert told == [("A1", "Prize"), ("A1", "Interview"), ("A2", "Interview")]
        assert summary_of_plan(action.plan).words == "1 of 2 pieces is in technicians’ own words."
        assert "Old" in [one.evidence.title for one in evidence_of(action.plan, yesterday)]
        assert waiting.title in standing_titles([action.pk])[action.pk]


# ---- The pages


def address(action, end=""):
    return f"/o/northmoor/plans/{action.plan_id}/actions/{action.pk}/{end}"


def about(**told):
    fields = {"title": "", "shows": "That it was awarded.", "given_by": "Ann Reed", "submission": str(uuid4())}
    return {**fields, "expires_on_day": "", "expires_on_month": "", "expires_on_year": "", "link": "", **told}


def test_a_photograph_given_on_the_page_is_kept_without_its_place(action, member, client_of):
    browser = client_of(member(Role.PROJECT_OFFICER))
    taken = photograph()
    assert PLACE_IN_XMP in taken
    page = browser.post(
        address(action, "evidence/give/"), about(file=SimpleUploadedFile("prize.jpg", taken)), follow=True
    ).content.decode()
    assert "The evidence is kept" in page
    assert "prize.jpg" in page

    with within(action.organisation):
        piece = Evidence.objects.get()
    file = browser.get(f"/o/northmoor/evidence/{piece.pk}/file/")
    assert b"GPS" not in file.content
    assert b"CANARY" not in file.content
    assert (file["Content-Disposition"], file["Content-Type"]) == (
        'attachment; filename="prize.jpg"', "application/octet-stream",
    )  # fmt: skip
    assert (file["Content-Security-Policy"], file["X-Content-Type-Options"], file["Cache-Control"]) == (
        "sandbox; default-src 'none'", "nosniff", "private, no-store",
    )  # fmt: skip


def test_a_link_or_an_update_can_be_given_and_never_two_things(action, member, client_of):
    browser = client_of(member(Role.PROJECT_OFFICER))
    with within(action.organisation):
        update = give_update(
            actor=None, action=action, account=Account(text="Eleven nominations."), period="Autumn", given_by="Ann"
        )
    record = f"plans.update:{update.pk}"
    both = browser.post(address(action, "evidence/give/"), about(link="northmoor.example/prize", record=record))
    assert "Give one thing at a time" in both.content.decode()
    for one in ({"link": "northmoor.example/prize"}, {"record": record}):
        browser.post(address(action, "evidence/give/"), about(**one))
    with within(action.organisation):
        told = sorted(Evidence.objects.values_list("kind", "title", "link"))
    assert told == [
        ("link", "northmoor.example/prize", "https://northmoor.example/prize"),
        ("record", f"Update of {action} for Autumn", ""),
    ]
    assert "Update of A1 Award a prize for Autumn" in browser.get(address(action)).content.decode()


def test_a_published_plan_is_a_record_while_it_is_published(
    action, organisation, other_organisation, member, client_of
):
    """A plan that is not public, and another's that is, can be no evidence here; what was taken down is gone."""
    records, drafted = PublishedPlanRecords(), PlanFactory(organisation=organisation, title="Not shown")
    theirs = PlanFactory(organisation=other_organisation, title="Theirs", state="active")
    with within(other_organisation):
        open_to_public(actor=None, plan=theirs, parts=["when"])
    with within(organisation):
        plan = PlanFactory(organisation=organisation, title="Technicians count", state="active")
        open_to_public(actor=None, plan=plan, parts=["when"], now=datetime(2026, 10, 1, 9, tzinfo=UTC))
        assert records.offered(action) == [(plan.pk, "Technicians count")]
        told = Told("Published plan: Technicians count", f"/o/northmoor/plans/{plan.pk}/", date(2026, 10, 1))
        assert records.told([plan.pk, drafted.pk, theirs.pk, 999_999]) == {plan.pk: told}

    browser = client_of(member(Role.PROJECT_OFFICER))
    assert "Published plans" in browser.get(address(action, "evidence/give/")).content.decode()
    browser.post(address(action, "evidence/give/"), about(record=f"plans.plan:{plan.pk}"))
    with within(organisation):
        piece = Evidence.objects.get()
    assert (piece.kind, piece.title, piece.record_kind, piece.record_id) == (
        "record", "Published plan: Technicians count", "plans.plan", plan.pk,
    )  # fmt: skip
    page = browser.get(f"/o/northmoor/evidence/{piece.pk}/").content.decode()
    assert f'href="/o/northmoor/plans/{plan.pk}/">Published plan: Technicians count</a>' in page

    with within(organisation):
        close_to_public(actor=None, plan=plan)
        assert (records.offered(action), records.told([plan.pk])) == ([], {})
    assert "A record that is not there any more." in browser.get(f"/o/northmoor/evidence/{piece.pk}/").content.decode()


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"file": SimpleUploadedFile("a.pdf", b"MZ not a pdf")}, "is called .pdf, but what is in it is something else"),
        ({"link": "javascript:alert(1)"}, "Write a whole address of the web"),
        ({}, "Choose a file, or give a link."),
        ({"record": "plans.update:999999"}, "Choose a file, or give a link."),
        ({"file": SimpleUploadedFile("a.txt", b"Fine."), "given_by": ""}, "Nothing is wrong with “a.txt”"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(action, member, client_of, told, words):
    page = (
        client_of(member(Role.PROJECT_OFFICER)).post(address(action, "evidence/give/"), about(**told)).content.decode()
    )
    assert words in page
    assert "That it was awarded." in page
    with within(action.organisation):
        assert not Evidence.objects.exists()


def test_a_file_with_an_update_shows_that_it_is_complete(action, member, client_of):
    browser = client_of(member(Role.PROJECT_OFFICER))
    told = {"status": "complete", "rag": "green", "text": "Done.", "period": "Autumn", "way": "page", "given_by": ""}
    told |= {"submission": str(uuid4())}
    page = browser.post(address(action, "update/"), told).content.decode()
    assert "or give a file or a link" in page
    file = SimpleUploadedFile("prize_list.txt", b"Eleven nominations.")
    page = browser.post(
        address(action, "update/"), {**told, "evidence_file": file, "nothing_new": "yes"}
    ).content.decode()
    assert "“Nothing new” does not take one" in page
    file.seek(0)
    browser.post(address(action, "update/"), {**told, "evidence_file": file, "evidence_is_voice": "on"})
    with within(action.organisation):
        assert Update.objects.get().evidence == "prize list"
        assert Evidence.objects.get().is_technician_voice


def test_a_piece_is_used_elsewhere_and_no_longer_by_the_page(action, member, client_of, other_organisation):
    piece, foreign = make_evidence(action.organisation), make_evidence(other_organisation)
    browser = client_of(member(Role.PROJECT_OFFICER))
    refused = browser.post(address(action, "evidence/use/"), {"evidence": foreign.pk}).content.decode()
    assert "Select a valid choice" in refused
    assert (
        "It serves this action too"
        in browser.post(address(action, "evidence/use/"), {"evidence": piece.pk}, follow=True).content.decode()
    )
    page = browser.post(address(action, f"evidence/{piece.pk}/stop/"), follow=True).content.decode()
    assert "It serves this action no longer" in page


@pytest.mark.parametrize("number", [1, 3])
def test_lists_of_evidence_ask_the_same_number_of_questions(action, member, client_of, query_count, number):
    browser, pages = client_of(member(Role.LEAD)), {"/o/northmoor/evidence/": 17, address(action): 28}
    for n in range(number):
        give(make_action(action.plan, code=f"B{n}"), a_link(f"Elsewhere {n}"))
        give(action, a_link(f"Piece {n}"))
    for page, number in pages.items():
        browser.get(page)
        with query_count(number):
            browser.get(page)
