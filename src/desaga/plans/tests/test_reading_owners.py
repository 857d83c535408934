"""Who is responsible: parted as written, resolved against the document's glossary, never invented."""

import pytest

from desaga.plans.reading.model import GlossaryRow
from desaga.plans.reading.owners import Parties, names_party, read_owners

GLOSSARY = [
    GlossaryRow("WSM", "Workshop Services Manager"),
    GlossaryRow("TDG", "Technician Development Group"),
    GlossaryRow("TDG Rep", "Representative of the group"),
    GlossaryRow("QB", "Head of Stores", "Quilla Bramwich"),
    GlossaryRow("HoE", "Head of Estates", "Tamsin Orrell"),
    GlossaryRow("OM", "Oswin Marle"),
    GlossaryRow("P&C", "People and Culture"),
    GlossaryRow("FOD", "Faculty Operations Director"),
    GlossaryRow("Comms", "Communications Office"),
]
PARTIES = Parties(GLOSSARY)
NOBODY = Parties([])


def read(text, parties=PARTIES, **how):
    return [(owner.text, owner.code, owner.role) for owner in read_owners(text, parties, **how)]


@pytest.mark.parametrize(
    "text",
    [
        "WSM; TDG",
        "WSM;TDG",
        "WSM / TDG",
        "WSM/TDG",
        "WSM, TDG",
        "WSM\nTDG",
        "WSM TDG",
        "WSM and TDG",
        "WSM & TDG",
        "WSM | TDG",
        "• WSM\n• TDG",
    ],
)
def test_owners_are_parted_by_whatever_stands_between(text) -> None:
    assert read(text) == [("WSM", "WSM", "lead"), ("TDG", "TDG", "lead")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("WSMs", "WSM"),
        ("All WSMs", "WSM"),
        ("Workshop Services Manager", "WSM"),
        ("Workshop Services Managers", "WSM"),
        ("the Technician Development Group", "TDG"),
        ("TDG Rep", "TDG Rep"),
        ("Quilla Bramwich", "QB"),
        ("Dean of Arts", None),
        ("WSMX", None),
    ],
)
def test_an_owners_code_is_the_glossarys_form_or_null(text, code) -> None:
    assert [owner.code for owner in read_owners(text, PARTIES)] == [code]


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        ("WSM to work with TDG", [("WSM", "WSM", "lead"), ("TDG", "TDG", "support")]),
        ("WSMs supported by Comms", [("WSMs", "WSM", "lead"), ("Comms", "Comms", "support")]),
        ("WSM with Comms", [("WSM", "WSM", "lead"), ("Comms", "Comms", "support")]),
        ("WSM; under remit of TDG", [("WSM", "WSM", "lead"), ("TDG", "TDG", "oversight")]),
        ("WSM reporting to TDG", [("WSM", "WSM", "lead"), ("TDG", "TDG", "oversight")]),
        ("TDG to oversee", [("TDG", "TDG", "oversight")]),
        (
            "Lead: WSM\nSupport: Comms, FODs",
            [("WSM", "WSM", "lead"), ("Comms", "Comms", "support"), ("FODs", "FOD", "support")],
        ),
        ("Lead – WSM", [("WSM", "WSM", "lead")]),
        ("WSM (lead); Comms (support)", [("WSM", "WSM", "lead"), ("Comms", "Comms", "support")]),
        ("P&C FODs; WSMs", [("P&C", "P&C", "lead"), ("FODs", "FOD", "lead"), ("WSMs", "WSM", "lead")]),
    ],
)
def test_support_and_oversight_stand_apart_from_leading(text, owners) -> None:
    assert read(text) == owners


@pytest.mark.parametrize("role", ["lead", "support", "oversight"])
def test_the_columns_heading_gives_the_role(role) -> None:
    assert read("WSM, Comms", role=role) == [("WSM", "WSM", role), ("Comms", "Comms", role)]


@pytest.mark.parametrize("text", ["", "TBC", "tba", "N/A", "-", "?", "To be confirmed", "None", " . ", "12"])
def test_nobody_is_invented_where_nobody_is_named(text) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Quilla Bramwich", ["person"]),
        ("Ada Fenwick", ["person"]),
        ("Dr Ada Fenwick", ["person"]),
        ("OM", ["person"]),
        ("QB", ["person"]),
        ("Head of Stores", ["person"]),
        ("HoE", ["role"]),
        ("Head of Estates", ["role"]),
        ("Technical Managers", ["role"]),
        ("TDG", ["group"]),
        ("Technical Steering Committee", ["group"]),
        ("Comms", ["unit"]),
        ("Human Resources", ["unit"]),
        ("Everyone", ["text"]),
        ("XYZ", ["text"]),
    ],
)
def test_kind_says_what_sort_of_party_it_is(text, kinds) -> None:
    assert [owner.kind for owner in read_owners(text, PARTIES)] == kinds


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        ("Director of Research and Innovation", ["Director of Research and Innovation"]),
        ("Learning and Development Manager", ["Learning and Development Manager"]),
        ("Head of HR and Technical Manager", ["Head of HR", "Technical Manager"]),
        ("JA/MD", ["JA", "MD"]),
        ("Ada Fenwick and Bram Lyle", ["Ada Fenwick", "Bram Lyle"]),
        ("Head of Technical\nServices", ["Head of Technical Services"]),
        ("Deans, Heads of School and Finance Director", ["Deans", "Heads of School", "Finance Director"]),
        ("HR; HR", ["HR"]),
    ],
)
def test_a_title_with_and_is_one_party_and_two_titles_are_two(text, texts) -> None:
    assert [owner.text for owner in read_owners(text, NOBODY, wrapped="\n" in text)] == texts


@pytest.mark.parametrize(
    "text", ["Estates", "HR and Comms", "TDG", "Head of Stores", "Ada Fenwick", "Technical Managers; Deans"]
)
def test_names_party_knows_parties(text) -> None:
    assert names_party(text) is True


@pytest.mark.parametrize(
    "text",
    ["", "review the panel", "Is this in place?", "A long sentence that says what is going to be done next year"],
)
def test_names_party_leaves_other_words_alone(text) -> None:
    assert names_party(text) is False
