"""What a wish about many actions changes in each: decided on rows that were loaded, without queries or writes.

The page that shows what will change, and the operation that changes it, ask the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from .dates import coarsest, first_day, last_day, said
from .models import Action, ActionOwner, Doubt, Theme
from .states import Basis, OwnerRole, Rag, Status
from .updating import Account, wanting

#: So many actions that stay as they are are said by name.
NAMED = 10


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants changed; what is empty stays. `instead_of` is the owner who gives way to `party`, by code or words.

    `cause` and `recovery` say why all of them are red and how they get back, `evidence` what shows that all of them are complete.
    """

    status: str = ""
    rag: str = ""
    said: str = ""
    cause: str = ""
    recovery: str = ""
    evidence: str = ""
    theme: Theme | None = None
    no_theme: bool = False
    party: Any = None
    role: str = OwnerRole.LEAD
    instead_of: str = ""
    ends: str = ""
    usual: bool = False
    reason: str = ""
    alignment: tuple[str, str] | None = None
    settle: bool = False

    def wanting(self) -> dict[str, str]:
        """What is missing, by field, as sentences: red wants a reason and a way back. What shows an action is asked of each."""
        if self.rag != Rag.RED:
            return {}
        missing = wanting(Account(rag=self.rag, reason=self.cause, recovery=self.recovery))
        return {"cause" if field == "reason" else field: sentence for field, sentence in missing.items()}


@dataclass(slots=True)
class Change:
    """What becomes of one action: new values of its columns, who gives way, what is added, which doubts are settled."""

    action: Action
    fields: dict[str, Any] = field(default_factory=dict)
    gives_way: ActionOwner | None = None
    gets_owner: bool = False
    gets_alignment: bool = False
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def goes_on(self) -> bool:
        """Whether how it goes changes, so that an update is appended."""
        return "status" in self.fields or "rag" in self.fields


class Verdict(Enum):
    CHANGES, ALREADY, CANNOT = range(3)


@dataclass(slots=True)
class Effect:
    """One part of a wish in words, with how many actions it changes, how many are so already, and how many it cannot change."""

    words: str
    why_not: str = ""
    changes: int = 0
    already: int = 0
    stay: list[Action] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """ "12 actions: status to Complete; 2 are so already"."""
        parts = [f"{counted(self.changes)}: {self.words}"]
        parts += [f"{self.already} {'is' if self.already == 1 else 'are'} so already"] if self.already else []
        stays = "stays as it is" if len(self.stay) == 1 else "stay as they are"
        parts += [f"{len(self.stay)} {stays}, since {self.why_not}{self._named}"] if self.stay else []
        return "; ".join(parts)

    @property
    def _named(self) -> str:
        """Which they are, as far as their codes fit a line."""
        names = [action.code or f"“{action.short_title[:40]}”" for action in self.stay]
        rest = len(names) - NAMED
        return f" ({', '.join(names[:NAMED])}{f' and {rest} more' if rest > 0 else ''})"


def counted(number: int) -> str:
    return f"{number or 'no'} action{'' if number == 1 else 's'}"


def changes_of(actions: Iterable[Action], wish: Wish, today: date) -> tuple[list[Change], list[Effect]]:
    """The changes of those actions that change, and what each part of the wish does. The actions are those of `queries.bulk.actions_to_change`."""
    parts = [(decide, Effect(words(wish), why)) for applies, words, decide, why in PARTS if applies(wish)]
    changes = []
    for action in actions:
        change, is_changed = Change(action), False
        for decide, effect in parts:
            verdict = decide(change, wish, today)
            effect.changes += verdict is Verdict.CHANGES
            effect.already += verdict is Verdict.ALREADY
            effect.stay += [action] if verdict is Verdict.CANNOT else []
            is_changed |= verdict is Verdict.CHANGES
        if is_changed:
            changes.append(change)
    return changes, [effect for _, effect in parts]


def _set(change: Change, **fields: Any) -> Verdict:
    differing = {name: value for name, value in fields.items() if getattr(change.action, name) != value}
    change.fields |= differing
    return Verdict.CHANGES if differing else Verdict.ALREADY


