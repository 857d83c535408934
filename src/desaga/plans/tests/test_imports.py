from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desaga.organisations.models import GlossaryTerm, Party, Person
from desaga.tenancy.context import within
from tools.no_skips import seeds_folder

from .. import queries
from ..interchange import action_as_data
from ..models import Plan
from ..operations import imports
from .factories import DEMO_DOCUMENTS, read_document

SEEDS = sorted(seeds_folder().glob("*action-plan*.txt"))
DEMOS = sorted(DEMO_DOCUMENTS.glob("*plan*.*"))
DOCUMENTS = [path for path in [*SEEDS, *DEMOS] if path.suffix in {".txt", ".docx", ".xlsx", ".pdf"}]


def committed_as_data(plan: Plan) -> list[dict[str, Any]]:
    return [action_as_data(action) for action in queries.actions_whole(plan).order_by("order")]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_commit_loses_nothing_of_what_was_read(organisation: Any, path: Path) -> None:
    document = read_document(organisation, path)
    with within(organisation):
        reading = queries.content_of(document).reading
        if not reading["actions"]:
            with pytest.raises(imports.NothingToCommit):
                imports.commit_import(actor=None, document=document)
            return
        people = Person.objects.count()

        plan = imports.commit_import(actor=None, document=document)

        assert committed_as_data(plan) == reading["actions"]
        assert [{"code": t.code or None, "title": t.title} for t in plan.themes.all()] == reading["themes"]
        for name in ("glossary", "phases", "frameworks", "unplaced", "notices"):
            assert json.dumps(getattr(plan, name)) == json.dumps(reading[name])
        assert Person.objects.count() == people
        assert {t["code"] for t in reading["glossary"] if len(t["code"]) <= 40} <= set(
            GlossaryTerm.objects.values_list("code", flat=True)
        )
        coded = {o["code"].casefold() for a in reading["actions"] for o in a["owners"] if o["code"]}
        assert coded <= {code.casefold() for code in Party.objects.values_list("code", flat=True)}
