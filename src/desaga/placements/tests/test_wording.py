"""One answer has one wording, whoever reads it: applicant and copy, staff and panel, approvers, the pack to take along."""

from __future__ import annotations

from decimal import Decimal
from html import unescape

import pytest
from django.urls import reverse

from desaga.organisations.states import Role

from ..answering import look
from ..reading_papers import answer_blocks
from ..shipped import shipped
from ..telling import BLACK, Hidden, tell
from ..wording import parts_told
from ..written import told
from .factories import answers_for, make_application, make_scheme, received, with_role

PROGRAMME = shipped("knowledge-exchange").definition
COSTS = [
    {"kind": "travel", "what": "Train to Hostwick", "pounds": "1,084", "currency": "EUR", "foreign": "1,295.50"},
    {"kind": "accommodation", "what": "", "pounds": "900.5", "currency": "GBP", "foreign": ""},
]
LINES = ("Travel: Train to Hostwick, £1,084 (1,295.50 EUR)", "Accommodation, £900.50", "Together: £1,984.50")


def costs_in(parts, name):
    return next(
        one for part in parts for one in getattr(part, name) if "cost" in one.label.lower() and "£" in str(one.words)
    )


def test_a_line_of_costs_says_kind_words_sum_and_currency_to_each_of_its_readers():
    typed = answers_for(costs=COSTS)
    looked = look(PROGRAMME, typed)
    assert costs_in(parts_told(PROGRAMME, typed, looked), "lines").words == LINES
    assert costs_in(told(PROGRAMME, looked, "approval"), "lines").words == "\n".join(LINES)
    for hidden in (None, Hidden()):
        assert costs_in(tell(PROGRAMME, typed, hidden), "answers").words == "\n".join(LINES)


def test_the_pack_says_it_in_columns():
    answer = costs_in(tell(PROGRAMME, answers_for(costs=COSTS), Hidden()), "answers")
    assert list(answer_blocks(answer))[-1].rows == [
        ["Travel: Train to Hostwick", "1,084.00", "1,295.50 EUR"],
        ["Accommodation", "900.50", ""],
        ["Together", "1,984.50", ""],
    ]


def test_words_are_black_in_a_line_of_costs_too():
    answer = costs_in(tell(PROGRAMME, answers_for(costs=COSTS), Hidden(blackened={"costs": ["Hostwick"]})), "answers")
    assert answer.words.startswith(f"Travel: Train to {BLACK}, £1,084")
    assert answer.costs[0].name == f"Travel: Train to {BLACK}"


@pytest.mark.parametrize(
    ("key", "raw", "words"),
    [
        ("starts_on", {"day": "3", "month": "2", "year": "2027"}, "3 February 2027"),
        ("on_grant", "no", "No"),
        ("nation", "england", "England"),
        ("host", {"organisation": "University of Hostwick", "country": "Ireland", "contact": ""}, "University of Hostwick, Ireland"),
        ("employer", {"name": "University of Farfield"}, "University of Farfield"),
        ("aims", " To learn.\n\nTo teach. ", "To learn.\n\nTo teach."),
        ("ask_host", {"name": "Hugo Host", "email": "hugo@hostwick.example"}, "Hugo Host, hugo@hostwick.example"),
    ],
)  # fmt: skip
def test_every_kind_of_answer_reads_the_same_to_applicant_and_staff(key, raw, words):
    typed = answers_for(**{key: raw})
    lines = {
        one.key: "\n".join(one.words)
        for part in parts_told(PROGRAMME, typed, look(PROGRAMME, typed))
        for one in part.lines
    }
    staff = {one.key: one.words for part in tell(PROGRAMME, typed) for one in part.answers}
    assert staff[key] == words
    assert lines == {key: told.replace("\n\n", "\n") for key, told in staff.items()}, "each line is a paragraph there"


@pytest.mark.parametrize(
    ("key", "raw", "words"),
    [
        ("starts_on", {"day": "31", "month": "2", "year": "2027"}, ("31 2 2027",)),
        ("working_days", "ten or so", ("ten or so",)),
        ("costs", [{"kind": "travel", "what": "Train", "pounds": "a lot", "currency": "GBP", "foreign": ""}], ("Travel: Train, £a lot",)),
        ("costs", [{"kind": "", "what": "Train", "pounds": "9", "currency": "GBP", "foreign": ""}, {}], ("Train, £9",)),
        ("host", {"organisation": "", "country": "Ireland"}, ("Ireland",)),
        ("costs", "nonsense", ("Not answered",)),
        ("aims", "", ("Not answered",)),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_stands_as_it_was_typed(key, raw, words):
    typed = answers_for(**{key: raw})
    lines = {one.key: one for part in parts_told(PROGRAMME, typed, look(PROGRAMME, typed)) for one in part.lines}
    assert lines[key].words == words
    assert lines[key].trouble


def test_staff_and_the_whole_page_name_the_kind_of_a_cost(organisation, client_of):
    manager = with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")
    scheme = make_scheme(organisation, actor=manager, like="collaboration-fund")
    costs = [{"kind": "event", "what": "", "pounds": "800", "currency": "GBP", "foreign": ""}]
    application = received(make_application(scheme, like="collaboration-fund", costs=costs), actor=manager)
    address = reverse("placements:look_at_application", args=[organisation.slug, scheme.slug, application.reference])
    page = unescape(client_of(manager).get(address).text)
    assert "<li>Rooms and catering, £800</li>" in page
    assert "<li><strong>Together: £800</strong></li>" in page
    assert application.asked == Decimal(800)
