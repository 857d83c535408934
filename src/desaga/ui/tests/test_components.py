from enum import Enum

import pytest
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import Context, Template
from lxml import html

from desaga.ui.style_guide import ActionFilterForm


def shown(source, query="", **context):
    class Request:
        GET = QueryDict(query)

    text = Template("{% load ui %}" + source).render(Context({"request": Request(), **context}))
    return html.fragment_fromstring(text, create_parent="div")


class Delivery(Enum):
    ON_HOLD = "on_hold"

    @property
    def label(self):
        return "Paused"


@pytest.mark.parametrize(
    ("value", "words", "tone"),
    [
        ("in_progress", "In progress", "going"),
        ("complete", "Complete", "done"),
        ("something_else", "Something else", "plain"),
        (Delivery.ON_HOLD, "Paused", "waiting"),
    ],
)
def test_status_has_a_word_and_a_tone(value, words, tone):
    tag = shown("{% status value %}", value=value)[0]

    assert (tag.text_content(), tag.get("class")) == (words, f"dsg-tag dsg-tag--{tone}")


@pytest.mark.parametrize("value", [None, ""])
def test_status_of_nothing_is_nothing(value):
    assert len(shown("{% status value %}", value=value)) == 0


@pytest.mark.parametrize(
    ("value", "letter", "word", "shape"),
    [("red", "R", "Red", "rect"), ("Amber", "A", "Amber", "path"), ("green", "G", "Green", "circle")],
)
def test_rag_has_letter_word_and_a_shape_of_its_own(value, letter, word, shape):
    rag = shown("{% rag value %}", value=value)[0]

    assert rag.xpath(".//text/text()") == [letter]
    assert rag.xpath("./span")[0].text == word
    assert rag.xpath(".//svg/*")[0].tag == shape


def test_rag_keeps_its_word_for_screen_readers_when_short():
    assert shown("{% rag 'red' short=True %}").xpath("//span[@class='govuk-visually-hidden']/text()") == ["Red"]


def test_slot_leaves_nothing_behind_where_nothing_stands():
    assert len(shown("{% slot 'aside' class='x' label='Facts' %}  \n {% endslot %}")) == 0


def test_slot_wraps_what_stands_inside():
    aside = shown("{% slot 'aside' class='x' label='Facts' %}<p>Here</p>{% endslot %}")[0]

    assert (aside.tag, aside.attrib, aside.text_content()) == ("aside", {"class": "x", "aria-label": "Facts"}, "Here")


def test_fact_says_that_a_value_is_missing():
    row = shown("<dl>{% fact 'Owner' %} {% endfact %}{% fact 'Due' missing='Ongoing' %}{% endfact %}</dl>")

    assert [dd.text_content() for dd in row.iter("dd")] == ["Not given", "Ongoing"]


def test_components_escape_what_people_wrote():
    page = shown(
        "{% tag word %}{% crumb word %}{% empty word %}{% notice title=word %}{{ word }}{% endnotice %}", word="<b>"
    )

    assert page.xpath("//b") == []


def test_pagination_keeps_the_other_words_of_the_address():
    page = Paginator(range(100), 10).page(5)

    links = shown("{% pagination page %}", query="owner=tsm&page=5", page=page).xpath(
        "//ul//a/@href | //ul//span/text()"
    )

    assert links == [
        "?owner=tsm&page=1",
        "…",
        "?owner=tsm&page=4",
        "?owner=tsm&page=5",
        "?owner=tsm&page=6",
        "…",
        "?owner=tsm&page=10",
    ]


def test_pagination_shows_a_lone_number_instead_of_a_gap_for_it():
    numbers = shown("{% pagination page %}", page=Paginator(range(40), 10).page(4)).xpath("//ul/li//text()")

    assert numbers == ["1", "2", "3", "4"]


def test_pagination_of_one_page_is_nothing():
    assert len(shown("{% pagination page %}", page=Paginator(range(3), 10).page(1))) == 0


def test_chips_show_what_is_on_and_lead_to_the_list_without_it():
    query = "owner=tsm&status=complete&q=&page=3&sort=due"

    page = shown("{% chips form %}", query=query, form=ActionFilterForm(QueryDict(query)))

    chips = [(" ".join(chip.text_content().split()), chip.get("href")) for chip in page.xpath("//a[@class='dsg-chip']")]
    assert chips == [
        ("Take off the filter Owner Technical services managers×", "?status=complete&sort=due"),
        ("Take off the filter Status Complete×", "?owner=tsm&sort=due"),
    ]
    assert page.xpath("//a[@class='dsg-chips__clear']/@href") == ["?sort=due"]


def test_no_chips_without_filters():
    assert len(shown("{% chips form %}", form=ActionFilterForm({}))) == 0


@pytest.mark.parametrize(
    ("name", "letter"),
    [("University of Wexcombe", "W"), ("The Ashlar Institute", "A"), ("University", "U"), ("", "D")],
)
def test_first_letter_is_of_the_word_that_tells(name, letter):
    assert shown("{{ name|first_letter }}", name=name).text == letter
