"""Every kind of notice and of refusal that reading a document can give, in one place.

The keys are fixed: screens, translations and tests rely on them. The sentences are for the person who chose the file
and say how to mend it. `refuse` and `notice` are the only makers of either.
"""

from __future__ import annotations

from typing import Final

from .model import Notice, Source, UnreadableDocument

NOTICE_KINDS: Final[dict[str, str]] = {
    "wrong_extension": "The file is called “{name}”, but it holds {found}; it was read as that.",
    "encoding_guessed": "The text is not in UTF-8; it was read as {encoding}. Check letters with accents and signs such as £ and ’.",
    "hidden_sheet": "The sheet “{sheet}” is hidden in the file; it was read all the same.",
    "hidden_rows": "{what} of the sheet “{sheet}” are hidden in the file; they were read all the same.",
    "cell_comment": "Comment on a cell: {text}",
    "comment": "Comment: {text}",
    "hidden_text": "Text that the file marks as hidden was left out of its place: {text}",
    "tracked_changes": "The file holds tracked changes; insertions were read as accepted and deletions left out.",
    "macros_ignored": "The file holds macros; none was run.",
    "entities_ignored": "The file defines its own XML entities; they were not expanded.",
    "cut_off": "Only part of the file was read: {what}. Split the file to read the rest.",
    "formula_without_value": "A formula has no stored result; open the file in a spreadsheet program, save it and choose it again to see it.",
    "display_guessed": "This old format does not say how dates and numbers are shown; check them, or save the file as .xlsx.",
    "page_without_text": "Page {page} has no text, only a picture; nothing could be read from it.",
    "part_unreadable": "Part of the file could not be read: {what}.",
    "slanted_text": "Text across page {page} at an angle was left out of its place: {text}",
    "unclear_text": "Some letters on page {page} cannot be told from the file; they appear as �.",
    "ragged_rows": "The rows do not all have the same number of cells; short rows were filled up with empty cells.",
}
"""Kind of a `Notice` to the sentence shown with it."""

UNREADABLE_KINDS: Final[dict[str, str]] = {
    "missing": "There is no file called “{name}”. Check the name and choose it again.",
    "directory": "“{name}” is a folder. Choose one file inside it.",
    "no_permission": "“{name}” may not be opened. Ask for permission to read it, or choose a copy of your own.",
    "empty": "“{name}” holds no text. Check that it was saved, and choose it again.",
    "too_large": "“{name}” is larger than {limit} MB. Remove pictures from it or split it, and choose it again.",
    "encrypted": "“{name}” is protected by a password. Open it, remove the password, save it and choose it again.",
    "corrupt": "“{name}” is damaged or was not copied completely. Open it in the program that made it, save it again and choose the new file.",
    "zip_bomb": "“{name}” unpacks to far more than a document would need, so it was not opened. Save it again from the program that made it.",
    "entities": "“{name}” defines its own XML entities, which a document does not need, so it was not opened. Save it again from the program that made it.",
    "no_text_layer": "“{name}” holds only pictures of pages, no text. Run text recognition (OCR) on it, or choose the file it was scanned from.",
    "picture": "“{name}” is a picture. Choose the document it was made from, or run text recognition (OCR) on it.",
    "old_word": "“{name}” is in the format of Word before 2007. Open it in Word or LibreOffice, save it as .docx and choose that.",
    "presentation": "“{name}” is a presentation. Save it as .pdf, or copy the plan into a document, and choose that.",
    "unsupported": "“{name}” is {found}, which is not read here. Save it as .docx, .xlsx, .pdf, .csv or .txt and choose that.",
    "binary": "“{name}” is not a document that can be read here. Save it as .docx, .xlsx, .pdf, .csv or .txt and choose that.",
    "too_slow": "Reading “{name}” took too long and was stopped. Split it into smaller files and choose one of them.",
    "too_big_for_memory": "Reading “{name}” needed too much memory and was stopped. Remove pictures from it or split it, and choose it again.",
}
"""Kind of an `UnreadableDocument` to its sentence."""


def notice(kind: str, source: Source | None = None, **words: object) -> Notice:
    """The notice of this kind, its sentence filled in; `KeyError` for a kind that is not in the list."""
    return Notice(kind, NOTICE_KINDS[kind].format(**words), source or Source())


def refuse(kind: str, name: str, **words: object) -> UnreadableDocument:
    """The refusal of this kind for the file `name`, to be raised; `KeyError` for a kind that is not in the list."""
    return UnreadableDocument(kind, UNREADABLE_KINDS[kind].format(name=name, **words))
