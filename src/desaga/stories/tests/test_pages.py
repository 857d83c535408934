from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from desaga.evidence.tests.factories import photograph
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from .. import queries
from ..models import Story, StoryApproval, StoryEvent, StoryKey
from .factories import CAPTIONS, FILM, anew, approved, make_story, page, published, sent, with_consent

OWN = "/o/northmoor/stories/"


def written(organisation):
    with within(organisation):
        return [model.objects.count() for model in (StoryApproval, StoryEvent, StoryKey)]


def test_the_person_reads_it_word_for_word_with_its_pictures_and_says_yes(organisation, lead, shower, client):
    story = sent(with_consent(make_story(organisation, actor=lead), actor=lead), actor=lead)
    before, address = written(organisation), page(story)
    shown = client.get(address)
    assert written(organisation) == before
    assert "I blow vessels for chemists." in shown.text
    assert "Glass forgives nothing." in shown.text
    pictures = re.findall(r'<img src="([^"]+)"', shown.text)
    assert [client.get(one.replace("&amp;", "&")).status_code for one in pictures] == [200, 200]
    path, key = address.split("?key=")
    assert client.post(path, {"key": key, "name": "Ada", "verdict": "changes"}).status_code == 422
    assert client.post(path, {"key": key, "name": "Ada", "verdict": "yes"}).status_code == 302
    assert anew(story).state == "approved"
    assert "said yes to these words and pictures" in client.get(address).text


def test_a_link_opens_one_story_of_one_organisation_until_its_day(
    organisation, other_organisation, lead, shower, client
):
    story = sent(with_consent(make_story(organisation, actor=lead), actor=lead), actor=lead)
    other = make_story(organisation, actor=lead, name="Bo Lund", email="bo@lund.example")
    path, key = page(story).split("?key=")
    with within(organisation):
        foreign = queries.pictures_of(other)[0].pk
    assert client.get(f"/stories/northmoor/by-link/pictures/{foreign}/", {"key": key}).status_code == 404
    assert client.get(path.replace("northmoor", "southmere"), {"key": key}).status_code == 404
    assert client.get(path).status_code == 404
    with within(organisation):
        StoryKey.objects.update(expires_at=story.since)
    assert client.get(path, {"key": key}).status_code == 404
    assert client.post(path, {"key": key, "name": "Ada", "verdict": "yes"}).status_code == 404
    assert anew(story).state == "with_person"


def test_a_link_to_a_version_that_was_changed_says_so(organisation, lead, shower, client, client_of):
    story = sent(with_consent(make_story(organisation, actor=lead), actor=lead), actor=lead)
    told = {"seen": story.seen, "what_i_do": "Something else"}
    assert client_of(lead).post(f"{OWN}{story.pk}/parts/work/", told).status_code == 302
    gone = client.get(page(story))
    assert gone.status_code == 410
    assert "was changed since" in gone.text


def test_an_editor_writes_it_part_by_part_and_adds_pictures_and_a_film(organisation, member, shower, client_of):
    client = client_of(member(Role.PROJECT_OFFICER))
    begun = client.post(
        f"{OWN}begin/", {"name": "Ada Quill", "person_email": "ada@quill.example", "job": "", "language": "en-GB"}
    )
    with within(organisation):
        story = Story.objects.get()
    assert begun.url == f"{OWN}{story.pk}/"
    tags = {"seen": 1, "pillars": ["visibility"], "fields_of_work": ["workshops-and-making"]}
    assert client.post(f"{OWN}{story.pk}/parts/tags/", tags).status_code == 302
    stale = client.post(f"{OWN}{story.pk}/parts/work/", {"seen": 1, "what_i_do": "I turn brass."})
    assert "Somebody changed this story while you wrote" in stale.text
    assert re.search(r"<h1[^>]*>\s*The work\s*</h1>", stale.text)
    assert "I turn brass." in stale.text
    upload = SimpleUploadedFile("bench.jpg", photograph("JPEG"))
    no_words = client.post(f"{OWN}{story.pk}/pictures/add/", {"file": upload, "alt_choice": "words", "alt": ""})
    assert "Say in a sentence what it shows" in no_words.text
    upload.seek(0)
    kept = client.post(
        f"{OWN}{story.pk}/pictures/add/",
        {"file": upload, "alt_choice": "words", "alt": "At the lathe", "shows_person": "on"},
    )
    assert kept.status_code == 302
    with within(organisation):
        [picture] = queries.pictures_of(story)
        content = queries.bytes_of_picture(picture.pk)
    assert (picture.alt, picture.width, picture.height) == ("At the lathe", 32, 64)
    assert b"CANARY-CAMERA" not in content
    film = {"title": "At work", "film": SimpleUploadedFile("a.mp4", FILM)}
    assert "kept only with its captions" in client.post(f"{OWN}{story.pk}/film/", film).text
    film = {
        "title": "At work",
        "film": SimpleUploadedFile("a.mp4", FILM),
        "captions": SimpleUploadedFile("a.vtt", CAPTIONS),
    }
    assert client.post(f"{OWN}{story.pk}/film/", film).status_code == 302
    shown = client.get(f"{OWN}{story.pk}/").text
    assert "At work" in shown
    assert "Ask whether they may be shown" in shown
    assert (
        client.get(f"{OWN}{story.pk}/pictures/{picture.pk}/show/")
        .headers["Content-Security-Policy"]
        .startswith("sandbox")
    )


