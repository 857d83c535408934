from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from desaga.organisations import loading
from desaga.organisations.models import GlossaryTerm, Party
from desaga.organisations.operations.parties import Loaded, RowsHaveErrors, load_rows
from desaga.organisations.sheets import tables_in_text, tables_in_upload
from desaga.organisations.states import PartyKind, Role
from desaga.tenancy.context import within

PASTED = (
    "Abbreviation\tMeaning\tContact\tE-mail\tComment\n"
    "TSM\tTechnical services manager\tHead of services\ttsm@n.example; deputy@n.example\t\n"
    "RSS\tResearch support\t\t\tSince 2024\n"
)
PARTIES = "Code,Name,Kind,E-mail\nTSM,Technical services manager,Role,tsm@n.example\n,Steering group,Group,\n"


def understood(text, kind=loading.GLOSSARY):
    return loading.rows_of(tables_in_text(text), kind)


def test_pasted_cells_are_understood_by_their_headings():
    first, second = understood(PASTED)
    assert (first.code, first.name, first.contact, first.contacts) == (
        "TSM",
        "Technical services manager",
        "Head of services",
        ("tsm@n.example", "deputy@n.example"),
    )
    assert (second.number, second.comment, second.errors) == (3, "Since 2024", ())


def test_a_workbook_is_understood_the_same():
    book = openpyxl.Workbook()
    for row in (("Key", None), ("Acronym", "Stands for"), ("TSM", "Technical services manager")):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    rows = loading.rows_of(tables_in_upload(SimpleUploadedFile("key.xlsx", content.getvalue())), loading.GLOSSARY)
    assert [(row.number, row.code, row.name) for row in rows] == [(3, "TSM", "Technical services manager")]


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("X\t\t\t\t", "The meaning is missing."),
        ("\tSomething\t\t\t", "The abbreviation is missing."),
        ("X\tSomething\t\tnot-an-address\t", "“not-an-address” is not an e-mail address."),
        ("tsm\tAgain\t\t\t", "“tsm” stands in row 2 already."),
        ("X" * 41 + "\tSomething\t\t\t", "The code has more than 40 characters."),
    ],
)
def test_what_is_wrong_with_a_row_is_said(line, error):
    rows = understood(PASTED.splitlines()[0] + "\nTSM\tTechnical services manager\t\t\t\n" + line)
    assert rows[-1].errors == (error,)


def test_a_table_without_headings_is_refused():
    with pytest.raises(loading.NothingToLoad):
        understood("1\t2\n3\t4\n")


def test_loading_adds_then_changes_then_leaves_alone(tenant):
    def load(text):
        return load_rows(actor=None, organisation=tenant, kind=loading.GLOSSARY, rows=understood(text))

    # The tenant has the abbreviation TSM already, without contact.
    assert load(PASTED) == Loaded(added=1, changed=1)
    assert load(PASTED) == Loaded(unchanged=2)
    assert load(PASTED.replace("Research support", "Research support services")) == Loaded(changed=1, unchanged=1)
    assert GlossaryTerm.objects.count() == 2


def test_a_blank_cell_does_not_wipe_what_is_known(tenant):
    load_rows(actor=None, organisation=tenant, kind=loading.GLOSSARY, rows=understood(PASTED))
    load_rows(
        actor=None,
        organisation=tenant,
        kind=loading.GLOSSARY,
        rows=understood("Abbreviation\tMeaning\nTSM\tTechnical services manager\n"),
    )
    assert GlossaryTerm.objects.get(code="TSM").contact == "Head of services"


def test_parties_are_found_by_code_or_name(tenant):
    rows = understood(PARTIES, loading.PARTIES)
    assert load_rows(actor=None, organisation=tenant, kind=loading.PARTIES, rows=rows) == Loaded(added=1, changed=1)
    assert load_rows(actor=None, organisation=tenant, kind=loading.PARTIES, rows=rows) == Loaded(unchanged=2)
    assert Party.objects.get(code="TSM").kind == PartyKind.ROLE


def test_one_faulty_row_keeps_all_out(tenant):
    rows = understood(PASTED + "BAD\t\t\t\t\n")
    with pytest.raises(RowsHaveErrors):
        load_rows(actor=None, organisation=tenant, kind=loading.GLOSSARY, rows=rows)
    assert GlossaryTerm.objects.count() == 1


def test_rows_survive_the_way_from_preview_to_confirmation():
    rows = understood(PASTED)
    assert loading.unpacked(loading.packed(rows)) == rows


def test_the_preview_changes_nothing_and_the_confirmation_loads(organisation, member, client_of):
    client = client_of(member(Role.PROJECT_OFFICER))
    preview = client.post(f"/o/{organisation.slug}/glossary/load/", {"pasted": PASTED})
    with within(organisation):
        assert GlossaryTerm.objects.count() == 1
    assert b"tsm@n.example" in preview.content
    done = client.post(
        f"/o/{organisation.slug}/glossary/load/confirm/", {"rows": preview.context["signed"]}, follow=True
    )
    assert b"1 added, 1 changed, 0 as they were already." in done.content
    with within(organisation):
        assert GlossaryTerm.objects.count() == 2


def test_rows_that_were_tampered_with_are_refused(organisation, member, client_of):
    client = client_of(member(Role.PROJECT_OFFICER))
    answer = client.post(f"/o/{organisation.slug}/glossary/load/confirm/", {"rows": "made:up"}, follow=True)
    assert b"Load the list again." in answer.content


def test_rows_that_were_shown_for_one_list_are_not_loaded_into_another(organisation, member, client_of):
    client = client_of(member(Role.PROJECT_OFFICER))
    preview = client.post(f"/o/{organisation.slug}/glossary/load/", {"pasted": PASTED})
    answer = client.post(
        f"/o/{organisation.slug}/parties/load/confirm/", {"rows": preview.context["signed"]}, follow=True
    )
    assert b"Load the list again." in answer.content
    with within(organisation):
        assert not Party.objects.filter(name="Research support").exists()


def test_an_unreadable_file_is_explained_beside_the_field(organisation, member, client_of):
    client = client_of(member(Role.PROJECT_OFFICER))
    sheet = SimpleUploadedFile("key.xlsx", b"PK\x03\x04 torn")
    answer = client.post(f"/o/{organisation.slug}/glossary/load/", {"sheet": sheet})
    assert answer.status_code == 200
    assert "key.xlsx" in str(answer.context["form"].errors["sheet"])
