"""Which conflicts records tell."""

from __future__ import annotations

import pytest

from ..conflicting import Applied, Known, Reader, address, conflicts_of, key_of


def applied(**told):
    fields = {"pk": 1, "reference": "KEP-AAAAA", "applicant": 7, "email": "ines@farfield.example", "employer": "University of Farfield", "host": "University of Hostwick"}  # fmt: skip
    return Applied(**{**fields, "named": {"mona@farfield.example": "line manager"}, **told})


def reader(works_for="University of Nowhere", *emails, person=9):
    return Reader(person, frozenset({works_for}), frozenset(emails))


CASES = {
    "nothing": (reader(), Known(), []),
    "the applicant": (reader(person=7), Known(), ["own"]),
    "the applicant by another account, with a plus": (
        reader("", "Ines+panel@farfield.example"), Known(), ["own"]),
    "same employer, said otherwise": (reader("Farfield University"), Known(), ["employer"]),
    "works for the host": (reader("The University of Hostwick (main site)"), Known(), ["host"]),
    "everybody works where the scheme is run": (reader("Farfield University"), Known(home="University of Farfield"), []),
    "named as line manager": (reader("Elsewhere", "MONA@farfield.example"), Known(), ["named"]),
    "manages the applicant": (reader(), Known(managers=frozenset({(7, 9)})), ["manager"]),
    "is managed by the applicant": (reader(), Known(managers=frozenset({(9, 7)})), ["manager"]),
    "named in an earlier one": (reader(), Known(met={(7, 9): ("KEP-BBBBB",)}), ["past"]),
    "named the applicant in their own": (reader(), Known(met={(9, 7): ("KEP-BBBBB",)}), ["past"]),
    "named in this one alone is not earlier": (reader(), Known(met={(7, 9): ("KEP-AAAAA",)}), []),
    "the applicant went to where the reader works": (
        reader("Institute of Elsewhere"), Known(went={7: (("The Elsewhere Institute", "KEP-BBBBB"),)}), ["past"]),
    "the reader went to where the applicant works": (
        reader(), Known(went={9: (("Farfield University", "KEP-CCCCC"),)}), ["past"]),
    "where they go with this one is not earlier": (
        reader("Institute of Elsewhere"), Known(went={7: (("Institute of Elsewhere", "KEP-AAAAA"),)}), []),
    "the applicant came to the house that runs the scheme": (
        reader("Institute of Elsewhere"),
        Known(home="Institute of Elsewhere", went={7: (("Institute of Elsewhere", "KEP-BBBBB"),)}), []),
    "both went to the same third place": (
        reader(), Known(went={7: (("Elsewhere", "KEP-BBBBB"),), 9: (("Elsewhere", "KEP-CCCCC"),)}), []),
    "somebody else went there": (
        reader("Institute of Elsewhere"), Known(went={8: (("Institute of Elsewhere", "KEP-BBBBB"),)}), []),
    "declared before": (reader(), Known(declared={(7, 9): ("personal", "KEP-BBBBB")}), ["personal"]),
    "employer and host": (reader("University of Farfield"), Known(), ["employer"]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_records_tell(name):
    who, known, kinds = CASES[name]
    assert [one.kind for one in conflicts_of(applied(), who, known)] == kinds


def test_a_host_is_known_under_each_of_its_names():
    one = applied(host="EMBL", host_also=("European Molecular Biology Laboratory", "EMBL"))
    assert [found.kind for found in conflicts_of(one, reader("European Molecular Biology Laboratory"), Known())] == [
        "host"
    ]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("University of Leeds", "Leeds University", True),
        ("The Univ. of Leeds", "University of Leeds", True),
        ("King's College London", "Kings College London", True),
        ("University of York", "York St John University", False),
        ("", "University of Leeds", False),
    ],
)
def test_organisations_are_told_apart(one, other, same):
    assert (bool(key_of(one)) and key_of(one) == key_of(other)) == same


def test_an_address_without_a_domain_is_none():
    assert address("nobody") == ""
    assert address(" A.B+c@X.example ") == "a.b@x.example"
