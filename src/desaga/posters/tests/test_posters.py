"""Posters: what stands on them, as PDF/UA, resting on a consent for print."""

from __future__ import annotations

import base64
import io
import re
from itertools import takewhile

import pdfplumber
import pikepdf
import pytest
from django.utils import timezone

from desaga.consents import uses
from desaga.consents.operations.asking import renew_consent
from desaga.consents.tests.factories import give_consent, in_days
from desaga.documents.out.portable import pdf_of
from desaga.documents.tests.pdf_checks import failures_of
from desaga.organisations.states import Role
from desaga.stories.models import Story
from desaga.stories.operations.publishing import copy_published
from desaga.stories.tests.conftest import shower
from desaga.stories.tests.factories import make_story, published
from desaga.tenancy.context import within
from desaga.ui.colour import contrast_ratio, readable_on

from .. import operations
from ..codes import code_of
from ..designs import DESIGNS, PAPERS, Told, coarse_on, page_of, size_of
from ..fitting import NOTHING, Box, clashes, fitted
from ..models import Poster

__all__ = ["shower"]
ADDRESS = "https://desaga.example/technicians/ashlar/stories/meet-ada/"
SITE, BOTH = ["site"], ["site", "print"]
MILLIMETRES = 72 / 25.4


def told(**fields):
    plain = {"title": "Meet Ada <Quill>", "words": "Glass forgives nothing.", "is_quoted": True, "job": "Glassblower", "employer": "Northmoor",
             "whose": "Northmoor", "accent": "#124e96", "on_accent": "#ffffff", "address": ADDRESS, "code": code_of(ADDRESS),
             "facts": (("Way in", "Apprenticeship"),)}  # fmt: skip
    return Told(**(plain | fields))


@pytest.fixture
def lead(member):
    return member(Role.LEAD)


@pytest.mark.parametrize("paper", list(PAPERS))
@pytest.mark.parametrize("design", list(DESIGNS))
def test_each_design_is_one_sheet_that_a_program_can_read_aloud(design, paper):
    content = pdf_of(
        page_of(told(), design, paper, operations.letters(operations.SANS), operations.letters(operations.SERIF)),
        has_page_numbers=False,
    )
    assert failures_of(content) == []
    with pikepdf.open(io.BytesIO(content)) as pdf:
        width, height, _ = PAPERS[paper]
        box = [round(float(one) / MILLIMETRES) for one in pdf.pages[0].MediaBox]
        assert (len(pdf.pages), box) == (1, [0, 0, width, height])


LONG = "A sentence that goes on for a while about glass and flame and care. "
#: As much as a story may hold, and what is merely long.
FULL = {
    "title": ("Meet Adaline Wilhelmina Quillington-Smythe of " * 5)[:200], "words": (LONG * 9)[:600].strip(), "job": ("Senior scientific glassblower and " * 6)[:200],
    "employer": ("Northmoor University of Science " * 7)[:200], "summary": (LONG * 5)[:300].strip(), "whose": ("Northmoor University of " * 5)[:120],
    "facts": (("Way in", "Apprenticeship"), ("Registration", ("Registered Science Technician " * 7)[:200]), ("Field", "Workshops and making, " * 6), ("Place", "Northmoor by the sea " * 5)),
}  # fmt: skip
WIDE = {"name": 190, "job": 200, "employer": 200, "summary": 300, "quote": 600, "registration": 200, "place": 120}
SEVERAL_LINES = {
    "title": "Meet Adaline Wilhelmina Featherstonehaugh-Quillington of the glass workshop below the stairs",
    "words": "I like it.",
}
PICTURED = {
    "picture": NOTHING,
    "picture_kind": "image/png",
    "picture_words": "Ada",
    "credit": "Photograph: Somebody with a rather long name, Northmoor",
}


