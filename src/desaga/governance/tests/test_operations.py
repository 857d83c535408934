"""What may be done, what is refused, and what is written down of it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from desaga.audit.queries import entries_about
from desaga.governance.models import BudgetEntry, BudgetLine, TermsOfReference
from desaga.governance.operations import budget, champions, terms
from desaga.governance.queries import budget_summary, champion_coverage, groups_of
from desaga.governance.queries.groups import terms_to_review
from desaga.organisations.models import RoleAssignment
from desaga.organisations.operations.people import AlreadyHoldsRole
from desaga.organisations.operations.units import SeatEndsBeforeStart, change_seat, give_seat
from desaga.organisations.refusals import Refused
from desaga.organisations.states import MembershipRole, Role
from desaga.organisations.tests.factories import (
    GroupFactory,
    GroupMembershipFactory,
    OrganisationFactory,
    PersonFactory,
    RoleAssignmentFactory,
    UnitFactory,
)
from desaga.tenancy.context import within

from .factories import YEAR, make_champion, make_entry, make_line, make_plan, make_terms

TODAY = date(2026, 11, 28)


@pytest.fixture
def tenant(db):
    organisation = OrganisationFactory()
    with within(organisation):
        yield organisation


def test_versions_of_terms_are_numbered_and_none_changes(tenant):
    group = GroupFactory(organisation=tenant)
    first, second = make_terms(group), make_terms(group, text="Other words", review_on=date(2026, 8, 1))
    assert [first.number, second.number] == [1, 2]
    with pytest.raises(DatabaseError), transaction.atomic():
        TermsOfReference.objects.filter(pk=first.pk).update(text="Rewritten")
    assert [one.text for one in TermsOfReference.objects.filter(group=group)] == ["Other words", first.text]


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"after": 0}, terms.NewerTerms),
        ({"after": 1, "text": "  "}, terms.TermsSayNothing),
        ({"after": 1, "review_on": date(2024, 8, 1)}, terms.ReviewedBeforeAgreed),
    ],
)
def test_terms_that_cannot_be_are_refused(tenant, told, refusal):
    group = GroupFactory(organisation=tenant)
    make_terms(group)
    with pytest.raises(refusal):
        terms.agree_terms(actor=None, group=group, **{"text": "Words", "agreed_on": date(2024, 8, 1), **told})


def test_a_closed_group_gets_no_terms(tenant):
    group = GroupFactory(organisation=tenant, closed_on=TODAY)
    with pytest.raises(terms.GroupIsClosed):
        make_terms(group)


def test_a_group_says_who_sits_in_it_and_how_its_terms_stand(tenant):
    group = GroupFactory(organisation=tenant, name="Steering", meets_every_months=3, next_meeting_on=date(2026, 11, 1))
    chair = GroupMembershipFactory(organisation=tenant, group=group, role=MembershipRole.CHAIR)
    GroupMembershipFactory(organisation=tenant, group=group, is_technicians_seat=True)
    GroupMembershipFactory(organisation=tenant, group=group, ends_on=date(2021, 1, 1))
    make_terms(group, review_on=TODAY)
    [state] = groups_of(tenant, TODAY)
    assert (state.chair, len(state.seats), state.technicians_seats) == (chair.person.name, 2, 1)
    assert (state.meets, state.meeting_is_past) == ("every 3 months", True)
    assert (state.terms.number, state.terms.is_due, state.terms.is_soon) == (1, True, False)


def test_only_the_terms_in_force_wait_for_review(tenant):
    group, closed = GroupFactory(organisation=tenant), GroupFactory(organisation=tenant)
    make_terms(group, review_on=date(2026, 1, 1))
    make_terms(closed, review_on=date(2026, 1, 1))
    closed.closed_on = TODAY
    closed.save()
    assert [one.group for one in terms_to_review(by=TODAY)] == [group]
    make_terms(group, review_on=date(2028, 1, 1))
    assert terms_to_review(by=TODAY) == []


def test_a_seat_is_changed_but_not_to_end_before_it_begins(tenant):
    seat = GroupMembershipFactory(organisation=tenant)
    changed = change_seat(actor=None, seat=seat, role=MembershipRole.SECRETARY, is_technicians_seat=True)
    assert (changed.role, changed.is_technicians_seat) == ("secretary", True)
    with pytest.raises(SeatEndsBeforeStart):
        change_seat(actor=None, seat=seat, ends_on=date(2019, 1, 1))
    with pytest.raises(SeatEndsBeforeStart):
        give_seat(actor=None, group=seat.group, person=PersonFactory(recorded_by=tenant), ends_on=date(2019, 1, 1))


def test_units_are_covered_by_their_own_by_the_one_above_or_not(tenant):
    def unit(name, **fields):
        return UnitFactory(organisation=tenant, name=name, **fields)

    faculty, alone = unit("A"), unit("C", has_technical_workforce=False)
    school = unit("B", parent=faculty)
    unit("D", parent=alone)
    unit("E", has_technical_workforce=False)
    make_champion(faculty)
    make_champion(school, ends_on=date(2026, 11, 27))
    RoleAssignmentFactory(organisation=tenant, role=Role.CHAMPION, unit=None)
    coverage = champion_coverage(tenant, TODAY)
    assert [(one.name, one.depth, one.counts, one.covered.value, one.above) for one in coverage.units] == [
        ("A", 0, True, "own", ""),
        ("B", 1, True, "above", "A"),
        ("C", 0, False, "none", ""),
        ("D", 1, True, "none", ""),
    ]
    assert (coverage.counted, coverage.own, coverage.by_above) == (3, 1, 1)
    assert [gap.name for gap in coverage.gaps] == ["D"]
    assert len(coverage.of_the_whole) == 1


def test_naming_a_champion_gives_the_role_and_standing_down_ends_it(tenant):
    unit, person = UnitFactory(organisation=tenant), PersonFactory(recorded_by=tenant)
    champion = make_champion(unit, person=person)
    assert (champion.role, champion.unit) == (Role.CHAMPION, unit)
    with pytest.raises(AlreadyHoldsRole):
        make_champion(unit, person=person)
    champions.stand_down(actor=None, champion=champion)
    assert not RoleAssignment.objects.filter(ends_on=None, unit=unit).exists()
    lead = RoleAssignmentFactory(organisation=tenant, role=Role.LEAD)
    with pytest.raises(champions.NotAChampion):
        champions.stand_down(actor=None, champion=lead)
    with pytest.raises(champions.UnitIsClosed):
        make_champion(UnitFactory(organisation=tenant, closed_on=TODAY))


def test_a_budget_sums_what_its_entries_say(tenant):
    line = make_line(tenant, allotted=Decimal("100.10"))
    make_line(tenant, name="Awards", allotted=Decimal("50"))
    make_line(tenant, year=YEAR - 1, allotted=Decimal("7"))
    for kind, amount in (("committed", "80.05"), ("spent", "30.10"), ("spent", "-10.00")):
        make_entry(line, kind=kind, amount=Decimal(amount))
    summary = budget_summary(tenant, YEAR)
    assert [(one.name, one.sums.committed, one.sums.spent, one.sums.left) for one in summary.lines] == [
        ("Awards", Decimal("0.00"), Decimal("0.00"), Decimal("50.00")),
        ("Training", Decimal("80.05"), Decimal("20.10"), Decimal("-0.05")),
    ]
    assert [one.name for one in summary.overspent_lines] == ["Training"]
    assert (summary.label, summary.sums.left, summary.sums.overspent) == ("2026/27", Decimal("49.95"), Decimal("0.00"))


def test_what_is_committed_becomes_what_was_spent_and_the_audit_has_both(tenant):
    line = make_line(tenant)
    entry = make_entry(line, kind="committed", amount=Decimal("200"))
    budget.change_entry(actor=None, entry=entry, kind="spent", amount=Decimal("180.40"))
    sums = budget_summary(tenant, YEAR).sums
    assert (sums.committed, sums.spent) == (Decimal("0.00"), Decimal("180.40"))
    changed = entries_about(entry)[0]
    assert changed.changes == {"kind": ["committed", "spent"], "amount": ["200.00", "180.40"]}
    budget.remove_entry(actor=None, entry=entry)
    assert entries_about(entry)[0].changes["amount"] == ["180.40", None]


@pytest.mark.parametrize(("kind", "amount"), [("spent", "0"), ("committed", "0"), ("committed", "-1")])
def test_an_entry_without_an_amount_is_refused_twice(tenant, kind, amount):
    line = make_line(tenant)
    told = {"kind": kind, "amount": Decimal(amount), "on": TODAY, "what": "Nothing"}
    with pytest.raises(budget.NoAmount):
        budget.add_entry(actor=None, line=line, **told)
    with pytest.raises(IntegrityError), transaction.atomic():
        BudgetEntry.objects.create(organisation=tenant, line=line, **told)


def test_lines_are_copied_once_without_what_they_were_used_for(tenant):
    plan = make_plan(tenant)
    make_entry(make_line(tenant, plan=plan, note="Courses"))
    make_line(tenant, name="Awards")
    make_line(tenant, name="AWARDS", year=YEAR + 1, allotted=Decimal("5"))
    assert budget.copy_lines(actor=None, organisation=tenant, year=YEAR + 1) == 1
    copied = BudgetLine.objects.get(year=YEAR + 1, name="Training")
    assert (copied.plan, copied.note, copied.allotted, copied.entries.count()) == (plan, "Courses", Decimal("1000"), 0)
    with pytest.raises(budget.NothingToCopy):
        budget.copy_lines(actor=None, organisation=tenant, year=YEAR + 1)


def test_a_line_keeps_its_entries_its_name_and_its_own_organisation(tenant):
    line = make_line(tenant)
    make_entry(line)
    theirs = make_plan(OrganisationFactory())
    refused: list[tuple[type[Refused], object]] = [
        (budget.LineHasEntries, lambda: budget.remove_line(actor=None, line=line)),
        (budget.LineNameTaken, lambda: make_line(tenant, name="TRAINING")),
        (budget.PlanOfAnother, lambda: make_line(tenant, name="Other", plan=theirs)),
    ]
    for refusal, attempt in refused:
        with pytest.raises(refusal):
            attempt()
    other = make_line(tenant, name="Unused")
    budget.remove_line(actor=None, line=other)
    assert [one.name for one in BudgetLine.objects.all()] == ["Training"]
