"""From an offer to the end of a placement, as the operations tell it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..operations import reports
from ..queries.schemes import money_of
from .awarding import afresh, agreed, claimed, paid, reported
from .factories import make_scheme, with_role


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager)


def test_from_offer_to_the_end(scheme, manager):
    award = agreed(scheme, actor=manager)
    assert award.application.state == "agreed"
    claim = paid(claimed(award, "400", "200.50"), actor=manager)
    assert (claim.state, claim.payment.amount, afresh(award).paid) == ("paid", Decimal("600.50"), Decimal("600.50"))
    reported(award)
    with within(scheme.organisation, user=manager):
        reports.accept_report(award=award, actor=manager)
        closed = reports.finish(award=award, actor=manager)
        sums = money_of(scheme.budgets.get())
    assert closed.application.state == "closed"
    told = {name: str(value) for name, value in sums.items()}
    assert told == {"amount": "20000.00", "asked": "0", "committed": "0", "spent": "600.50", "left": "19399.50"}