@pytest.mark.parametrize("design", list(DESIGNS))
@pytest.mark.parametrize("words", [{}, FULL, SEVERAL_LINES], ids=["short", "full", "several lines"])
@pytest.mark.parametrize("picture", [{}, PICTURED], ids=["bare", "pictured"])
def test_all_that_a_poster_says_can_be_read_on_it_and_lies_over_nothing(design, words, picture):
    """Asked of the finished file, by what reads PDF: each word is there, within the sheet, and no line of letters crosses another."""
    poster = told(**(words | picture))
    page = fitted(poster, design, "A4", operations.letters(operations.SANS), operations.letters(operations.SERIF))
    content = pdf_of(page, has_page_numbers=False)
    with pdfplumber.open(io.BytesIO(content)) as file:
        (sheet,) = file.pages
        read = "".join(char["text"] for char in sheet.chars)
        letters = [(one["x0"], one["top"], one["x1"], one["bottom"]) for one in sheet.chars if one["text"].strip()]
        width, height = sheet.width, sheet.height
    said = [
        poster.title,
        poster.words,
        poster.job,
        poster.employer,
        poster.whose,
        poster.credit,
        ADDRESS.split("://")[1].rstrip("/"),
    ]
    if design == "drawing":
        said += [poster.summary, *(value for _, value in poster.facts)]
    assert [one for one in said if bare(one) not in bare(read)] == []
    assert [one for one in letters if not (one[0] >= 0 and one[2] <= width and one[1] >= 0 and one[3] <= height)] == []
    assert crossing(letters) == []


def crossing(letters):
    """Letters that lie over each other; looked for among those of nearly one height alone."""
    found, rows = [], sorted(letters, key=lambda one: one[1])
    for number, one in enumerate(rows, 1):
        beside = takewhile(lambda other, foot=one[3]: other[1] < foot, rows[number:])
        found += [(one, other) for other in beside if crosses(one, other)]
    return found[:3]


def bare(words: str) -> str:
    """Without what a line's end takes or gives."""
    return re.sub(r"[\s-]", "", words)


def crosses(one, other) -> bool:
    """A quarter of a letter's height and width: letters of a line touch, and of lines set tight their boxes do."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > 0.4 * min(one[2] - one[0], other[2] - other[0]) and down > 0.4 * min(
        one[3] - one[1], other[3] - other[1]
    )


def test_what_lies_over_something_else_is_noticed():
    apart, over, outside = Box("words", 20, 20, 90, 40), Box("name", 20, 35, 90, 60), Box("code", 190, 250, 215, 280)
    assert (clashes([apart], "voice", "A4"), clashes([apart, over, outside], "voice", "A4")) == (
        [],
        [("code", "edge"), ("words", "name")],
    )


@pytest.mark.django_db
def test_words_that_fit_at_no_size_are_refused_in_a_sentence(organisation, lead, shower, client_of):
    story = published(organisation, actor=lead, where=BOTH, **{one: "W" * most for one, most in WIDE.items()})
    answer = client_of(lead).post(f"/o/northmoor/stories/{story.pk}/posters/", {"design": "drawing", "paper": "A4"})
    assert "shorten the quotation, the job or the summary" in answer.text
    with within(organisation):
        assert Poster.objects.count() == 0


@pytest.mark.parametrize(
    ("size", "coarse"),
    [
        ((4000, 3000), []),
        ((1240, 933), [("bench", "A3")]),
        ((600, 600), [("bench", "A4"), ("bench", "A3"), ("drawing", "A4"), ("drawing", "A3")]),
        ((32, 16), [(design, paper) for design in DESIGNS for paper in PAPERS]),
    ],
)
def test_a_picture_with_few_points_is_told_of_before_it_is_printed(size, coarse):
    assert coarse_on(*size) == coarse


@pytest.mark.django_db
def test_whoever_makes_a_poster_is_told_where_the_picture_is_too_small(organisation, lead, shower, client_of):
    story = published(organisation, actor=lead, where=BOTH)
    page = client_of(lead).get(f"/o/northmoor/stories/{story.pk}/posters/").text
    assert "would look coarse: Bench on A4, Bench on A3, Voice on A4" in page


def test_every_word_is_escaped():
    page = page_of(told(words="<script>", job="a & b"), "bench", "A4", None, None)
    assert ("<script>" in page, "&lt;script&gt;" in page, "a &amp; b" in page, "Meet Ada &lt;Quill&gt;" in page) == (
        False,
        True,
        True,
        True,
    )


@pytest.mark.parametrize(("length", "size"), [(1, 1.0), (60, 1.0), (61, 0.82), (421, 0.38), (5000, 0.38)])
def test_longer_words_are_smaller(length, size):
    assert size_of("x" * length) == size


def test_words_are_readable_on_any_accent():
    assert [
        contrast_ratio(accent, readable_on(accent)) >= 4.5 for accent in ("#124e96", "#8a1538", "#ffcc00", "#767676")
    ] == [True] * 4


def test_a_code_says_the_address():
    """Read back from the drawing: the same dark squares as the standard's own tables give, with its empty margin."""
    import qrcode
    from qrcode.constants import ERROR_CORRECT_M

    svg = base64.b64decode(code_of(ADDRESS).split(",", 1)[1]).decode()
    size = int(re.search(r'viewBox="0 0 (\d+)', svg).group(1))
    dark = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1", svg)}
    other = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=4)
    other.add_data(ADDRESS)
    assert dark == {(x, y) for y, row in enumerate(other.get_matrix()) for x, is_dark in enumerate(row) if is_dark}
    assert min(x for x, _ in dark) == 4 == size - 1 - max(x for x, _ in dark)


