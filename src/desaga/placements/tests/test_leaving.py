"""Who is out for what, and why: on the agenda, on paper, in the minutes; later declarations; a chair who is replaced."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from desaga.documents.tests.pdf_checks import failures_of
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..agenda import rows_of
from ..minutes import agenda_paper, minutes_paper, out_words
from ..models import AgendaItem, ApplicationEvent, Interest
from ..operations import conflicts, meeting, members, scoring
from ..queries import meeting as reads
from .factories import make_scheme, with_role
from .meetings import begun, decided, item_of, released
from .panels import declared, eligible, given, make_member


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager, contact="fund@example.org")


@pytest.fixture
def panel(scheme, manager):
    """A chair who is in conflict with the second of two applications, a reader, and the administrator."""
    chair, _ = make_member(scheme, actor=manager, name="Cora Chair", role=Role.PANEL_CHAIR)
    reader, seat = make_member(scheme, actor=manager, name="Rita Reader")
    admin, _ = make_member(scheme, actor=manager, name="Ada Admin")
    first, second = (eligible(scheme, actor=manager, title=title) for title in ("Glass work", "Kiln work"))
    with within(scheme.organisation, user=manager):
        members.name_leaders(actor=manager, round_=first.round, chair=chair.person, administrator=admin.person)
    for one in (first, second):
        given(one, seat, actor=manager)
        declared(one, reader)
    declared(first, chair)
    declared(second, chair, kind="personal", words="A cousin")
    return {"chair": chair, "reader": reader, "admin": admin, "first": first, "second": second}


def at(name, scheme, *more):
    return reverse(f"placements:{name}", args=[scheme.organisation.slug, scheme.slug, *more])


def texts_of(paper):
    with ZipFile(BytesIO(paper)) as files:
        return files.read("word/document.xml").decode()


def test_the_agenda_says_who_leaves_and_its_paper_holds_what_its_reader_hears(panel, scheme, manager, client):
    round_ = begun(scheme, actor=manager)
    declared(panel["first"], panel["admin"])
    declared(panel["second"], panel["admin"])
    paper = at("take_agenda_out", scheme, round_.pk, "docx")
    client.force_login(panel["reader"])
    page = client.get(at("show_meeting", scheme, round_.pk)).content.decode()
    assert '<td data-label="Out">Cora Chair</td>' in page
    assert "Ada Admin, the independent administrator, runs it, and the chair can neither choose nor replace Ada Admin." in page  # fmt: skip
    told = texts_of(client.get(paper).content)
    for words in ("Glass work", "Kiln work", "Cora Chair"):
        assert words in told
    pdf = client.get(at("take_agenda_out", scheme, round_.pk, "pdf")).content
    assert failures_of(pdf) == []
    item = client.get(at("show_item", scheme, round_.pk, panel["second"].reference)).content.decode()
    assert "<strong>Ada Admin</strong>, the independent administrator, runs this item" in item

    client.force_login(panel["chair"])
    page = client.get(at("show_meeting", scheme, round_.pk)).content.decode()
    told = texts_of(client.get(paper).content)
    for hidden in ("Kiln work", panel["second"].reference, "administrator, runs it"):
        assert hidden not in page
        assert hidden not in told
    assert "Glass work" in told


def test_the_agenda_costs_the_same_for_three_items_as_for_one(panel, scheme, manager, client):
    round_ = begun(scheme, actor=manager)
    client.force_login(manager)

    def taken(url):
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    urls = [at("show_meeting", scheme, round_.pk), at("take_agenda_out", scheme, round_.pk, "docx")]
    before = [taken(url) for url in urls]
    third = eligible(scheme, actor=manager)
    declared(third, panel["chair"], kind="other", words="Ours")
    with within(scheme.organisation):
        type(third).objects.filter(pk=third.pk).update(round=round_)
        AgendaItem.objects.create(organisation=scheme.organisation, round=round_, application=third, position=3)
    assert [taken(url) for url in urls] == before


def test_who_steps_back_is_minuted_with_the_kind(panel, scheme, manager):
    round_ = begun(scheme, actor=manager)
    with within(scheme.organisation, user=manager):
        meeting.open_item(actor=manager, item=item_of(panel["second"]))
        meeting.close_item(actor=manager, item=item_of(panel["second"]))
        meeting.open_item(actor=manager, item=item_of(panel["first"]))
    with within(scheme.organisation, user=panel["reader"]):
        scoring.step_back(actor=panel["reader"], application=panel["first"], kind="money", words="Shares")
    assert item_of(panel["second"]).out == [("Cora Chair", "Personal")]
    ((name, why),) = item_of(panel["first"]).out
    assert name == "Rita Reader"
    assert why.startswith("Gains from it, from ")
    for one in (panel["first"], panel["second"]):
        decided(one, "decline", actor=manager)
    with within(scheme.organisation, user=manager):
        items = reads.with_versions_once(reads.items_heard(manager, scheme.organisation, round_))
        blocks = minutes_paper(round_, rows_of(items, as_staff=True), whole=True)
        told = " ".join(str(block) for block in blocks)
        assert "Cora Chair (personal)" in told
        assert "Rita Reader (gains from it, from " in told
        assert "A cousin" not in told
        assert "Shares" not in told
        assert "Decline" not in " ".join(str(one) for one in agenda_paper(round_, rows_of(items, as_staff=True), whole=True))  # fmt: skip


def test_who_was_out_of_what_was_never_called_is_minuted_with_the_release(panel, scheme, manager):
    round_ = begun(scheme, actor=manager)
    for one in (panel["first"], panel["second"]):
        decided(one, "decline", actor=manager)
    released(round_, actor=manager)
    assert item_of(panel["second"]).out == [("Cora Chair", "Personal")]
    assert item_of(panel["first"]).out == []


def test_names_without_a_kind_stand_alone():
    assert out_words([("Rita", "Same employer"), ("Otto", "")]) == "Rita (same employer); Otto"


def test_a_later_conflict_ends_access_of_a_reader_and_of_a_chair_who_reads_none(panel, scheme, manager, client):
    read = at("read_application", scheme, panel["first"].reference)
    for who in (panel["reader"], panel["chair"]):
        client.force_login(who)
        assert client.get(read).status_code == 200
        page = client.get(at("list_declarations", scheme)).content.decode()
        assert "Glass work" in page
        answer = client.post(at("recuse", scheme, panel["first"].reference), {"kind": "personal", "words": "We met"})
        assert answer.url == at("list_reading", scheme)
        assert client.get(read).status_code == 404
        page = client.get(at("list_declarations", scheme)).content.decode()
        assert "Glass work" not in page
        assert panel["first"].reference in page
    with within(scheme.organisation):
        told = ApplicationEvent.objects.filter(application=panel["first"], kind="recused")
        assert sorted(told.values_list("words", "for_applicant")) == [("Cora Chair: Personal", False), ("Rita Reader: Personal", False)]  # fmt: skip


def test_what_was_said_by_mistake_is_taken_back_until_the_panel_meets(panel, scheme, manager, client):
    client.force_login(panel["chair"])
    with within(scheme.organisation):
        said = Interest.objects.get(application=panel["second"], person=panel["chair"].person)
        stepped = Interest.objects.get(application=panel["first"], person=panel["reader"].person)
    page = client.get(at("list_declarations", scheme)).content.decode()
    assert at("take_declaration_back", scheme, said.pk) in page
    assert client.post(at("take_declaration_back", scheme, stepped.pk)).status_code == 404
    client.post(at("take_declaration_back", scheme, said.pk))
    assert client.get(at("read_application", scheme, panel["second"].reference)).status_code == 404
    client.post(at("declare", scheme, panel["second"].reference), {"kind": "none"})
    assert client.get(at("read_application", scheme, panel["second"].reference)).status_code == 200
    declared(panel["second"], panel["chair"], kind="personal", words="A cousin")
    begun(scheme, actor=manager)
    with within(scheme.organisation, user=panel["chair"]):
        again = Interest.objects.get(application=panel["second"], person=panel["chair"].person, kind="personal", ended_at=None)  # fmt: skip
        with pytest.raises(conflicts.PanelSits):
            conflicts.take_declaration_back(actor=panel["chair"], interest=again)


def test_staff_are_asked_to_name_an_administrator_where_the_chair_is_out_and_the_chair_is_told_nothing(
    panel, scheme, manager, client
):
    client.force_login(manager)
    shown = at("show_panel", scheme, panel["first"].round_id)
    assert "Ada Admin, the independent administrator, runs it" in client.get(shown).content.decode()
    with within(scheme.organisation, user=manager):
        members.name_leaders(actor=manager, round_=panel["first"].round, chair=panel["chair"].person, administrator=None)  # fmt: skip
    assert "nobody stands in" in client.get(shown).content.decode()
    assert "an administrator for" in client.get(reverse("home:list_waiting")).content.decode()
    client.force_login(panel["chair"])
    page = client.get(shown).content.decode()
    assert "stands in" not in page
    assert "an administrator for" not in client.get(reverse("home:list_waiting")).content.decode()


def test_a_scheme_words_kinds_of_conflict_and_adds_its_own(scheme, manager, client, panel):
    client.force_login(manager)
    page = client.get(at("show_definition", scheme)).content.decode()
    assert "Kinds of conflict" in page
    client.post(at("add_thing", scheme, "conflicts"), {"label": "Same consortium", "declared": "We are in one consortium"})  # fmt: skip
    client.post(at("edit_thing", scheme, "conflicts", "personal"), {"label": "Close", "declared": "We are close"})
    refused = client.post(at("remove_thing", scheme, "conflicts", "employer"), follow=True).content.decode()
    assert "Desaga finds “Same employer” in the records" in refused
    client.post(at("put_in_force", scheme))
    later = eligible(scheme, actor=manager, title="New work")
    begun(scheme, actor=manager)
    client.force_login(panel["reader"])
    page = client.get(at("declare", scheme, later.reference)).content.decode()
    assert "We are in one consortium" in page
    assert "We are close" in page
    assert "We are related" not in page
    client.post(at("declare", scheme, later.reference), {"kind": "same_consortium", "words": "Northern"})
    client.force_login(manager)
    assert "Same consortium" in client.get(at("look_at_application", scheme, later.reference)).content.decode()
    # What was applied for by the version before knows its kinds alone.
    client.post(at("note_conflict", scheme, panel["first"].reference), {"person": panel["admin"].person_id, "kind": "same_consortium", "words": "Ours"})  # fmt: skip
    with within(scheme.organisation):
        assert not Interest.objects.filter(application=panel["first"], kind="same_consortium").exists()
