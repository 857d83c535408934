"""What came with the form of a report or a follow-up: files that are chosen, presses beside a question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from desaga.evidence.checking import FileRefused, check_file

from ..asked import file_keys, posted, pressed
from ..defining import Follow
from ..models import Award
from ..operations import outcome_files


@dataclass(frozen=True)
class Sent:
    """What came with a form: answers, what is wrong with files, and beside which question something was pressed."""

    answers: dict[str, Any]
    troubles: dict[str, str]
    pressed: str


def sent(award: Award, follow: Follow, request: HttpRequest, actor: Any) -> Sent:
    """Read the form; files that are chosen are looked at and kept at once, as they are in an application."""
    answers, key = pressed(follow, request.POST, posted(follow, request.POST))
    if key in file_keys(follow):
        outcome_files.remove_outcome_file(award=award, follow=follow, key=key, actor=actor)
    troubles = {}
    for name in file_keys(follow) & set(request.FILES):
        try:
            file = check_file(request.FILES[name])
            outcome_files.keep_outcome_file(award=award, follow=follow, key=name, file=file, actor=actor)
        except FileRefused as refusal:
            troubles[name] = str(refusal)
    return Sent(outcome_files.with_files(award, follow, answers), troubles, key)
