from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ..timeline import LABELS, WIDTH, Lane, Scale, Stretch, Undertaking, draw_timeline

SVG = "{http://www.w3.org/2000/svg}"
MARCH = Stretch(date(2026, 3, 1), date(2026, 3, 31))
DAY = Stretch(date(2026, 9, 30), date(2026, 9, 30))


def drawn(*rows: Undertaking, heading: str = "Careers", today: date = date(2026, 6, 1)) -> Any:
    svg = draw_timeline(
        [Lane(heading, rows)],
        first=date(2026, 1, 1),
        last=date(2026, 12, 31),
        today=today,
        title="Two fall due",
        described="A & B",
    )
    return etree.fromstring(svg.encode())


def fills(root: Any) -> list[str]:
    return [rect.get("fill") for rect in root.iter(f"{SVG}rect")]


def test_a_month_is_hatched_a_day_is_full_and_what_lies_between_is_sure() -> None:
    assert fills(drawn(Undertaking(1, "A", begins=MARCH, ends=DAY))) == ["url(#dsg-hatch-0072b2)", "#0072b2", "#0072b2"]


def test_a_term_is_hatched_as_a_whole() -> None:
    autumn = Undertaking(
        1,
        "A",
        begins=Stretch(date(2026, 9, 1), date(2026, 9, 30)),
        ends=Stretch(date(2026, 12, 1), date(2026, 12, 31)),
        is_vague=True,
    )

    (rect,) = list(drawn(autumn).iter(f"{SVG}rect"))

    assert rect.get("fill") == "url(#dsg-hatch-0072b2)"
    scale = Scale(date(2026, 1, 1), date(2026, 12, 31))
    assert float(rect.get("x")) == scale.at(date(2026, 9, 1))


def test_an_end_alone_leads_in_with_dots_and_what_goes_on_has_an_open_arrow() -> None:
    dotted = [path.get("stroke-dasharray") for path in drawn(Undertaking(1, "A", ends=DAY)).iter(f"{SVG}path")]
    going = [path.get("d") for path in drawn(Undertaking(1, "A", goes_on=True)).iter(f"{SVG}path")]

    assert "2 5" in dotted
    assert any(f"H{WIDTH - 14}" in d for d in going)


def test_an_arrow_leads_from_what_is_waited_for_only_where_both_are_known() -> None:
    first, second = Undertaking(1, "A", ends=DAY), Undertaking(2, "B", ends=MARCH, waits_for=[1, 9])
    unknown = Undertaking(2, "B", waits_for=[1])

    assert [p for p in drawn(first, second).iter(f"{SVG}path") if p.get("marker-end")]
    assert not [p for p in drawn(first, unknown).iter(f"{SVG}path") if p.get("marker-end")]


def test_words_are_words_and_nothing_is_styled() -> None:
    root = drawn(Undertaking(1, "<script>&", ends=DAY), heading='"A" & B')

    assert "<script>&" in [text.text for text in root.iter(f"{SVG}text")]
    assert not [element for element in root.iter() if element.get("style")]
    assert (root.get("role"), root.get("aria-label")) == ("img", "Two fall due. A & B")


def test_nothing_to_draw_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a row"):
        draw_timeline([Lane("Empty")], first=DAY.first, last=DAY.last, today=DAY.first, title="", described="")


DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
STRETCHES = st.none() | st.tuples(DAYS, DAYS).map(lambda pair: Stretch(min(pair), max(pair)))


@given(
    begins=STRETCHES,
    ends=STRETCHES,
    going=st.booleans(),
    stages=st.lists(STRETCHES.filter(bool), max_size=3),
    first=DAYS,
    today=DAYS,
)
def test_everything_stays_on_the_paper(
    begins: Any, ends: Any, going: bool, stages: Any, first: date, today: date
) -> None:
    row = Undertaking(1, "A", begins=begins, ends=ends, goes_on=going, stages=stages)
    svg = draw_timeline(
        [Lane("", [row])],
        first=first,
        last=max(first, date(first.year + 1, 6, 1)),
        today=today,
        title="T",
        described="D",
    )

    for rect in etree.fromstring(svg.encode()).iter(f"{SVG}rect"):
        assert float(rect.get("x")) >= LABELS
        assert float(rect.get("x")) + float(rect.get("width")) <= WIDTH
        assert float(rect.get("width")) > 0
