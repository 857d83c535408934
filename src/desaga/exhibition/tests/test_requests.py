"""A request for the touring exhibition from its first word to the day on which it is back."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client

from desaga.consents.tests.factories import letters
from desaga.organisations.refusals import Refused
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import member_of, peopled_organisation
from desaga.tenancy.context import within

from .. import queries
from ..models import TourRequest, TourStop
from ..operations import requests
from ..operations.gate import NotNow
from ..private import delete_unconfirmed, strip_contacts
from ..states import TRANSITIONS, TourState
from .factories import CONTACT, anew, asked, in_days, link_in_mail, make_request, make_tour

pytestmark = pytest.mark.django_db
ASK = "/exhibition/brock/ask/"


@pytest.fixture
def brock(db):
    cache.clear()
    organisation = peopled_organisation("Brock", "brock")
    organisation.lead, organisation.editor = member_of(organisation, Role.LEAD), member_of(organisation, Role.EDITOR)
    return organisation


@pytest.fixture
def tour(brock):
    return make_tour(brock, actor=brock.lead)


def in_state(tour: Any, state: str, actor: Any, start: int = 10, end: int = 20) -> TourRequest:
    """A request brought to a state by the steps that lead there."""
    steps = {
        TourState.SENT: (), TourState.ASKED: (), TourState.TALKED_OVER: ("talk_over",), TourState.AGREED: ("agree",),
        TourState.REFUSED: ("refuse",), TourState.ON_TOUR: ("agree", "send_out"), TourState.RETURNED: ("agree", "send_out", "bring_back"),
        TourState.WITHDRAWN: ("call_off",),
    }  # fmt: skip
    request = make_request(tour, start, end, confirmed=state != TourState.SENT)
    for step in steps[TourState(state)]:
        request = do(step, request, actor)
    return request


def do(step: str, request: TourRequest, actor: Any) -> TourRequest:
    words = {"words": "Because."} if step in ("refuse", "call_off", "agree", "talk_over") else {}
    with within(request.organisation, user=actor):
        if step in ("confirm_request", "withdraw_request"):
            return getattr(requests, step)(request=request)
        return getattr(requests, step)(actor=actor, request=request, **words)


STEPS = {
    "talk": "talk_over", "agree": "agree", "refuse": "refuse", "send_out": "send_out", "bring_back": "bring_back",
    "withdraw": "withdraw_request", "call_off": "call_off",
}  # fmt: skip


@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize("state", TourState.values)
def test_what_may_follow_what_is_what_the_table_says(tour, brock, name, state):
    request = in_state(tour, state, brock.lead)
    may = state in TRANSITIONS[name].sources
    try:
        done = do(STEPS[name], request, brock.lead)
    except NotNow:
        assert not may
    else:
        assert (may, done.state) == (True, TRANSITIONS[name].target)


def test_it_counts_once_the_link_was_pressed(tour, brock):
    request = make_request(tour, confirmed=False)
    with within(brock):
        assert list(queries.requests_listed()) == []
    page = Client().get(link_in_mail()).content.decode()
    assert "Is this from you?" in page
    assert anew(request).state == TourState.SENT
    address, _, key = link_in_mail().partition("?key=")
    for _ in range(2):
        assert Client().post(address, {"key": key}).status_code == 302
    assert anew(request).state == TourState.ASKED
    assert [mail.recipient for mail in letters(brock.lead.email)] == [brock.lead.email]


def test_no_two_have_it_at_once(tour, brock):
    first, second = make_request(tour, 10, 20), make_request(tour, 20, 25, venue="Mill College")
    do("agree", first, brock.lead)
    with pytest.raises(requests.TakenThen):
        do("agree", second, brock.lead)
    with within(brock, user=brock.lead):
        requests.change_days(actor=brock.lead, request=second, starts_on=in_days(21), ends_on=in_days(25))
    do("agree", anew(second), brock.lead)
    with within(brock):
        assert [stop.venue for stop in TourStop.objects.order_by("starts_on")] == ["Quarry School", "Mill College"]


def test_the_database_itself_lets_no_two_be_at_once(tour, brock):
    first, second = make_request(tour, 10, 20), make_request(tour, 15, 25)
    with within(brock):
        told = {"organisation": brock, "venue": "A", "place": "B", "ends_on": in_days(20)}
        TourStop.objects.create(request=first, starts_on=in_days(10), **told)
        with pytest.raises(IntegrityError, match="tour_stops_never_two_at_once"), transaction.atomic():
            TourStop.objects.create(request=second, starts_on=in_days(20), **told)


def test_another_organisation_lends_its_own_on_the_same_days(tour, brock):
    cairn = peopled_organisation("Cairn", "cairn")
    lead = member_of(cairn, Role.LEAD)
    do("agree", make_request(tour), brock.lead)
    other = make_request(make_tour(cairn, actor=lead))
    assert do("agree", other, lead).state == TourState.AGREED


def test_everybody_reads_where_it_is_now_and_next_and_nobody_who_asked(tour, brock):
    request = make_request(tour, 1, 9)
    later = make_request(tour, 12, 20, venue="Mill College", place="Mill")
    for one in (request, later):
        do("agree", one, brock.lead)
    told = queries.tour_shown(brock, in_days(3))
    assert (told.now.venue, [stop.venue for stop in told.next]) == ("Quarry School", ["Mill College"])
    assert queries.tour_shown(brock, in_days(10)).now is None
    assert not TourRequest._base_manager.exists()
    page = Client().get(ASK).content.decode()
    assert ("Quarry School" in page, CONTACT in page, "Nia Holt" in page) == (True, False, False)


def test_days_are_free_again_when_it_is_withdrawn(tour, brock):
    request = make_request(tour)
    do("agree", request, brock.lead)
    address, _, key = link_in_mail().partition("?key=")
    assert Client().post(address, {"key": key, "take_back": "yes"}).status_code == 302
    assert anew(request).state == TourState.WITHDRAWN
    with within(brock):
        assert not TourStop.objects.exists()
    assert "taken back" in letters(CONTACT)[-1].subject


def test_a_venue_hears_what_became_of_it(tour, brock):
    for step, words in (("agree", "comes to you"), ("refuse", "not this time")):
        do(step, make_request(tour), brock.lead)
        assert words in letters(CONTACT)[-1].subject
        with within(brock):
            TourStop.objects.all().delete()


@pytest.mark.parametrize(("start", "end"), [(0, 5), (5, 4), (1, 31)])
def test_days_that_cannot_be_are_refused(tour, brock, start, end):
    with within(brock), pytest.raises(Refused):
        requests.ask_for_tour(tour=tour, asked=asked(start, end))


def form(**fields: Any) -> dict[str, Any]:
    start, end = in_days(10), in_days(20)
    return {
        "submission": str(uuid4()), "venue": "Quarry School", "venue_kind": "school", "place": "Quarry", "contact_name": "Nia Holt",
        "contact_email": CONTACT, "words": "For Year 9.",
        "starts_on_day": start.day, "starts_on_month": start.month, "starts_on_year": start.year,
        "ends_on_day": end.day, "ends_on_month": end.month, "ends_on_year": end.year, **fields,
    }  # fmt: skip


def test_sent_twice_it_is_there_once(tour, brock):
    sent = form()
    for _ in range(2):
        assert "Look into your e-mail" in Client().post(ASK, sent).content.decode()
    with within(brock):
        assert TourRequest.objects.count() == 1


def test_a_program_that_fills_in_everything_is_thanked_and_nothing_is_kept(tour, brock):
    page = Client().post(ASK, form(nickname="Bot")).content.decode()
    assert "Look into your e-mail" in page
    with within(brock):
        assert TourRequest.objects.count() == 0


def test_one_address_is_not_drowned_in_mails(tour, brock):
    for _ in range(5):
        assert Client().post(ASK, form()).status_code == 200
    assert len(letters(CONTACT)) == 3


def test_what_is_closed_cannot_be_asked_for(brock):
    make_tour(brock, actor=brock.lead, is_open=False)
    assert Client().get(ASK).status_code == 404


def test_what_nobody_confirmed_goes_and_contacts_go_a_year_after(tour, brock):
    unconfirmed, over = make_request(tour, confirmed=False), make_request(tour)
    do("refuse", over, brock.lead)
    with within(brock):
        from django.utils import timezone

        later = timezone.now()
        assert delete_unconfirmed(brock, later, False) == {"requests that nobody confirmed": 1}
        assert strip_contacts(brock, later, True) == {"contacts of venues": 1}
        assert strip_contacts(brock, later, False) == {"contacts of venues": 1}
        assert not TourRequest.objects.filter(pk=unconfirmed.pk).exists()
        kept = TourRequest.objects.get(pk=over.pk)
    assert (kept.contact_name, kept.contact_email, kept.words, kept.venue) == ("", "", "", "Quarry School")


# ---- The workspace


def test_an_editor_talks_it_over_and_agrees(tour, brock, client):
    request = make_request(tour)
    client.force_login(brock.editor)
    assert "a request for the touring exhibition" in client.get("/my-work/").content.decode()
    page = f"/o/brock/tour/{request.pk}/"
    client.post(f"{page}talk/", {"words": "They have the room."})
    client.post(f"{page}agree/", {"words": "See you soon."})
    told = client.get(page).content.decode()
    assert ("Talked over: They have the room." in told, "It has gone there" in told) == (True, True)
    assert "See you soon." in letters(CONTACT)[-1].text
    assert "Quarry School" in client.get("/o/brock/tour/calendar/").content.decode()
    assert client.post(f"{page}send-out/").status_code == 302
    assert client.post(f"{page}back/").status_code == 302
    assert anew(request).state == TourState.RETURNED


def test_the_calendar_says_which_days_are_free_between_two_places(tour, brock):
    for start, end in ((5, 10), (15, 20)):
        do("agree", make_request(tour, start, end), brock.lead)
    with within(brock):
        told = queries.calendar()
    assert [one.get("free", 0) for one in told] == [0, 4, 0]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_often_for_one_as_for_three(tour, brock, client, django_assert_num_queries, number):
    for at in range(number):
        make_request(tour, 10 + at, 20 + at)
    client.force_login(brock.lead)
    client.get("/o/brock/tour/")
    with django_assert_num_queries(15):
        client.get("/o/brock/tour/")
