"""Small lines over time: what is hidden is a gap and is said, and the last that is known is written."""

from __future__ import annotations

from datetime import date

import pytest

from ..many_lines import Strand, _points, small_lines
from ..marked import Mark

DAYS = [date(2023, 7, 31), date(2024, 7, 31), date(2025, 7, 31)]
HIDDEN = Mark("..", None, "hidden")
TOLD = {"title": "Each", "counted": "People", "heading": "Unit", "days": DAYS}


def test_a_line_for_each_with_its_days_in_words():
    chart = small_lines(**TOLD, strands=[Strand("Physics", [Mark("20", 20), HIDDEN, Mark("30", 30)])])
    assert chart.described == "Physics: 20 in Jul 2023, hidden in Jul 2024, 30 in Jul 2025."
    assert chart.table.headings == ("Unit", "Jul 2023", "Jul 2024", "Jul 2025")
    assert chart.table.rows == (("Physics", ("20", "..", "30")),)
    assert "Physics" in chart.narrow


def test_a_gap_breaks_the_line_and_the_last_that_is_known_is_written():
    points = _points(144, DAYS, Strand("Physics", [Mark("20", 20), HIDDEN, Mark("30", 30)]))
    assert [(one["run"], one["words"]) for one in points] == [(0, ""), (1, "30")]
    assert [(one["x"], one["words"]) for one in _points(144, DAYS, Strand("P", [Mark("5", 5), HIDDEN, HIDDEN]))] == [(0, "5")]  # fmt: skip


def test_nothing_to_draw_is_refused():
    for strands in ([], [Strand("P", [Mark("-5", -5)] * 3)]):
        with pytest.raises(ValueError, match="small lines need"):
            small_lines(**TOLD, strands=strands)
