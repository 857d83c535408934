import pytest
from hypothesis import given
from hypothesis import strategies as st

from desaga.ui.colour import (
    BLACK,
    SURFACE,
    ColourRefused,
    accent_refusal,
    accent_stylesheet,
    contrast_ratio,
    normalised,
    readable_on,
)

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000", "#fff", 21.0), ("#ffffff", "#ffffff", 1.0), ("#767676", "#ffffff", 4.54), ("#124e96", "#fbfaf7", 7.87)],
)
def test_contrast_ratio_agrees_with_known_pairs(one, other, ratio):
    assert round(contrast_ratio(one, other), 2) == ratio


@given(colours, colours)
def test_contrast_ratio_is_symmetrical_and_bounded(one, other):
    assert contrast_ratio(one, other) == contrast_ratio(other, one)
    assert 1 <= contrast_ratio(one, other) <= 21


@given(colours)
def test_readable_on_always_reaches_the_contrast_of_text(accent):
    assert contrast_ratio(accent, readable_on(accent)) >= 4.5
    assert readable_on(accent) in (BLACK, SURFACE)


@given(colours)
def test_an_accent_that_is_not_refused_gives_readable_text(accent):
    if accent_refusal(accent) is None:
        assert contrast_ratio(accent, SURFACE) >= 3


@pytest.mark.parametrize(
    ("given_as", "expected"), [("#ABC", "#aabbcc"), ("7A1F3D", "#7a1f3d"), (" #7a1f3d ", "#7a1f3d")]
)
def test_normalised_knows_the_ways_of_writing_a_colour(given_as, expected):
    assert normalised(given_as) == expected


@pytest.mark.parametrize("words", ["", "red", "#12345", "#12345g", "#fff;}body{display:none", "١٢٣٤٥٦"])
def test_normalised_refuses_what_is_no_colour(words):
    with pytest.raises(ColourRefused, match="is not a colour"):
        normalised(words)


def test_accent_refusal_names_the_figure_of_a_pale_accent():
    assert accent_refusal("#ffd700") == (
        "This colour is too pale to be seen on white: its contrast is 1.4 and must be at least 3. Choose a darker one."
    )


def test_accent_stylesheet_holds_the_accent_and_what_reads_on_it():
    assert accent_stylesheet("#7A1F3D") == ":root{--dsg-accent:#7a1f3d;--dsg-on-accent:#ffffff}\n"


def test_accent_stylesheet_refuses_a_pale_accent():
    with pytest.raises(ColourRefused, match="too pale"):
        accent_stylesheet("#ffffff")
