"""Forms of three invented shapes: their fields are found, filled, and nothing else is touched."""

from __future__ import annotations

import base64
import io
import zipfile

import docx
import pytest

from desaga.documents import UnreadableDocument

from ..filling import fill_fields, fingerprint_of, read_fields
from ..filling.finding import fields_of
from ..filling.meanings import Meaning, chosen, proposed
from ..filling.package import open_form
from .docx_forms import saved, with_boxes, with_controls, with_headings, with_tables, with_traps

SHAPES = {
    "controls": (
        with_controls,
        [
            ("control", "Name of institution", None, ""),
            ("control", "Summary of challenges (max 20 words)", 20, "words"),
            ("old", "Telephone", 20, "characters"),
            ("list", "Region", None, ""),
        ],
    ),
    "tables": (
        with_tables,
        [
            ("cell", "Organisation", None, ""),
            ("cell", "Reporting period", None, ""),
            ("cell", "Describe progress made under each theme (up to 250 words)", 250, "words"),
        ],
    ),
    "headings": (
        with_headings,
        [("heading", "Decisions", None, ""), ("heading", "Looking ahead", 100, "words")],
    ),
}
MEANINGS = [
    Meaning(
        "section:done", "Sections", "What was done since", "Long story.", "Under each pillar", ("Progress by theme",)
    ),
    Meaning("section:profile", "Sections", "Your organisation", "We are many.", "What kind of organisation you are"),
    Meaning("section:challenges", "Sections", "Challenges", "Two are late.", "What is delayed, and why"),
    Meaning("section:next", "Sections", "Looking ahead", "More.", "What comes next, and by when"),
    Meaning("fact:organisation", "Facts", "Name of the organisation", "Ashlar", "organisation institution university"),
    Meaning("fact:period", "Facts", "Period of the report", "2026", "reporting period dates covered"),
]


def read(tmp_path, content, name="Form.docx"):
    path = tmp_path / name
    path.write_bytes(content)
    return read_fields({"path": str(path), "hints": None})


def filled(tmp_path, content, values):
    path = tmp_path / "Form.docx"
    path.write_bytes(content)
    return base64.b64decode(fill_fields({"path": str(path), "hints": {"values": values}})["content"])


@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_the_fields_of_a_form_are_found_with_their_limits(shape, tmp_path):
    make, expected = SHAPES[shape]
    fields = read(tmp_path, make())["fields"]
    assert [(one["kind"], one["label"], one["limit"], one["unit"]) for one in fields] == expected


@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_a_filled_form_holds_the_words_and_only_its_text_is_another(shape, tmp_path):
    content = SHAPES[shape][0]()
    fields = [one for one in read(tmp_path, content)["fields"] if one["kind"] != "list"]
    values = {one["key"]: f"First of {number}.\n\nSecond of {number}." for number, one in enumerate(fields)}
    made = filled(tmp_path, content, values)

    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(io.BytesIO(made)) as new:
        assert old.namelist() == new.namelist()
        assert [name for name in old.namelist() if old.read(name) != new.read(name)] == ["word/document.xml"]
        text = new.read("word/document.xml").decode()
    assert [f"First of {n}." in text and f"Second of {n}." in text for n in range(len(fields))] == [True] * len(fields)
    assert not any(
        hint in text for hint in ("Click or tap", "[insert dates]", "[Insert your answer here]", "showingPlcHdr")
    )
    docx.Document(io.BytesIO(made))


def test_words_take_the_place_in_the_letters_of_the_form(tmp_path):
    content = with_controls()
    key = read(tmp_path, content)["fields"][1]["key"]
    paragraphs = docx.Document(io.BytesIO(filled(tmp_path, content, {key: "One.\n\nTwo."}))).element.body.xpath(
        ".//w:sdtContent/w:p"
    )
    assert [one.xpath("string(.)") for one in paragraphs[:2]] == ["One.", "Two."]
    assert all(one.xpath(".//w:b") and not one.xpath(".//w:rStyle") for one in paragraphs[:2])


