"""Plans and actions as programs read them: whole, in the format, in pages, and without people where they should be."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jsonschema
import pytest
from django.core.cache import cache
from django.utils import timezone

from desaga.keys.states import Scope
from desaga.keys.tests.factories import Program, make_key
from desaga.organisations.tests.factories import GrantFactory
from desaga.plans import interchange, publishing, reading
from desaga.plans.models import Action, Doubt, Plan
from desaga.plans.operations import actions
from desaga.plans.operations.newer import keep_version
from desaga.plans.operations.resolving import resolve_words_anew
from desaga.plans.queries import actions_whole
from desaga.plans.tests.factories import PlanFactory, ThemeFactory, make_action
from desaga.tenancy.context import within

SCHEMA = json.loads(Path(reading.__file__).with_name("schema.json").read_text(encoding="utf-8"))
JANE = {"text": "Jane Smith", "code": None, "kind": "person", "role": "support"}
UNRESOLVED = {"text": "Dr John Brown", "code": None, "kind": "text", "role": "support"}
OFFICE = {"text": "TSM (Anna White)", "code": "TSM", "kind": "role", "role": "lead"}
WHOLE = {
    "code": "1.1",
    "theme": "Careers",
    "title": "Write role descriptors",
    "how": "With the faculties",
    "success": "Ten descriptors",
    "owners": [OFFICE, JANE, UNRESOLVED],
    "alignments": [{"framework": "TALENT", "code": "R4", "text": "see R4, says Jane", "basis": "cell"}],
    "milestones": [{"label": "Scoping", "start": "2026-01", "end": None}],
    "depends_on": [{"text": "Job families"}],
    "updates": [{"period": "Q1", "status": "in_progress", "rag": "green", "text": "Jane has begun"}],
    "status": "in_progress",
    "rag": "amber",
    "comments": "Ask Jane first",
}
SECRET = ("Jane", "Smith", "Brown", "White", "Ask ")


@pytest.fixture(autouse=True)
def nothing_counted_yet():
    cache.clear()


@pytest.fixture
def plan(organisation):
    glossary = [{"code": "TSM", "meaning": "Manager", "person": "Anna White", "comment": "Ask Anna White"}]
    unplaced = [{"text": "Thanks to Jane Smith", "source": {"sheet": None, "page": 1, "row": None}}]
    return PlanFactory(organisation=organisation, glossary=glossary, unplaced=unplaced)


@pytest.fixture
def program(organisation):
    return Program(make_key(organisation)[1])


def public_program(organisation):
    return Program(make_key(organisation, Scope.PLANS_PUBLIC)[1])


def publish(plan):
    with within(plan.organisation):
        Plan.objects.filter(pk=plan.pk).update(published_at=timezone.now())


def check(data):
    jsonschema.Draft202012Validator(SCHEMA).validate(data)


def test_a_plan_is_the_interchange_format_and_loses_nothing(plan, program):
    action = make_action(plan, **WHOLE)
    answer = program.get(f"plans/{plan.pk}/interchange").json()
    check(answer)
    assert answer["title"] == plan.title
    assert {**answer["actions"][0], "id": ""} == {**interchange.blank_action(), **WHOLE}
    one = program.get(f"actions/{action.pk}").json()
    assert one["action"] == answer["actions"][0]
    assert (one["id"], one["plan"], one["is_whole"]) == (action.pk, plan.pk, True)


def test_only_open_doubts_are_told(plan, program, organisation):
    action = make_action(plan, **WHOLE)
    doubt = {"organisation": organisation, "plan": plan, "action": action, "field": "title", "kind": "torn_end"}
    with within(organisation):
        Doubt.objects.create(**doubt, order=0, message="It breaks off.")
        actions.settle_doubt(actor=None, doubt=Doubt.objects.create(**doubt, order=1, message="It is looked at."))
        kept = keep_version(actor=None, plan=plan, name="Then").content["actions"][0]
    told = program.get(f"actions/{action.pk}").json()["action"]
    assert [one["message"] for one in told["notices"]] == ["It breaks off."]
    assert kept["notices"] == told["notices"]


def test_the_public_reading_has_no_person_no_comment_and_no_source(plan, organisation):
    action = make_action(plan, **WHOLE)
    with within(organisation):
        Doubt.objects.create(
            organisation=organisation, plan=plan, action=action, order=0, field="owners", kind="x", message="Jane?"
        )
    program = public_program(organisation)
    paths = (f"plans/{plan.pk}/interchange", f"plans/{plan.pk}/actions", f"actions/{action.pk}", "plans")
    answers = {path: program.get(path) for path in paths}
    told = {path: [word for word in SECRET if word in answer.text] for path, answer in answers.items()}
    assert told == {path: [] for path in paths}
    whole = answers[paths[0]].json()
    check(whole)
    assert whole["actions"][0]["owners"] == [{**OFFICE, "text": "TSM"}]
    assert whole["actions"][0]["title"] == WHOLE["title"]
    assert answers["plans"].json()["items"][0]["is_whole"] is False
    # The same key's whole sister reads all of it: the words were there to be left out.
    text = Program(make_key(organisation)[1]).get(paths[0]).text
    assert [word for word in SECRET if word not in text] == []


def test_a_party_without_a_code_is_read_by_its_name_in_ones_own_plan_alone(plan, organisation, other_organisation):
    make_action(plan, owners=[{"text": "Lab leads", "code": None, "kind": "text", "role": "lead"}])
    with within(organisation):
        resolve_words_anew(actor=None, plan=plan, said="lab leads", name="Laboratory managers", kind="role")
    publish(plan)
    told = [
        [one["text"] for one in program.get(f"plans/{plan.pk}/interchange").json()["actions"][0]["owners"]]
        for program in (public_program(organisation), Program(make_key(other_organisation)[1]))
    ]
    assert told == [["Laboratory managers"], []]


@pytest.mark.parametrize("wanted", [{"q": "Jane"}, {"q": "Ask"}, {"party": "Jane Smith"}, {"party": "Dr John Brown"}])
def test_a_search_does_not_find_out_what_is_left_out(wanted, plan, program, organisation):
    make_action(plan, **WHOLE)
    path = f"plans/{plan.pk}/actions"
    assert program.get(path, wanted).json()["total"] == 1
    assert public_program(organisation).get(path, wanted).json()["total"] == 0


def test_what_is_public_can_be_searched_for(plan, organisation):
    make_action(plan, **WHOLE)
    program = public_program(organisation)
    for wanted in ({"q": "role DESCRIPTORS"}, {"q": "careers"}, {"party": "tsm"}):
        assert program.get(f"plans/{plan.pk}/actions", wanted).json()["total"] == 1


def test_another_organisations_plan_is_missing_until_it_is_opened(plan, other_organisation):
    action = make_action(plan, **WHOLE)
    program = Program(make_key(other_organisation)[1])
    paths = (f"plans/{plan.pk}", f"plans/{plan.pk}/interchange", f"plans/{plan.pk}/actions", f"actions/{action.pk}")
    assert {program.get(path).status_code for path in paths} == {404}
    assert program.get("plans", {"organisation": "northmoor"}).json()["total"] == 0
    publish(plan)
    assert {program.get(path).status_code for path in paths} == {200}
    # One's own list stays one's own.
    assert program.get("plans").json()["total"] == 0
    assert [one["id"] for one in program.get("plans", {"organisation": "northmoor"}).json()["items"]] == [plan.pk]


def test_a_published_plan_is_read_as_the_public_does_and_a_granted_one_whole(plan, other_organisation):
    make_action(plan, **WHOLE)
    program = Program(make_key(other_organisation)[1])
    publish(plan)
    published = program.get(f"plans/{plan.pk}/interchange")
    assert [word for word in SECRET if word in published.text] == []
    assert published.json()["actions"][0]["title"] == WHOLE["title"]
    GrantFactory(
        owner_organisation=plan.organisation, to_organisation=other_organisation, kind="plans.plan", object_id=plan.pk
    )
    granted = program.get(f"plans/{plan.pk}/interchange")
    assert [word for word in SECRET if word not in granted.text] == []
    check(granted.json())
    assert program.get(f"plans/{plan.pk}/actions", {"party": "tsm"}).json()["total"] == 1


@pytest.mark.parametrize(
    ("wanted", "titles"),
    [
        ({}, ["Done", "Late", "Undated"]),
        ({"status": "complete"}, ["Done"]),
        ({"status": "none"}, ["Undated"]),
        ({"due": "overdue"}, ["Late"]),
        ({"due": "undated"}, ["Undated"]),
        ({"party": "hr"}, ["Late"]),
        ({"principle": "TALENT · R4"}, ["Done"]),
        ({"principle": "R4"}, []),
        ({"q": "late"}, ["Late"]),
        ({"status": "complete", "party": "HR"}, []),
    ],
)
def test_actions_are_narrowed(wanted, titles, plan, program):
    past = {"text": "2020", "start": "2020", "end": "2020", "precision": "year", "continuous": False}
    aligned = [{"framework": "TALENT", "code": "R4", "text": "R4", "basis": "cell"}]
    make_action(plan, title="Done", status="complete", timeframe=past, alignments=aligned)
    make_action(plan, title="Late", status="in_progress", timeframe=past, owners=["HR"])
    make_action(plan, title="Undated")
    answer = program.get(f"plans/{plan.pk}/actions", wanted).json()
    assert [item["action"]["title"] for item in answer["items"]] == titles
    assert answer["total"] == len(titles)


def test_what_is_only_suggested_is_told_to_no_public_key(plan, program, organisation):
    publish(plan)
    suggested = {"framework": "TALENT", "code": "R9", "text": "R9", "basis": "suggested", "reason": "R4 was split"}
    make_action(plan, alignments=[suggested])
    address, wanted = f"plans/{plan.pk}/actions", {"principle": "TALENT · R9"}
    (told,) = program.get(address, wanted).json()["items"]
    assert told["action"]["alignments"] == [suggested]
    public = public_program(organisation)
    assert public.get(address, wanted).json()["items"] == []
    (told,) = public.get(address).json()["items"]
    assert told["action"]["alignments"] == []


def test_pages_follow_one_another_and_end(plan, program):
    for number in range(5):
        make_action(plan, title=f"Action {number}")
    address, seen, totals = f"plans/{plan.pk}/actions?limit=2&q=action", [], set()
    while address:
        page = program.get(address.rpartition("/api/v1/")[2]).json()
        totals.add(page["total"])
        seen += [item["action"]["title"] for item in page["items"]]
        address, last = page["next"], page
    assert (seen, totals) == ([f"Action {number}" for number in range(5)], {5})
    assert "offset=2" in last["previous"]
    assert "q=action" in last["previous"]


def aged(plan, **fields):
    """An action that was written a year ago."""
    long_ago = timezone.now() - timedelta(days=365)
    with within(plan.organisation):
        return Action.objects.create(
            organisation=plan.organisation, plan=plan, order=0, title="Old", changed_at=long_ago, **fields
        )


def change_title(action):
    action.title = "New"
    action.save()


DEEDS = {
    "its title": change_title,
    "a queryset": lambda action: Action.objects.update(comments="Looked at"),
    "a part added": lambda action: actions.save_parts(
        [
            Doubt(
                organisation=action.organisation,
                plan=action.plan,
                action=action,
                order=0,
                field="x",
                kind="x",
                message="x",
            )
        ]
    ),
    "its theme's title": lambda action: type(action.theme).objects.update(title="Renamed"),
    "an edit": lambda action: actions.edit_action(
        actor=None, action=action, data=interchange.action_as_data(action) | {"owners": [OFFICE]}
    ),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_whatever_changes_an_action_is_noted(deed, plan, program):
    action = aged(plan, theme=ThemeFactory(organisation=plan.organisation, plan=plan))
    since = {"changed_since": (datetime.now(UTC) - timedelta(hours=1)).isoformat()}
    path = f"plans/{plan.pk}/actions"
    assert program.get(path, since).json()["total"] == 0
    with within(plan.organisation):
        DEEDS[deed](action)
    assert program.get(path, since).json()["total"] == 1


def test_what_changes_nothing_is_not_noted(plan):
    action = aged(plan)
    before = action.changed_at
    with within(plan.organisation):
        action.save()
        Action.objects.update(title="Old")
        action.refresh_from_db()
    assert action.changed_at == before


@pytest.mark.parametrize(
    ("path", "queries"),
    [("plans", 15), ("plans/{}", 14), ("plans/{}/actions", 22), ("plans/{}/interchange", 22)],
)
def test_three_cost_no_more_queries_than_one(path, queries, plan, program, query_count):
    path = path.format(plan.pk)
    make_action(plan, **WHOLE)
    program.get(path)
    with query_count(queries):
        program.get(path)
    for _ in range(2):
        make_action(plan, **WHOLE)
        PlanFactory(organisation=plan.organisation)
    with query_count(queries):
        program.get(path)


def test_plans_of_others_cost_no_more_queries_for_three(plan, other_organisation, query_count):
    program = Program(make_key(other_organisation)[1])
    publish(plan)
    wanted = {"organisation": plan.organisation.slug}
    program.get("plans", wanted)
    with query_count(15):
        assert program.get("plans", wanted).json()["total"] == 1
    for _ in range(2):
        publish(PlanFactory(organisation=plan.organisation))
    with query_count(15):
        assert program.get("plans", wanted).json()["total"] == 3


def test_public_fields_keep_every_key_of_the_format(plan, organisation):
    make_action(plan, **WHOLE)
    with within(organisation):
        action = actions_whole(plan).get()
        assert set(publishing.public_action(action)) == set(interchange.action_as_data(action))
