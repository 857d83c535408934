"""Smaller things of a panel: blank marks for who scores, earlier sheets, notes of two, several terms, units."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..conflicting import key_of
from ..models import AgendaItem, EarlierTerm, PanelMember
from ..operations import meeting, members
from ..queries.meeting import minutes_of
from ..sharing import Proposal, circle_of
from .factories import make_scheme, with_role
from .meetings import begun, decided, item_of, released
from .panels import declared, eligible, given, make_member, scored


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager)


def at(name, scheme, *more):
    return reverse(f"placements:{name}", args=[scheme.organisation.slug, scheme.slug, *more])


def test_a_chair_who_scores_sees_no_marks_of_what_they_have_still_to_score(scheme, manager, client):
    chair, seat = make_member(scheme, actor=manager, name="Cora Chair", role=Role.PANEL_CHAIR)
    reader, member = make_member(scheme, actor=manager)
    mine, other = (eligible(scheme, actor=manager, title=title) for title in ("Glass work", "Kiln work"))
    with within(scheme.organisation, user=manager):
        members.name_leaders(actor=manager, round_=mine.round, chair=chair.person, administrator=None)
    own = given(mine, seat, actor=manager)
    for application, value in ((mine, 3), (other, 1)):
        reading = given(application, member, actor=manager)
        declared(application, reader)
        declared(application, chair)
        scored(reading, reader, value)
    client.force_login(chair)
    shown = at("show_panel", scheme, mine.round_id)

    def row_of(title):
        rows = client.get(shown).context["page_obj"].object_list
        return next((number, row) for number, row in enumerate(rows) if title in row)

    place, row = row_of("Glass work")
    # The best of all, and last in the order: its place tells nothing either.
    assert place == 1
    assert "after your scores" in row
    assert ">scored<" in row
    assert ">100<" not in row
    assert ">33<" in row_of("Kiln work")[1]
    scored(own, chair, 3)
    place, row = row_of("Glass work")
    assert (place, ">100<" in row) == (0, True)


def test_staff_who_read_for_the_panel_see_what_others_gave_when_they_have_scored(scheme, manager, client, organisation):
    from desaga.organisations.models import RoleAssignment

    reader, member = make_member(scheme, actor=manager)
    with within(organisation):
        RoleAssignment.objects.create(organisation=organisation, person=reader.person, role=Role.SCHEME_MANAGER, starts_on=date(2020, 1, 1))  # fmt: skip
    other, seat = make_member(scheme, actor=manager, name="Olive Other")
    application = eligible(scheme, actor=manager)
    own, theirs = given(application, member, actor=manager), given(application, seat, actor=manager)
    for user in (reader, other):
        declared(application, user)
    scored(theirs, other)
    client.force_login(reader)
    page = at("look_at_application", scheme, application.reference)
    assert "Clear and costed." not in client.get(page).content.decode()
    scored(own, reader)
    assert "Clear and costed." in client.get(page).content.decode()


def test_sheets_that_were_sent_before_are_read_by_who_leads(scheme, manager, client):
    reader, member = make_member(scheme, actor=manager)
    application = eligible(scheme, actor=manager)
    reading = given(application, member, actor=manager)
    declared(application, reader)
    scored(reading, reader, 1)
    scored(reading, reader, 3)
    client.force_login(manager)
    page = client.get(at("look_at_application", scheme, application.reference)).content.decode()
    assert page.count("What they sent before") == 1
    assert "<strong>1: " in page
    assert "<strong>3: " in page


def test_notes_of_two_are_put_together_and_none_are_lost(scheme, manager, client):
    application = eligible(scheme, actor=manager)
    round_ = begun(scheme, actor=manager)
    client.force_login(manager)
    url = at("keep_notes", scheme, round_.pk, application.reference)
    seen = meeting.seen_of("")
    client.post(url, {"notes": "First of all.", "notes_seen": seen})
    answer = client.post(url, {"notes": "Mine meanwhile.", "notes_seen": seen})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Somebody else wrote notes" in page
    assert "First of all." in page
    assert "Mine meanwhile.</textarea>" in page
    assert item_of(application).notes == "First of all."
    client.post(url, {"notes": "Both.", "notes_seen": meeting.seen_of("First of all.")})
    assert item_of(application).notes == "Both."
    assert client.get(url).status_code == 405


def test_somebody_sits_again_and_remembers_what_they_heard_in_their_earlier_term(scheme, manager, client):
    reader, member = make_member(scheme, actor=manager)
    application = eligible(scheme, actor=manager)
    declared_in = begun(scheme, actor=manager)
    declared(application, reader)
    decided(application, "decline", actor=manager)
    released(declared_in, actor=manager)
    today = timezone.localdate()
    with within(scheme.organisation, user=manager):
        with pytest.raises(members.StillSits):
            members.begin_term(actor=manager, member=member, starts_on=today, ends_on=None)
        # Their term ended after that meeting, some time ago.
        met = today - timedelta(days=30)
        type(declared_in).objects.filter(pk=declared_in.pk).update(cut_off_on=met, meets_on=met, answers_by=met)
        PanelMember.objects.filter(pk=member.pk).update(ends_on=today - timedelta(days=20))
        with pytest.raises(members.TermsOverlap):
            members.begin_term(actor=manager, member=member, starts_on=today - timedelta(days=25), ends_on=None)
        assert list(minutes_of(reader, scheme)) == []
    client.force_login(manager)
    assert "Begin a new term" in client.get(at("list_members", scheme)).content.decode()
    client.post(at("begin_term", scheme, member.pk), {"starts_on_day": today.day, "starts_on_month": today.month, "starts_on_year": today.year})  # fmt: skip
    with within(scheme.organisation, user=manager):
        assert EarlierTerm.objects.get().ends_on == today - timedelta(days=20)
        assert [one.pk for one in minutes_of(reader, scheme)] == [declared_in.pk]
        assert AgendaItem.objects.count() == 1
    assert "before: Jan 2020" in client.get(at("list_members", scheme)).content.decode()


@pytest.mark.parametrize(
    ("works_for", "unit", "circle"),
    [
        ("University of Northmoor", "Engineering", "northmoor university, engineering"),
        ("University of Northmoor", "", "northmoor university"),
        ("Leeds University", "Engineering", "leeds university"),
    ],
)
def test_within_one_institution_readers_are_spread_over_units(works_for, unit, circle):
    assert circle_of(PanelMember(works_for=works_for, unit=unit), key_of("Northmoor University")) == circle


@pytest.mark.parametrize(
    ("repeats", "words"),
    [(None, ""), (0, "No application is read twice from one organisation or unit."), (1, "1 reader is from an organisation or unit that reads the same application already.")],
)  # fmt: skip
def test_spread_is_said_in_words(repeats, words):
    assert Proposal([], [], repeats=repeats).spread_words == words
