"""Work done in the background."""

from __future__ import annotations

from typing import Any

from desaga.documents import UnreadableDocument
from desaga.tenancy.context import within
from desaga.tenancy.jobs import tenant_task

from . import queries
from .operations import imports
from .queries.remembered import hints_of_organisation
from .sources import read_confined


@tenant_task(atomic=False)
def read_import(*, organisation: Any, actor: Any, document_id: int) -> None:
    """Read a document that was handed in. Each step can be seen by others as soon as it is done."""
    with within(organisation, user=actor):
        document = queries.document(document_id)
        if not document.is_waiting:
            return
        name, content = imports.begin_reading(actor=actor, document=document)
        hints = hints_of_organisation()
    try:
        found = read_confined(name, content, hints)
    except UnreadableDocument as error:
        with within(organisation, user=actor):
            imports.refuse_document(actor=actor, document=document, why=str(error))
    else:
        with within(organisation, user=actor):
            imports.finish_reading(actor=actor, document=document, found=found)
