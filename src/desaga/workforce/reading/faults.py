"""What may be wrong with a file: each kind with what it does, what to say, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Weight = Literal["stops", "fault", "word"]


@dataclass(frozen=True, slots=True)
class Kind:
    weight: Weight
    what: str
    mend: str


@dataclass(frozen=True, slots=True)
class Found:
    """One fault: the row of the file, the number of the column (None for the whole row), the field, and the text that is wrong."""

    row: int
    column: int | None
    field: str
    kind: str
    text: str


KINDS: dict[str, Kind] = {
    "no_staff_number": Kind(
        "fault", "The row has no staff number, so it is left out.", "Fill in the number, or take the row away."
    ),
    "held_by_nobody": Kind(
        "fault",
        "The row has neither number nor name, but hours and a start as somebody's contract has: it is left out.",
        "If it is another contract of the person above, repeat their number. If nobody holds the post, write Vacant in its place.",
    ),
    "shortened_number": Kind(
        "fault", "Excel shortened this number, so that nobody knows any more whose it is.", "Make the column text, or whole numbers without E, and take it from the HR system again."
    ),
    "heading_again": Kind("word", "This row repeats the headings, so it is left out.", "Nothing."),
    "american_column": Kind(
        "fault", "Other dates of this column have the month first, so that this one may be either.", "Write the whole column with the day first: 31/07/2026."
    ),
    "vacant_post": Kind(
        "word", "Nobody holds this post: it is counted as vacant, and not among people.", "Nothing, if that is right. If somebody holds it, fill in their number."
    ),
    "no_count": Kind("fault", "This is no whole number.", "Write how many there are in figures, such as 12."),
    "no_mark": Kind("fault", "This says neither yes nor no.", "Write Y or N."),
    "two_mains": Kind(
        "word", "Several contracts that this person holds are marked as the main one.", "Leave the mark at one of them. Until then the largest of them counts."
    ),
    "no_date": Kind("fault", "This is no date.", "Write it as 31/07/2026 or 2026-07-31."),
    "odd_year": Kind("fault", "This year is before 1900.", "Write the year with its four figures: 31/07/2026."),
    "american_date": Kind(
        "fault", "The month and the day seem to be the wrong way round.", "Write the day first: 31/07/2026."
    ),
    "no_number": Kind("fault", "This is no number.", "Write figures only, such as 36.5, 0.6 or 60%."),
    "odd_share": Kind(
        "fault",
        "A share of a full-time week lies between 0 and 1.",
        "Check whether the column holds shares, per cents or hours.",
    ),
    "mixed_share": Kind(
        "fault",
        "The column has both shares of 1 and per cents, so that this one may be either.",
        "Write it with its sign, such as 60%, or the whole column as shares, such as 0.6.",
    ),
    "no_soc": Kind("fault", "This is no SOC2020 unit group.", "Write its four figures, such as 3111."),
    "short_soc": Kind(
        "fault", "Three figures are a minor group, as SOC2010 was returned.", "Give the unit group of SOC2020 with four figures."
    ),
    "unknown_code": Kind(
        "fault", "This is not in the code list.", "Say on the page Codes what it means, or mend it in the HR system."
    ),
    "no_code_fits": Kind("word", "You said that no code fits this.", "Nothing, if that is right."),
    "end_before_start": Kind("fault", "The contract ends before it starts.", "Mend one of the two dates."),
    "contract_twice": Kind(
        "fault", "This contract of this person stands in an earlier row already.", "Take one row away, or give each contract its own number."
    ),
    "row_twice": Kind(
        "word", "The row says the same as an earlier one, and no contract number tells them apart: they count as two contracts.",
        "Nothing, if they are two. If they are one, take one row away.",
    ),
    "person_again": Kind(
        "word", "Somebody of the same name and date of birth stands in an earlier row under another number: they are counted twice if they are one.",
        "Nothing, if they are two people. If they are one, give both rows the same number.",
    ),
    "person_twice": Kind(
        "fault",
        "This staff number stands in an earlier row already.",
        "If people may have several contracts, say that a row is a contract.",
    ),
    "two_birth_dates": Kind(
        "fault", "The same staff number has another date of birth in an earlier row.", "Mend the date that is wrong."
    ),
    "two_people": Kind(
        "fault",
        "The same staff number has another name and date of birth in an earlier row: two people share it.",
        "Give each of them their own number.",
    ),
    "two_names": Kind(
        "word", "The same staff number has another name in an earlier row.", "Nothing, if the person changed their name."
    ),
    "too_much_time": Kind(
        "fault", "The contracts of this person make more than full time together.",
        "Check their shares and end dates; if there are many, the hours of a full-time week under Columns."
    ),
    "odd_age": Kind("fault", "By this date of birth the person is under 15 or over 90.", "Check the century."),
    "shares_differ": Kind(
        "fault", "The activities of this contract do not make 100 per cent together.", "Mend their shares; until then they count equally."
    ),
    "starts_later": Kind(
        "word", "The contract starts after the day of the extract.", "Nothing: it does not count on that day."
    ),
    "unknown_unit": Kind(
        "word", "No unit of yours has this name or code.", "Add the unit, or its code, under Organisation."
    ),
    "totals_row": Kind("word", "This row seems to hold totals, so it is left out.", "Nothing."),
}  # fmt: skip