def test_frames_breaks_and_bookmarks_of_a_form_stay(tmp_path):
    fields = read(tmp_path, with_traps())["fields"]
    assert [(one["kind"], one["label"]) for one in fields] == [
        ("old", "Telephone"),
        ("old", "E-mail"),
        ("heading", "Aims"),
    ]
    made = docx.Document(io.BytesIO(filled(tmp_path, with_traps(), {one["key"]: one["label"] for one in fields})))
    text = made.element.body.xpath("string(.)")
    assert "Telephone: TelephoneE-mail: E-mail" in text.replace("FORMTEXT", "")
    assert [
        len(made.element.body.xpath(path)) for path in ("//w:tbl//w:sdt//w:tr", "//w:br[@w:type]", "//w:bookmarkStart")
    ] == [1, 1, 1]


def test_boxes_are_ticked_and_headers_footers_and_text_boxes_filled(tmp_path):
    fields = read(tmp_path, with_boxes())["fields"]
    assert [(one["kind"], one["label"], one["asked"]) for one in fields] == [
        ("tick", "first", "Stage"),
        ("tick", "second", "Stage"),
        ("tick", "May we publish it? Yes", ""),
        ("tick", "No", ""),
        ("control", "Period", ""),
        ("old", "Telephone", ""),
        ("control", "Organisation", ""),
    ]
    words = {
        "tick-second-1": "Yes",
        "tick-may-we-publish-it-yes-1": "Yes",
        "tick-no-1": "No",
        "control-period-1": "2026",
    }
    made = filled(tmp_path, with_boxes(), {**words, "control-organisation-1": "Ashlar", "old-telephone-1": "0123"})
    form = docx.Document(io.BytesIO(made))
    text = form.element.body.xpath("string(.)")
    assert "\u2610 first \u2612 second" in text
    assert [one.get(one.keys()[0]) for one in form.element.body.xpath(".//w:checkBox/w:checked")] == ["1", "0"]
    # Word keeps a text box twice: both say the same.
    assert [one.xpath("string(.)") for one in form.element.body.xpath(".//w:txbxContent")] == ["2026", "2026"]
    assert "Ashlar" in form.sections[0].header._element.xpath("string(.)")
    assert "0123" in form.sections[0].footer._element.xpath("string(.)")


def test_a_box_is_filled_with_a_tick_alone():
    yes, text = Meaning("tick:yes", "Boxes", "Ticked", "Yes", ""), MEANINGS[0]
    assert [(one.fits("tick"), one.fits("cell")) for one in (yes, text)] == [(True, False), (False, True)]
    assert chosen({"key": "tick-a-1", "kind": "tick", "label": "Ticked", "asked": ""}, {}, [yes]) == ("", False)


@pytest.mark.parametrize(
    ("words", "shown", "value"),
    [("the  north", "The North", "N"), ("SOUTH", "South", "South"), ("N", "Choose", None), ("Choose", "Choose", None)],
)
def test_of_a_list_one_of_its_items_is_chosen_or_it_is_left(tmp_path, words, shown, value):
    content = with_controls()
    field = read(tmp_path, content)["fields"][-1]
    assert (field["kind"], field["items"]) == ("list", ("The North", "South"))
    body = docx.Document(io.BytesIO(filled(tmp_path, content, {field["key"]: words}))).element.body
    [chosen_from] = body.xpath(".//w:dropDownList")
    assert body.xpath("string(.//w:sdt[w:sdtPr/w:dropDownList]/w:sdtContent)") == shown
    assert chosen_from.get(chosen_from.nsmap["w"].join("{}") + "lastValue") == value


def test_what_was_said_of_a_form_holds_though_its_lists_are_fields_now(tmp_path):
    now = read(tmp_path, with_controls())
    before = [place.field for place in fields_of(open_form(with_controls(), "Form.docx")) if place.field.kind != "list"]
    assert len(before) == len(now["fields"]) - 1
    assert fingerprint_of(before) == now["fingerprint"]


