"""What a panel reads beside the answers: files, and what those who were asked said; and what it does not while names are hidden."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from desaga.evidence.checking import CheckedFile
from desaga.evidence.states import Scan
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..models import ApplicationFile, SchemeVersion
from ..operations import eligibility
from ..queries.asking import going_by_key
from .factories import answered, make_application, make_scheme, sent, with_file, with_role
from .panels import declared, given, make_member

CONDITION = "Back by the first of May, says Mona Manager, for Ines Field is our only one."


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


def read_by_panel(scheme: Any, manager: Any, **told: Any) -> tuple[Any, Any]:
    """Approved on a condition, with a paper and a letter handed in; found eligible; and a reader who declared."""
    application = sent(with_file(make_application(scheme, **told)))
    answered(application, "line_manager", "approve_if", words=CONDITION, fields={"cost": 250})
    answered(application, "host", file=CheckedFile("welcome.txt", "text/plain", b"They are welcome.", Scan.NONE))
    with within(scheme.organisation, user=manager):
        application = eligibility.find_eligible(actor=manager, application=application)
    user, member = make_member(scheme, actor=manager)
    given(application, member, actor=manager)
    return application, user


def address(name: str, application: Any, *more: Any) -> str:
    return reverse(
        f"placements:{name}",
        args=[application.organisation.slug, application.scheme.slug, application.reference, *more],
    )


def paper_of(application: Any) -> int:
    with within(application.organisation):
        return ApplicationFile.objects.get(application=application).pk


def letter_of(application: Any) -> int:
    with within(application.organisation):
        return going_by_key(application)["host"].pk


@pytest.fixture
def open_scheme(organisation, manager):
    return make_scheme(organisation, actor=manager)


@pytest.fixture
def blind_scheme(organisation, manager):
    scheme = make_scheme(organisation, actor=manager)
    with within(organisation, user=manager):
        version = SchemeVersion.objects.get(scheme=scheme)
        version.data = {**version.data, "names_hidden": True}
        version.save(update_fields=["data"])
    return scheme


def test_a_reader_reads_the_paper_the_condition_and_the_letter(client_of, open_scheme, manager):
    application, reader = read_by_panel(open_scheme, manager)
    declared(application, reader)
    browser = client_of(reader)
    page = browser.get(address("read_application", application)).content.decode()
    for words in ("Back by the first of May", "£250.00", "invitation.pdf", "welcome.txt"):
        assert words in page
    paper = browser.get(address("read_file", application, paper_of(application)))
    assert (paper.content, paper.headers["Content-Disposition"]) == (
        b"%PDF-1.7 invented",
        'attachment; filename="invitation.pdf"',
    )
    assert browser.get(address("read_letter", application, letter_of(application))).content == b"They are welcome."


def test_nothing_of_it_is_there_before_declaring(client_of, open_scheme, manager):
    application, reader = read_by_panel(open_scheme, manager)
    browser = client_of(reader)
    for name, pk in (("read_file", paper_of(application)), ("read_letter", letter_of(application))):
        assert browser.get(address(name, application, pk)).status_code == 404


def test_while_names_are_hidden_there_are_words_alone_and_no_name_in_them(client_of, blind_scheme, manager):
    application, reader = read_by_panel(blind_scheme, manager)
    declared(application, reader)
    browser = client_of(reader)
    page = browser.get(address("read_application", application)).content.decode()
    assert "Back by the first of May" in page
    for words in ("Mona", "Ines", "invitation.pdf", "welcome.txt"):
        assert words not in page
    for name, pk in (("read_file", paper_of(application)), ("read_letter", letter_of(application))):
        assert browser.get(address(name, application, pk)).status_code == 404
    by_scheme = reverse(
        "placements:fetch_letter", args=[application.organisation.slug, blind_scheme.slug, letter_of(application)]
    )
    assert browser.get(by_scheme).status_code == 403


def test_a_file_of_another_application_is_not_there(client_of, open_scheme, manager):
    application, reader = read_by_panel(open_scheme, manager)
    declared(application, reader)
    other = with_file(make_application(open_scheme))
    assert client_of(reader).get(address("read_file", application, paper_of(other))).status_code == 404


def test_a_file_that_waits_for_the_scanner_is_not_there(client_of, open_scheme, manager):
    application, reader = read_by_panel(open_scheme, manager)
    declared(application, reader)
    with within(application.organisation):
        ApplicationFile.objects.filter(application=application).update(scan=Scan.WAITING)
    assert client_of(reader).get(address("read_file", application, paper_of(application))).status_code == 404


def test_the_pack_has_what_was_said(client_of, open_scheme, manager):
    from io import BytesIO

    from docx import Document

    application, reader = read_by_panel(open_scheme, manager)
    declared(application, reader)
    pack = client_of(reader).get(address("take_one_reading", application, "docx"))
    words = "\n".join(one.text for one in Document(BytesIO(pack.content)).paragraphs)
    assert "Back by the first of May" in words
    assert "welcome.txt" in words


def test_the_funds_leaders_letter_reaches_its_panel(client_of, organisation, manager, client):
    fund = make_scheme(organisation, actor=manager, like="collaboration-fund")
    application = sent(make_application(fund, like="collaboration-fund"))
    answered(application, "leader", fields={"letter": "We stand behind this."})
    with within(organisation, user=manager):
        application = eligibility.find_eligible(actor=manager, application=application)
    reader, member = make_member(fund, actor=manager)
    given(application, member, actor=manager)
    declared(application, reader)
    assert "We stand behind this." in client_of(reader).get(address("read_application", application)).content.decode()
