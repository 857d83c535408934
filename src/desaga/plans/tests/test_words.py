"""Words of a document: mapped once, applied to every row as one step, remembered, said otherwise by two; and bad input."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..forms.settling import field_name
from ..models import RememberedChoice, ReviewStep, StagedRow
from ..operations import imports
from ..operations.imports import NotAMeaning, Said
from ..queries import review_summary
from ..queries.words import phases_named, words_of, words_open
from ..states import ChoiceKind

SHEET = """Ref,Action,Responsible,Timeframe,Status,Pillar
A1,Open the glass store to all technicians,Estates,Phase 1,Simmering,Making us seen
A2,Name a mentor for each new trainee,HR,Phase 2,Simmering,Making us seen; R4
A3,Publish profiles of technicians on the web,Comms,P1-2,On track,Visibility
A4,Write down the career routes of technicians,HR,2026,Green,Recognitoin
"""
ALIGNMENT, STATUS, PHASE = ChoiceKind.ALIGNMENT, ChoiceKind.STATUS, ChoiceKind.PHASE


def read_sheet(organisation: Any, sheet: str = SHEET, name: str = "plan.csv") -> Any:
    with within(organisation):
        handed_in = imports.hand_in(
            actor=None, organisation=organisation, name=name, content=sheet.encode(), in_background=False
        )
        return imports.read_now(actor=None, document=handed_in.document)


@pytest.fixture
def document(organisation: Any) -> Any:
    return read_sheet(organisation)


@pytest.fixture
def client(member: Any, client_of: Any) -> Any:
    return client_of(member(Role.PROJECT_OFFICER))


def address(document: Any) -> str:
    return reverse("plans:settle_words", args=[document.organisation.slug, document.pk])


def told(document: Any, kind: ChoiceKind) -> list[tuple[str, int, Any, bool]]:
    with within(document.organisation):
        return [(word.words, word.rows, word.taken, word.is_open) for word in words_of(document)[kind]]


def map_and_read(document: Any, *said: Said) -> int:
    with within(document.organisation):
        differ = imports.map_words(actor=None, document=document, said=said).differ
        document.refresh_from_db()
        imports.read_now(actor=None, document=document)
        return differ


def rows(document: Any) -> list[dict[str, Any]]:
    with within(document.organisation):
        return [dict(row.data) for row in StagedRow.objects.filter(document=document).order_by("order")]


SAID = (
    Said(ALIGNMENT, "Making us seen", {"principles": [["Technician Commitment", "Visibility"], ["TALENT", "R11"]]}),
    Said(STATUS, "Simmering", {"status": "in_progress"}),
    Said(PHASE, "Phase 1", {"start": "2026-01", "end": "2026-12"}),
    Said(PHASE, "Phase 2", {"start": "2027-01", "end": "2027-12"}),
)


def test_words_stand_with_what_they_were_taken_for_and_what_is_not_understood_first(document: Any) -> None:
    assert told(document, ALIGNMENT) == [
        ("Making us seen", 2, [], True),
        ("R4", 1, [("TALENT", "R4")], False),
        ("Recognitoin", 1, [("Technician Commitment", "Recognition")], False),
        ("Visibility", 1, [("Technician Commitment", "Visibility")], False),
    ]
    assert told(document, STATUS) == [
        ("Simmering", 2, "", True),
        ("Green", 1, "", False),
        ("On track", 1, "in_progress", False),
    ]
    assert told(document, PHASE) == [("Phase 1", 2, None, True), ("Phase 2", 2, None, True)]
    with within(document.organisation):
        # "Phase 1", "Phase 2" and "P1-2" are three sentences of doubt.
        assert words_open(review_summary(document).messages) == 5


def test_what_words_mean_is_applied_to_every_row_as_one_step_that_can_be_undone(document: Any) -> None:
    before = rows(document)
    assert map_and_read(document, *SAID) == 4

    a1, a2, a3, a4 = rows(document)
    assert [row["status"] for row in (a1, a2, a3)] == ["in_progress"] * 3
    assert [(a["framework"], a["code"]) for a in a2["alignments"]] == [
        ("Technician Commitment", "Visibility"),
        ("TALENT", "R11"),
        ("TALENT", "R4"),
    ]
    assert [(row["timeframe"]["start"], row["timeframe"]["end"]) for row in (a1, a3)] == [
        ("2026-01", "2026-12"),
        ("2026-01", "2027-12"),
    ]
    assert a4 == before[3]
    with within(document.organisation):
        assert words_open(review_summary(document).messages) == 0
        step = ReviewStep.objects.get(document=document)
        imports.undo_step(actor=None, step=step)
    assert rows(document) == before


def test_applied_now_is_what_the_next_document_is_read_with(document: Any, organisation: Any) -> None:
    map_and_read(document, *SAID)
    later = read_sheet(
        organisation, SHEET + "A5,Hold an open day for technicians,Estates,Phase 2,Simmering,R4\n", "b.csv"
    )

    def meaning(row: dict[str, Any]) -> Any:
        return {name: row[name] for name in ("title", "status", "timeframe", "alignments", "notices")}

    assert [meaning(row) for row in rows(later)[:4]] == [meaning(row) for row in rows(document)]
    assert rows(later)[4]["status"] == "in_progress"
    with within(organisation):
        used = RememberedChoice.objects.order_by("kind", "key").values_list("words", "times_used")
        assert dict(used) == {"Making us seen": 2, "Phase 1": 2, "Phase 2": 2, "Simmering": 2}


def test_what_somebody_corrected_by_hand_stays(document: Any) -> None:
    with within(document.organisation):
        row = StagedRow.objects.filter(document=document).order_by("order").first()
        imports.edit_row(actor=None, row=row, data={**row.data, "status": "stopped"})
    map_and_read(document, *SAID)
    assert [row["status"] for row in rows(document)[:2]] == ["stopped", "in_progress"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Phase 1", ["Phase 1"]),
        ("P1,2,3", ["Phase 1", "Phase 2", "Phase 3"]),
        ("Y1-3", ["Year 1", "Year 2", "Year 3"]),
        ("(Yr 1 and Yr 2)", ["Year 1", "Year 2"]),
        ("Phases 2 to 3", ["Phase 2", "Phase 3"]),
        ("Phase 9-1", ["Phase 9", "Phase 1"]),
        ("P1-99", ["Phase 1", "Phase 99"]),
        ("March 2026", []),
        ("by May 1", []),
        ("", []),
    ],
)
def test_phases_are_named_as_people_write_them(text: str, names: list[str]) -> None:
    assert phases_named(text) == names


def sent(kind: ChoiceKind, words: str, value: Any = "", **parts: str) -> dict[str, str]:
    name = field_name(kind, words)
    return {name: value} | {f"{name}-{part}": said for part, said in parts.items()}


def test_the_page_takes_what_people_write(client: Any, document: Any) -> None:
    page = client.get(address(document)).content.decode()
    assert "Making us seen" in page
    typed = (
        sent(ALIGNMENT, "Making us seen", "technician commitment: visibility; R11")
        | sent(STATUS, "Simmering", "in_progress")
        | sent(PHASE, "Phase 1", start="January 2026", end="2026")
    )
    answer = client.post(address(document), typed, follow=True).content.decode()
    assert "Waiting to be read" in answer
    with within(document.organisation):
        meanings = dict(RememberedChoice.objects.values_list("words", "meaning"))
    assert meanings == {
        "Making us seen": {"principles": [["Technician Commitment", "Visibility"], ["TALENT", "R11"]]},
        "Simmering": {"status": "in_progress"},
        "Phase 1": {"start": "2026-01", "end": "2026"},
    }


def test_bad_input_is_said_beside_the_words_and_stays(client: Any, document: Any) -> None:
    typed = (
        sent(ALIGNMENT, "Making us seen", "R4; the moon")
        | sent(PHASE, "Phase 1", start="2027", end="2026")
        | sent(PHASE, "Phase 2", start="soonish")
    )
    answer = client.post(address(document), typed).content.decode()
    assert "No framework here has “the moon”." in answer
    assert "The end comes before the start." in answer
    assert 'value="R4; the moon"' in answer
    assert 'value="soonish"' in answer
    with within(document.organisation):
        assert not RememberedChoice.objects.exists()


def test_words_can_be_left_to_the_reader_again_or_mean_nothing(client: Any, document: Any) -> None:
    map_and_read(document, *SAID)
    with within(document.organisation):
        seen = {choice.words: choice.at.isoformat() for choice in RememberedChoice.objects.all()}
    typed = sent(STATUS, "Simmering", "", seen=seen["Simmering"]) | sent(
        ALIGNMENT, "Making us seen", "None", seen=seen["Making us seen"]
    )
    client.post(address(document), typed)
    with within(document.organisation):
        document.refresh_from_db()
        imports.read_now(actor=None, document=document)
    assert ("Simmering", 2, "", True) in told(document, STATUS)
    assert ("Making us seen", 2, [], False) in told(document, ALIGNMENT)


def test_two_hands_do_not_overwrite_each_other(client: Any, document: Any) -> None:
    with within(document.organisation):
        imports.remember(actor=None, document=document, kind=STATUS, words="Simmering", meaning={"status": "delayed"})
        seen = RememberedChoice.objects.get().at.isoformat()
    ours = sent(STATUS, "Simmering", "in_progress") | sent(PHASE, "Phase 1", start="2026")

    first = client.post(address(document), ours).content.decode()
    assert "Somebody has said meanwhile that this is Delayed." in first
    assert seen in first
    with within(document.organisation):
        assert RememberedChoice.objects.count() == 1
    client.post(address(document), ours | sent(STATUS, "Simmering", "in_progress", seen=seen))
    with within(document.organisation):
        assert dict(RememberedChoice.objects.values_list("words", "meaning")) == {
            "Simmering": {"status": "in_progress"},
            "Phase 1": {"start": "2026", "end": None},
        }


@pytest.mark.parametrize(
    "said",
    [
        Said(STATUS, "Simmering", {"status": "boiling"}),
        Said(PHASE, "Phase 1", {"start": None, "end": None}),
        Said(ChoiceKind.HEADING, "Status", {"role": "status"}),
        Said(ALIGNMENT, "Making us seen", {"principles": None}),
    ],
)
def test_words_cannot_mean_just_anything(document: Any, said: Said) -> None:
    with within(document.organisation), pytest.raises(NotAMeaning):
        imports.map_words(actor=None, document=document, said=[said])


def test_words_take_as_many_queries_for_three_rows_as_for_one(
    client: Any, organisation: Any, django_assert_num_queries: Any
) -> None:
    one, three = (read_sheet(organisation, "".join(SHEET.splitlines(True)[:n]), f"{n}.csv") for n in (2, 4))
    client.get(address(one))
    for document in (one, three):
        with django_assert_num_queries(26):
            client.get(address(document))
