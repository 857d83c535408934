"""Who may decide on what somebody was awarded, or may be: nobody on their own, and nobody with something in their way."""

from __future__ import annotations

from typing import Any

from desaga.organisations.refusals import Refused

from ..models import Application, Award, Interest


class YourOwn(Refused):
    """Nobody decides on their own award. Ask a colleague."""


class NotYoursToDecide(Refused):
    """Something stands in your way with this one: others decide on it."""


def refuse_own(award: Award, actor: Any) -> None:
    """Raises `YourOwn` for who works for the scheme and was awarded by it."""
    if actor is not None and _is_own(award.application, actor):
        raise YourOwn


def refuse_partial(application: Application, actor: Any) -> None:
    """Raises `YourOwn`, and `NotYoursToDecide` for who has a conflict that nobody waived. What happens by itself is nobody's."""
    if actor is None:
        return
    if _is_own(application, actor):
        raise YourOwn
    refuse_conflict(application, actor)


def refuse_conflict(application: Application, actor: Any) -> None:
    """Raises `NotYoursToDecide`."""
    in_the_way = Interest.objects.filter(Interest.in_the_way(), application=application, person=actor.person_id)
    if actor.person_id and in_the_way.exists():
        raise NotYoursToDecide


def _is_own(application: Application, actor: Any) -> bool:
    is_person = actor.person_id is not None and actor.person_id == application.applicant_id
    return is_person or actor.email.casefold() == application.email.casefold()