def _status(change: Change, wish: Wish, today: date) -> Verdict:
    """Complete wants what shows it: the words of the wish, or evidence that serves the action and stands."""
    wants = wish.status == Status.COMPLETE and change.action.status != Status.COMPLETE
    if wants and not (wish.evidence.strip() or change.action.shown_by):  # type: ignore[attr-defined]
        return Verdict.CANNOT
    return _set(change, status=wish.status)


def _ends(change: Change, wish: Wish, today: date) -> Verdict:
    action = change.action
    begins, ends = first_day(action.starts), last_day(wish.ends)
    if begins and ends and ends < begins:
        return Verdict.CANNOT
    if action.ends == wish.ends:
        return Verdict.ALREADY
    return _set(change, ends=wish.ends, last_day=ends, precision=coarsest(action.starts, wish.ends))


def _owner(change: Change, wish: Wish, today: date) -> Verdict:
    owners: Sequence[ActionOwner] = list(change.action.owners.all())
    if wish.instead_of:
        named = wish.instead_of.casefold()
        change.gives_way = next((one for one in owners if one.short.casefold() == named), None)
        if change.gives_way is None:
            return Verdict.CANNOT
        if change.gives_way.party_id == wish.party.pk:
            change.gives_way = None
            return Verdict.ALREADY
    held = any(one.party_id == wish.party.pk for one in owners)
    change.gets_owner = not held
    return Verdict.CHANGES if change.gets_owner or change.gives_way else Verdict.ALREADY


def _usual(change: Change, wish: Wish, today: date) -> Verdict:
    if change.action.business_as_usual:
        return Verdict.ALREADY
    return _set(change, business_as_usual=True, usual_since=today, usual_reason=wish.reason)


def _alignment(change: Change, wish: Wish, today: date) -> Verdict:
    known = [one for one in change.action.alignments.all() if one.basis != Basis.SUGGESTED]
    held = any((one.framework, one.code) == wish.alignment for one in known)
    change.gets_alignment = not held
    return Verdict.ALREADY if held else Verdict.CHANGES


def _doubts(change: Change, wish: Wish, today: date) -> Verdict:
    change.doubts = [doubt for doubt in change.action.doubts.all() if doubt.settled_at is None]
    return Verdict.CHANGES if change.doubts else Verdict.ALREADY


def _owner_words(wish: Wish) -> str:
    if wish.instead_of:
        return f"{wish.party} instead of {wish.instead_of}"
    return f"{wish.party} {OwnerRole(wish.role).label.lower()}"


Decide = Callable[[Change, Wish, date], Verdict]
Part = tuple[Callable[[Wish], bool], Callable[[Wish], str], Decide, str]
PARTS: tuple[Part, ...] = (
    (
        lambda wish: bool(wish.status),
        lambda wish: f"status to {Status(wish.status).label}",
        _status,
        "nothing shows that they are complete",
    ),
    (
        lambda wish: bool(wish.rag),
        lambda wish: f"RAG to {Rag(wish.rag).label}",
        lambda change, wish, today: _set(change, rag=wish.rag),
        "",
    ),
    (
        lambda wish: bool(wish.theme or wish.no_theme),
        lambda wish: f"theme to {wish.theme}" if wish.theme else "no theme",
        lambda change, wish, today: _set(change, theme=wish.theme),
        "",
    ),
    (lambda wish: bool(wish.party), _owner_words, _owner, "they do not name who is to give way"),
    (lambda wish: bool(wish.ends), lambda wish: f"due until {said(wish.ends)}", _ends, "they begin later"),
    (lambda wish: wish.usual, lambda wish: "business as usual", _usual, ""),
    (
        lambda wish: bool(wish.alignment),
        lambda wish: f"answers {' '.join(wish.alignment or ()).strip()}",
        _alignment,
        "",
    ),
    (lambda wish: wish.settle, lambda wish: "doubts settled", _doubts, ""),
)
