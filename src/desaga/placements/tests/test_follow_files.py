"""Reports and follow-ups ask what an application asks: files and costs too, with the same checks."""

from __future__ import annotations

import copy
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from desaga.evidence.checking import CheckedFile
from desaga.evidence.states import Scan
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..asked import asked, form_of, posted, pressed
from ..defining import Definition
from ..models import Award, Outcome, OutcomeFile, OutcomeFileContent, PlacementReport, SchemeVersion
from ..operations import outcome_files, outcomes
from ..shipped import shipped
from .awarding import afresh, agreed, applicant_of, link_to, reported
from .factories import make_applicant, make_scheme, with_role

PHOTO = {"key": "photo", "kind": "file", "label": "A photograph"}
COSTS = {"key": "saved", "kind": "costs", "label": "What it saved", "required": False}
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def more_asked() -> Definition:
    data = copy.deepcopy(shipped("knowledge-exchange").definition.as_data())
    data["report"]["questions"] += (PHOTO,)
    data["outcomes"][0]["questions"] += (PHOTO, COSTS)
    return Definition.model_validate(data)


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def award(organisation, manager):
    scheme = make_scheme(organisation, actor=manager)
    with within(organisation):
        SchemeVersion.objects.filter(scheme=scheme).update(data=more_asked().as_data())
    return agreed(scheme, actor=manager)


def here(award, name, *more):
    application = award.application
    slugs = [application.organisation.slug, application.scheme.slug, application.reference]
    return reverse(f"placements:{name}", args=[*slugs, *more])


def test_costs_are_read_line_by_line_and_a_press_adds_one():
    follow, definition = more_asked().outcomes[0], more_asked()
    sent = {
        "saved_rows": "1",
        "saved_0_kind": "travel",
        "saved_0_pounds": "20",
        "saved_0_what": "Service call",
        "add_cost": "saved",
    }

    class Data(dict):
        def getlist(self, name):
            return [self[name]] if name in self else []

    answers, key = pressed(follow, Data(sent), posted(follow, Data(sent)))
    assert (key, len(answers["saved"])) == ("saved", 2)
    told = {one.question.key: one.said for one in asked(follow, {"saved": answers["saved"][:1]}, definition)}
    assert "£20" in told["saved"]
    assert told["photo"] == ""
    assert "saved_1_pounds" in str(form_of(follow, answers, definition)["saved"])


def test_a_report_takes_a_file_and_its_technician_and_staff_alone_fetch_it(award, manager, client_of):
    client = client_of(applicant_of(award))
    told = {"did": "I ran it.", "learnt": "Leaks.", "changed": "We recover it.", "send": "yes"}
    missing = client.post(here(award, "write_report"), told)
    assert missing.status_code == 422
    assert "A photograph: choose a file." in missing.text
    bad = client.post(here(award, "write_report"), told | {"photo": SimpleUploadedFile("a.exe", b"MZ")})
    assert bad.status_code == 422
    client.post(here(award, "write_report"), told | {"photo": SimpleUploadedFile("leak.pdf", PDF)})
    with within(award.organisation):
        report, file = PlacementReport.objects.get(), OutcomeFile.objects.get()
    assert (report.state, report.answers["photo"]) == ("sent", {"file": file.pk, "name": "leak.pdf"})
    address = here(award, "fetch_own_outcome_file", file.pk)
    assert client.get(address).content == PDF
    assert client_of(make_applicant(award.application.scheme, "Ola Other")).get(address).status_code == 404
    staff = client_of(manager)
    assert "leak.pdf" in staff.get(here(award, "show_award")).text
    assert staff.get(here(award, "fetch_outcome_file", file.pk))["Content-Disposition"] == 'attachment; filename="leak.pdf"'  # fmt: skip


def test_what_a_page_sends_under_a_file_counts_for_nothing(award):
    with within(award.organisation):
        answers = outcome_files.with_files(award, more_asked().report, {"photo": {"file": 12, "name": "x"}, "did": "a"})
    assert answers == {"photo": {}, "did": "a"}


def test_a_follow_up_takes_files_and_costs_by_its_link(award, client_of):
    with within(award.organisation):
        file = CheckedFile("leak.pdf", "application/pdf", PDF, Scan.NONE)
        outcome_files.keep_outcome_file(award=award, follow=more_asked().report, key="photo", file=file, actor=None)
    reported(award)
    today = timezone.localdate()
    with within(award.organisation):
        Award.objects.filter(pk=award.pk).update(ends_on=today - timedelta(days=190), starts_on=today - timedelta(days=195))  # fmt: skip
        outcomes.ask_outcomes(award=afresh(award), today=today)
    link = link_to(award.application.email, "outcome/")
    key, client = link.partition("?key=")[2], client_of(None)
    told = {"key": key, "using": "often", "saved_rows": "1", "saved_0_kind": "travel", "saved_0_what": "A service call", "saved_0_pounds": "20"}  # fmt: skip
    again = client.post(link, told | {"add_cost": "saved"})
    assert 'name="saved_1_kind"' in again.text
    assert client.post(link, told).status_code == 422
    client.post(link, told | {"photo": SimpleUploadedFile("after.pdf", PDF)})
    with within(award.organisation):
        outcome = Outcome.objects.get(award=award)
        assert OutcomeFileContent.objects.count() == 2
    assert outcome.answers["saved"][0]["pounds"] == "20"
    assert outcome.answers["photo"]["name"] == "after.pdf"
    assert "after.pdf" in client.get(link).text
