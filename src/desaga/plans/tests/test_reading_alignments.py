"""Which principles a cell names: several frameworks at once, misspelt, by number, by title, or none."""

import pytest

from desaga.plans.reading.alignments import Principles, alignments_of_heading, inherit, read_alignments, shipped_as
from desaga.plans.reading.model import Alignment, FrameworkSheet, Principle

OWN = Principles(
    [FrameworkSheet("Our values", [Principle("Boldness", "We dare."), Principle("Plain Dealing", "We say so.")])]
)


def codes(text, principles=OWN):
    found, unknown, _ = read_alignments(text, principles)
    return [a.code for a in found], unknown


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Visibility", ["Visibility"]),
        ("visibility; RECOGNITION", ["Visibility", "Recognition"]),
        ("Visibility, Career Development", ["Visibility", "Career Development"]),
        ("Visibility\nSustainability", ["Visibility", "Sustainability"]),
        ("Visibility / Recognition", ["Visibility", "Recognition"]),
        ("Visibility Career Development", ["Visibility", "Career Development"]),
        ("Visibility & Recognition", ["Visibility", "Recognition"]),
        ("Pillar 2: Recognition", ["Recognition"]),
        ("TC: Visibility", ["Visibility"]),
        ("Career\nDevelopment", ["Career Development"]),
        ("R4", ["R4"]),
        ("TALENT R4", ["R4"]),
        ("R1, 2 and 4", ["R1", "R2", "R4"]),
        ("Recommendations 3-5", ["R3", "R4", "R5"]),
        ("N8-4; R2; Visibility", ["N8-4", "R2", "Visibility"]),
        ("Boldness; Visibility", ["Boldness", "Visibility"]),
        ("plain dealing", ["Plain Dealing"]),
    ],
)
def test_read_alignments_names_every_principle_of_a_cell(text, named) -> None:
    assert codes(text) == (named, [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Susutainability", "Sustainability"),
        ("Recogniton", "Recognition"),
        ("Visibilty", "Visibility"),
        ("Carreer Development", "Career Development"),
    ],
)
def test_read_alignments_mends_a_misspelling_and_says_so(text, code) -> None:
    found, unknown, notices = read_alignments(text, OWN)

    assert ([a.code for a in found], unknown, [n.kind for n in notices]) == ([code], [], ["spelling_mended"])
    assert found[0].text == text


@pytest.mark.parametrize("text", ["Catering", "Blue skies", "Vision", "Skills plan 2030"])
def test_read_alignments_guesses_nothing(text) -> None:
    assert codes(text) == ([], [text])


@pytest.mark.parametrize("text", ["", " ", "-", ";;", "\n"])
def test_read_alignments_of_nothing_is_nothing(text) -> None:
    assert codes(text) == ([], [])


def test_read_alignments_says_what_is_named_twice() -> None:
    found, _, notices = read_alignments("Visibility; Visibility", OWN)

    assert ([a.code for a in found], [n.kind for n in notices]) == (["Visibility"], ["named_twice"])


@pytest.mark.parametrize(
    ("heading", "named"),
    [
        ("Visibility", ["Visibility"]),
        ("Pillar 3: Career Development", ["Career Development"]),
        ("Recognition – saying thank you", ["Recognition"]),
        ("Action plan", []),
        ("How this plan came about and who has had a hand in it", []),
    ],
)
def test_a_themes_heading_is_what_its_actions_answer(heading, named) -> None:
    found = alignments_of_heading(heading, OWN)

    assert [a.code for a in found] == named
    assert {a.basis for a in found} <= {"theme"}


@pytest.mark.parametrize(
    ("label", "named"), [("N8-4b", ["N8-4"]), ("N8-4", ["N8-4"]), ("N8-44", []), ("V3", []), ("", [])]
)
def test_prefix_codes_find_the_pledge_that_a_label_begins_with(label, named) -> None:
    assert [known.code for known in OWN.prefix_codes(label)] == named


def test_inherit_adds_only_what_is_not_stated() -> None:
    stated = [Alignment("F", "One", "One")]
    others = [Alignment("F", "One", "heading", "theme"), Alignment("F", "Two", "heading", "theme")]

    assert inherit(stated, others) == [stated[0], others[1]]


@pytest.mark.parametrize(
    ("name", "known"),
    [("Technician Commitment", True), ("The TALENT Report recommendations", True), ("Our own values", False)],
)
def test_shipped_as_knows_the_frameworks_of_the_sector(name, known) -> None:
    assert (shipped_as(name) is not None) is known


@pytest.mark.parametrize(
    "words",
    ["Concordat", "Researcher Development Concordat", "Concordat to Support the Career Development of Researchers"],
)
def test_the_concordat_is_a_framework_of_its_own(words):
    found, unknown, _ = read_alignments(words, Principles())
    assert ([(one.framework, one.code) for one in found], unknown) == (
        [("Researcher Development Concordat", "Concordat")],
        [],
    )
