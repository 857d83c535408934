"""Bars in groups: each is said with whose it is, and what is hidden is drawn as hidden."""

from __future__ import annotations

import pytest

from ..colours import BLUE, GREY, SKY
from ..grouped import Group, GroupBar, grouped_bars
from ..marked import Mark

OURS = GroupBar("Technical staff", Mark("32.1 %", 32.1), BLUE)
REST = GroupBar("Rest of the institution", Mark("..", None, "hidden"), SKY)
OTHERS = GroupBar("The sector, 2023/24", Mark("40 %", 40), GREY)
TOLD = {"title": "Women", "counted": "July 2025", "heading": "Share", "value_heading": "Per cent"}


def test_groups_stand_under_their_names_and_say_whose_each_bar_is():
    chart = grouped_bars(**TOLD, groups=[Group("Women", [OURS, REST, OTHERS]), Group("Aged 50", [OURS])])
    assert chart.described == "Women: Technical staff 32.1 %, Rest of the institution hidden, The sector, 2023/24 40 %; Aged 50: Technical staff 32.1 %."  # fmt: skip
    assert chart.table.rows[0] == ("Women: Technical staff", ("32.1 %",))
    assert all(word in chart.narrow for word in ("Women", "Aged 50", "dsg-hidden-", BLUE.fill, GREY.fill))


def test_nothing_to_draw_is_refused():
    with pytest.raises(ValueError, match="needs a bar"):
        grouped_bars(**TOLD, groups=[Group("Women", [])])