def test_for_a_list_only_what_it_has_is_proposed():
    field = {"key": "list-region-1", "kind": "list", "label": "Organisation", "asked": "", "items": ["ashlar", "Other"]}
    assert chosen(field, {}, MEANINGS) == ("fact:organisation", False)
    assert chosen({**field, "items": ["Other"]}, {}, MEANINGS) == ("", False)
    organisation, period = MEANINGS[4:6]
    assert [one.is_unlisted(field) for one in (organisation, period)] == [False, True]


def test_what_nothing_is_said_for_stays_as_it_is(tmp_path):
    content = with_tables()
    key = read(tmp_path, content)["fields"][0]["key"]
    table = docx.Document(io.BytesIO(filled(tmp_path, content, {key: "Ashlar"}))).tables[0]
    assert [cell.text for cell in table.columns[1].cells] == ["Ashlar", "[insert dates]", "(kept)"]


@pytest.mark.parametrize("make", [with_controls, with_tables])
def test_next_years_edition_has_the_same_fingerprint_and_another_form_has_not(make, tmp_path):
    now, then = read(tmp_path, make(2026)), read(tmp_path, make(2027))
    assert now["fingerprint"] == then["fingerprint"] != read(tmp_path, with_headings())["fingerprint"]
    fields = [place.field for place in fields_of(open_form(make(), "Form.docx"))]
    assert fingerprint_of(fields) == now["fingerprint"]


@pytest.mark.parametrize(
    ("label", "asked", "meaning"),
    [
        ("Summary of challenges (max 20 words)", "", "section:challenges"),
        ("Describe progress made under each theme (up to 250 words)", "", "section:done"),
        ("Looking ahead", "Say what comes next.", "section:next"),
        ("Organisation", "", "fact:organisation"),
        ("Name of institution", "", "fact:organisation"),
        ("Reporting period", "", "fact:period"),
        ("Bank account", "", ""),
    ],
)
def test_words_in_common_propose_a_match(label, asked, meaning):
    assert proposed(label, asked, MEANINGS) == meaning


def test_what_somebody_said_goes_before_what_is_proposed():
    field = {"key": "cell-organisation-1", "kind": "cell", "label": "Organisation", "asked": ""}
    assert chosen(field, {}, MEANINGS) == ("fact:organisation", False)
    assert chosen(field, {"cell-organisation-1": ""}, MEANINGS) == ("", True)


def test_too_long_is_said_in_the_unit_of_the_field():
    meaning = Meaning("a", "b", "c", "one two three", "")
    assert [meaning.too_much(*one) for one in ((None, ""), (2, "words"), (10, "characters"), (3, "words"))] == [
        0,
        1,
        3,
        0,
    ]


def bomb():
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(with_tables())) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info, old.read(info))
        new.writestr("word/media/image.bin", b"\0" * (30 * 1024 * 1024))
    return made.getvalue()


def with_part(name, data):
    made = io.BytesIO(with_tables())
    with zipfile.ZipFile(made, "a") as package:
        package.writestr(name, data)
    return made.getvalue()


def with_entities():
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(with_tables())) as old, zipfile.ZipFile(made, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            is_text = info.filename == "word/document.xml"
            new.writestr(info, b'<!DOCTYPE a [<!ENTITY b "c">]>' + data.split(b"?>", 1)[1] if is_text else data)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"Just words", "unsupported"),
        (b"%PDF-1.7 a form", "unsupported"),
        (bomb(), "zip_bomb"),
        (with_part("word/vbaProject.bin", b"macro"), "unsupported"),
        (with_entities(), "entities"),
        (with_tables()[:900], "corrupt"),
    ],
)
def test_what_is_no_form_is_refused_with_a_sentence(content, kind, tmp_path):
    with pytest.raises(UnreadableDocument) as refusal:
        read(tmp_path, content)
    assert refusal.value.kind == kind
    assert "Form.docx" in str(refusal.value)


def test_a_document_without_fields_has_none(tmp_path):
    letter = docx.Document()
    letter.add_paragraph("Dear all, nothing is to be filled here.")
    assert read(tmp_path, saved(letter))["fields"] == []
