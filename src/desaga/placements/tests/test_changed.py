"""A change of an award: what was and what is stand side by side, and the report is due as much later as it ends."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..changed import in_a_line, lines_of
from ..defining import Nouns
from ..models import Award, PlacementReport
from ..operations import changes, reports
from ..operations.agreements import apply_change
from ..operations.hosts import add_place
from ..queries.awards import changes_told
from .awarding import agreed
from .factories import make_scheme, with_role


def change(**told):
    usual = {"starts_on": None, "ends_on": None, "host": "", "amount": None, "was": {}}
    return SimpleNamespace(**usual | told)


def test_each_thing_says_what_was():
    was = {"ends_on": "2027-05-14", "host": "Hostwick", "amount": "900.00", "report_due_on": "2027-06-20"}
    one = change(ends_on=date(2027, 5, 21), host="Fjord", amount=Decimal(950), was=was)
    assert [(line.label, line.was, line.now) for line in lines_of(one, Nouns())] == [
        ("Last day", "14 May 2027", "21 May 2027"),
        ("Host", "Hostwick", "Fjord"),
        ("Award", "£900", "£950"),
        ("Report due", "20 June 2027", "27 June 2027"),
    ]
    assert in_a_line(change(host="Fjord", was={"host": "Hostwick"}), Nouns()) == "host Fjord (was Hostwick)"
    assert in_a_line(change(host="Fjord"), Nouns(host_noun="partner")) == "partner Fjord", (
        "what nobody wrote down is not guessed"
    )


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.mark.parametrize("given", [False, True])
def test_the_report_moves_with_the_last_day(organisation, manager, given):
    award = agreed(make_scheme(organisation, actor=manager))
    with within(organisation, user=manager):
        award = Award.objects.get(pk=award.pk)
        before = PlacementReport.objects.get(award=award).due_on
        if given:
            before += timedelta(days=10)
            reports.move_due(award=award, due_on=before, because="They are ill.", actor=manager)
        later = award.ends_on + timedelta(days=21)
        asked = changes.ask_change(award=award, because="The host is late.", actor=manager, ends_on=later)
        assert asked.was["report_due_on"] == str(before)
        apply_change(award, asked)
        assert PlacementReport.objects.get(award=award).due_on == before + timedelta(days=21)
        (told,) = changes_told(award)
        assert told[1][-1].now.startswith(f"{(before + timedelta(days=21)).day} ")


def test_another_host_is_another_entry_of_the_directory(organisation, manager):
    award = agreed(make_scheme(organisation, actor=manager))
    with within(organisation, user=manager):
        place = add_place(actor=manager, organisation=organisation, name="Fjord Institute", country="Norway")
        award = Award.objects.get(pk=award.pk)
        signs = {"host_name": "Liv", "host_email": "liv@fjord.example"}
        asked = changes.ask_change(award=award, because="Ours closed.", actor=manager, host="fjord institute", **signs)
        apply_change(award, asked)
        award.application.refresh_from_db()
        assert award.application.host_place == place
