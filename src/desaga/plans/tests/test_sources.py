from __future__ import annotations

import pytest

from desaga.documents import UnreadableDocument

from ..sources import place, read_confined

TABLE = "Action\tHow\tLead\tTimeframe\nPut technicians on panels\tAsk chairs\tHR\tMar-27\nOpen the workshop\tTwice a year\tTSM\tOngoing\n"


def test_each_action_keeps_the_cells_it_came_from_under_their_headings() -> None:
    found = read_confined("plan.tsv", TABLE.encode())

    titles = [action["title"] for action in found["plan"]["actions"]]
    assert titles == ["Put technicians on panels", "Open the workshop"]
    assert found["rows"][1] == [
        {
            "where": "line 3",
            "cells": [
                {"head": "Action", "text": "Open the workshop"},
                {"head": "How", "text": "Twice a year"},
                {"head": "Lead", "text": "TSM"},
                {"head": "Timeframe", "text": "Ongoing"},
            ],
        }
    ]


def test_what_cannot_be_read_is_refused_under_the_name_it_was_handed_in_with() -> None:
    with pytest.raises(UnreadableDocument) as refusal:
        read_confined("my plan.xlsx", b"PK\x03\x04 and then nothing that a zip file has")

    assert "my plan.xlsx" in str(refusal.value)


def test_a_place_is_said_as_people_say_it() -> None:
    assert place({"sheet": "Action plan", "page": None, "row": 6}) == "sheet Action plan, row 6"
    assert place({"sheet": None, "page": 3, "row": 2}) == "page 3, row 2"
    assert place({"sheet": None, "page": None, "row": 12}) == "line 12"
    assert place({"sheet": None, "page": None, "row": None}) == ""
