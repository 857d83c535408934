"""Contact addresses as they are pasted: each line answered, none invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..addressing import AddressLine, TooManyLines, lines_of_tables, lines_of_text
from ..loading import ADDRESS


@pytest.mark.parametrize(
    ("text", "who", "contacts"),
    [
        ("TSM, ann@north.example", "TSM", ("ann@north.example",)),
        ("TSM\tann@north.example; bo@north.example", "TSM", ("ann@north.example", "bo@north.example")),
        ("Ann Smith <ann@north.example>", "Ann Smith", ("ann@north.example",)),
        ('"Smith, Ann" <mailto:ann@north.example>', "Smith, Ann", ("ann@north.example",)),
        ("HR: hr@north.example, HR@north.example", "HR", ("hr@north.example",)),
        ("ann@north.example", "", ("ann@north.example",)),
        ("TSM, ann at north", "TSM, ann at north", ()),
        ("P&C FODs - fods@north.example", "P&C FODs", ("fods@north.example",)),
    ],
)
def test_a_line_says_whose_addresses_are_which(text, who, contacts):
    [line] = lines_of_text(f"\n  {text}  \n\n")
    assert (line.number, line.who, line.contacts) == (2, who, contacts)


def test_rows_of_a_table_are_lines_and_a_heading_is_none():
    table = [(1, ["Name", "E-mail"]), (2, ["TSM", "ann@north.example"]), (3, ["", ""]), (4, ["HR", ""])]
    assert [(line.number, line.who, line.contacts) for line in lines_of_tables([table])] == [
        (2, "TSM", ("ann@north.example",)),
        (4, "HR", ()),
    ]


def test_too_many_lines_are_refused_in_words():
    with pytest.raises(TooManyLines, match="Give them in parts"):
        lines_of_text("TSM, ann@north.example\n" * 2001)


@pytest.mark.parametrize("text", ["x" * 200_000, "x@" * 100_000, "x." * 100_000, "x" * 65 + "@north.example"])
def test_a_long_line_costs_no_more_than_its_length_and_holds_no_address(text):
    [line] = lines_of_text(text)
    assert line.contacts == ()


@given(st.text(max_size=400))
def test_every_line_is_answered_and_no_address_is_invented(text):
    lines = lines_of_text(text)
    said = [part for part in text.splitlines() if part.strip()]
    assert len(lines) == len(said)
    for line, written in zip(lines, said, strict=True):
        assert isinstance(line, AddressLine)
        assert all(address in written and ADDRESS.fullmatch(address) for address in line.contacts)
