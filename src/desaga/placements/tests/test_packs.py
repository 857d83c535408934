"""What a reader takes along: in parts where it is long, with letters and files, with copies without names; and nothing that they may not read."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from desaga.documents.tests.pdf_checks import failures_of
from desaga.evidence.checking import CheckedFile
from desaga.evidence.states import Scan
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..models import ApplicationFile, RedactedFile
from ..operations import eligibility, members
from ..operations.files import copy_files
from ..packing import name_in
from ..reading_papers import volumes
from .factories import answered, make_application, make_scheme, sent, with_file, with_role
from .panels import declared, eligible, given, make_member


@pytest.mark.parametrize(
    ("lengths", "parts"),
    [([], []), ([5], [[0]]), ([50], [[0]]), ([4, 4, 4], [[0, 1], [2]]), ([50, 1, 9], [[0], [1, 2]]), ([10, 10], [[0], [1]])],
)  # fmt: skip
def test_each_part_is_as_long_as_one_waits_for_and_none_is_left_out(lengths, parts):
    assert [list(part) for part in volumes(lengths, most=10)] == parts


def test_names_in_a_pack_lead_nowhere_and_are_not_twice_the_same():
    taken: set[str] = set()
    assert name_in("KEP-1", "Leader letter", "../../etc/pass wd.PDF", taken) == "KEP-1/Leader-letter-pass-wd.PDF"
    assert name_in("KEP-1", "Leader letter", "pass wd.pdf", taken) == "KEP-1/Leader-letter-pass-wd-2.pdf"
    assert name_in("KEP-1", "", "…", taken).startswith("KEP-1/")


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager)


def at(name, scheme, *more):
    return reverse(f"placements:{name}", args=[scheme.organisation.slug, scheme.slug, *more])


def hide_names(scheme, application, hidden=True):
    with within(scheme.organisation):
        version = application.version
        version.data = version.data | {"names_hidden": hidden}
        type(version).objects.filter(pk=version.pk).update(data=version.data)


def with_letter_and_file(scheme, manager):
    """Eligible, with a file of the applicant and a letter of the host."""
    application = sent(with_file(make_application(scheme, title="Glass work")))
    answered(application, "line_manager")
    answered(application, "host", file=CheckedFile("welcome.txt", "text/plain", b"They are welcome.", Scan.NONE))
    with within(scheme.organisation, user=manager):
        return eligibility.find_eligible(actor=manager, application=application)


@pytest.fixture
def reading(scheme, manager):
    reader, member = make_member(scheme, actor=manager)
    application = with_letter_and_file(scheme, manager)
    given(application, member, actor=manager)
    declared(application, reader)
    return reader, member, application


def names_of(answer):
    with ZipFile(BytesIO(answer.content)) as pack:
        return sorted(pack.namelist()), pack.read(next(one for one in pack.namelist() if one.endswith(".pdf") and "/" not in one))  # fmt: skip


def test_the_pack_with_files_holds_what_its_reader_reads(reading, scheme, manager, client):
    reader, member, application = reading
    hidden = with_letter_and_file(scheme, manager)
    given(hidden, member, actor=manager)
    client.force_login(reader)
    page = client.get(at("show_packs", scheme)).content.decode()
    assert "2 letters or files" in page
    names, pdf = names_of(client.get(at("take_pack_with_files", scheme)))
    folder = application.reference
    assert names == sorted([f"{folder}/Host-letter-welcome.txt", f"{folder}/invitation.pdf", names[-1]])
    assert failures_of(pdf) == []
    declared(hidden, reader, kind="personal", words="A friend")
    assert not any(hidden.reference in one for one in names_of(client.get(at("take_pack_with_files", scheme)))[0])


def test_while_names_are_hidden_a_copy_without_names_stands_in_a_files_place(reading, scheme, manager, client):
    reader, _, application = reading
    hide_names(scheme, application)
    with within(scheme.organisation):
        file = ApplicationFile.objects.get(application=application)
    read, fetch = at("read_application", scheme, application.reference), at("read_file", scheme, application.reference, file.pk)  # fmt: skip
    client.force_login(reader)
    assert "invitation.pdf" not in client.get(read).content.decode()
    assert client.get(fetch).status_code == 404
    assert client.get(at("take_pack_with_files", scheme)).status_code == 200

    client.force_login(manager)
    redact = at("redact_files", scheme, application.reference)
    assert "no copy" in client.get(redact).content.decode()
    client.post(redact, {"file": file.pk, "copy": SimpleUploadedFile("black.txt", b"Without names", "text/plain")})
    with within(scheme.organisation):
        copy = RedactedFile.objects.get()
    assert client.get(at("fetch_redacted", scheme, application.reference, copy.pk)).content == b"Without names"

    client.force_login(reader)
    page = client.get(read).content.decode()
    assert "black.txt, a copy without names" in page
    assert "invitation.pdf" not in page
    assert client.get(fetch).content == b"Without names"
    names, _ = names_of(client.get(at("take_pack_with_files", scheme)))
    assert names[0] == f"{application.reference}/black.txt"
    assert len(names) == 2

    # Once names are shown the panel reads the file itself.
    with within(scheme.organisation, user=manager):
        members.show_names(actor=manager, round_=application.round, shown=True)
    assert client.get(fetch).content == b"%PDF-1.7 invented"
    client.force_login(manager)
    client.post(at("remove_redacted", scheme, application.reference, copy.pk))
    with within(scheme.organisation):
        assert not RedactedFile.objects.exists()


def test_a_copy_without_names_does_not_go_with_a_copied_application(reading, scheme, manager):
    _, _, application = reading
    with within(scheme.organisation, user=manager):
        file = ApplicationFile.objects.get(application=application)
        RedactedFile.objects.create(organisation=scheme.organisation, file=file, file_name="b.txt", content=b"b")
        other = make_application(scheme)
        copy_files(application, other, {"paper": {}})
        assert ApplicationFile.objects.filter(application=other).count() == 1
        assert RedactedFile.objects.count() == 1


def test_a_long_pack_comes_as_pdf_in_parts(scheme, manager, client, monkeypatch):
    reader, member = make_member(scheme, actor=manager)
    for number in range(3):
        application = eligible(scheme, actor=manager, title=f"Work {number}")
        given(application, member, actor=manager)
        declared(application, reader)
    client.force_login(reader)
    pdf = at("take_reading_pack", scheme, "pdf")
    assert client.get(pdf)["Content-Type"] == "application/pdf"
    monkeypatch.setattr("desaga.placements.views.packs.volumes", lambda lengths: volumes(lengths, most=max(lengths)))
    assert client.get(pdf).url == at("show_packs", scheme)
    page = client.get(at("show_packs", scheme)).content.decode()
    assert "PDF, part 3" in page
    for number in (1, 2, 3):
        answer = client.get(pdf, {"part": number})
        assert f"part-{number}-of-3" in answer["Content-Disposition"]
        assert failures_of(answer.content) == []
    assert client.get(pdf, {"part": 4}).status_code == 404


@pytest.mark.parametrize(("shown_when_it_meets", "names"), [(True, True), (False, False)])
def test_names_can_be_shown_when_the_panel_meets(scheme, manager, client, shown_when_it_meets, names):
    from .meetings import begun

    reader, member = make_member(scheme, actor=manager)
    application = eligible(scheme, actor=manager)
    with within(scheme.organisation):
        version = application.version
        data = version.data | {"names_hidden": True, "names_shown_at_meeting": shown_when_it_meets}
        type(version).objects.filter(pk=version.pk).update(data=data)
    given(application, member, actor=manager)
    declared(application, reader)
    client.force_login(reader)
    read = at("read_application", scheme, application.reference)
    assert "Ines Field" not in client.get(read).content.decode()
    round_ = begun(scheme, actor=manager)
    assert ("Ines Field" in client.get(read).content.decode()) is names
    assert ("Ines Field" in client.get(at("show_meeting", scheme, round_.pk)).content.decode()) is names
