"""Lines over time are kept in memory. Whoever asks next must be told no more by that than whoever asks first: no other's figures, no other's rows, nothing withdrawn."""

from datetime import date

import pytest
from django.urls import reverse

from desaga.organisations.states import Role
from desaga.organisations.tests.factories import OrganisationFactory, UnitFactory
from desaga.tenancy.context import within
from desaga.workforce.operations import releases
from desaga.workforce.releasing import kept_lines, queries
from desaga.workforce.releasing.sight import EVERYTHING
from desaga.workforce.states import Audience

from .crowds import UNITS, crowd, snapshot_of
from .factories import released

HEADCOUNT = "workforce.headcount"


@pytest.fixture
def units(organisation):
    return {name: UnitFactory(organisation=organisation, name=name) for name in UNITS}


@pytest.fixture
def steward(member):
    return member(Role.HR_DATA_STEWARD)


def release_of(year, organisation, steward):
    snapshot = snapshot_of(organisation, crowd(), actor=steward, as_at=date(year, 7, 31))
    return released(organisation, snapshot, actor=steward, name=str(year))


def told(page):
    """What the lines of a page say, by question: each row with its words."""
    return {
        one.id: {line.label: [cell.words for cell in line.cells] for line in one.grid.lines}
        for one in page.context["trends"]
    }


def test_what_is_kept_tells_nobody_more(client_of, member, organisation, steward, units):
    former, _ = (release_of(year, organisation, steward) for year in (2024, 2025))
    address = reverse("workforce:show_figure", args=[organisation.slug, "headcount"])
    lead = client_of(member(Role.LEAD))
    all_of_it = told(lead.get(address))
    assert set(all_of_it["unit-along-time"]) == set(UNITS)
    assert told(lead.get(address)) == all_of_it

    # A lower sight, in whichever order they ask.
    for name in ("Physics", "Workshops"):
        own = told(client_of(member(Role.UNIT_LEAD, unit=units[name])).get(address))
        assert own["unit-along-time"] == {name: all_of_it["unit-along-time"][name]}
        assert own["along-time"] == all_of_it["along-time"]
    assert told(lead.get(address)) == all_of_it

    # Another organisation, even one that would name these very releases: nothing, and nothing is spoilt for whose they are.
    with within(organisation, user=steward):
        periods = queries.periods_in_force()
    other = OrganisationFactory()
    with within(other):
        assert queries.periods_in_force() == ()
        for whose in (other, organisation):
            forged = kept_lines.wanted(whose.pk, HEADCOUNT, Audience.PUBLIC, ("", "unit"), EVERYTHING, periods)
            assert kept_lines.lines(forged) == (), whose
    assert told(lead.get(address)) == all_of_it

    # What is restated, and what is withdrawn, is gone from the next page on.
    others = crowd(300, seed=3)  # So many others that none of them can be told from those of before.
    with within(organisation, user=steward):
        snapshot = former.snapshot
        assert [one.pk for one in periods][-1] == former.pk
    again = snapshot_of(organisation, others, actor=steward, as_at=snapshot.as_at, supersedes=snapshot)
    new = released(organisation, again, actor=steward, name="2024, again", restates=former, what_changed="All.")
    restated = told(lead.get(address))
    assert restated["along-time"]["31 July 2024"] != all_of_it["along-time"]["31 July 2024"]
    assert restated["along-time"]["31 July 2025"] == all_of_it["along-time"]["31 July 2025"]
    with within(organisation, user=steward):
        releases.withdraw(actor=steward, release=new, because="Wrong.")
    assert told(lead.get(address)) == {}
