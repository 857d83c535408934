"""Evidence from the page behind a link: what whoever has it may give, and how little they see."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from desaga.evidence.models import Evidence, EvidenceContent
from desaga.evidence.operations import accept_evidence
from desaga.evidence.states import State
from desaga.evidence.tests.factories import a_file, photograph
from desaga.plans.models import Update
from desaga.plans.operations.evidence import give_evidence
from desaga.plans.updating import Account
from desaga.tenancy.context import within

from ..models import RequestEvidence, UpdateRequest
from ..operations import answers, evidence
from .factories import letters, link_in, sent_round
from .test_pages import fields, lines_of, plan_of, press


@pytest.fixture
def plan(organisation):
    return plan_of(organisation)


@pytest.fixture
def link(plan):
    sent_round(plan)
    [mail] = letters(f"workshops@{plan.organisation.slug}.example")
    return link_in(mail)


def told_of(plan):
    with within(plan.organisation):
        return sorted(Evidence.objects.values_list("title", "state", "given_by"))


def test_a_file_and_a_link_come_with_an_answer_and_show_that_it_is_complete(client, link, plan):
    one = lines_of(plan)["A1"]
    told = {"status": "complete", "rag": "green", "text": "Done.", "evidence_link": "northmoor.example/leaflet"}
    told["evidence_file"] = SimpleUploadedFile("leaflet.jpg", photograph())
    page = press(client, link, **fields(one, **told), send=one.pk).content.decode()

    assert told_of(plan) == [
        ("leaflet", State.WAITING, "Bo Reed, for HOW"),
        ("northmoor.example/leaflet", State.WAITING, "Bo Reed, for HOW"),
    ]
    assert "Evidence that you gave here" in page
    assert "leaflet.jpg" in page
    with within(plan.organisation):
        assert Update.objects.get().evidence == "leaflet; northmoor.example/leaflet"


def test_whoever_has_the_link_sees_what_they_gave_and_takes_back_nothing_else(client, link, plan):
    line = lines_of(plan)["A1"]
    with within(plan.organisation):
        other = give_evidence(actor=None, action=line.action, piece=a_file("CANARY-EVIDENCE"), given_by="Office")
    press(client, link, **fields(line, text="x", evidence_link="northmoor.example/mine"), send=line.pk)
    page = client.get(link).content.decode()
    assert "northmoor.example/mine" in page
    assert "CANARY-EVIDENCE" not in page

    assert "was not given by this link" in press(client, link, take_back=other.pk).content.decode()
    with within(plan.organisation):
        mine = Evidence.objects.exclude(pk=other.pk).get()
    page = press(
        client, link, **fields(lines_of(plan)["A2"], text="Half a sentence"), take_back=mine.pk
    ).content.decode()
    assert "Taken back: northmoor.example/mine." in page
    assert "Half a sentence" in page
    assert "Evidence that you gave here" not in page
    assert [state for _, state, _ in told_of(plan)] == [State.WAITING, State.TAKEN_BACK]


def test_a_file_that_is_not_taken_is_said_and_what_was_typed_stays(client, link, plan):
    one = lines_of(plan)["A1"]
    data = fields(one, text="Typed on a phone", evidence_file=SimpleUploadedFile("leaflet.pdf", b"MZ"))
    page = press(client, link, **data, send=one.pk).content.decode()
    assert "is called .pdf, but what is in it is something else" in page
    assert "Typed on a phone" in page
    assert told_of(plan) == []


def test_a_file_chosen_for_another_action_is_asked_for_again(client, link, plan):
    one, two = lines_of(plan)["A1"], lines_of(plan)["A2"]
    data = fields(one) | fields(two, evidence_file=SimpleUploadedFile("leaflet.txt", b"All."))
    page = press(client, link, **data, nothing=one.pk).content.decode()
    assert "Nothing is wrong with “leaflet.txt”" in page


def test_a_file_is_not_lost_in_silence_by_nothing_new(client, link, plan):
    line = lines_of(plan)["A1"]
    data = fields(line, evidence_file=SimpleUploadedFile("leaflet.txt", b"All."))
    page = press(client, link, **data, nothing=line.pk).content.decode()
    assert "“Nothing new” does not take one" in page
    with within(plan.organisation):
        assert not Update.objects.exists()


def test_files_that_are_too_large_together_are_said_and_none_is_kept_short(client, link, plan, settings):
    settings.LARGEST_UPLOAD = 100
    one, two = lines_of(plan)["A1"], lines_of(plan)["A2"]
    data = fields(one, text="x", evidence_file=SimpleUploadedFile("a.txt", b"a" * 90))
    data |= fields(two, text="y", evidence_file=SimpleUploadedFile("b.txt", b"b" * 200_000))
    page = press(client, link, **data, send="every").content.decode()
    assert "too large to be sent together" in page
    assert told_of(plan) == []


@pytest.mark.parametrize(("sizes", "is_too_much"), [([10, 10], False), ([1, 1, 1], True), ([21], True), ([], False)])
def test_each_file_of_a_press_and_each_of_its_bytes_counts(monkeypatch, sizes, is_too_much):
    monkeypatch.setattr(evidence, "MOST_FILES_AN_HOUR", 2)
    monkeypatch.setattr(evidence, "MOST_BYTES_AN_HOUR", 20)
    asked, another = UpdateRequest(pk=uuid4().int % 10**9), UpdateRequest(pk=uuid4().int % 10**9)
    assert evidence.sends_too_much(asked, sizes) is is_too_much
    assert evidence.sends_too_much(another, [10]) is False
    evidence.sends_too_much(asked, [10])
    assert evidence.sends_too_much(asked, [11])


def test_what_was_looked_at_is_not_taken_back_by_a_link(client, link, plan):
    line = lines_of(plan)["A1"]
    press(client, link, **fields(line, text="x", evidence_link="northmoor.example/mine"), send=line.pk)
    with within(plan.organisation):
        mine = accept_evidence(actor=None, evidence=Evidence.objects.get())
    page = press(client, link, take_back=mine.pk).content.decode()
    assert "This was looked at already, and counts." in page
    assert 'name="take_back"' not in page
    assert [state for _, state, _ in told_of(plan)] == [State.ACCEPTED]


@pytest.mark.parametrize(
    ("limits", "refused"),
    [
        ({}, False),
        ({"MOST_PIECES": 1}, True),
        ({"MOST_PIECES_A_DAY": 1}, True),
        ({"MOST_BYTES_A_DAY": 15}, True),
        ({"MOST_PIECES_A_DAY": 1, "days": 2}, False),
    ],
)
def test_a_link_takes_so_much_and_no_more(link, plan, monkeypatch, limits, refused):
    now = timezone.now() + timedelta(days=limits.pop("days", 0))
    for name, value in limits.items():
        monkeypatch.setattr(evidence, name, value)
    line = lines_of(plan)["A1"]
    told = {"line": line, "account": Account(text="x"), "name": "Bo"}
    with within(plan.organisation):
        answers.answer_action(pieces=[a_file()], **told)
        if refused:
            with pytest.raises(evidence.TooMuchEvidence):
                answers.answer_action(pieces=[a_file()], now=now, **told)
        else:
            answers.answer_action(pieces=[a_file()], now=now, **told)
        assert RequestEvidence.objects.count() == EvidenceContent.objects.count() == (1 if refused else 2)


def test_the_page_refuses_before_it_looks_at_a_file(client, link, plan, monkeypatch):
    monkeypatch.setattr(evidence, "MOST_PIECES", -1)
    line = lines_of(plan)["A1"]
    data = fields(line, text="x", evidence_file=SimpleUploadedFile("a.pdf", b"MZ"))
    page = press(client, link, **data, send=line.pk).content.decode()
    assert "as much here today as one link takes" in page
    assert "is called .pdf" not in page


def test_files_are_looked_at_so_often_and_no_more(client, link, plan, monkeypatch):
    monkeypatch.setattr(evidence, "MOST_FILES_AN_HOUR", 1)
    line = lines_of(plan)["A1"]
    for words in ("is called .pdf", "as much here today as one link takes"):
        data = fields(line, text="x", evidence_file=SimpleUploadedFile("a.pdf", b"MZ"))
        assert words in press(client, link, **data, send=line.pk).content.decode()
