"""Every kind of notice that the reader gives, and what it means. The interchange schema lists the same names."""

from __future__ import annotations

KINDS: dict[str, str] = {
    "no_plan": "The document holds no action plan.",
    "excel_date": "A month and year that a spreadsheet had turned into a day and month was turned back.",
    "impossible_date": "A day that the calendar does not have; only the words were kept.",
    "end_before_start": "The end stands before the start.",
    "date_not_understood": "Words that seem to name a time, in which no date was understood.",
    "phase_without_key": "A phase or year that no key in the document dates.",
    "mended_by_key": "A scanning fault that the document's own key puts right.",
    "debris": "Characters in a cell that mean nothing there; they are kept among the unplaced text.",
    "spelling_mended": "A misspelt name that was taken for a known one.",
    "named_twice": "One cell names the same thing twice.",
    "not_recognised": "Words in a cell that name no principle of any known framework.",
    "two_in_one": "Two actions seem to have run into one row.",
    "gap_in_numbering": "A number is missing between two neighbours.",
    "torn_start": "The text begins in the middle of a sentence.",
    "torn_end": "The text breaks off.",
    "missing": "A cell that other actions of the table fill is empty.",
    "continued": "The text of several rows was joined.",
    "header_carried": "The table has no heading of its own; the headings of the table before were used.",
    "header_shifted": "The table has fewer columns than its headings; cells were placed by what they say.",
    "columns_guessed": "Columns were told apart by what their cells say.",
    "status_not_understood": "Words in a status cell that are no status; they were kept as a comment.",
    "label_restored": "A framework's lost label was set again.",
    "theme_torn": "A heading was torn across the columns of the table.",
    "prose": "The plan is no table; actions were told from headings and lists.",
    "repeated": "The same action stands in the document twice.",
    "earlier_plan": "A table or list looks back on an earlier plan; it was not read as actions.",
    "reading": "Something that reading the file itself brought up (hidden sheets, guessed encoding and the like).",
}
