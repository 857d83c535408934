"""Who sits in a meeting learns nothing of what they do not hear, and no applicant anything before outcomes are told."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from desaga.documents.out import PAPERS
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import OrganisationFactory
from desaga.tenancy.context import within
from desaga.ui.waiting import waiting_for

from ..agenda import rows_of
from ..minutes import minutes_paper
from ..models import Application, ApplicationEvent, PendingOutcome
from ..operations import meeting, members, pending, releasing
from ..queries import meeting as reads
from ..queries.applications import applications_for, applications_of
from .factories import make_applicant, make_round, make_scheme, with_role
from .meetings import begun, decided, item_of, released
from .panels import declared, eligible, make_member

SECRET, SUM, MISSING = "Zirconium whiskers", "1777.00", "TZZ-22222"


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def world(organisation, manager):
    """A panel that sits: one item hidden from chair and some members, one that all hear."""
    scheme = make_scheme(organisation, actor=manager)
    make_round(scheme, actor=manager, meets_in=150)
    costs = [{"kind": "travel", "what": "Train", "pounds": SUM, "currency": "GBP", "foreign": ""}]
    hidden, heard = eligible(scheme, actor=manager, title=SECRET, costs=costs), eligible(scheme, actor=manager)
    people = {}
    chair, _ = make_member(scheme, actor=manager, name="Cora Chair", role=Role.PANEL_CHAIR)
    administrator, _ = make_member(scheme, actor=manager, name="Ada Admin")
    with within(organisation, user=manager):
        members.name_leaders(actor=manager, round_=hidden.round, chair=chair.person, administrator=administrator.person)
    reader, _ = make_member(scheme, actor=manager, name="Cy Conflict")
    silent, _ = make_member(scheme, actor=manager, name="Sil Silent")
    torn = with_role(organisation, Role.SCHEME_MANAGER, "Tor Torn")
    round_ = begun(scheme, actor=manager)
    for one in (chair, reader, torn):
        declared(hidden, one, "money", "A spin-out.")
    for one in (chair, reader, administrator):
        declared(heard, one)
    declared(hidden, administrator)
    decided(hidden, "full", actor=administrator)
    people = {"chair": chair, "reader": reader, "manager": torn}
    return {"scheme": scheme, "round": round_, "hidden": hidden, "heard": heard, "out": people, "admin": administrator, "silent": silent}  # fmt: skip


def at(name, round_, *more):
    scheme = round_.scheme
    return reverse(f"placements:{name}", args=[scheme.organisation.slug, scheme.slug, round_.pk, *more])


def test_whoever_is_out_learns_nothing_of_an_item(world, client):
    round_, hidden = world["round"], world["hidden"]
    for who, user in world["out"].items():
        client.force_login(user)
        for url in (at("show_meeting", round_), at("show_meeting", round_) + "?line=mean", at("release_outcomes", round_), at("show_item", round_, world["heard"].reference)):  # fmt: skip
            told = client.get(url).content.decode()
            found = [one for one in (SECRET, hidden.reference, "1,777") if one in told]
            assert not found, (who, url, found)
        agenda = client.get(at("show_meeting", round_)).content.decode()
        assert 'Agenda <span class="dsg-count">1</span>' in agenda, who
        assert "You do not hear everything on this agenda." in agenda
        assert "Awards in mind: £0.00" in agenda
        with within(round_.organisation, user=user):
            items = list(reads.items_heard(user, round_.organisation, round_))
            paper = repr(minutes_paper(round_, rows_of(items, as_staff=False), whole=False))
            assert SECRET not in paper
            assert hidden.reference not in paper
            assert not [one for one in waiting_for(user, round_.organisation) if SECRET in one.thing]


def test_what_is_hidden_is_answered_as_what_is_not_there(world, client):
    round_, hidden = world["round"], world["hidden"]
    for who, user in world["out"].items():
        client.force_login(user)
        answers = []
        for reference in (MISSING, hidden.reference, MISSING):
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(at("show_item", round_, reference))
            answers.append((answer.status_code, len(queries)))
        assert answers[1:] == [answers[2]] * 2, who
        assert answers[1][0] == 404
        for name in ("move_item", "open_item", "close_item", "keep_notes", "take_outcome_back", "show_item"):
            told = [client.post(at(name, round_, one), {"kind": "decline", "reasons": "cost"}).status_code for one in (hidden.reference, MISSING)]  # fmt: skip
            # A member moves nothing, and is told so whatever they name.
            assert told == ([403] * 2 if (who, name) == ("reader", "move_item") else [404] * 2), (who, name)
    assert item_of(hidden).outcome.kind == "full"
    # Whoever calls the operation past the page is refused as well.
    user = world["out"]["chair"]
    with within(round_.organisation, user=user), pytest.raises(pending.NotYoursToDecide):
        pending.set_outcome(actor=user, item=item_of(hidden), kind="next", seen=item_of(hidden).outcome.set_at)


def test_while_it_is_heard_they_are_asked_to_leave_and_told_no_more(world, client):
    round_, hidden = world["round"], world["hidden"]
    with within(round_.organisation, user=world["admin"]):
        meeting.open_item(actor=world["admin"], item=item_of(hidden))
    assert item_of(hidden).left == ["Cora Chair", "Cy Conflict"]
    client.force_login(world["out"]["chair"])
    told = client.get(at("show_meeting", round_)).content.decode()
    assert "An item that you do not hear is being heard now" in told
    assert SECRET not in told
    client.force_login(world["admin"])
    shown = client.get(at("show_item", round_, hidden.reference)).content.decode()
    assert "Out of the room for this item" in shown
    assert "Cora Chair, Cy Conflict" in shown
    assert "Sil Silent" in shown


def test_before_declaring_nobody_hears_anything(world, client):
    client.force_login(world["silent"])
    told = client.get(at("show_meeting", world["round"])).content.decode()
    assert "First declare" in told
    assert SECRET not in told
    assert client.get(at("show_item", world["round"], world["heard"].reference)).status_code == 404


def test_a_member_who_hears_reads_along_and_decides_nothing(world, client):
    round_, heard = world["round"], world["heard"]
    client.force_login(world["out"]["reader"])
    page = client.get(at("show_item", round_, heard.reference)).content.decode()
    assert "To learn how helium is recovered." in page
    assert "Keep it as pending" not in page
    for name in ("show_item", "open_item", "keep_notes", "take_outcome_back", "move_item"):
        assert client.post(at(name, round_, heard.reference), {"kind": "next"}).status_code == 403, name
    for name in ("begin_meeting", "order_by_mean", "release_outcomes"):
        assert client.post(at(name, round_)).status_code == 403, name


def test_others_find_no_meeting(world, client, organisation):
    elsewhere = with_role(OrganisationFactory(kind="sector_body", has_workspace=True), Role.SCHEME_MANAGER, "Else Where")  # fmt: skip
    unseated = with_role(organisation, Role.REVIEWER, "Una Unseated")
    officer = with_role(organisation, Role.PROJECT_OFFICER, "Pat Officer")
    for user, status in ((elsewhere, 404), (unseated, 404), (officer, 403)):
        client.force_login(user)
        for ending in ("", "outcomes/", f"items/{world['heard'].reference}/", "minutes.docx"):
            assert client.get(at("show_meeting", world["round"]) + ending).status_code in (status, 403), (user, ending)


def test_who_does_not_hear_all_tells_no_outcomes(world):
    round_, torn = world["round"], world["out"]["manager"]
    decided(world["heard"], "decline", actor=torn)
    with within(round_.organisation, user=torn), pytest.raises(releasing.NotAllHeard):
        releasing.release(actor=torn, organisation=round_.organisation, round_=round_, seen="")
    with within(round_.organisation):
        assert set(Application.objects.filter(round=round_).values_list("state", flat=True)) == {"eligible"}


def test_an_applicant_learns_nothing_before_and_all_at_once(organisation, manager, client):
    scheme = make_scheme(organisation, actor=manager)
    make_round(scheme, actor=manager, meets_in=150)
    applicant = make_applicant(scheme, "Ina Applicant")
    application = eligible(scheme, actor=manager, applicant=applicant)
    client.force_login(applicant)
    page = application.get_absolute_url()

    def seen():
        with within(organisation, user=applicant):
            rows = list(applications_of(applicant).values())
            others = PendingOutcome.objects.count()
        with within(organisation):
            events = list(ApplicationEvent.objects.filter(application=application.pk, for_applicant=True).values())
        text = client.get(page).content.decode().split("<main", 1)[-1].split("</main>")[0]
        # What makes a press once, another each time the page is asked for.
        return rows, events, re.sub(r'value="[\w-]{36,}"', "", text), others

    round_ = begun(scheme, actor=manager)
    before = seen()
    decided(application, "decline", actor=manager)
    decided(application, "full", actor=manager)
    after = seen()
    assert after[:3] == before[:3]
    assert released(round_, actor=manager) == 1
    told = seen()
    assert told[0][0]["state"] == "offered"
    assert told[0][0]["changed_at"] > before[0][0]["changed_at"]
    assert len(told[1]) == len(before[1]) + 1
    with within(organisation, user=applicant):
        assert not applications_for(applicant, organisation).exists()


def test_the_table_of_outcomes_is_closed_to_applicants_in_the_database(organisation, manager):
    scheme = make_scheme(organisation, actor=manager)
    applicant = make_applicant(scheme, "Ina Applicant")
    application = eligible(scheme, actor=manager, applicant=applicant)
    begun(scheme, actor=manager)
    decided(application, "full", actor=manager)
    other = OrganisationFactory(kind="sector_body", has_workspace=True)
    with within(other, user=applicant), connection.cursor() as cursor:
        cursor.execute("select count(*) from placements_application")
        assert cursor.fetchone() == (1,)
        for table in ("agendaitem", "pendingoutcome", "outcomechange", "outcomeletter"):
            cursor.execute(f"select count(*) from placements_{table}")
            assert cursor.fetchone() == (0,), table


def test_papers_can_be_written_of_what_one_hears(world, client):
    client.force_login(world["admin"])
    assert set(PAPERS) == {"pdf", "docx"}
    answer = client.get(at("take_minutes_out", world["round"], "docx"))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    assert client.get(at("take_minutes_out", world["round"], "xlsx")).status_code == 404


def test_a_member_who_looks_once_outcomes_are_told_is_led_back(world, client, organisation):
    round_, reader, silent = world["round"], world["out"]["reader"], world["silent"]
    decided(world["heard"], "full", actor=world["admin"])
    assert released(round_, actor=with_role(organisation, Role.SCHEME_MANAGER, "Mo Manager")) == 2
    reading = reverse("placements:list_reading", args=[organisation.slug, round_.scheme.slug])
    for user in (reader, silent):
        client.force_login(user)
        for url in (at("show_meeting", round_), at("show_item", round_, world["heard"].reference), at("show_item", round_, MISSING)):  # fmt: skip
            answer = client.get(url)
            assert (answer.status_code, answer["Location"]) == (302, reading)
            # The page that looks by itself goes there as a whole; nothing else comes with the answer.
            answer = client.get(url, headers={"HX-Request": "true"})
            assert (answer["HX-Redirect"], answer.content) == (reading, b"")
        assert "The meeting is over: the panel has told its outcomes." in client.get(reading).content.decode()
        assert client.get(at("take_agenda_out", round_, "pdf")).status_code == 404
    client.force_login(make_applicant(round_.scheme, "Una Unseated"))
    assert client.get(at("show_meeting", round_)).status_code in (403, 404)
