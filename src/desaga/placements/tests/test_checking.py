"""What is said of answers that do not go together, or that the scheme cannot fund."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ..answering import Cost
from ..checking import Facts, bars, check, is_abroad
from ..defining import Definition
from ..shipped import shipped

TODAY = date(2026, 11, 29)
FACTS = Facts(
    today=TODAY,
    scheme_from=date(2026, 1, 1),
    scheme_until=date(2027, 12, 31),
    answers_by=date(2027, 3, 26),
    email="ines@elsewhere.example",
)
PLACEMENTS, FUND = (shipped(name).definition for name in ("knowledge-exchange", "collaboration-fund"))
RIGHT: dict[str, Any] = {
    "title": "Cold work",
    "employer": {"name": "University of Farfield"},
    "host": {"organisation": "University of Hostwick", "country": "United Kingdom"},
    "abroad": False,
    "nation": "england",
    "role_word": "role_technician",
    "starts_on": date(2027, 6, 7),
    "ends_on": date(2027, 6, 18),
    "working_days": 10,
    "contract_ends_on": None,
    "on_grant": False,
    "costs": [Cost("travel", "Train", Decimal("120.50"))],
    "advance": False,
    "ask_line_manager": {"name": "Mona", "email": "mona@farfield.example"},
    "ask_host": {"name": "Hugo", "email": "hugo@hostwick.example"},
}


def said(definition: Any = PLACEMENTS, facts: Facts = FACTS, **told: Any) -> list[tuple[str, bool]]:
    return [(one.key, one.is_bar) for one in check(definition, {**RIGHT, **told}, facts)]


def test_nothing_is_said_of_what_is_right():
    assert said() == []


NORWAY = {"organisation": "Fjord Institute", "country": "Norway"}
AWAY = {"abroad": True, "host": NORWAY, "risk_assessed": True, "visa_checked": True, "insured": True}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"contract_ends_on": date(2027, 6, 17)}, ("contract_ends_on", True)),
        ({"contract_ends_on": date(2027, 7, 17)}, ("contract_ends_on", True)),
        ({"on_grant": True, "grant_consent": False}, ("grant_consent", True)),
        ({"ends_on": date(2027, 6, 6)}, ("ends_on", True)),
        ({"working_days": 13}, ("working_days", True)),
        ({"working_days": 0}, ("working_days", True)),
        ({"starts_on": date(2026, 11, 28), "contract_ends_on": None}, ("starts_on", True)),
        ({"ends_on": date(2028, 1, 1)}, ("ends_on", True)),
        ({"starts_on": date(2027, 3, 26)}, ("starts_on", False)),
        ({"host": NORWAY}, ("abroad", True)),
        ({**AWAY, "host": RIGHT["host"]}, ("abroad", True)),
        ({**AWAY, "risk_assessed": False}, ("risk_assessed", False)),
        ({**AWAY, "visa_checked": False}, ("visa_checked", False)),
        ({**AWAY, "insured": False}, ("insured", False)),
        ({"employer": {"name": "The University, Hostwick"}}, ("host", True)),
        ({"nation": "elsewhere"}, ("nation", True)),
        ({"role_word": "none_of_these"}, ("role_word", True)),
        ({"costs": [Cost("care", "", Decimal(1001))]}, ("costs", True)),
        ({"costs": [Cost("travel", "", Decimal(2600)), Cost("accommodation", "", Decimal(2401))]}, ("costs", True)),
        ({"costs": [Cost("travel", "", Decimal(9), "EUR")]}, ("costs", False)),
        ({"ask_host": {"name": "I", "email": "Ines@Elsewhere.example"}}, ("ask_host", True)),
        ({"ask_host": {"name": "M", "email": "MONA@farfield.example"}}, ("ask_host", True)),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_said_where_it_is_mended(told, expected):
    assert said(**told) == [expected]
    (finding,) = check(PLACEMENTS, {**RIGHT, **told}, FACTS)
    assert finding.words.endswith(".")
    assert finding.mend.endswith(".")


def test_the_contract_outlasts_placement_and_report():
    words = [
        bars(PLACEMENTS, {**RIGHT, "contract_ends_on": day}, FACTS) for day in (date(2027, 7, 17), date(2027, 7, 18))
    ]
    assert "before your report is due on 18 July 2027" in words[0][0].words
    assert words[1] == []


def test_caps_at_their_edge():
    assert said(costs=[Cost("care", "", Decimal(600)), Cost("care", "", Decimal(400))]) == []
    assert said(costs=[Cost("travel", "", Decimal(5000))]) == []
    assert said(FUND, starts_on=None, costs=[Cost("travel", "", Decimal("99.99"))]) == [("costs", True)]
    assert said(FUND, starts_on=None, costs=[Cost("travel", "", Decimal(100))]) == []


def test_where_a_scheme_does_not_ask_the_host_says_whether_it_is_abroad():
    told = {"host": NORWAY, "abroad": None, "costs": [Cost("travel", "", Decimal(500))]}
    assert is_abroad({**RIGHT, **told})
    assert said(FUND, **told) == [("host", True)]
    only_abroad = PLACEMENTS.model_copy(update={"home": False})
    assert said(only_abroad) == [("host", True)]


def test_who_had_an_award_rests_one_round():
    had = Facts(**{**FACTS.__dict__, "awarded_in_last_round": True})
    money = {"costs": [Cost("travel", "", Decimal(500))]}
    assert said(FUND, had, **money) == [("title", True)]
    assert said(PLACEMENTS, had) == []


def test_whose_people_may_apply_is_data_with_its_reason():
    rule = {
        "are": "signatories of the charter",
        "names": [["University of Farfield", "Farfield"], ["Northmoor College"]],
    }
    data = PLACEMENTS.as_data()
    bars_others = Definition.model_validate({**data, "employers": rule})
    tells_others = Definition.model_validate({**data, "employers": {**rule, "bars": False}})
    for name in ("University of Farfield", "the university of  Farfield", "FARFIELD", "Northmoor College"):
        assert said(bars_others, employer={"name": name}) == []
    elsewhere = {"employer": {"name": "University of Brackwater"}}
    assert said(bars_others, **elsewhere) == [("employer", True)]
    assert said(tells_others, **elsewhere) == [("employer", False)]
    (finding,) = check(bars_others, {**RIGHT, **elsewhere}, FACTS)
    assert (
        finding.words
        == "“University of Brackwater” is not among those whose people may apply: signatories of the charter."
    )


def test_a_question_offers_the_words_of_the_scheme_and_none_of_them():
    (section, *_) = PLACEMENTS.sections
    offered = next(one for one in section.questions if one.key == "role_word").choices
    assert [one.label for one in offered] == ["Technician", "Research technical professional", "Technical specialist", "Core facility staff", "None of these"]  # fmt: skip
    assert Definition.model_validate(PLACEMENTS.as_data()) == PLACEMENTS, "kept and read again it is the same"


def test_an_advance_where_none_is_paid():
    assert said(PLACEMENTS.model_copy(update={"advance": False}), advance=True) == [("advance", True)]
