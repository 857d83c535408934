"""Who there is, and the kinds of answers."""

from __future__ import annotations

from dataclasses import dataclass, field

from desaga.organisations.states import Role

ANONYMOUS, STRANGER, NOBODY = "anonymous", "stranger", "nobody"
OK, FOUND, LOST, UNKNOWN, REFUSED, MISSING, NOT_THIS_WAY = 200, 302, 400, 401, 403, 404, 405
EVERYBODY = frozenset(Role)
LEAD = frozenset({Role.LEAD})
PROGRAMME = frozenset({Role.LEAD, Role.PROJECT_OFFICER})
KEEPERS = PROGRAMME | {Role.HR_DATA_STEWARD}
MEETS_PEOPLE = KEEPERS | {Role.UNIT_LEAD, Role.CHAMPION, Role.LINE_MANAGER}
STEWARD = frozenset({Role.HR_DATA_STEWARD})
LEAD_AND_STEWARD = LEAD | STEWARD


@dataclass(frozen=True)
class Open:
    """A page of a workspace. `answer` is what those it is open to get, `but` what some of them get instead."""

    to: frozenset[str]
    things: dict[str, str] = field(default_factory=dict)
    answer: int = OK
    but: dict[str, int] = field(default_factory=dict)

    def expected(self, visitor: str) -> int:
        if visitor == ANONYMOUS:
            return FOUND
        if visitor in (STRANGER, NOBODY):
            return MISSING
        return self.but.get(visitor, self.answer) if visitor in self.to else REFUSED


@dataclass(frozen=True)
class Public(Open):
    """A page of an organisation's that everybody opens, signed in or not."""

    def expected(self, visitor: str) -> int:
        return self.answer


@dataclass(frozen=True)
class AccountOnly(Open):
    """A page of an organisation's that everybody with an account opens, whatever they are to it."""

    def expected(self, visitor: str) -> int:
        return FOUND if visitor == ANONYMOUS else self.answer


@dataclass(frozen=True)
class Letter:
    """A page that names an organisation but is opened by a signed link: without the link, everybody is told the same.

    Also one that is open to the one person whose thing it is about: whoever is signed in and not that person is told the same, `anonymous` signs in first.
    """

    answer: int
    things: dict[str, str] = field(default_factory=dict)
    anonymous: int | None = None

    def expected(self, visitor: str) -> int:
        return self.anonymous if visitor == ANONYMOUS and self.anonymous else self.answer


@dataclass(frozen=True)
class Plain:
    """A page outside the workspaces."""

    anonymous: int
    signed_in: int
    things: dict[str, object] = field(default_factory=dict)
    but: dict[str, int] = field(default_factory=dict)

    def expected(self, visitor: str) -> int:
        return self.but.get(visitor, self.anonymous if visitor == ANONYMOUS else self.signed_in)