def test_an_editor_hands_in_and_the_lead_alone_publishes(organisation, member, lead, shower, client_of):
    story = approved(with_consent(make_story(organisation, actor=lead), actor=lead), actor=lead)
    editor = client_of(member(Role.PROJECT_OFFICER))
    assert editor.post(f"{OWN}{story.pk}/hand-in/").status_code == 302
    assert editor.post(f"{OWN}{story.pk}/publish/").status_code == 403
    assert "Publish it" not in editor.get(f"{OWN}{story.pk}/").text
    assert client_of(lead).post(f"{OWN}{story.pk}/publish/").status_code == 302
    assert shower.heard == [("show", story.pk)]
    assert editor.post(f"{OWN}{story.pk}/take-down/", {"reason": ""}).status_code == 302
    assert shower.shown == {}


def test_others_open_nothing(organisation, other_organisation, member, lead, shower, client_of):
    story = make_story(organisation, actor=lead)
    with within(organisation):
        picture = queries.pictures_of(story)[0].pk
    addresses = [OWN, f"{OWN}{story.pk}/", f"{OWN}{story.pk}/preview/", f"{OWN}{story.pk}/pictures/{picture}/show/"]
    technician, stranger = (
        client_of(member(Role.TECHNICIAN)),
        client_of(member(Role.LEAD, organisation=other_organisation)),
    )
    assert [technician.get(one).status_code for one in addresses] == [403] * 4
    assert [stranger.get(one).status_code for one in addresses] == [404] * 4
    assert stranger.get(f"/o/southmere/stories/{story.pk}/").status_code == 404
    assert stranger.post(f"/o/southmere/stories/{story.pk}/take-down/").status_code == 404


def test_the_preview_leaves_out_what_was_not_agreed(organisation, lead, shower, client_of):
    story = with_consent(make_story(organisation, actor=lead), actor=lead, what=["name"])
    shown = client_of(lead).get(f"{OWN}{story.pk}/preview/").text
    assert "I blow vessels" in shown
    assert "Glass forgives nothing." not in shown


@pytest.mark.parametrize(("address", "number"), [(OWN, 17)])
def test_the_list_asks_as_often_for_three_as_for_one(
    organisation, lead, shower, client_of, query_count, address, number
):
    client = client_of(lead)
    make_story(organisation, actor=lead)
    client.get(address)
    with query_count(number):
        client.get(address)
    for name in ("Bo", "Cy"):
        published(organisation, actor=lead, name=name, email=f"{name}@lund.example")
    with query_count(number):
        shown = client.get(address)
    assert len(shown.context["rows"]) == 3
    assert [label in shown.text for label in (">Stories<", ">Calls<", ">Fields<", ">Consents<")] == [True] * 4


def test_it_is_counted_can_be_evidence_and_waits(organisation, lead, shower):
    from desaga.evidence import records
    from desaga.indicators.registry import computed
    from desaga.ui.waiting import waiting_for

    story = published(organisation, actor=lead)
    with within(organisation, user=lead):
        told = {
            (one.cut, one.part): one.value for one in computed(story.since.date()) if one.key == "stories.published"
        }
        kinds = dict(records.offered_near(None))
        lines = [f"{one.verb} {one.thing}" for one in waiting_for(lead, organisation)]
    assert told == {
        ("", ""): 1,
        ("pillar", "visibility"): 1,
        ("pillar", "recognition"): 1,
        ("pillar", "career_development"): 0,
        ("pillar", "sustainability"): 0,
    }
    assert kinds["Published stories"] == [(f"stories.story:{story.pk}", "Story: Meet a scientific glassblower")]
    assert not any("stor" in line for line in lines)
    approved(
        with_consent(make_story(organisation, actor=lead, name="Bo", email="bo@l.example"), actor=lead), actor=lead
    )
    with within(organisation, user=lead):
        lines = [f"{one.verb} {one.thing}" for one in waiting_for(lead, organisation)]
    assert "Hand in 1 story that the person approved" in lines
