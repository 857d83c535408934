import re

import pytest
from lxml import etree

from desaga.charts.colours import HATCH
from desaga.charts.marked import Mark, Panel, longest_of, marked_bars, pyramid, small_multiples

SVG = {"s": "http://www.w3.org/2000/svg"}
HIDDEN = Mark("..", None, "hidden")
MISSING = Mark("–", None, "not collected")
WORDS = {"title": "How old", "counted": "31 July 2026", "heading": "Age"}


def some(number):
    return Mark(str(number), number)


def drawn():
    return {
        "bars": marked_bars(**WORDS, value_heading="People", values=[("Young", some(10)), ("Old", HIDDEN)]),
        "pyramid": pyramid(**WORDS, left="Female", right="Male", rows=[("Young", some(10), HIDDEN)]),
        "small": small_multiples(**WORDS, labels=[("y", "Young"), ("o", "Old")], panels=[Panel("Physics", [some(10), HIDDEN])]),
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["bars", "pyramid", "small"])
def test_what_is_hidden_is_hatched_with_a_pattern_of_its_own_and_said(kind):
    chart = drawn()[kind]
    ids = [re.findall(r'<pattern id="([^"]+)"', svg) for svg in (chart.wide, chart.narrow)]
    assert [len(one) for one in ids] == [1, 1]
    assert ids[0] != ids[1]
    assert all(f"url(#{one})" in svg for (one,), svg in zip(ids, (chart.wide, chart.narrow), strict=True))
    assert HATCH not in chart.wide + chart.narrow
    assert "hidden" in chart.described
    texts = etree.fromstring(chart.wide).xpath("//s:text//text()", namespaces=SVG)
    assert ".." in texts
    assert "10" in texts


@pytest.mark.parametrize("kind", ["bars", "pyramid", "small"])
def test_a_drawing_keeps_to_the_strict_policy(kind):
    chart = drawn()[kind]
    assert re.findall(r"\sstyle=|<style|<script|\son\w+=|javascript:|xlink", chart.wide + chart.narrow) == []


def test_what_is_not_collected_has_no_bar_and_nothing_is_hatched():
    chart = marked_bars(**WORDS, value_heading="People", values=[("Young", MISSING), ("Old", some(5))])
    assert "<pattern" not in chart.wide
    assert chart.table.rows == (("Young", ("–",)), ("Old", ("5",)))


def test_a_chart_of_nothing_but_hidden_cells_can_be_drawn_and_one_of_nothing_cannot():
    assert longest_of([HIDDEN, MISSING]) == 1
    assert "<pattern" in marked_bars(**WORDS, value_heading="People", values=[("Old", HIDDEN)]).wide
    with pytest.raises(ValueError, match="needs a bar"):
        marked_bars(**WORDS, value_heading="People", values=[])
