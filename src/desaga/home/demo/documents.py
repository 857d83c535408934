"""The demo's documents, brought in as a user brings in theirs: uploaded or pasted, read, committed."""

from __future__ import annotations

from typing import Any

from desaga.accounts.models import User
from desaga.organisations.models import Organisation
from desaga.plans.models import ImportedDocument
from desaga.plans.operations.imports import commit_import, hand_in, read_now
from desaga.plans.operations.plans import change_plan_state
from desaga.plans.states import DocumentState
from desaga.tenancy.context import within

from .world import HERE, email_of, world

# What is done with a plan to bring it where world.toml leaves it; how one is closed stands there too (`closings.py`).
STEPS = {"active": ["activate"], "closed": ["activate"]}


class DemoDocumentUnread(Exception):
    """A document of the demo could not be read; the message says why."""


def load_documents() -> None:
    """Bring in each document that its organisation lacks."""
    for told in world()["documents"]:
        organisation = Organisation.objects.get(slug=told["organisation"])
        actor = User.objects.get(email=email_of(told["organisation"], told["by"]))
        with within(organisation, user=actor):
            bring_in(actor, organisation, told)


def bring_in(actor: User, organisation: Organisation, told: dict[str, Any]) -> None:
    """One document to where it is to be left; nothing where the organisation has these very bytes."""
    handed_in = hand_in(
        actor=actor,
        organisation=organisation,
        name=told["file"],
        content=(HERE / told["file"]).read_bytes(),
        is_pasted=told.get("pasted", False),
        in_background=False,
    )
    if handed_in.is_known:
        return
    document = read_now(actor=actor, document=handed_in.document)
    if document.state != DocumentState.READ:
        raise DemoDocumentUnread(f"{document.name}: {document.refusal}")
    if told["state"] != "read":
        commit(actor, document, told)


def commit(actor: User, document: ImportedDocument, told: dict[str, Any]) -> None:
    """Make the plan and bring it to its state."""
    plan = commit_import(actor=actor, document=document, title=told["title"], starts=told["starts"], ends=told["ends"])
    for transition in STEPS[told["state"]]:
        plan = change_plan_state(actor=actor, plan=plan, transition=transition)
