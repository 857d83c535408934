"""A story from its editor to the public page, and off it at once when the person takes their consent back."""

from __future__ import annotations

import pytest
from django.test import Client

from desaga.consents.operations.answering import withdraw_consent
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import member_of, peopled_organisation
from desaga.stories.tests.factories import anew, published
from desaga.tenancy.context import within

from ..operations.sites import found_site
from .factories import make_site, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def ashlar(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_site("Ashlar", "ashlar")


def test_a_published_story_is_a_page_as_far_as_the_person_agreed(ashlar):
    story = published(ashlar.belongs_to, actor=ashlar.lead, what=["name", "employer"])
    page = Client().get(story.address).content.decode()
    assert story.address.startswith("/technicians/ashlar/stories/meet-ada")
    for words in ("Ada Quill", "Scientific glassblower", "I blow vessels for chemists.", "Apprenticeship"):
        assert words in page
    assert "Glass forgives nothing." not in page
    assert "Ada at the bench" not in page


def test_taken_back_it_is_gone_at_once(ashlar):
    story = published(ashlar.belongs_to, actor=ashlar.lead)
    assert Client().get(story.address).status_code == 200
    with within(ashlar.belongs_to):
        withdraw_consent(consent=anew(story).consent)
    assert Client().get(story.address).status_code == 404
    assert "Ada" not in Client().get("/technicians/ashlar/stories/").content.decode()


def test_what_was_published_before_there_was_a_site_is_shown_when_it_opens(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    organisation = peopled_organisation("Brock", "brock")
    lead = member_of(organisation, Role.LEAD)
    story = published(organisation, actor=lead)
    assert story.address == ""
    with within(organisation, user=lead):
        home = found_site(actor=lead, organisation=organisation, title="Technicians at Brock", summary="Who they are.")
        publish(home)
    assert Client().get(anew(story).address).status_code == 200