@pytest.mark.django_db
def test_a_poster_is_made_listed_and_cannot_be_taken_back(organisation, lead, shower, client_of):
    story = published(organisation, actor=lead, where=BOTH)
    client = client_of(lead)
    assert "Make a poster" in client.get(f"/o/northmoor/stories/{story.pk}/").text
    answer = client.post(f"/o/northmoor/stories/{story.pk}/posters/", {"design": "voice", "paper": "A3"})
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="meet-ada-quill-voice-a3.pdf"'
    assert failures_of(answer.content) == []
    with within(organisation):
        found = [(one.kind, one.title, one.may_be_taken_down) for one in uses.uses_of(Story.objects.get().consent)]
    assert ("Poster", "Meet Ada Quill: Voice, A3", False) in found
    assert "Voice, A3" in client.get(f"/o/northmoor/stories/{story.pk}/posters/").text


@pytest.mark.django_db
@pytest.mark.parametrize("where", [BOTH, SITE], ids=["for print still", "not for print any more"])
def test_after_a_renewal_whoever_withdraws_still_learns_of_posters_made_before(organisation, lead, shower, where):
    story = published(organisation, actor=lead, where=BOTH)
    with within(organisation, user=lead):
        story = Story.objects.select_related("organisation", "consent").get(pk=story.pk)
        operations.make_poster(actor=lead, story=story, design="voice", paper="A4")
        new = renew_consent(actor=lead, consent=story.consent, until=in_days(700))
    give_consent(new, where=where)
    with within(organisation):
        assert ("Poster", False) in [(one.kind, one.may_be_taken_down) for one in uses.uses_of(new)]
        assert uses.uses_of(story.consent) == []


@pytest.mark.django_db
def test_without_print_there_is_no_poster(organisation, lead, shower, client_of):
    story = published(organisation, actor=lead, where=SITE)
    address = f"/o/northmoor/stories/{story.pk}/posters/"
    assert "has not agreed to print" in client_of(lead).get(address).text
    assert "has not agreed to print" in client_of(lead).post(address, {"design": "voice", "paper": "A3"}).text
    with within(organisation):
        assert Poster.objects.count() == 0


@pytest.mark.django_db
def test_what_is_not_shown_has_no_poster(organisation, lead, shower, client_of):
    story = make_story(organisation, actor=lead)
    assert "once the story is on your site" in client_of(lead).get(f"/o/northmoor/stories/{story.pk}/posters/").text


@pytest.mark.django_db
def test_only_what_was_agreed_to_is_printed(organisation, lead, shower):
    story = published(organisation, actor=lead, where=BOTH, what=["name"])
    with within(organisation):
        found = operations.told_of(copy_published(story, timezone.now()), story)
    assert (found.title, found.employer, found.is_quoted, found.words) == (
        "Meet Ada Quill",
        "",
        False,
        "She makes what no catalogue has.",
    )
    assert found.picture_words == ""


def test_a_poster_of_a_story_in_welsh_is_spoken_as_welsh(organisation, lead, shower):
    from desaga.stories.tests.test_welsh import shown_in_welsh

    story = published(organisation, actor=lead, where=BOTH)
    welsh = shown_in_welsh(story, lead)
    with within(organisation, user=lead):
        made = operations.make_poster(actor=lead, story=welsh, design="drawing", paper="A4")
    assert failures_of(made.content) == []
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        assert str(pdf.Root.Lang) == "cy"
    with pdfplumber.open(io.BytesIO(made.content)) as pdf:
        words = pdf.pages[0].extract_text()
    assert [one in words for one in ("Dyma Ada Quill", "Y ffordd i mewn", "Darllenwch ymlaen", "Way in")] == [True, True, True, False]  # fmt: skip
