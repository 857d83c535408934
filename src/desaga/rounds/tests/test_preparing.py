"""Who would be asked about what, as tables; and when who is reminded."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace as Thing

import pytest

from ..preparing import Address, Addresses, chase_due, is_silent, prepared

ANN = Address("ann@n.example", "Ann Smith", 1)
DEAN = Address("dean@n.example", "Dee Reed", 2)
ARTS, SCIENCE = Thing(pk=1, name="Arts"), Thing(pk=2, name="Science")
ADDRESSES = Addresses(of_people={1: ANN}, of_units={1: [DEAN]}, of_groups={7: [ANN]})


def party(kind="role", **fields):
    return Thing(
        **{"pk": 5, "name": "Head of workshops", "kind": kind, "contacts": [], "person_id": None, "unit_id": None,
           "group_id": None, "one_per": "", **fields}
    )  # fmt: skip


def owner(party_=None, text="HoW"):
    return Thing(party=party_, text=text, short=text)


def action(*leads, code="A1"):
    return Thing(code=code, leads=list(leads))


@pytest.mark.parametrize(
    ("owners", "asked"),
    [
        ([owner(party(contacts=["how@n.example", "deputy@n.example"]))], ["deputy@n.example", "how@n.example"]),
        ([owner(party("person", person_id=1))], ["ann@n.example"]),
        ([owner(party("unit", unit_id=1))], ["dean@n.example"]),
        ([owner(party("group", group_id=7))], ["ann@n.example"]),
        ([owner(party("person", person_id=1)), owner(party("group", group_id=7))], ["ann@n.example"]),
        ([owner(party(one_per="faculty"))], ["dean@n.example"]),
        ([owner(party("person", person_id=9))], []),
        ([owner(None)], []),
        ([], []),
    ],
)
def test_each_address_is_asked_once(owners, asked):
    recipients, _ = prepared([action(*owners)], ADDRESSES, {5: [ARTS]})
    assert sorted(one.email for one in recipients) == asked
    assert all(len(one.lines) == 1 for one in recipients)


def test_one_mail_holds_all_actions_and_knows_whose_address_it_is():
    office = party(contacts=["ANN@n.example"])
    [one], _ = prepared([action(owner(office)), action(owner(party("person", person_id=1)), code="A2")], ADDRESSES, {})

    assert ([line.action.code for line in one.lines], one.name, one.asks_name) == (["A1", "A2"], "Ann Smith", False)


@pytest.mark.parametrize(
    ("owners", "why"),
    [
        ([], "Nobody is named. Edit the action to say who carries it."),
        ([owner(None, "the deans")], "“the deans” is only words yet. Say who it is."),
        ([owner(party())], "Head of workshops has no address yet."),
        ([owner(party(one_per="faculty", pk=6))], "No unit is known that “Head of workshops” stands for. Say which units have a technical workforce."),
        ([owner(party(one_per="faculty", pk=8))], "Science has no unit lead with an address, and no party with one."),
    ],
)  # fmt: skip
def test_who_cannot_be_asked_is_said_with_what_mends_it(owners, why):
    _, [unasked] = prepared([action(*owners)], ADDRESSES, {8: [SCIENCE]})
    assert unasked.why == why


@pytest.mark.parametrize(
    ("day", "done", "kind"),
    [
        (-4, [], None),
        (-3, [], "due_soon"),
        (-3, ["due_soon"], None),
        (-2, ["reminded"], None),
        (0, [], "due_soon"),
        (1, [], "late"),
        (1, ["due_soon"], "late"),
        (30, ["late"], None),
    ],
)
def test_each_reminder_comes_once_and_a_missed_one_is_not_sent_after(day, done, kind):
    due = date(2026, 12, 15)
    round_ = Thing(due_on=due, remind_days_before=3, silent_days_after=4)
    assert chase_due(round_, done, due + timedelta(days=day)) == kind


@pytest.mark.parametrize(
    ("after", "day", "done", "said_nothing", "kind"),
    [
        (4, 4, {"late"}, True, None),
        (4, 5, {"late"}, True, "silent"),
        (4, 5, set(), True, "silent"),
        (4, 5, {"late", "reminded"}, True, "silent"),
        (4, 5, {"late"}, False, None),
        (4, 9, {"silent"}, True, None),
        (4, 9, {"silent"}, False, None),
        (0, 99, {"late"}, True, None),
    ],
)
def test_whoever_said_nothing_at_all_gets_one_more(after, day, done, said_nothing, kind):
    due = date(2026, 12, 15)
    round_ = Thing(due_on=due, remind_days_before=3, silent_days_after=after)
    assert chase_due(round_, done, due + timedelta(days=day), said_nothing=said_nothing) == kind


@pytest.mark.parametrize(("after", "day", "silent"), [(7, 7, False), (7, 8, True), (0, 99, False)])
def test_whoever_says_nothing_for_long_is_silent(after, day, silent):
    due = date(2026, 12, 15)
    assert is_silent(Thing(due_on=due, escalate_days_after=after), due + timedelta(days=day)) is silent
