"""The one table of who is answered what at every address. An address that is missing here fails the walk.

In a workspace the anonymous are asked to sign in (302), whoever is nothing there is told that there is no such place
(404), whoever is something but not enough is refused (403). `Open(to)` names the roles that are answered 200; `things`
fills the address from `things.py`. Outside the workspaces, `Plain` says it for the anonymous and for the signed in.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from desaga.organisations.states import Role

ANONYMOUS, STRANGER, NOBODY = "anonymous", "stranger", "nobody"
OK, FOUND, REFUSED, MISSING, NOT_THIS_WAY = 200, 302, 403, 404, 405

EVERYBODY = frozenset(Role)
LEAD = frozenset({Role.LEAD})
PROGRAMME = frozenset({Role.LEAD, Role.PROJECT_OFFICER})
KEEPERS = PROGRAMME | {Role.HR_DATA_STEWARD}
MEETS_PEOPLE = KEEPERS | {Role.UNIT_LEAD, Role.CHAMPION, Role.LINE_MANAGER}


@dataclass(frozen=True)
class Open:
    """A page of a workspace. `answer` is what those it is open to get."""

    to: frozenset[str]
    things: dict[str, str] = field(default_factory=dict)
    answer: int = OK

    def expected(self, visitor: str) -> int:
        if visitor == ANONYMOUS:
            return FOUND
        if visitor in (STRANGER, NOBODY):
            return MISSING
        return self.answer if visitor in self.to else REFUSED


@dataclass(frozen=True)
class Plain:
    """A page outside the workspaces."""

    anonymous: int
    signed_in: int
    things: dict[str, object] = field(default_factory=dict)

    def expected(self, visitor: str) -> int:
        return self.anonymous if visitor == ANONYMOUS else self.signed_in


ORGANISATIONS = {
    "organisations:list_units": Open(EVERYBODY),
    "organisations:add_unit": Open(PROGRAMME),
    "organisations:edit_unit": Open(PROGRAMME, {"pk": "unit"}),
    "organisations:close_unit": Open(PROGRAMME, {"pk": "unit"}),
    "organisations:list_groups": Open(EVERYBODY),
    "organisations:add_group": Open(PROGRAMME),
    "organisations:show_group": Open(EVERYBODY, {"pk": "group"}),
    "organisations:edit_group": Open(PROGRAMME, {"pk": "group"}),
    "organisations:close_group": Open(PROGRAMME, {"pk": "group"}),
    "organisations:give_seat": Open(PROGRAMME, {"pk": "group"}),
    "organisations:end_seat": Open(PROGRAMME, {"pk": "group", "seat": "seat"}),
    "organisations:list_parties": Open(EVERYBODY),
    "organisations:add_party": Open(PROGRAMME),
    "organisations:load_parties": Open(PROGRAMME),
    "organisations:confirm_parties": Open(PROGRAMME, answer=NOT_THIS_WAY),
    "organisations:edit_party": Open(PROGRAMME, {"pk": "party"}),
    "organisations:retire_party": Open(PROGRAMME, {"pk": "party"}),
    "organisations:list_terms": Open(EVERYBODY),
    "organisations:add_term": Open(PROGRAMME),
    "organisations:load_terms": Open(PROGRAMME),
    "organisations:confirm_terms": Open(PROGRAMME, answer=NOT_THIS_WAY),
    "organisations:edit_term": Open(PROGRAMME, {"pk": "term"}),
    "organisations:remove_term": Open(PROGRAMME, {"pk": "term"}),
    "organisations:list_people": Open(MEETS_PEOPLE),
    "organisations:add_person": Open(KEEPERS),
    # Whoever may not look a person up is told that there is none, as for a stranger: see `MISSING_INSIDE`.
    "organisations:show_person": Open(EVERYBODY, {"pk": "person"}),
    "organisations:edit_person": Open(KEEPERS, {"pk": "person"}),
    "organisations:add_employment": Open(KEEPERS, {"pk": "person"}),
    "organisations:edit_employment": Open(KEEPERS, {"pk": "person", "employment": "employment"}),
    "organisations:list_roles": Open(PROGRAMME),
    "organisations:give_role": Open(LEAD),
    "organisations:end_role": Open(LEAD, {"pk": "role"}),
    "organisations:list_grants": Open(PROGRAMME),
    "organisations:give_grant": Open(LEAD),
    "organisations:revoke_grant": Open(LEAD, {"pk": "grant"}),
    "organisations:list_entries": Open(KEEPERS),
    "organisations:show_settings": Open(EVERYBODY),
    "organisations:edit_settings": Open(LEAD),
    # The world's organisations have no logo.
    "organisations:show_logo": Open(EVERYBODY, answer=MISSING),
    "organisations:show_look": Open(EVERYBODY),
}

# Pages that answer 404 to some who belong to the organisation: the thing is not theirs to know of.
MISSING_INSIDE = {
    # Unit leads and champions of the whole organisation see everybody; line managers only those whom they manage.
    "organisations:show_person": EVERYBODY - KEEPERS - {Role.UNIT_LEAD, Role.CHAMPION},
}

UI = {
    "ui:show_style_guide": Plain(MISSING, OK),
}

ANSWERS: dict[str, Open | Plain] = {**ORGANISATIONS, **UI}
