"""A real plan leaves in every format with every action, and its PDF is right."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import docx
import openpyxl
import pytest
from django.utils import timezone

from desaga.documents.out import FORMATS
from desaga.documents.tests.pdf_checks import failures_of
from desaga.tenancy.context import within
from tools.no_skips import seeds_folder

from .. import exports
from ..models import Plan
from ..operations import imports
from .factories import read_document

SEED = seeds_folder() / "leeds-action-plan-2024-2027.txt"
ACTIONS = 39

pytestmark = [pytest.mark.seeds, pytest.mark.skipif(not SEED.is_file(), reason="the seeds are not here")]


@pytest.fixture
def plan(organisation: Any) -> Plan:
    document = read_document(organisation, SEED)
    with within(organisation):
        return imports.commit_import(actor=None, document=document)


def test_a_real_plan_leaves_with_every_action(plan: Plan) -> None:
    files = {}
    for ending, format in FORMATS.items():
        with within(plan.organisation):
            view = exports.views()["actions"]
            files[ending] = exports.take_out(plan, view, format, {}, public=False, today=timezone.localdate()).content

    sheet = openpyxl.load_workbook(io.BytesIO(files["xlsx"])).worksheets[0]
    assert sum(1 for line in sheet.iter_rows(min_row=2) if any(cell.value for cell in line)) == ACTIONS
    assert len(docx.Document(io.BytesIO(files["docx"])).tables[0].rows) == ACTIONS + 1
    assert len(list(csv.reader(io.StringIO(files["csv"].decode("utf-8-sig"), newline="")))) == ACTIONS + 1
    assert len(json.loads(files["json"])["actions"]) == ACTIONS
    assert failures_of(files["pdf"]) == []
