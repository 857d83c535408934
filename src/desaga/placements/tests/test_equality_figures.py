"""What people said of themselves comes out as protected figures of a year that is over, once, and in no other way."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from desaga.disclosure import Kind
from desaga.disclosure.attack import intervals
from desaga.disclosure.tables import grid_relations
from desaga.disclosure.web import believed
from desaga.organisations.models import Person, RoleAssignment
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import OrganisationFactory
from desaga.tenancy.context import within

from ..defining import Question
from ..equality import ALL, NOT_TOLD, POLICY, AskedOf, Told, figures_of
from ..figures import AWARD, NO_AWARD, OTHER, OUTCOMES
from ..models import Application, EqualityAnswers, EqualityFigures, Round
from ..operations import equality_figures as operations
from ..operations.equality import keep_equality_answers
from ..queries.equality import equality_figures
from .factories import make_applicant, make_application, make_round, make_scheme, moved, received, with_role
from .panels import make_member

SEX = Question(key="sex", kind="choice", label="Sex", choices=[{"value": "female", "label": "Female"}, {"value": "male", "label": "Male"}])  # fmt: skip
DISABLED = Question(key="disabled", kind="yes_no", label="Are you disabled?")
LAST_YEAR = timezone.localdate().year - 1


def people(*rows):
    """(how many, what came of it, panel, sex, disabled)"""
    return [Told(outcome, panel, {"sex": sex, "disabled": disabled}) for number, outcome, panel, sex, disabled in rows for _ in range(number)]  # fmt: skip


CROWD = people(
    (40, AWARD, "March", "female", "no"), (35, AWARD, "October", "male", "no"), (3, AWARD, "March", "male", "yes"), (25, NO_AWARD, "March", "male", "no"),
    (30, NO_AWARD, "October", "female", "no"), (12, NO_AWARD, "October", None, None), (14, OTHER, "March", "female", "yes"), (11, OTHER, "October", "male", None),
)  # fmt: skip


def test_people_are_counted_by_what_came_of_it_and_by_panel_and_not_told_is_a_row():
    sex, disabled = figures_of([SEX, DISABLED], CROWD)
    assert [table.by for table in sex.tables] == ["What came of it", "Panel"]
    assert sex.tables[0].columns == (*OUTCOMES, ALL)
    assert [label for label, _ in sex.tables[0].rows] == ["Female", "Male", NOT_TOLD, ALL]
    assert sex.tables[1].columns == ("March", "October", ALL)
    assert sex.tables[0].rows[0][1][0].value == 40
    small = disabled.tables[0].rows[0][1][0]
    assert (small.kind, small.value) == (Kind.SUPPRESSED, None)
    # One hidden figure alone would be the difference of the others.
    hidden = sum(cell.kind is Kind.SUPPRESSED for table in disabled.tables for _, cells in table.rows for cell in cells)
    assert hidden >= 4
    for _, cells in [row for one in (sex, disabled) for table in one.tables for row in table.rows]:
        assert all(cell.value is None or cell.value % 5 == 0 for cell in cells)


def test_a_total_is_the_same_wherever_it_stands():
    sex, disabled = figures_of([SEX, DISABLED], CROWD)
    by_outcome, by_panel = ([cells[-1] for _, cells in table.rows] for table in sex.tables)
    assert by_outcome == by_panel
    assert sex.tables[0].rows[-1][1] == disabled.tables[0].rows[-1][1]


def test_too_few_and_too_alike_are_not_shown():
    assert figures_of([SEX], people((9, AWARD, "March", "female", "no"))) == []
    (alike,) = figures_of([SEX], people((40, AWARD, "March", "female", "no"), (40, NO_AWARD, "March", "male", "no")))
    assert alike.tables == ()
    assert figures_of([Question(key="words", kind="line", label="In words")], CROWD) == []


def test_what_is_kept_reads_as_it_was():
    for one in figures_of([SEX, DISABLED], CROWD):
        assert AskedOf.from_data(json.loads(json.dumps(one.as_data()))) == one


COUNTS = st.lists(st.integers(0, 30), min_size=18, max_size=18)


@settings(max_examples=15, deadline=None)
@given(COUNTS)
def test_who_knows_every_award_and_every_panels_list_still_learns_nothing_of_a_few(counts):
    """An attacker of its own, over both tables at once, to whom all totals of outcomes and of panels are exact."""
    cells = [(outcome, panel, sex) for outcome in OUTCOMES for panel in ("March", "October") for sex in ("female", "male", None)]  # fmt: skip
    crowd = people(*((number, outcome, panel, sex, None) for number, (outcome, panel, sex) in zip(counts, cells, strict=True)))  # fmt: skip
    for asked in figures_of([SEX], crowd, seconds=3):
        for table in asked.tables:
            attack(table, crowd)


def attack(table, crowd):
    name = "outcome" if table.columns[:-1] == OUTCOMES else "panel"
    values = ("female", "male", None)
    counts = [[sum(one.answers["sex"] == value and getattr(one, name) == column for one in crowd) for column in table.columns[:-1]] for value in values]  # fmt: skip
    grid = [[*row, sum(row)] for row in counts]
    grid.append([sum(column) for column in zip(*grid, strict=True)])
    bounds = [
        (count, count) if r == len(grid) - 1 else (0, None) if cell.value is None else believed(int(cell.value), POLICY)
        for r, (row, (_, cells)) in enumerate(zip(grid, table.rows, strict=True))
        for count, cell in zip(row, cells, strict=True)
    ]
    width = len(grid[0])
    few = [r * width + c for r in range(len(values)) for c in range(width) if 0 < grid[r][c] < POLICY.threshold]
    rows = [([i for i, _ in one], [float(w) for _, w in one], 0.0, 0.0) for one in grid_relations(len(grid), width)]
    found = intervals([low for low, _ in bounds], [high for _, high in bounds], rows, few)
    for at, (least, most) in found.items():
        doubt = min(POLICY.threshold, grid[-1][at % width])
        assert most is None or most - least >= doubt, (grid, at, least, most)


# ---- With the database


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


def applied(scheme, number, sex, *deeds, applicant=None):
    """One through the operations, the others like it, each another person's unless told."""
    first = moved(received(make_application(scheme, applicant=applicant)), *deeds)
    with within(scheme.organisation):
        for count in range(number):
            one = first if not count else Application.objects.get(pk=first.pk)
            if count:
                one.pk, one.submission, one.reference = None, None, f"{first.reference}{count}"
                one.applicant = Person.objects.create(name="Another", recorded_by=scheme.organisation)
                one.save()
            if sex:
                keep_equality_answers(actor=None, application=one, answers={"sex": sex})


