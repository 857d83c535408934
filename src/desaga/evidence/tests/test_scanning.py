"""The scanner: a real conversation over TCP, and what becomes of a file when there is none."""

from __future__ import annotations

import socket

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from .. import tasks
from ..checking import FileIsInfected, check_file
from ..files.scanning import CHUNK, ScannerIsSilent, found_in
from ..models import Evidence, EvidenceContent
from ..operations.giving import GivenPiece
from ..operations.reviewing import FileIsGone, accept_evidence
from ..states import Scan, State
from .clamd import clamd
from .factories import EICAR, a_file, make_evidence


@pytest.fixture
def scanner():
    with clamd() as server:
        yield server


@pytest.fixture
def silent():
    """An address at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"127.0.0.1:{taken.getsockname()[1]}"


@pytest.mark.parametrize(
    ("content", "found"),
    [(b"All agreed.", ""), (EICAR, "Eicar-Test-Signature"), (b"a" * (2 * CHUNK) + EICAR, "Eicar-Test-Signature")],
)
def test_the_whole_file_reaches_the_scanner_and_its_verdict_comes_back(scanner, content, found):
    assert found_in(content, scanner.address) == found
    assert scanner.looked_at == [content]


def test_the_scanner_may_listen_at_a_path(tmp_path):
    with clamd(str(tmp_path / "clamd.sock")) as server:
        assert found_in(EICAR, server.address) == "Eicar-Test-Signature"


@pytest.mark.parametrize("says", [b"INSTREAM size limit exceeded. ERROR\0", b"\0", b"stream: OK, or not\0"])
def test_what_is_no_verdict_is_silence(scanner, says):
    scanner.says = says
    with pytest.raises(ScannerIsSilent):
        found_in(b"x", scanner.address)


def test_a_scanner_that_takes_too_long_is_silent(scanner):
    scanner.dawdles = 0.6
    with pytest.raises(ScannerIsSilent):
        found_in(b"x", scanner.address, wait=0.15)


@pytest.mark.parametrize("address", ["127.0.0.1:1", "/nowhere/clamd.sock", "no port", "nowhere.invalid:x"])
def test_an_address_where_nobody_answers_is_silence(address):
    with pytest.raises(ScannerIsSilent):
        found_in(b"x", address, wait=0.5)


def an_upload(content):
    return SimpleUploadedFile("minutes.txt", content)


def test_what_the_scanner_finds_is_not_taken(settings, scanner):
    settings.CLAMAV, settings.CLAMAV_SECONDS = scanner.address, 60
    with pytest.raises(FileIsInfected) as refusal:
        check_file(an_upload(EICAR))
    assert "virus scanner found something" in str(refusal.value)
    assert check_file(an_upload(b"All agreed.")).scan == Scan.CLEAN


def test_without_a_scanner_files_are_taken_and_say_so(settings):
    settings.CLAMAV = ""
    assert check_file(an_upload(b"All agreed.")).scan == Scan.NONE


def waiting_file(organisation, silent, settings, content):
    """A file that came while the scanner was silent."""
    settings.CLAMAV = silent
    settings.CLAMAV_SECONDS = 1
    checked = check_file(an_upload(content))
    return make_evidence(organisation, GivenPiece(file=checked, title="Minutes"))


def test_a_file_waits_for_a_silent_scanner_and_nobody_can_fetch_or_accept_it(
    organisation, settings, silent, scanner, member, client_of
):
    lead = client_of(member(Role.LEAD))
    piece = waiting_file(organisation, silent, settings, b"All agreed.")
    address = f"/o/northmoor/evidence/{piece.pk}/"
    assert piece.scan == Scan.WAITING
    assert lead.get(f"{address}file/").status_code == 404
    page = lead.post(f"{address}accept/", follow=True).content.decode()
    assert "has not looked at this file yet" in page

    tasks.scan_waiting.run(organisation_id=organisation.pk, actor_id=None)
    assert lead.get(f"{address}file/").status_code == 404

    settings.CLAMAV, settings.CLAMAV_SECONDS = scanner.address, 60
    tasks.scan_waiting.run(organisation_id=organisation.pk, actor_id=None)
    assert lead.get(f"{address}file/").content == b"All agreed."


def test_what_is_found_later_removes_the_file_and_says_why(organisation, settings, silent, scanner):
    piece = waiting_file(organisation, silent, settings, EICAR)
    settings.CLAMAV, settings.CLAMAV_SECONDS = scanner.address, 60
    tasks.scan_waiting.run(organisation_id=organisation.pk, actor_id=None)

    with within(organisation):
        piece = Evidence.objects.get(pk=piece.pk)
        assert (piece.scan, piece.state) == (Scan.FOUND, State.NOT_ACCEPTED)
        assert "found something in the file" in piece.reason
        assert not EvidenceContent.objects.exists()
        with pytest.raises(FileIsGone):
            accept_evidence(actor=None, evidence=piece)


def test_every_workspace_gets_its_turn_and_none_without_a_scanner(organisation, other_organisation, settings):
    from procrastinate.contrib.django.models import ProcrastinateJob

    for address, expected in (("", 0), ("127.0.0.1:1", 2)):
        settings.CLAMAV = address
        tasks.scan_everywhere(timestamp=0)
        jobs = ProcrastinateJob.objects.filter(task_name="desaga.evidence.tasks.scan_waiting")
        assert jobs.count() == expected


def test_a_file_that_was_not_scanned_when_none_was_set_is_left_alone(organisation, settings, scanner):
    make_evidence(organisation, a_file())
    settings.CLAMAV, settings.CLAMAV_SECONDS = scanner.address, 60
    tasks.scan_waiting.run(organisation_id=organisation.pk, actor_id=None)
    assert scanner.looked_at == []
