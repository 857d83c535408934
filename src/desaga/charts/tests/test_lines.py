from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ..lines import line_over_time
from ..spark import HEIGHT, WIDTH, spark_of

DAY = date(2026, 1, 31)
amounts = st.floats(0, 10_000)


@given(st.lists(amounts, min_size=2, max_size=12), st.none() | amounts)
def test_the_small_line_stays_in_its_box_and_has_a_point_a_day(values, aim):
    spark = spark_of([(DAY + timedelta(days=n), value) for n, value in enumerate(values)], aim=aim)
    assert spark is not None
    pairs = [tuple(map(float, point.split(","))) for point in spark.points.split()]
    assert len(pairs) == len(values)
    assert all(0 <= across <= WIDTH and 0 <= down <= HEIGHT for across, down in pairs)
    assert (spark.aim_at is None) == (aim is None)


def test_one_value_is_no_line_and_nothing_goes_below_zero():
    assert spark_of([(DAY, 4)]) is None
    for draw in (lambda v: spark_of(v), lambda v: line_over_time(title="", counted="", value_heading="", values=v)):
        with pytest.raises(ValueError, match="zero"):
            draw([(DAY, 4), (DAY + timedelta(days=1), -1)])


def test_a_line_has_its_numbers_as_words_as_a_table_and_the_last_written_on_it():
    values = [(DAY, 40.0), (DAY + timedelta(days=28), 62.5)]
    chart = line_over_time(
        title="It rises", counted="Per cent", value_heading="Per cent", values=values, suffix=" %", most=100
    )
    assert chart.described == "40 % on 31 Jan 2026, 62.5 % on 28 Feb 2026."
    assert chart.table.rows == (("28 Feb 2026", (62.5,)), ("31 Jan 2026", (40.0,)))
    for svg in (chart.wide, chart.narrow):
        root = etree.fromstring(svg.encode())
        texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
        assert "62.5 %" in texts
        assert {"0", "100"} <= set(texts)
        assert root.get("aria-label") == f"It rises. {chart.described}"
        assert not root.xpath("//@style")
