"""The pages and papers of data protection, and a person's own."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from desaga.accounts.models import Invitation
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..models import Access, Contact, DataExport, RetentionRule, RetentionRun
from ..operations import exports, retention
from ..operations.accesses import record_access
from ..retaining import CLASSES
from ..sealing import ExportKeyLost, open_export, seal_export


def url(name, organisation, **more):
    return reverse(f"privacy:{name}", kwargs={"organisation_slug": organisation.slug, **more})


def test_the_record_says_what_is_done_and_takes_the_institutions_words(organisation, member, client_of):
    lead = client_of(member(Role.LEAD))
    shown = lead.get(url("show_record", organisation)).content.decode()
    assert "Equality monitoring" in shown
    assert "to be confirmed by the institution" in shown
    words = {"basis": "Public task, as the council decided", "recipients": "", "note": ""}
    lead.post(url("describe_processing", organisation, key="equality"), words)
    lead.post(
        url("name_contact", organisation),
        {"controller": "Northmoor", "officer": "The Officer", "address": "dpo@northmoor.example"},
    )
    shown = lead.get(url("show_record", organisation)).content.decode()
    assert "Public task, as the council decided. Condition: UK GDPR, article 9(2)(g)" in shown
    assert "The Officer" in shown
    with within(organisation):
        assert Contact.objects.get().address == "dpo@northmoor.example"


@pytest.mark.parametrize(
    ("paper", "ending", "begins"),
    [("data-map", "csv", b"\xef\xbb\xbf"), ("record", "docx", b"PK"), ("impact-assessment", "docx", b"PK")],
)
def test_papers_leave_as_files(paper, ending, begins, organisation, member, client_of):
    answer = client_of(member(Role.LEAD)).get(url("take_paper_out", organisation, paper=paper, format=ending))
    assert (answer.status_code, answer.content[: len(begins)]) == (200, begins)


def test_nothing_is_deleted_that_was_not_shown_first(organisation, member, client_of):
    lead = member(Role.LEAD)
    client = client_of(lead)
    kind = CLASSES["ended_links"]
    page = url("keep_retention", organisation, key=kind.key)
    ended = timezone.now() - timedelta(days=40)
    with within(organisation):
        told = {"organisation": organisation, "roles": ["reader"], "sent_at": ended, "invited_by": lead}
        Invitation.objects.create(email="a@x.example", name="A", key_hash="1", expires_at=ended, **told)
        Invitation.objects.create(email="b@x.example", name="B", key_hash="2", expires_at=timezone.now(), **told)
    client.post(page, {"days": "30"})
    assert "1 invitations" in client.post(page, {"show": "yes"}).content.decode()
    with within(organisation):
        assert RetentionRule.objects.get().is_on
        runs = retention.delete_what_is_over(organisation=organisation)
        assert [run.counts for run in runs] == [{"invitations that nobody accepted": 1}]
        assert list(Invitation.objects.values_list("name", flat=True)) == ["B"]
        assert "A" not in json.dumps(list(RetentionRun.objects.values_list("counts", flat=True)))
        assert retention.delete_what_is_over(organisation=organisation) == []
    assert "1 invitations" in client.get(url("show_retention", organisation)).content.decode()


def test_looking_is_written_down_for_good(organisation, member, client_of):
    steward = member(Role.HR_DATA_STEWARD)
    with within(organisation, user=steward):
        record_access(actor=steward, page="Borderline people", rows=3, why="deciding who counts")
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Access.objects.all().delete()
    shown = client_of(steward).get(url("list_accesses", organisation)).content.decode()
    assert "Borderline people" in shown
    assert "deciding who counts" in shown


def test_an_export_is_sealed_for_whom_it_is_of_and_opens_under_former_keys(member, client_of, settings):
    user = member(Role.TECHNICIAN)
    old, new = "b2xk" * 10, "bmV3" * 10
    settings.WORKFORCE_KEYS = [old]
    with within(user=user):
        export = exports.ask_for_export(actor=user, in_background=False)
    exports.make_export(actor=user, export_id=export.pk)
    with within(user=user):
        kept = DataExport.objects.get()
    assert user.email.encode() not in bytes(kept.sealed)
    settings.WORKFORCE_KEYS = [new, old]
    assert open_export(kept.sealed, kept.about)["name"] == user.get_full_name()
    with pytest.raises(ExportKeyLost):
        open_export(kept.sealed, f"{kept.pk} of {user.person_id + 1}")
    settings.WORKFORCE_KEYS = [new]
    page = client_of(user).get(reverse("privacy:take_own_data", args=[export.pk, "json"]), follow=True)
    assert "Have them put together anew" in page.content.decode()
    settings.WORKFORCE_KEYS = []
    assert open_export(seal_export({"a": 1}, "1 of 2"), "1 of 2") == {"a": 1}


def test_a_person_takes_all_that_is_held_about_them_and_nobody_else_does(organisation, member, client_of):
    user, colleague = member(Role.HR_DATA_STEWARD), member(Role.LEAD)
    with within(organisation, user=user):
        key = uuid4()
        record_access(actor=user, page="Here", rows=1, why="a look that is theirs", keys=[key])
    with within(user=user):
        export = exports.ask_for_export(actor=user, in_background=False)
    exports.make_export(actor=user, export_id=export.pk)
    path = reverse("privacy:take_own_data", args=[export.pk, "json"])
    told = json.loads(client_of(user).get(path).content)
    whole = json.dumps(told)
    assert {"People", "Users", "Roles", "Accesses"} <= {part["what"] for part in told["parts"]}
    assert user.email in whole
    assert "a look that is theirs" in whole
    assert [word for word in (user.password, str(key)) if word in whole] == []
    assert client_of(colleague).get(path).status_code == 404
    with within(organisation, user=colleague):
        assert DataExport.objects.count() == 0
    assert user.email in client_of(user).get(path.replace("json", "html")).content.decode()
    assert client_of(user).get(path.replace("json", "docx")).content[:2] == b"PK"
    assert exports.remove_expired(now=timezone.now() + timedelta(days=6)) == 0
    with within(user=user):
        DataExport.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert client_of(user).get(path).status_code == 404
    assert exports.remove_expired() == 1
