"""Letters and files that a reader may read, of all their readings at once: those that the pages show, and no others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Sum
from django.db.models.functions import Length

from desaga.evidence.states import Scan

from ..letter_files import is_clean
from ..models import ApplicationFile, ApplicationFileContent, AskingLetter, Assignment, RedactedFile
from ..packing import LARGEST_PACK, TooLarge, name_in
from .reading import copies_of, hides_names, said_in

CLEAN = (Scan.NONE, Scan.CLEAN)


def files_of(readings: Sequence[Assignment]) -> list[tuple[str, bytes]]:
    """Paths in a .zip, and bytes. What the virus scanner has not passed is left out. Raises `TooLarge`."""
    shown, letters, nameless = _shown(readings)
    if _size(shown, letters, nameless) > LARGEST_PACK:
        raise TooLarge
    taken: set[str] = set()
    return [
        (name_in(reference, what, name, taken), content)
        for reference, what, name, content in (*_letters(letters), *_files(shown), *_redacted(nameless))
    ]


def number_of_files(readings: Sequence[Assignment]) -> int:
    return sum(map(len, _shown(readings)))


def _shown(readings: Sequence[Assignment]) -> tuple[list[int], list[int], list[int]]:
    """The ids of files, of who handed letters in, and of files whose copy without names is read."""
    rows = {one.application_id: one.application for one in readings}
    files: list[int] = []
    nameless: list[int] = []
    for pk, parts in copies_of(readings).items():
        told = [one.file for part in parts for one in part.answers if one.file]
        (nameless if hides_names(rows[pk]) else files).extend(told)
    letters = [one.letter for told in said_in(readings).values() for one in told if one.letter]
    return files, letters, nameless


def _size(files: Sequence[int], letters: Sequence[int], nameless: Sequence[int]) -> int:
    sums = (
        ApplicationFile.objects.filter(pk__in=files).aggregate(sum=Sum("size"))["sum"],
        AskingLetter.objects.filter(asking__in=letters).aggregate(sum=Sum(Length("content")))["sum"],
        RedactedFile.objects.filter(file__in=nameless).aggregate(sum=Sum(Length("content")))["sum"],
    )
    return sum(one or 0 for one in sums)


def _letters(pks: Sequence[int]) -> Iterator[tuple[str, str, str, bytes]]:
    rows = AskingLetter.objects.filter(asking__in=pks).select_related("asking__application__version")
    for one in rows.order_by("asking__application__reference", "pk"):
        content, application = bytes(one.content), one.asking.application
        approver = application.definition.approver(one.asking.key)
        if one.scan in CLEAN or is_clean(content):
            yield application.reference, f"{approver.title if approver else ''} letter", one.file_name, content


def _files(pks: Sequence[int]) -> Iterator[tuple[str, str, str, bytes]]:
    rows = ApplicationFileContent.objects.filter(file__in=pks, file__scan__in=CLEAN)
    for one in rows.select_related("file__application").order_by("file__application__reference", "file"):
        yield one.file.application.reference, "", one.file.name, bytes(one.content)


def _redacted(pks: Sequence[int]) -> Iterator[tuple[str, str, str, bytes]]:
    rows = RedactedFile.objects.filter(file__in=pks).select_related("file__application")
    for one in rows.order_by("file__application__reference", "file"):
        content = bytes(one.content)
        if one.scan in CLEAN or is_clean(content):
            yield one.file.application.reference, "", one.file_name, content
