"""A scheme from its opening to its end: what may follow what, panels planned in one go, addresses that stay, drafts that are told, what follows it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from desaga.accounts.models import User
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..dating import sittings_until
from ..models import Application, Round, Scheme
from ..operations import meeting, schemes
from ..queries.applications import typed
from ..states import SCHEME_STEPS, SchemeState
from ..waiting_staff import schemes_waiting
from .factories import letters, make_application, make_round, make_scheme, moved, parts_of, received, with_role


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager)


def at(scheme, name, *args):
    return reverse(f"placements:{name}", args=[scheme.organisation.slug, scheme.slug, *args])


def waits(manager, scheme):
    with within(scheme.organisation, user=manager):
        return [f"{one.verb} {one.thing}" for one in schemes_waiting(manager, scheme.organisation)]


DEEDS = {"open": schemes.open_scheme, "wind_down": schemes.wind_down, "close": schemes.close_scheme}


def test_each_deed_follows_only_where_it_may(scheme, manager):
    with within(scheme.organisation, user=manager):
        for state in SchemeState:
            for deed, perform in DEEDS.items():
                Scheme.objects.filter(pk=scheme.pk).update(state=state)
                if state in SCHEME_STEPS[deed].sources:
                    assert perform(actor=manager, scheme=scheme).state == SCHEME_STEPS[deed].target
                else:
                    with pytest.raises(schemes.NotFromHere):
                        perform(actor=manager, scheme=scheme)


def test_a_scheme_that_winds_down_says_which_panel_is_the_last_and_tells_who_has_begun(scheme, manager, client_of):
    draft = make_application(scheme)
    with within(scheme.organisation, user=manager):
        schemes.wind_down(actor=manager, scheme=scheme)
        day = timezone.localdate()
        with pytest.raises(schemes.PlansNoMore):
            schemes.plan_round(actor=manager, scheme=scheme, name="X", cut_off_on=day, meets_on=day, answers_by=day)
        last = scheme.rounds.get()
    mail = letters(draft.email)[-1]
    assert mail.subject.startswith(f"{scheme.name} is winding down")
    assert f"Its last panel meets on {last.meets_on:%-d %B %Y}" in mail.text
    for name in ("apply", "show_open_scheme"):
        assert "it is the last panel of this scheme." in client_of(None).get(at(scheme, name)).text.lower()
    assert "by the last panel" in client_of(manager).get(at(scheme, "show_scheme")).text


def test_the_last_panel_says_why_it_cannot_begin_yet(scheme, manager):
    moved(received(make_application(scheme)), "find_eligible")
    received(make_application(scheme))
    with within(scheme.organisation, user=manager):
        schemes.wind_down(actor=manager, scheme=scheme)
        after = timezone.now() + timedelta(days=40)
        with pytest.raises(meeting.NoLaterPanel, match="This is the last panel, and not all that came in"):
            meeting.begin_meeting(actor=manager, round_=scheme.rounds.get(), now=after)


def test_what_is_done_and_due_at_its_end_waits_for_those_who_run_it(scheme, manager, client_of):
    with within(scheme.organisation, user=manager):
        schemes.wind_down(actor=manager, scheme=scheme)
        Round.objects.update(state="released", released_at=timezone.now())
        due = timezone.localdate() + timedelta(days=30)
        schemes.edit_scheme(actor=manager, scheme=scheme, evaluation_due_on=due)
    assert waits(manager, scheme) == [f"Close {scheme.name}: its last panel has told its outcomes", f"Evaluate {scheme.name}"]  # fmt: skip
    with within(scheme.organisation, user=manager):
        schemes.edit_scheme(actor=manager, scheme=scheme, evaluation_url="https://x.example/evaluation.pdf")
        schemes.close_scheme(actor=manager, scheme=scheme)
    assert waits(manager, scheme) == []
    assert "https://x.example/evaluation.pdf" in client_of(None).get(at(scheme, "show_open_scheme")).text


def test_a_copy_goes_to_what_follows(organisation, scheme, manager, client_of):
    follower = make_scheme(organisation, actor=manager, name="What follows", like="collaboration-fund")
    application = moved(received(make_application(scheme)), "withdraw")
    with within(organisation, user=manager):
        schemes.edit_scheme(actor=manager, scheme=scheme, successor=follower)
        schemes.close_scheme(actor=manager, scheme=scheme)
        applicant = User.objects.get(person=application.applicant_id)
    page = client_of(applicant).get(application.get_absolute_url()).text
    assert "Copy it into a new application to What follows" in page
    client_of(applicant).post(at(scheme, "copy_application", application.reference))
    with within(organisation, user=applicant):
        new = Application.objects.get(copied_from=application)
        assert new.scheme == follower
        assert typed(new)["title"] == typed(application)["title"]
        assert "aims" not in typed(new)


# ---- Panels in one go


def test_the_days_of_panels_until_an_end():
    found = sittings_until([3, 10, 6], 14, cut_off_weeks=3, answer_weeks=2, first=date(2026, 2, 25), until=date(2027, 5, 1))  # fmt: skip
    # In March the cut-off is past; 14 June 2026 is a Sunday; 14 March 2027 too.
    assert [one.meets_on for one in found] == [date(2026, 6, 15), date(2026, 10, 14), date(2027, 3, 15)]
    assert (found[0].cut_off_on, found[0].answers_by) == (date(2026, 5, 25), date(2026, 6, 29))


def test_panels_are_looked_at_and_then_planned(scheme, manager, client_of):
    client, until = client_of(manager), timezone.localdate() + timedelta(days=800)
    typed_in = {"months": ["3", "6"], "day": "12", "cut_off_weeks": "3", "answer_weeks": "2"}
    typed_in |= {f"until_{name}": value for name, value in parts_of(until).items()}
    page = client.post(at(scheme, "plan_rounds"), typed_in)
    with within(scheme.organisation):
        before = scheme.rounds.count()
    assert "Plan these panels" in page.text
    client.post(at(scheme, "plan_rounds"), {**typed_in, "plan": "1", "shown": page.context["shown"]})
    with within(scheme.organisation):
        assert scheme.rounds.count() == before + len(page.context["days"])
    assert "No money for a panel" in client.get(at(scheme, "show_scheme")).text
    assert any("it meets outside every year" in one for one in waits(manager, scheme))


def test_an_open_scheme_without_a_panel_says_so(scheme, manager, client_of):
    with within(scheme.organisation, user=manager):
        schemes.call_off_round(actor=manager, round_=scheme.rounds.get())
    assert "No panel is to come" in client_of(manager).get(at(scheme, "show_scheme")).text
    assert f"Plan the next panel of {scheme.name}" in waits(manager, scheme)


# ---- Money that ends


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (91, "Plan the next panel of {name}"),
        (90, "Wind down {name}: its money ends on {day}"),
        (0, "Wind down {name}: its money ends on {day}"),
        (-1, "Wind down {name}: its money ended on {day}"),
    ],
)
def test_a_scheme_whose_money_ends_is_wound_down_and_asked_for_no_panel(scheme, manager, days, told):
    ends_on = timezone.localdate() + timedelta(days=days)
    with within(scheme.organisation, user=manager):
        schemes.call_off_round(actor=manager, round_=scheme.rounds.get())
        Scheme.objects.filter(pk=scheme.pk).update(ends_on=ends_on)
    assert waits(manager, scheme) == [told.format(name=scheme.name, day=f"{ends_on:%-d %B %Y}")]


def test_a_scheme_whose_money_has_ended_says_so_on_its_page(scheme, manager, client_of):
    with within(scheme.organisation, user=manager):
        schemes.call_off_round(actor=manager, round_=scheme.rounds.get())
        Scheme.objects.filter(pk=scheme.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    page = client_of(manager).get(at(scheme, "show_scheme")).text
    assert "Its money has ended" in page
    assert "No panel is to come" not in page


def test_no_panel_meets_after_the_money_has_ended(scheme, manager, client_of):
    ends_on = timezone.localdate() + timedelta(days=60)
    late = ends_on + timedelta(days=1)
    words = f"{scheme.name} is funded until {ends_on:%-d %B %Y}: its panels meet by then."
    with within(scheme.organisation, user=manager):
        Scheme.objects.filter(pk=scheme.pk).update(ends_on=ends_on)
        days = {"cut_off_on": late, "meets_on": late, "answers_by": late}
        with pytest.raises(schemes.AfterTheEnd, match=words):
            schemes.plan_round(actor=manager, scheme=scheme, name="Late", **days)
        with pytest.raises(schemes.AfterTheEnd, match=words):
            schemes.edit_round(actor=manager, round_=scheme.rounds.get(), **days)
        on_the_day = dict.fromkeys(days, ends_on)
        assert schemes.plan_round(actor=manager, scheme=scheme, name="Last", **on_the_day).meets_on == ends_on
    told = {"name": "Late"} | {f"{name}_{part}": value for name in days for part, value in parts_of(late).items()}
    assert words in client_of(manager).post(at(scheme, "plan_round"), told).text


def test_a_scheme_that_winds_down_is_closed_also_where_its_last_panel_was_called_off(scheme, manager):
    with within(scheme.organisation, user=manager):
        schemes.wind_down(actor=manager, scheme=scheme)
        schemes.call_off_round(actor=manager, round_=scheme.rounds.get())
    assert waits(manager, scheme) == [f"Close {scheme.name}: no panel of it is to come"]


# ---- What stays


def test_an_address_that_was_mailed_stays(scheme, manager, client_of):
    assert 'name="slug"' not in client_of(manager).get(at(scheme, "edit_scheme")).text
    with within(scheme.organisation, user=manager), pytest.raises(schemes.AddressStays):
        schemes.edit_scheme(actor=manager, scheme=scheme, slug="another")


def test_days_that_leave_applications_outside_are_said_first(scheme, manager, client_of):
    application, client = received(make_application(scheme)), client_of(manager)
    ends_on = application.ends_on - timedelta(days=1)
    told = {"name": scheme.name, "contact": "", "ending": "", "evaluation_url": ""}
    told |= {f"starts_on_{name}": value for name, value in parts_of(scheme.starts_on).items()}
    told |= {f"ends_on_{name}": value for name, value in parts_of(ends_on).items()}
    page = client.post(at(scheme, "edit_scheme"), told).text
    assert "1 open application lies outside these days. Save once more if that is meant." in page
    assert client.post(at(scheme, "edit_scheme"), {**told, "sure": "1"}).status_code == 302
    with within(scheme.organisation):
        assert Scheme.objects.get(pk=scheme.pk).ends_on == ends_on


def test_a_second_panel_on_the_same_day_is_left_out(scheme, manager):
    make_round(scheme, actor=manager, meets_in=100)
    with within(scheme.organisation, user=manager):
        day = timezone.localdate() + timedelta(days=100)
        assert schemes.plan_rounds(actor=manager, scheme=scheme, days=[schemes.Days(day, day, day)]) == []
