"""Taking out: a colleague narrows the plan to what concerns them, and takes just that out for those who have no account."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from playwright.sync_api import Page, expect

from desaga.documents.tests.pdf_checks import failures_of
from desaga.organisations.states import Role
from desaga.plans.tests.factories import PlanFactory, make_action

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

JANE = {"text": "Jane Quillfeather", "code": None, "kind": "person", "role": "support"}


@pytest.fixture
def plan(organisation: Any) -> Any:
    made = PlanFactory(organisation=organisation, title="Technicians count")
    make_action(made, code="A1", title="Nominate for awards", owners=["TSM", JANE], comments="Jane is away")
    make_action(made, code="A2", title="Write role descriptors", owners=["HR"])
    make_action(made, code="A3", title="Open the workshops", owners=["TSM"])
    return made


def taken(page: Page, name: str, folder: Path) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("navigation", name="Take this out").get_by_role("link", name=name, exact=True).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path.read_bytes()


def test_a_reader_takes_out_what_tsms_carry(
    open_page: Callable[..., Page], sign_in: Any, check_widths: Any, member: Any, plan: Any, tmp_path: Path
) -> None:
    page = open_page(accept_downloads=True)
    sign_in(page, member(Role.READER))

    page.goto(f"{plan.get_absolute_url()}?party=TSM")
    expect(page.get_by_text(re.compile("^What TSM.* carries: 2 actions"))).to_be_visible()
    check_widths(page)

    book = openpyxl.load_workbook(io.BytesIO(taken(page, "Excel", tmp_path)))
    told = {cell.value for line in book.worksheets[0].iter_rows() for cell in line}
    assert {"Nominate for awards", "Open the workshops"} <= told
    assert "Write role descriptors" not in told

    letter = docx.Document(io.BytesIO(taken(page, "Word for the public", tmp_path)))
    rows = [[cell.text for cell in row.cells] for row in letter.tables[0].rows]
    assert rows == [
        ["Code", "What will be done", "Who carries it"],
        ["A1", "Nominate for awards", "TSM"],
        ["A3", "Open the workshops", "TSM"],
    ]
    assert failures_of(taken(page, "PDF", tmp_path)) == []
