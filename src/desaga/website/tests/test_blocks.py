"""What editors are kept from, asked of the blocks and through the editing pages: skipped headings, pictures without words, addresses that are none."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from desaga.tenancy.context import within

from ..blocks import BodyBlock, first_skipped
from ..models import Picture, StandardPage
from ..operations.sites import collection_of
from ..reach import reach_everything
from .exhibitions import shown
from .factories import make_site

NO_WORDS = "Please add some alt text for your image or mark it as decorative"


@pytest.mark.parametrize(
    ("levels", "place"),
    [
        ([], 0),
        (["2"], 0),
        (["2", "3", "2", "3"], 0),
        (["", "2", "", "3", ""], 0),
        (["3"], 1),
        (["", "3"], 2),
        (["", "", "3", "2", "3"], 3),
    ],
)
def test_headings_come_in_order(levels, place):
    assert first_skipped(levels) == place


def body(*levels: str) -> Any:
    block = BodyBlock()
    told = [{"type": "heading", "value": {"text": f"Level {level}", "level": level}} for level in levels]
    return block, block.to_python([{"type": "text", "value": "<p>Before.</p>"}, *told])


@pytest.mark.parametrize(("levels", "wrong"), [(["2", "3"], None), (["3"], 1), (["2", "3", "2", "3"], None)])
def test_a_smaller_heading_without_one_above_it_is_refused_where_it_stands(levels, wrong):
    block, value = body(*levels)
    if wrong is None:
        assert len(block.clean(value)) == 1 + len(levels)
        return
    with pytest.raises(ValidationError) as refused:
        block.clean(value)
    assert list(refused.value.as_json_data()["blockErrors"]) == [wrong]


@pytest.fixture
def ashlar(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_site("Ashlar", "ashlar")


def sent(
    picture: int, *, alt: str = "", decorative: bool = False, level: str = "2", href: str = "https://www.example.org/"
) -> dict[str, Any]:
    """What the editing page sends when a page is published."""
    shown_picture = {"image": picture, "alt_text": alt} | ({"decorative": "on"} if decorative else {})
    return nested_form_data(
        {
            "title": "Workshop", "slug": "workshop", "summary": "What stands here.", "language": "en-GB", "show_in_menus": "", "action-publish": "1",
            "body": streamfield([
                ("heading", {"text": "The lathe", "level": level}),
                ("text", rich_text(f'<p><a href="{href}">Read on</a></p>', features=["bold", "italic", "link", "document-link", "ol", "ul"])),
                ("picture", {"picture": shown_picture, "caption": ""}),
            ]),
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000},
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"alt": "A lathe"}, ""),
        ({"decorative": True}, ""),
        ({}, NO_WORDS),
        ({"alt": "A lathe", "level": "3"}, "A smaller heading needs a heading above it."),
        ({"alt": "A lathe", "href": "http://"}, "names no server"),
        ({"alt": "A lathe", "href": "mailto:"}, "names nobody to write to"),
    ],
    ids=["words", "decorative", "neither", "skipped", "no server", "nobody"],
)
def test_a_page_is_published_only_as_far_as_the_rails_let_it(ashlar, client_of, wrong, said):
    with within(ashlar.belongs_to, user=ashlar.lead), reach_everything():
        number = shown(ashlar, "Lathe", "A lathe")["image"]
        assert Picture.objects.get(pk=number).collection == collection_of(ashlar.belongs_to)
    address = f"/editing/pages/add/website/standardpage/{ashlar.pk}/"
    answer = client_of(ashlar.lead).post(address, sent(number, **wrong))
    with reach_everything():
        assert StandardPage.objects.filter(live=True, slug="workshop").exists() == (not said)
    if said:
        assert (answer.status_code, said in answer.text) == (200, True)
