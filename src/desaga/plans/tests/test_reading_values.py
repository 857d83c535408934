"""Status, RAG and codes: words of every house made values of one fixed list, or none."""

import pytest

from desaga.plans.reading.values import is_code, read_rag, read_status, split_code, tidy_code


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Not started", "not_started"),
        ("Not yet begun", "not_started"),
        ("Planned", "not_started"),
        ("0%", "not_started"),
        ("In progress", "in_progress"),
        ("Under way", "in_progress"),
        ("on-going", "in_progress"),
        ("Partially complete", "in_progress"),
        ("Nearly complete", "in_progress"),
        ("On track", "in_progress"),
        ("65 %", "in_progress"),
        ("Complete", "complete"),
        ("Completed July 2025", "complete"),
        ("Done", "complete"),
        ("100%", "complete"),
        ("✓", "complete"),
        ("Delayed", "delayed"),
        ("Overdue: waiting for Estates", "delayed"),
        ("At risk", "delayed"),
        ("On hold", "paused"),
        ("Deferred until the move", "paused"),
        ("Withdrawn", "stopped"),
        ("No longer needed", "stopped"),
        ("", None),
        ("Estates", None),
        ("The workshop was well liked", None),
    ],
)
def test_read_status_makes_words_one_of_six(text, status) -> None:
    assert read_status(text) == status


@pytest.mark.parametrize(
    ("text", "rag", "status"),
    [
        ("Red", "red", None),
        ("AMBER", "amber", None),
        ("Yellow", "amber", None),
        ("G", "green", None),
        ("A - waiting for a decision", "amber", None),
        ("Green: on course", "green", None),
        ("(Amber)", "amber", None),
        ("🟢", "green", None),
        ("🔴 Red", "red", None),
        ("Blue", "blue", "complete"),
        ("🔵", "blue", "complete"),
        ("", None, None),
        ("A plan was made", None, None),
        ("Reduced", None, None),
        ("Complete", None, None),
    ],
)
def test_read_rag_gives_a_colour_and_what_blue_stands_for(text, rag, status) -> None:
    assert read_rag(text) == (rag, status)


@pytest.mark.parametrize(
    "text", ["1", "1.2", "1a", "1.2.3", "A1", "V3", "N8-1a", "TR-10a", "NTDC SR-2a", "Action 4", "3)", "2(b)", "AB12"]
)
def test_is_code_knows_labels(text) -> None:
    assert is_code(text) is True


@pytest.mark.parametrize(
    "text", ["", "A", "Workshop", "Recognise technicians", "12 March", "Three", "1 day a week for all"]
)
def test_is_code_leaves_words_alone(text) -> None:
    assert is_code(text) is False


@pytest.mark.parametrize(
    ("text", "code", "rest"),
    [
        ("1.2 Review the panel", "1.2", "Review the panel"),
        ("3. Name a champion", "3", "Name a champion"),
        ("V1: Put up portraits", "V1", "Put up portraits"),
        ("Action 7 – Open the store", "7", "Open the store"),
        ("QX2-4b publish the list", "QX2-4b", "publish the list"),
        ("12 technicians will be trained", None, "12 technicians will be trained"),
        ("2025 review of posts", None, "2025 review of posts"),
        ("Review the panel", None, "Review the panel"),
    ],
)
def test_split_code_parts_a_label_from_its_text(text, code, rest) -> None:
    assert split_code(text) == (code, rest)


@pytest.mark.parametrize(("text", "code"), [("4.", "4"), ("4)", "4"), ("2(b)", "2(b)"), ("N8-1a:", "N8-1a")])
def test_tidy_code_drops_what_stands_after(text, code) -> None:
    assert tidy_code(text) == code
