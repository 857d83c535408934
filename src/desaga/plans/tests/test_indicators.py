"""What is counted of plans at work, as tables; and measures that read it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from desaga.indicators.lines import Line
from desaga.indicators.models import Reading
from desaga.indicators.operations import add_series, end_series, read_series, take_readings
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import PartyFactory, UnitFactory
from desaga.tenancy.context import within

from ..counting import COUNTED, Seen, Share, quarter_asked_about, share_of
from ..indicators import compute, parts_of
from ..models import Action, Measure, Plan
from ..operations import measures
from ..operations.plans import change_plan_state
from ..operations.updates import give_update
from ..queries import action as whole
from ..queries.measures import measures_of, measures_of_plan
from ..updating import Account
from .factories import PlanFactory, make_action

TODAY = date(2026, 11, 28)
BY_KEY = {one.key.removeprefix("plans."): one for one in COUNTED}
PLAIN = Seen(plan=1, status="in_progress", starts="", last_day=None, at_work_since=date(2025, 1, 1))


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        (date(2026, 11, 28), (date(2026, 7, 1), date(2026, 9, 30))),
        (date(2026, 10, 14), (date(2026, 4, 1), date(2026, 6, 30))),
        (date(2026, 10, 15), (date(2026, 7, 1), date(2026, 9, 30))),
        (date(2026, 1, 20), (date(2025, 10, 1), date(2025, 12, 31))),
        (date(2026, 1, 2), (date(2025, 7, 1), date(2025, 9, 30))),
    ],
)
def test_a_quarter_is_asked_about_two_weeks_after_its_end(day, quarter):
    assert quarter_asked_about(day) == quarter


#: key, what is so of the action, and whether it is counted, or None where it is not among those counted.
CASES = [
    ("overdue", {"last_day": date(2026, 11, 27)}, True),
    ("overdue", {"last_day": TODAY}, False),
    ("overdue", {}, False),
    ("overdue", {"status": "complete", "last_day": date(2026, 1, 1)}, None),
    ("overdue", {"status": "stopped"}, None),
    ("complete", {"status": "complete"}, True),
    ("complete", {"status": "stopped"}, False),
    ("complete", {"status": ""}, False),
    ("silent", {}, True),
    ("silent", {"said_on": [date(2026, 8, 30)]}, False),
    ("silent", {"said_on": [date(2026, 8, 29)]}, True),
    ("silent", {"at_work_since": date(2026, 9, 1)}, False),
    ("silent", {"starts": "2026-10"}, False),
    ("silent", {"starts": "2026-12"}, None),
    ("silent", {"status": "complete"}, None),
    ("with_measure", {"has_measure": True}, True),
    ("with_measure", {}, False),
    ("with_measure", {"status": "complete"}, None),
    ("with_owner", {"has_owner": True}, True),
    ("with_owner", {}, False),
    ("with_evidence", {"status": "complete", "has_evidence": True}, True),
    ("with_evidence", {"status": "complete"}, False),
    ("with_evidence", {"has_evidence": True}, None),
    ("updated_on_time", {"said_on": [date(2026, 7, 1)]}, True),
    ("updated_on_time", {"said_on": [date(2026, 10, 14)]}, True),
    ("updated_on_time", {"said_on": [date(2026, 10, 15)]}, False),
    ("updated_on_time", {"said_on": [date(2026, 6, 30)]}, False),
    ("updated_on_time", {"at_work_since": date(2026, 7, 1)}, None),
    ("updated_on_time", {"starts": "2026-10-01"}, None),
    ("updated_on_time", {"starts": "2026-09"}, False),
    ("updated_on_time", {"status": "complete"}, None),
    ("updated_on_time", {"status": "complete", "said_on": [date(2026, 7, 5)]}, True),
]


@pytest.mark.parametrize(("key", "fields", "counted"), CASES)
def test_each_share_counts_what_its_definition_says(key, fields, counted):
    share = share_of(BY_KEY[key], [replace(PLAIN, **fields)], TODAY)
    assert share == (None if counted is None else Share(int(counted), 1))


def test_every_share_has_a_case_for_counted_and_for_not():
    assert {key for key, _, counted in CASES if counted} == {key for key, _, counted in CASES if counted is False}
    assert {key for key, _, _ in CASES} == set(BY_KEY)


# ---- From the database


def until(end: str) -> dict[str, object]:
    return {"text": end, "start": None, "end": end, "precision": "month", "continuous": False}


def at_work(organisation, **fields) -> Plan:
    plan = PlanFactory(organisation=organisation, **fields)
    with within(organisation):
        return change_plan_state(actor=None, plan=plan, transition="activate")


@pytest.fixture
def plan(organisation):
    plan = at_work(organisation, title="Ours")
    pillar = {"framework": "Technician Commitment 2017", "code": "Visibility", "text": "", "basis": "cell"}
    make_action(plan, title="Late", timeframe=until("2026-01"), owners=["TSM"], alignments=[pillar])
    make_action(plan, title="Done", status="complete")
    make_action(plan, title="Usual", business_as_usual=True)
    return plan


def test_actions_of_plans_at_work_are_counted_whole_and_by_plan(organisation, plan):
    drafted = PlanFactory(organisation=organisation, title="Drafted")
    make_action(drafted, title="Not at work")
    other = at_work(organisation, title="Faculty")
    make_action(other, title="Going", timeframe=until("2030"))
    with within(organisation):
        give_update(
            actor=None, action=Action.objects.get(title="Done"), period="Now",
            account=Account(status="complete", rag="green", text="Done.", evidence="The page."), given_by="Ann Smith",
        )  # fmt: skip
        measures.add_measure(actor=None, action=Action.objects.get(title="Going"), what="pages", target=Decimal(1))
        found = {(one.key, one.part): (float(one.value), one.of) for one in compute(timezone.localdate())}
    assert found[("plans.overdue", "")] == (50.0, 2)
    assert found[("plans.overdue", str(plan.pk))] == (100.0, 1)
    assert found[("plans.overdue", str(other.pk))] == (0.0, 1)
    assert found[("plans.complete", "")] == (33.33, 3)
    assert found[("plans.with_measure", "")] == (50.0, 2)
    assert found[("plans.with_owner", "")] == (50.0, 2)
    assert found[("plans.with_evidence", "")] == (100.0, 1)
    assert found[("plans.silent", "")] == (0.0, 2)
    assert ("plans.updated_on_time", "") not in found
    assert ("plans.overdue", str(drafted.pk)) not in found
    [(name, (covered, principles))] = [(part, share) for (key, part), share in found.items() if key == "plans.coverage"]
    assert (name, principles, covered) == ("Technician Commitment 2017", 4, 25.0)


def test_parts_are_the_plans_units_and_themes_that_have_actions():
    unit, theme = {"units": [7]}, {"theme": "Careers  first"}
    seen = [
        replace(PLAIN, **unit),
        replace(PLAIN, **theme),
        replace(PLAIN, plan=2, units=[7, 8], theme="CAREERS FIRST"),
    ]
    parts = parts_of(seen, {1: "Ours", 2: "Arts", 3: "None"}, {7: "Arts", 8: "Science", 9: "None"})
    assert {key: len(some) for key, some in parts.items()} == {
        ("plan", "1", "Ours"): 2, ("plan", "2", "Arts"): 1, ("unit", "7", "Arts"): 2, ("unit", "8", "Science"): 1,
        ("theme", "careers first", "Careers first"): 2,
    }  # fmt: skip


def test_a_unit_that_carries_an_action_or_has_its_plan_and_a_theme_stand_beside_the_whole(
    organisation, member, client_of
):
    arts, science = (UnitFactory(organisation=organisation, name=name) for name in ("Arts", "Science"))
    party = PartyFactory(organisation=organisation, name="School of Science", code="SCI", kind="unit", unit=science)
    plan = at_work(organisation, title="Of Arts", unit=arts)
    make_action(plan, title="Carried", owners=[party.code], theme="Careers", timeframe=until("2026-01"))
    make_action(plan, title="Not carried", theme="Careers")
    with within(organisation):
        found = {(one.cut, one.label): (one.value, one.of) for one in compute(TODAY) if one.key == "plans.overdue"}
        take_readings(organisation=organisation)
    page = client_of(member(Role.READER)).get("/o/northmoor/indicators/plans.overdue/").content.decode()

    assert found[("unit", "Science")] == (100, 1)
    assert found[("unit", "Arts")] == (0, 1)
    assert found[("theme", "Careers")] == (50, 2)
    assert "By unit" in page
    assert "By theme" in page


def test_it_is_as_many_queries_for_three_plans_as_for_one(organisation, plan):
    numbers = []
    for _ in range(2):
        with within(organisation), CaptureQueriesContext(connection) as seen:
            list(compute(TODAY))
        numbers.append(len(seen))
        for _ in range(2):
            make_action(at_work(organisation), title="More", owners=["TSM"])
    assert numbers == [6, 6]


def test_a_plan_says_on_its_overview_where_it_stands_and_not_how_others_do(organisation, plan, member, client_of):
    make_action(at_work(organisation, title="Faculty"), title="Going", timeframe=until("2030"))
    with within(organisation):
        take_readings(organisation=organisation)
    page = client_of(member(Role.READER)).get(f"/o/northmoor/plans/{plan.pk}/overview/").content.decode()
    section = page[page.index("Is it alive?") : page.index("What is covered?")]
    assert f"plans.overdue/?cut=plan&amp;part={plan.pk}" in section
    assert ("100 %" in section, "Coverage" in section) == (True, False)


# ---- Measures that read it


@pytest.fixture
def action(organisation, plan):
    return make_action(plan, title="Keep it alive", success="At most 20 % of overdue actions by 2027. 4 case studies.")


def test_a_proposal_says_what_fits_it_and_is_read_from_there(organisation, action, member, client_of):
    browser = client_of(member(Role.PROJECT_OFFICER))
    address = f"/o/northmoor/plans/{action.plan_id}/actions/{action.pk}/"
    page = browser.get(address).content.decode()
    assert page.count("Desaga can count this itself: Actions overdue: this plan") == 1
    source = str(Line("plans.overdue", "plan", str(action.plan_id)))
    browser.post(f"{address}measures/accept/", {"words": "At most 20 % of overdue actions", "source": source})
    with within(organisation):
        take_readings(organisation=organisation)
        [shown], _ = measures_of(whole(action.plan_id, action.pk))
        assert [float(one.value) for one in shown.readings] == [50.0]
        with pytest.raises(measures.ReadsItself):
            measures.read_measure(actor=None, measure=shown.measure, value=Decimal(1), on=timezone.localdate())
    page = browser.get(address).content.decode()
    assert "50 % on" in page
    assert "Actions overdue: this plan</a>, every night" in page


def test_readings_come_from_what_is_counted_by_hand_and_what_was_said_before_stays(organisation, action):
    today = timezone.localdate()
    with within(organisation):
        fields = {"name": "Case studies", "definition": "On our site.", "unit": "number", "better": "more"}
        series = add_series(actor=None, organisation=organisation, **fields)
        measure = measures.accept_measure(actor=None, action=action, words="4 case studies")
        for days, value in ((200, 0), (90, 9)):
            measures.read_measure(actor=None, measure=measure, value=Decimal(value), on=today - timedelta(days=days))
        for days, value in ((120, 1), (80, 2), (40, 3)):
            read_series(actor=None, series=series, value=Decimal(value), on=today - timedelta(days=days))
        measures.bind_measure(actor=None, measure=measure, line=Line(series=series.pk))
        [shown], _ = measures_of(whole(action.plan_id, action.pk))
        assert [int(one.value) for one in shown.readings] == [0, 1, 2, 3]
        assert (shown.share, shown.forecast) == (75, today + timedelta(days=6))
        measures.bind_measure(actor=None, measure=shown.measure, line=None)
        [shown], _ = measures_of(whole(action.plan_id, action.pk))
        assert ([int(one.value) for one in shown.readings], shown.forecast) == ([0, 9], None)


@pytest.mark.parametrize("line", [Line("plans.nothing"), Line("plans.overdue", "plan", "0"), Line(series=0)])
def test_a_measure_is_read_only_from_what_there_is(organisation, action, line):
    with within(organisation):
        measure = measures.add_measure(actor=None, action=action, what="overdue", is_share=True)
        with pytest.raises(measures.NoSuchSource):
            measures.bind_measure(actor=None, measure=measure, line=line)


def test_a_number_is_not_read_from_a_share_nor_made_one_later(organisation, action):
    with within(organisation):
        number = measures.add_measure(actor=None, action=action, what="overdue actions")
        with pytest.raises(measures.NoSuchSource):
            measures.bind_measure(actor=None, measure=number, line=Line("plans.overdue"))
        share = measures.add_measure(actor=None, action=action, what="of actions overdue", is_share=True)
        share = measures.bind_measure(actor=None, measure=share, line=Line("plans.overdue"))
        fields = {
            "what": "actions",
            "direction": "at_most",
            "is_share": False,
            "baseline": None,
            "target": None,
            "due": "",
        }
        with pytest.raises(measures.NoSuchSource):
            measures.change_measure(actor=None, measure=share, **fields)


def test_the_form_shows_what_may_be_meant_first_and_saves_it(organisation, action, member, client_of):
    with within(organisation):
        measure = measures.add_measure(actor=None, action=action, what="of actions with an owner", is_share=True)
    browser = client_of(member(Role.LEAD))
    address = f"/o/northmoor/plans/{action.plan_id}/actions/{action.pk}/measures/{measure.pk}/source/"
    page = browser.get(address).content.decode()
    assert (
        0
        < page.index("These may be meant")
        < page.index("Actions with an owner")
        < page.index("Counted by Desaga, every night")
    )
    browser.post(address, {"source": str(Line("plans.with_owner"))})
    with within(organisation):
        measure = Measure.objects.get()
        assert (measure.line, measure.source_name) == (
            Line("plans.with_owner"),
            "Actions with an owner: whole organisation",
        )
        assert not Reading.objects.exists()


HEADCOUNT = "workforce.headcount"


@pytest.fixture
def physics(organisation):
    """A unit, beside another, whose headcount is released and read."""
    units = [UnitFactory(organisation=organisation, name=name) for name in ("Physics", "Arts")]
    with within(organisation):
        for cut, part, label, value in (("", "", "", 85), *(("unit", str(one.pk), one.name, 40) for one in units)):
            told = {"cut": cut, "part": part, "label": label, "on": TODAY, "value": value}
            Reading.objects.create(organisation=organisation, key=HEADCOUNT, **told)
    return units[0]


def test_a_units_own_plan_binds_its_figures_which_only_their_readers_see(organisation, physics, member, client_of):
    action = make_action(at_work(organisation, title="Of Physics", unit=physics), title="Grow")
    others = make_action(at_work(organisation, title="Ours"), title="Grow too")
    line = Line(HEADCOUNT, "unit", str(physics.pk))
    leads = member(Role.UNIT_LEAD, unit=physics)
    with within(organisation, user=leads):
        made = [measures.add_measure(actor=leads, action=one, what="technical staff") for one in (action, others)]
        with pytest.raises(measures.NoSuchSource):
            measures.bind_measure(actor=leads, measure=made[1], line=line)
        with pytest.raises(measures.NoSuchSource):
            measures.bind_measure(actor=None, measure=made[0], line=line)
    address = f"/o/northmoor/plans/{action.plan_id}/actions/{action.pk}/"
    form = f"{address}measures/{made[0].pk}/source/"
    browser = client_of(leads)
    page = browser.get(form).content.decode()
    assert "Technical staff, headcount: Physics" in page
    assert "Technical staff, headcount: Arts" not in page
    browser.post(form, {"source": str(line)})
    seen = []
    for user in (leads, member(Role.READER), member(Role.LEAD)):
        page = client_of(user).get(address).content.decode()
        seen.append(("Technical staff, headcount: Physics</a>" in page, "40 on" in page))
    assert seen == [(True, True), (True, False), (True, True)]
    with within(organisation):
        [[read]] = measures_of_plan(action.plan).values()
    assert (read.measure.line, read.stands_at) == (line, "")


def test_saving_the_form_leaves_a_source_that_is_not_offered_any_more(organisation, action, member, client_of):
    with within(organisation):
        told = {"name": "Pages", "definition": "On our site.", "unit": "number", "better": "more"}
        series = add_series(actor=None, organisation=organisation, **told)
        measure = measures.add_measure(actor=None, action=action, what="pages")
        measures.bind_measure(actor=None, measure=measure, line=Line(series=series.pk))
        end_series(actor=None, series=series)
    browser = client_of(member(Role.LEAD))
    address = f"/o/northmoor/plans/{action.plan_id}/actions/{action.pk}/measures/{measure.pk}/source/"
    chosen = browser.get(address).context["form"].initial["source"]
    assert chosen in {value for value, _ in flat(browser.get(address).context["form"].fields["source"].choices)}
    browser.post(address, {"source": chosen})
    with within(organisation):
        assert Measure.objects.get().line == Line(series=series.pk)


def flat(choices):
    """The options of a form's field, out of their groups."""
    return [one for value, words in choices for one in (words if isinstance(words, list) else [(value, words)])]
