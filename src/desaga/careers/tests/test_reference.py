"""The reference data: shipped, written anew as versions by whoever keeps the national site, published, and never another's."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from .. import keeping
from ..models import EntryVersion
from ..operations import reference
from ..queries import book
from ..shipped import shipped
from .factories import changed_entry

T_LEVEL = shipped()["route", "t-level"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(member):
    return member(Role.LEAD)


@pytest.fixture
def keeper(organisation, monkeypatch):
    monkeypatch.setattr(keeping, "_known", [lambda: organisation.pk])
    return organisation


def publish(version, lead):
    with within(version.organisation, user=lead):
        return reference.publish_entry(actor=lead, version=version)


def test_without_a_keeper_what_is_shipped_counts(db, monkeypatch):
    monkeypatch.setattr(keeping, "_known", [])
    assert book().one("route", "t-level").content == shipped()["route", "t-level"]


def test_a_version_counts_once_it_is_published(keeper, lead):
    version = changed_entry(keeper, actor=lead, how_long="It depends, as ever.")
    assert book().one("route", "t-level").content["how_long"] == T_LEVEL["how_long"]
    publish(version, lead)
    assert book().one("route", "t-level").content["how_long"] == "It depends, as ever."


def test_anothers_versions_count_nothing(keeper, lead, other_organisation):
    version = changed_entry(other_organisation, actor=None, how_long="For ever.")
    with within(other_organisation):
        reference.publish_entry(actor=None, version=version)
    assert book().one("route", "t-level").content["how_long"] == T_LEVEL["how_long"]


def test_an_entry_is_withdrawn_and_brought_back(keeper, lead):
    with within(keeper, user=lead):
        told = {
            "actor": lead,
            "organisation": keeper,
            "kind": "route",
            "key": "t-level",
            "content": shipped()["route", "t-level"],
        }
        gone = reference.write_entry(**told, is_withdrawn=True)
    publish(gone, lead)
    assert book().one("route", "t-level") is None
    with within(keeper, user=lead):
        back = reference.write_entry(**told)
    publish(back, lead)
    assert book().one("route", "t-level") is not None


def test_a_figure_without_its_year_is_refused(keeper, lead):
    with pytest.raises(reference.NotAsItShouldBe) as refusal:
        changed_entry(keeper, actor=lead, figures=["Fee: £28"], what="It costs £28.")
    assert set(refusal.value.found) == {"figures", "what"}


def test_nothing_changed_is_no_version(keeper, lead):
    with pytest.raises(reference.NothingChanged):
        changed_entry(keeper, actor=lead)


def test_only_the_latest_is_published_and_once(keeper, lead):
    first = changed_entry(keeper, actor=lead, how_long="One.")
    second = changed_entry(keeper, actor=lead, how_long="Two.")
    with pytest.raises(reference.NotTheLatest):
        publish(first, lead)
    publish(second, lead)
    with pytest.raises(reference.NotTheLatest):
        publish(second, lead)


def test_the_words_of_a_version_never_change(keeper, lead):
    version = changed_entry(keeper, actor=lead, how_long="One.")
    with within(keeper), pytest.raises(ProgrammingError, match="is not changed"):
        EntryVersion.objects.filter(pk=version.pk).update(content={})


def test_drafts_are_read_by_nobody_else(keeper, lead, other_organisation):
    changed_entry(keeper, actor=lead, how_long="One.")
    with within(other_organisation), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM careers_entryversion")
        assert cursor.fetchone() == (0,)


def test_editors_elsewhere_do_not_write_them(keeper, lead, organisation, other_organisation, member):
    editor = member(Role.EDITOR)
    with within(organisation):
        assert editor.has_perm("careers.write_entries", organisation)
        assert not editor.has_perm("careers.publish_entries", organisation)
        assert lead.has_perm("careers.publish_entries", organisation)
        keeping._known[:] = [lambda: other_organisation.pk]
        assert not lead.has_perm("careers.write_entries", organisation)
