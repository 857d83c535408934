"""The demo's own framework: an institution's values, and what became of them in the next edition."""

from __future__ import annotations

from typing import Any

from desaga.accounts.models import User
from desaga.frameworks.models import Edition
from desaga.frameworks.moving import Move, Relation
from desaga.frameworks.operations import begin_edition, put_in_use, write_mapping
from desaga.frameworks.reading import read_pasted
from desaga.frameworks.wordings import Wording
from desaga.organisations.models import Organisation
from desaga.tenancy.context import within

from .world import email_of, world


def load_frameworks() -> None:
    """Begin, map and put in use each edition that its organisation lacks, in the order in which they follow one another."""
    for told in world()["frameworks"]:
        organisation = Organisation.objects.get(slug=told["organisation"])
        actor = User.objects.get(email=email_of(told["organisation"], told["by"]))
        with within(organisation, user=actor):
            if not Edition.objects.filter(name=told["name"]).exists():
                load_edition(actor, organisation, told)


def load_edition(actor: User, organisation: Organisation, told: dict[str, Any]) -> Edition:
    """One edition with its principles and, where it follows another, its mapping."""
    edition = begin_edition(
        actor=actor,
        organisation=organisation,
        principles=principles_of(told),
        replaces=Edition.objects.filter(name=told.get("replaces", "")).first(),
        **{name: told[name] for name in ("name", "kind", "version", "source")},
    )
    if moves := told.get("moves"):
        write_mapping(actor=actor, edition=edition, moves=[move_of(*one) for one in moves])
    return put_in_use(actor=actor, edition=edition)


def principles_of(told: dict[str, Any]) -> list[Wording]:
    return read_pasted("\n".join(told["principles"]))[0].principles


def move_of(old: str, relation: str, new: list[str], note: str = "") -> Move:
    return Move(old, tuple(new), Relation(relation), note)