def over(scheme):
    """The panel told its outcomes last year."""
    day = date(LAST_YEAR, 6, 15)
    with within(scheme.organisation):
        told = {"state": "released", "released_at": timezone.now()}
        Round.objects.filter(scheme=scheme).update(cut_off_on=day, meets_on=day, answers_by=day, **told)


@pytest.fixture
def scheme(organisation, manager):
    scheme = make_scheme(organisation, actor=manager, starts_on=date(2000, 1, 1))
    applied(scheme, 12, "female", "find_eligible", "decline")
    applied(scheme, 11, "male", "find_eligible", "decline")
    applied(scheme, 1, None, "find_eligible", "decline")
    return scheme


def test_a_year_is_made_once_when_it_is_over_and_stays(scheme, manager):
    told = {"actor": manager, "scheme": scheme, "year": LAST_YEAR}
    with within(scheme.organisation, user=manager):
        with pytest.raises(operations.YearIsNotOver):
            operations.make_figures(**told)
        with pytest.raises(operations.YearIsNotOver):
            operations.make_figures(**told | {"year": timezone.localdate().year})
    over(scheme)
    with within(scheme.organisation, user=manager):
        assert equality_figures(scheme, LAST_YEAR) is None
        operations.make_figures(**told)
        year = equality_figures(scheme, LAST_YEAR)
        assert year.policy == POLICY.sentence
        sex = year.questions[0]
        shown = {label: cells[-1].value for label, cells in sex.tables[0].rows}
        assert shown.get("Female") in (10, None)
        # One changes what they said, another moves up from the reserve list: the figures tell nothing of it.
        EqualityAnswers.objects.all().delete()
        Application.objects.filter(scheme=scheme).update(state="offered")
        with pytest.raises(operations.MadeAlready):
            operations.make_figures(**told)
        assert operations.make_all_over(scheme=scheme, now=timezone.now()) == 0
        assert equality_figures(scheme, LAST_YEAR) == year
        assert not {one["key"] for one in EqualityFigures.objects.get().data["questions"]} - {
            "sex",
            "disabled",
            "ethnicity",
            "age",
        }


