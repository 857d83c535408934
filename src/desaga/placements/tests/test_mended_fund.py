"""The report of a year tells of money what the scheme's own page tells."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..awarding import ClaimKind, ClaimState
from ..fund.money import by_kind, lines
from ..models import Application, Award, Claim, ClaimLine, Scheme, SchemeVersion
from ..operations import fund, schemes
from ..queries import reported
from ..queries.fund import year_of
from ..queries.schemes import money_of, version_in_force
from .factories import make_scheme, with_role
from .fund import make_year


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager)


def claimed_and_approved(award: Award, *costs: tuple[str, int, int | None]) -> None:
    """A claim that was approved: kind, pounds, and what was allowed of it where that is less."""
    own = {"organisation": award.organisation}
    allowed = sum(pounds if cut is None else cut for _, pounds, cut in costs)
    claim = Claim.objects.create(**own, award=award, number=1, kind=ClaimKind.COSTS, state=ClaimState.APPROVED, allowed=allowed)  # fmt: skip
    for kind, pounds, cut in costs:
        ClaimLine.objects.create(
            **own, claim=claim, kind=kind, what="Cost", pounds=Decimal(pounds), allowed=cut, because="" if cut is None else "Too dear"
        )  # fmt: skip


def without_kind(scheme: Scheme, key: str, *, actor) -> None:
    """A version in force that does not pay that kind of cost any more."""
    with within(scheme.organisation, user=actor):
        data = version_in_force(scheme).data
        kinds = [one for one in data["cost_kinds"] if one["key"] != key]
        schemes.write_version(actor=actor, scheme=scheme, data={**data, "cost_kinds": kinds}, note="Less")
        schemes.put_in_force(actor=actor, scheme=scheme)


def test_costs_by_kind_are_what_was_approved_of_them(scheme, manager):
    budget = make_year(scheme, actor=manager, states=["closed"] * 14)
    with within(scheme.organisation, user=manager):
        for award in Award.objects.all():
            claimed_and_approved(award, ("travel", 100, 40), ("accommodation", 60, None), ("care", 90, 0))
        assert by_kind(year_of(budget).spent) == [("Accommodation", Decimal(840)), ("Travel", Decimal(560))]


def test_a_cost_that_was_struck_whole_hides_nobody(scheme, manager):
    """Whoever got nothing of a kind does not stand behind its sum."""
    budget = make_year(scheme, actor=manager, states=["closed"] * 14)
    with within(scheme.organisation, user=manager):
        for number, award in enumerate(Award.objects.order_by("pk")):
            claimed_and_approved(award, ("accommodation", 60, None), ("care", 90, None if number < 3 else 0))
        assert [kind for kind, _ in by_kind(year_of(budget).spent)] == ["Other kinds, together"]


def test_a_kind_that_is_paid_no_more_keeps_its_words(scheme, manager):
    budget = make_year(scheme, actor=manager, states=["closed"] * 14)
    with within(scheme.organisation, user=manager):
        for award in Award.objects.all():
            claimed_and_approved(award, ("subsistence", 30, None))
    without_kind(scheme, "subsistence", actor=manager)
    with within(scheme.organisation, user=manager):
        assert SchemeVersion.objects.filter(scheme=scheme).count() == 2
        assert by_kind(year_of(budget).spent) == [("Meals and small things", Decimal(420))]


def test_the_report_and_the_page_of_the_scheme_tell_of_the_same_money(scheme, manager):
    states = ["offered", "accepted", "agreed", "reported", "closed", "turned_down", "declined"] * 12
    budget = make_year(scheme, actor=manager, states=states)
    with within(scheme.organisation, user=manager):
        # Twelve were called off after something was approved and part of it paid; twelve are finished with something still to pay.
        called_off = Award.objects.filter(application__state="agreed")
        called_off.update(approved=Decimal(70), paid=Decimal(20))
        Application.objects.filter(award__in=called_off).update(state="called_off")
        Award.objects.filter(application__state="closed").update(approved=Decimal(300), paid=Decimal(250))
        Award.objects.filter(application__state="accepted").update(promised=Decimal(600))
        page, report = money_of(budget), dict(lines(year_of(budget)))
        assert page == {
            "amount": Decimal(50_000),
            "asked": 0,
            "committed": Decimal(12 * (500 + 600 + 50 + 500 + 50)),
            "spent": Decimal(12 * (20 + 250)),
            "left": Decimal(50_000 - 12 * (500 + 600 + 70 + 500 + 300)),
        }
        assert report == {
            "Budget": page["amount"],
            "Awarded": page["committed"] + page["spent"],
            "Of which paid": page["spent"],
            "Of which still to be paid": page["committed"],
            "Left": page["left"],
        }


def test_the_report_says_the_money_that_is_left(scheme, manager):
    budget = make_year(scheme, actor=manager, states=["closed"] * 14)
    with within(scheme.organisation, user=manager):
        Award.objects.update(approved=Decimal(400))
        report = fund.begin_report(budget=budget, actor=manager)
        money = next(one for one in reported.content_of(report)["sections"] if one["key"] == "money")
        rows = {label: cells[0][0] for label, cells in money["tables"][0]["rows"]}
    assert rows["Left"] == "£44,400"
