"""Versions of the definition, what they make of a snapshot, and what people decide."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import Error, transaction
from django.urls import reverse
from django.utils import timezone

from desaga.audit.models import Entry
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import OrganisationFactory, UnitFactory, member_of
from desaga.tenancy.context import within

from .. import compared, defined
from ..defining import REST, STARTING, Condition, Counting, Looks, Outcome, Rule
from ..models import Classification, ClassifiedRow, Decision, DefinitionVersion
from ..operations import classifying, definitions, settling
from ..populating import population_of
from ..releasing.whom import whom_of
from .factories import HEADS, ROWS, adopted, classified, csv_of, loaded

pytestmark = pytest.mark.django_db

DAY = date(2025, 8, 1)


@pytest.fixture
def organisation():
    return OrganisationFactory()


@pytest.fixture
def steward(organisation):
    return member_of(organisation, Role.HR_DATA_STEWARD)


@pytest.fixture
def held(organisation, steward):
    """Three people under the definition to start from: a technician by title and one specialist are asked about."""
    return classified(loaded(organisation, actor=steward), actor=steward)


def by_title(held):
    return {
        row.contract.job_title: row
        for row in ClassifiedRow.objects.filter(classification=held).select_related("contract")
    }


def test_a_snapshot_is_classified_and_each_row_says_by_which_rule(organisation, held):
    with within(organisation):
        rows = by_title(held)
        assert {title: (row.outcome, row.technical) for title, row in rows.items()} == {
            "Workshop Technician": ("ask", False),
            "Imaging Specialist": ("ask", False),
            "Lecturer": ("other", False),
        }
        assert rows["Lecturer"].rule == REST
        assert rows["Workshop Technician"].rule == 10
        counts = defined.rule_counts(held)
        assert (counts[10].people, counts[10].open) == (1, 1)
        assert (held.state, held.done) == ("done", 3)


def test_an_answer_holds_until_taken_back_and_stands_in_other_versions(organisation, steward, held):
    with within(organisation, user=steward):
        technician = by_title(held)["Workshop Technician"]
        made = settling.answer(actor=steward, classification=held, keys=[technician.key], technical=True)
        assert by_title(held)["Workshop Technician"].technical
        assert defined.borderline(held).count() == 1
        assert technician.contract.job_title not in Entry.objects.latest("pk").note
        with pytest.raises(settling.NobodyLeft):
            settling.answer(actor=steward, classification=held, keys=[technician.key], technical=False)
        settling.take_back(actor=steward, press=made[0].press)
        assert not by_title(held)["Workshop Technician"].technical
        with pytest.raises(settling.NothingToTakeBack):
            settling.take_back(actor=steward, press=made[0].press)


def test_an_override_needs_a_reason_beats_the_rules_and_the_one_before(organisation, steward, held):
    with within(organisation, user=steward):
        key = by_title(held)["Lecturer"].key
        with pytest.raises(settling.SayWhy):
            settling.override(actor=steward, classification=held, key=key, technical=True, reason=" ")
        for technical in (False, True):
            settling.override(
                actor=steward, classification=held, key=key, technical=technical, reason="Runs the glass shop."
            )
        assert by_title(held)["Lecturer"].technical
        assert Decision.objects.filter(taken_back_at=None).count() == 1


def test_a_decision_lapses_when_the_job_changes_and_else_goes_on(organisation, steward, held):
    with within(organisation, user=steward):
        group = {"title": "Imaging Specialist", "grade": "6"}
        settling.answer_group(actor=steward, classification=held, technical=True, **group)
        settling.answer_group(
            actor=steward, classification=held, title="Workshop Technician", grade="5", technical=True
        )
    promoted = (*ROWS[0][:5], "7", *ROWS[0][6:])
    later = loaded(organisation, csv_of([promoted, *ROWS[1:]]), actor=steward, as_at=date(2026, 7, 31))
    after = classified(later, actor=steward, version=held.version)
    with within(organisation, user=steward):
        rows = by_title(after)
        assert rows["Imaging Specialist"].technical
        assert not rows["Workshop Technician"].technical
        assert [row.key for row in defined.borderline(after)] == [rows["Workshop Technician"].key]


def test_figures_count_whom_the_version_in_force_and_people_say(organisation, steward, held):
    with within(organisation, user=steward):
        settling.answer_group(
            actor=steward, classification=held, title="Workshop Technician", grade="5", technical=True
        )
        for whom in (whom_of(held.snapshot), whom_of(held.snapshot, "1 of 1 August 2025")):
            population = population_of(held.snapshot, whom.classify)
            assert [person.main.title for person in population.technical()] == ["Workshop Technician"]
            assert whom.version == "1 of 1 August 2025"
            assert whom.sentences[0] == "The first rule that fits a contract decides."
        ClassifiedRow.objects.all().delete()
        Classification.objects.all().delete()
        population = population_of(held.snapshot, whom_of(held.snapshot).classify)
        assert [person.main.title for person in population.technical()] == ["Workshop Technician"]


def test_a_draft_is_changed_as_seen_adopted_and_then_never_again(organisation, steward):
    with within(organisation, user=steward):
        draft = definitions.start_draft(actor=steward, organisation=organisation, definition=STARTING)
        with pytest.raises(definitions.DraftStands):
            definitions.start_draft(actor=steward, organisation=organisation, definition=STARTING)
        main = {"change": lambda one: replace(one, counting=Counting.MAIN)}
        draft = definitions.change_draft(actor=steward, version=draft, seen=0, **main)
        assert draft.definition.counting == Counting.MAIN
        with pytest.raises(definitions.DraftHasChanged):
            definitions.change_draft(actor=steward, version=draft, seen=0, change=lambda one: one.without_rule(1))
        empty = Rule((Condition(Looks.TITLE, ("*",)),), Outcome.ASK, "Anything.")
        with pytest.raises(definitions.UnfitDefinition, match="Rule 12: “\\*” has no word in it"):
            definitions.change_draft(actor=steward, version=draft, seen=1, change=lambda one: one.with_rule(empty))
        definitions.adopt(actor=steward, version=draft, in_force_from=DAY, because="Agreed.")
        with pytest.raises(definitions.NoDraft):
            definitions.change_draft(actor=steward, version=draft, seen=1, **main)
        with pytest.raises(Error, match="stays as it is"), transaction.atomic():
            DefinitionVersion.objects.update(because="Other.")
        later = definitions.start_draft(actor=steward, organisation=organisation, definition=STARTING)
        with pytest.raises(definitions.DayBeforeLast):
            definitions.adopt(actor=steward, version=later, in_force_from=date(2025, 7, 31), because="")
        definitions.throw_draft_away(actor=steward, version=later)
        assert defined.in_force() == draft


def test_a_version_for_a_wrong_day_is_refused_or_overtaken_and_locks_nothing(organisation, steward, client_of):
    today = timezone.localdate()
    told = {"actor": steward, "because": "Agreed."}

    def drafted():
        return definitions.start_draft(actor=steward, organisation=organisation, definition=STARTING)

    with within(organisation, user=steward):
        definitions.adopt(**told, version=drafted(), in_force_from=today - timedelta(days=30))
        soon = drafted()
        with pytest.raises(definitions.TooFarAhead, match="Check the year"):
            definitions.adopt(**told, version=soon, in_force_from=today.replace(year=today.year + 36, day=1))
        definitions.adopt(**told, version=soon, in_force_from=today + timedelta(days=300))
        now = definitions.adopt(**told, version=drafted(), in_force_from=today)
        assert [one.is_overtaken for one in defined.versions()] == [False, True, False]
        assert defined.in_force() == defined.in_force(today + timedelta(days=301)) == now
    client = client_of(steward)
    assert (
        "overtaken before that day" in client.get(reverse("workforce:show_definition", args=[organisation.slug])).text
    )
    page = client.get(reverse("workforce:show_version", args=[organisation.slug, soon.pk])).text
    assert "a later version came before that day" in page


def test_what_a_draft_made_of_a_snapshot_goes_when_it_changes(organisation, steward):
    snapshot = loaded(organisation, actor=steward)
    with within(organisation, user=steward):
        draft = definitions.start_draft(actor=steward, organisation=organisation, definition=STARTING)
    held = classified(snapshot, actor=steward, version=draft)
    with within(organisation, user=steward):
        definitions.change_draft(actor=steward, version=draft, seen=0, change=lambda one: one.without_rule(1))
        assert defined.classification(snapshot, draft) is None
        assert not ClassifiedRow.objects.filter(classification=held.pk).exists()


def test_two_versions_are_compared_by_who_moves_and_by_unit_as_a_release_would_count(organisation, steward):
    """Ann Birch holds two part-time technical contracts in two units: both are in her FTE, and she is one person."""
    with within(organisation, user=steward):
        for name in ("Workshops", "Imaging Facility", "Physics"):
            UnitFactory(organisation=organisation, name=name)
    parts = [(*ROWS[0][:4], "Workshop Technician", "5", "Workshops", "0.4"), (*ROWS[0][:4], "Store Technician", "4", "Physics", "0.3")]  # fmt: skip
    rows = [(*row, "01/09/2010", "", number) for number, row in enumerate(parts, 1)]
    snapshot = loaded(organisation, csv_of([*rows, (*ROWS[1], 3), (*ROWS[2], 4)], (*HEADS, "Contract Number")), actor=steward)  # fmt: skip
    held = classified(snapshot, actor=steward)
    with within(organisation, user=steward):
        draft = definitions.start_draft(actor=steward, organisation=organisation, definition=STARTING)
        wide = Rule((Condition(Looks.TITLE, ("technician*", "specialist")),), Outcome.TECHNICIAN, "We count them.")
        definitions.change_draft(
            actor=steward, version=draft, seen=0, change=lambda one: replace(one, rules=(wide, *one.rules))
        )
    after = classified(held.snapshot, actor=steward, version=draft)
    with within(organisation, user=steward):
        moves = defined.moves_between(held, after)
        assert [(move.before, move.after, move.people) for move in moves if move.changes] == [
            (("ask", 9), ("technician", 1), 1),
            (("ask", 10), ("technician", 1), 1),
        ]
        (birch,) = (move for move in moves if move.before == ("ask", 10))
        groups = defined.groups_of_move(held, after, birch)
        assert [(one["contract__job_title"], one["contract__grade"], one["people"]) for one in groups] == [
            ("Workshop Technician", "5", 1)
        ]
        changed = {one.unit: tuple(figure.by for figure in one.figures) for one in compared.changes(held, after)}
        assert changed == {
            "Imaging Facility": (1, 1, Decimal("0.6")),
            "Physics": (0, Decimal("0.4286"), Decimal("0.3")),
            "Workshops": (1, Decimal("0.5714"), Decimal("0.4")),
            "All units": (2, 2, Decimal("1.3")),
        }


def test_a_worker_whose_turn_is_over_keeps_nothing(organisation, steward, held, monkeypatch):
    with within(organisation, user=steward):
        again = classifying.ask_classify(
            actor=steward, snapshot=held.snapshot, version=held.version, in_background=False
        )

    def another(*args):
        with within(organisation, user=steward):
            classifying.ask_classify(actor=steward, snapshot=held.snapshot, version=held.version, in_background=False)
        return ()

    monkeypatch.setattr(classifying, "_worked_out", another)
    classifying.classify(organisation=organisation, actor=steward, classification_id=again.pk)
    with within(organisation, user=steward):
        assert defined.classification(held.snapshot, held.version).state == "asked"
        assert ClassifiedRow.objects.filter(classification=held).count() == 3


def test_a_decision_is_only_ever_taken_back(organisation, steward, held):
    with within(organisation, user=steward):
        key = by_title(held)["Lecturer"].key
        made = settling.override(
            actor=steward, classification=held, key=key, technical=True, reason="Runs the glass shop."
        )
        with pytest.raises(Error, match="never changed"), transaction.atomic():
            Decision.objects.filter(pk=made.pk).update(technical=False)


def test_the_version_in_force_is_that_of_the_day(organisation, steward):
    adopted(organisation, actor=steward, on=date(2024, 8, 1))
    later = adopted(organisation, actor=steward, on=date(2025, 8, 1))
    with within(organisation, user=steward):
        assert defined.in_force(date(2025, 7, 31)).number == 1
        assert defined.in_force() == later
        assert defined.in_force(date(2024, 7, 31)) is None