def test_a_person_who_applied_twice_is_one(organisation, manager):
    scheme = make_scheme(organisation, actor=manager, starts_on=date(2000, 1, 1))
    twice = make_applicant(scheme)
    applied(scheme, 1, "female", "find_eligible", "decline", applicant=twice)
    applied(scheme, 1, "female", "find_eligible", applicant=twice)
    make_round(scheme, actor=manager, meets_in=90)
    with within(organisation):
        Application.objects.filter(scheme=scheme, state="eligible").update(state="offered")
        first = Round.objects.order_by("meets_on")[0]
        Round.objects.filter(pk=first.pk).update(state="released", released_at=timezone.now())
        (told,) = operations._people(scheme, first.meets_on.year)
    assert (told.outcome, told.answers) == (AWARD, {"sex": "female"})


ADDRESSES = ("show_equality_figures", "take_equality_figures_out", "make_equality_figures")


def test_nobody_else_reads_them_by_any_way(scheme, manager, organisation, client):
    over(scheme)
    with within(organisation, user=manager):
        operations.make_figures(actor=manager, scheme=scheme, year=LAST_YEAR)
    chair, _ = make_member(scheme, actor=manager, name="Cora Chair", role=Role.PANEL_CHAIR)
    reader, _ = make_member(scheme, actor=manager, name="Rita Reader")
    both = with_role(organisation, Role.SCHEME_MANAGER, "Bo Both")
    with within(organisation):
        RoleAssignment.objects.create(
            organisation=organisation, person=both.person, role=Role.REVIEWER, starts_on=date(2020, 1, 1)
        )
    home = OrganisationFactory(has_workspace=True)
    others = {
        "lead": with_role(organisation, Role.LEAD, "Lee Lead"), "chair": chair, "reader": reader, "manager who reads for the panel": both, "finance": with_role(organisation, Role.FINANCE, "Fin Ance"),
        "home lead": with_role(home, Role.LEAD, "Hope Home"), "applicant": make_applicant(scheme), "nobody": None,
    }  # fmt: skip
    for who, user in others.items():
        client.force_login(user) if user else client.logout()
        client.get(reverse("placements:show_scheme", args=[organisation.slug, scheme.slug]))
        for name in ADDRESSES:
            seen = set()
            for year in (LAST_YEAR, LAST_YEAR - 7):
                args = [organisation.slug, scheme.slug] + ([year] if name != "show_equality_figures" else [])
                with CaptureQueriesContext(connection) as queries:
                    answer = client.get(reverse(f"placements:{name}", args=args))
                seen.add((answer.status_code, len(queries)))
            # Whether a year has its figures is told by neither the answer nor the work that it takes.
            assert len(seen) == 1, (who, name, seen)
            assert seen.pop()[0] in (302, 403, 404), (who, name)
        if user:
            for page in ("show_scheme", "list_applications", "list_reading", "list_awards", "show_definition"):
                text = client.get(reverse(f"placements:{page}", args=[organisation.slug, scheme.slug])).content.decode()
                assert "equality/" not in text.replace("definition/equality/", ""), (who, page)
    client.force_login(manager)
    assert (
        "Equality figures" in client.get(reverse("placements:show_scheme", args=[organisation.slug, scheme.slug])).text
    )


def test_the_page_and_the_file_have_protected_values_alone(scheme, manager, organisation, client, query_count):
    over(scheme)
    client.force_login(manager)
    args = [organisation.slug, scheme.slug]
    page = reverse("placements:show_equality_figures", args=args)
    assert f"Make the figures of {LAST_YEAR}" in client.get(page).text
    client.post(reverse("placements:make_equality_figures", args=[*args, LAST_YEAR]))
    told = client.get(page).text
    assert "Fewer than 10 people are hidden" in told
    assert "Not told" in told
    with query_count(16):
        client.get(page)
    rows = (
        client.get(reverse("placements:take_equality_figures_out", args=[*args, LAST_YEAR]))
        .content.decode("utf-8-sig")
        .splitlines()
    )
    assert rows[0].startswith("Question,Answer,By,Column,People")
    numbers = {line.split(",")[-2] for line in rows[1:] if line.startswith(("Sex", "Age", "Ethnic", "Are you"))}
    assert numbers <= {"", "0", "10", "15", "20", "25"}
