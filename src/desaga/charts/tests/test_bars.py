import re

import pytest
from lxml import etree

from desaga.charts.bars import Series, plain_bars, stacked_bars
from desaga.charts.colours import GREY, MEANINGS, OKABE_ITO, Hue

DONE = Series("complete", "Complete", MEANINGS["complete"])
WAITS = Series("not_started", "Not started", MEANINGS["not_started"])
STOPPED = Series("stopped", "Stopped", MEANINGS["stopped"])
SVG = {"s": "http://www.w3.org/2000/svg"}


@pytest.fixture(scope="module")
def chart():
    return stacked_bars(
        title="Careers is where most waits",
        counted="17 actions, 22 November 2026",
        heading="Theme",
        series=[DONE, STOPPED, WAITS],
        rows=[("Careers & “routes”", {"complete": 2, "not_started": 11}), ("Recognition", {"complete": 4})],
    )


def texts(svg):
    return etree.fromstring(svg).xpath("//s:text//text()", namespaces=SVG)


def test_a_drawing_is_an_image_with_label_title_and_description(chart):
    root = etree.fromstring(chart.wide)

    assert root.get("role") == "img"
    assert root.get("aria-label") == f"{chart.title}. {chart.described}"
    assert [child.tag.rpartition("}")[2] for child in root[:2]] == ["title", "desc"]
    assert chart.described == "Careers & “routes”: 2 complete, 11 not started; Recognition: 4 complete."


@pytest.mark.parametrize("drawing", ["wide", "narrow"])
def test_a_drawing_keeps_to_the_strict_policy(chart, drawing):
    svg = getattr(chart, drawing)

    assert re.findall(r"\sstyle=|<style|<script|\son\w+=|javascript:|xlink", svg) == []


def test_labels_numbers_and_the_names_of_the_parts_stand_on_the_drawing(chart):
    words = [word for word in texts(chart.wide) if word]

    assert sorted(words) == sorted(
        ["Careers & “routes”", "Recognition", "Complete", "Not started", "2", "11", "13", "4", "4"]
    )


def test_a_part_that_is_nowhere_is_left_out(chart):
    assert chart.table.headings == ("Theme", "Complete", "Not started", "All")


def test_the_table_has_the_same_numbers(chart):
    assert chart.table.rows == (("Careers & “routes”", (2, 11, 13)), ("Recognition", (4, 0, 4)))


def test_bars_are_as_long_as_their_numbers():
    chart = plain_bars(title="T", counted="C", heading="Quarter", value_heading="Due", values=[("One", 4), ("Two", 8)])
    lengths = [float(length) for length in re.findall(r'h([\d.]+)v20h-\1Z" fill="#0072b2"', chart.wide)]

    assert lengths[1] == pytest.approx(2 * lengths[0], rel=0.01)


def test_drawings_fit_the_width_they_are_for(chart):
    assert [etree.fromstring(svg).get("width") for svg in (chart.wide, chart.narrow)] == ["640", "342"]


@pytest.mark.parametrize("values", [[], [("One", 0)], [("One", 3), ("Two", -1)]])
def test_a_chart_of_nothing_or_less_is_refused(values):
    with pytest.raises(ValueError, match="above zero"):
        plain_bars(title="T", counted="C", heading="H", value_heading="V", values=values)


def test_a_key_without_a_series_is_refused():
    with pytest.raises(ValueError, match="no series for lost"):
        stacked_bars(title="T", counted="C", heading="H", series=[DONE], rows=[("One", {"lost": 1})])


def test_words_of_people_stay_words():
    chart = plain_bars(
        title="<b>", counted="C", heading="H", value_heading="V", values=[("</text><script>'\\\"];alert(1)", 4)]
    )

    assert "<script" not in chart.wide
    assert "".join(texts(chart.wide)).startswith("</text><script>'\\\"];alert(1)")


def luminance(colour):
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("hue", [*OKABE_ITO, GREY])
def test_numbers_on_a_hue_can_be_read(hue: Hue):
    lighter, darker = sorted((luminance(hue.fill), luminance(hue.text)), reverse=True)

    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_one_hue_has_one_meaning():
    assert len({hue.fill for hue in MEANINGS.values()}) == len(MEANINGS)
