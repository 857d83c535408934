"""A story said in Welsh: a story of its own, made once of the English one, approved by the person, and counted with it as one."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from desaga.consents.operations import answering
from desaga.consents.tests.factories import give_consent
from desaga.organisations.states import Role
from desaga.tenancy.context import within
from desaga.ui.languages import ENGLISH, WELSH

from .. import queries
from ..content import as_consented, digest_of, frozen, lacking, sections_of, title_of
from ..models import Story
from ..operations import approving, erasing, pictures, publishing, translating, writing
from ..private import own_told
from .factories import a_picture, anew, approved, make_story, page, published, sent, with_consent

OWN = "/o/northmoor/stories/"
WORDS = {"name": "Ada Quill", "job": "Chwythwr gwydr", "what_i_do": "Rydw i’n chwythu gwydr.", "advice": "Gofynnwch."}
IN_WELSH = frozen(WORDS, [], None, WELSH)


def begun(story, lead):
    with within(story.organisation, user=lead):
        return anew(translating.say_in_welsh(actor=lead, story=story))


def written(welsh, lead, alt="Ada wrth y fainc"):
    """In Welsh, as far as it needs to be to be sent."""
    said = {"summary": "Mae hi’n chwythu gwydr.", "what_i_do": "Rydw i’n chwythu gwydr."}
    with within(welsh.organisation, user=lead):
        writing.save_words(actor=lead, story=welsh, seen=welsh.seen, words=said)
        first = queries.pictures_of(welsh)[0]
        words = {"is_decorative": False, "shows_person": True, "credit": "", "caption": ""}
        pictures.change_picture(actor=lead, picture=first, alt=alt, **words)
    return anew(welsh)


def shown_in_welsh(story, lead):
    welsh = approved(written(begun(story, lead), lead), actor=lead)
    with within(story.organisation, user=lead):
        publishing.hand_in(actor=lead, story=welsh)
        publishing.publish(actor=lead, story=welsh)
    return anew(welsh)


# ---- Words


def test_titles_and_headings_are_in_the_language_of_the_story():
    assert title_of(IN_WELSH) == "Dyma Ada Quill"
    assert title_of(as_consented(IN_WELSH, [])) == "Chwythwr gwydr"
    assert title_of(frozen({}, [], None, WELSH)) == "Dyma dechnegydd"
    assert sections_of(IN_WELSH) == [
        ("Beth rydw i’n ei wneud", "Rydw i’n chwythu gwydr."),
        ("Fy nghyngor", "Gofynnwch."),
    ]


def test_what_was_approved_before_in_english_keeps_its_mark():
    content = frozen({"name": "Ada", "job": "Instrument maker", "quote": "Q", "employer": "E"}, [], None)
    assert "language" not in content
    assert digest_of(content) == "c915e743f78c851c83b8b65983879b1d07ea33b6d40a86617dabccefbd0ade46"
    assert IN_WELSH["language"] == WELSH
    assert digest_of(frozen(WORDS, [], None)) != digest_of(IN_WELSH)


def test_words_of_pictures_that_are_still_english_are_said():
    shown = [{"alt": "Ada at the bench", "is_decorative": False}, {"alt": "", "is_decorative": True}]
    content = {**IN_WELSH, "summary": "Mae hi’n chwythu gwydr.", "pictures": shown}
    assert lacking(content) == []
    assert lacking(content, ["Ada at the bench"]) == ["Say in Welsh what the picture shows: “Ada at the bench”."]


# ---- Beginning it


def test_it_begins_with_what_stays_and_has_the_english_words_beside(organisation, lead, shower):
    story = with_consent(make_story(organisation, actor=lead, advice="Ask."), actor=lead)
    welsh = begun(story, lead)
    same = ("name", "person_email", "person_id", "consent_id", "job", "employer", "place", "route", "registration", "pillars", "fields")  # fmt: skip
    assert [getattr(welsh, name) for name in same] == [getattr(story, name) for name in same]
    assert (welsh.language, welsh.source, welsh.says, welsh.state) == (WELSH, "story", story.pk, "draft")
    assert (welsh.summary, welsh.what_i_do, welsh.advice, welsh.quote) == ("", "", "", "")
    for words in ("She makes what no catalogue has.", "What I do\nI blow vessels", "My advice\nAsk.", "Glass forgives nothing."):  # fmt: skip
        assert words in welsh.source_words
    with within(organisation):
        copied = [
            [(one.alt, one.is_decorative, one.shows_person, one.sha256, queries.bytes_of_picture(one.pk)) for one in queries.pictures_of(of)]
            for of in (story, welsh)
        ]  # fmt: skip
    assert copied[0] == copied[1]


def test_it_is_made_once_and_of_an_english_story_alone(organisation, lead, shower):
    story = make_story(organisation, actor=lead)
    first, again = begun(story, lead), begun(story, lead)
    assert first.pk == again.pk
    with within(organisation, user=lead), pytest.raises(translating.IsNotEnglish):
        translating.say_in_welsh(actor=lead, story=first)
    told = {"name": "Ada", "person_email": "a@b.example", "source": "story", "source_key": str(story.pk)}
    with within(organisation, user=lead), pytest.raises(IntegrityError), transaction.atomic():
        writing.start_story(actor=lead, organisation=organisation, language=WELSH, **told)


def test_no_other_language_is_known(organisation, lead, shower):
    story = make_story(organisation, actor=lead)
    with within(organisation, user=lead), pytest.raises(IntegrityError), transaction.atomic():
        Story.objects.filter(pk=story.pk).update(language="fr")


def test_consent_asked_for_one_is_for_both(organisation, lead, shower):
    story = make_story(organisation, actor=lead)
    welsh = begun(story, lead)
    assert welsh.consent is None
    with_consent(story, actor=lead)
    assert anew(welsh).consent_id == anew(story).consent_id is not None


def test_it_is_not_sent_while_a_picture_is_told_in_english(organisation, lead, shower):
    welsh = begun(with_consent(make_story(organisation, actor=lead), actor=lead), lead)
    with within(organisation, user=lead), pytest.raises(approving.IsNotWhole, match="“Ada at the bench”"):
        approving.send_to_person(actor=lead, story=written(welsh, lead, alt="Ada at the bench"))
    assert sent(written(anew(welsh), lead), actor=lead).state == "with_person"


# ---- Shown


def test_the_person_approves_it_and_it_is_shown_as_what_the_english_one_says(organisation, lead, shower):
    story = published(organisation, actor=lead)
    welsh = shown_in_welsh(story, lead)
    copy = shower.shown[welsh.pk]
    assert (copy.language, copy.says, copy.title) == (WELSH, story.pk, "Dyma Ada Quill")
    assert copy.sections == (("Beth rydw i’n ei wneud", "Rydw i’n chwythu gwydr."),)
    assert (copy.route_words, copy.fields) == ("Apprenticeship", ("Workshops and making",))
    english = shower.shown[story.pk]
    assert (english.language, english.says) == (ENGLISH, None)


def test_taken_back_both_are_down(organisation, lead, shower):
    story = published(organisation, actor=lead)
    welsh = shown_in_welsh(story, lead)
    with within(organisation):
        answering.withdraw_consent(consent=story.consent)
    assert (anew(story).state, anew(welsh).state, shower.shown) == ("taken_down", "taken_down", {})


def test_both_rest_on_a_renewed_consent(organisation, lead, shower):
    from desaga.consents.operations import asking
    from desaga.consents.tests.factories import in_days

    story = published(organisation, actor=lead)
    welsh = shown_in_welsh(story, lead)
    with within(organisation, user=lead):
        new = asking.renew_consent(actor=lead, consent=story.consent, until=in_days(700))
    give_consent(new, ["name"], ["site"])
    assert [shower.shown[one.pk].shown_until for one in (story, welsh)] == [in_days(701)] * 2


def test_words_removed_for_good_are_removed_in_both(organisation, lead, shower, client_of):
    story = published(organisation, actor=lead)
    welsh = shown_in_welsh(story, lead)
    with within(organisation, user=lead):
        publishing.take_down(actor=lead, story=story)
    assert "What says it in Welsh is removed with it." in client_of(lead).get(f"{OWN}{story.pk}/erase/").text
    with within(organisation, user=lead):
        erasing.erase_words(actor=lead, story=story)
        assert queries.pictures_of(welsh).count() == 0
    welsh = anew(welsh)
    assert (welsh.state, welsh.what_i_do, welsh.source_words, shower.shown) == ("taken_down", "", "", {})


def test_the_welsh_words_alone_are_removed_alone(organisation, lead, shower):
    story = published(organisation, actor=lead)
    welsh = written(begun(story, lead), lead)
    with within(organisation, user=lead):
        erasing.erase_words(actor=lead, story=welsh)
    assert (anew(welsh).what_i_do, anew(story).state) == ("", "published")


def test_a_person_is_counted_once(organisation, lead, shower):
    from desaga.evidence import records

    story = published(organisation, actor=lead)
    shown_in_welsh(story, lead)
    with within(organisation, user=lead):
        assert [pk for pk, _ in queries.published_to_count()] == [story.pk]
        assert len(dict(records.offered_near(None))["Published stories"]) == 1


def test_what_is_kept_of_somebody_is_told_in_its_language(organisation, member, lead, shower):
    technician = member(Role.TECHNICIAN)
    story = make_story(organisation, actor=lead, email=technician.email, person=technician.person)
    welsh = written(begun(story, lead), lead)
    assert welsh.person_id == technician.person.pk
    with within(organisation, user=technician):
        rows = list(own_told(technician.person, technician, organisation))
    assert [row["Story"] for row in rows] == ["Meet Ada Quill", "Dyma Ada Quill"]
    assert rows[1]["Beth rydw i’n ei wneud"] == "Rydw i’n chwythu gwydr."


# ---- Pages


def test_an_editor_presses_and_each_leads_to_the_other(organisation, member, lead, shower, client_of):
    story = make_story(organisation, actor=lead)
    client = client_of(member(Role.PROJECT_OFFICER))
    assert "Say it in Welsh" in client.get(f"{OWN}{story.pk}/").text
    pressed = client.post(f"{OWN}{story.pk}/in-welsh/")
    again = client.post(f"{OWN}{story.pk}/in-welsh/")
    with within(organisation):
        welsh = Story.objects.get(language=WELSH)
    assert pressed.url == again.url == f"{OWN}{welsh.pk}/"
    english_page, welsh_page = (client.get(f"{OWN}{one.pk}/").text for one in (story, welsh))
    assert (f'href="{OWN}{welsh.pk}/" lang="cy"' in english_page, "Say it in Welsh" in english_page) == (True, False)
    assert f'href="{OWN}{story.pk}/" lang="en-GB"' in welsh_page
    assert '<span lang="cy">Dyma Ada Quill</span>' in welsh_page
    assert "Say in Welsh what the picture shows: “Ada at the bench”." in welsh_page
    assert '<article class="dsg-story" lang="cy"' in welsh_page
    part = client.get(f"{OWN}{welsh.pk}/parts/work/").text
    assert ("I blow vessels for chemists." in part, 'lang="cy"' in part) == (True, True)
    assert client.post(f"{OWN}{welsh.pk}/in-welsh/").url == f"{OWN}{welsh.pk}/"


def test_whoever_may_not_edit_does_not_begin_it(organisation, other_organisation, member, lead, shower, client_of):
    story = make_story(organisation, actor=lead)
    stranger = client_of(member(Role.LEAD, organisation=other_organisation))
    assert client_of(member(Role.TECHNICIAN)).post(f"{OWN}{story.pk}/in-welsh/").status_code == 403
    assert stranger.post(f"{OWN}{story.pk}/in-welsh/").status_code == 404
    with within(organisation):
        assert Story.objects.count() == 1


def test_a_story_can_be_begun_in_welsh(organisation, lead, shower, client_of):
    client = client_of(lead)
    assert "Written in" in client.get(f"{OWN}begin/").text
    told = {"name": "Ada Quill", "person_email": "ada@quill.example", "job": "Chwythwr gwydr", "language": "cy"}
    address = client.post(f"{OWN}begin/", told).url
    page = client.get(address).text
    assert ("Dyma Ada Quill" in page, "Say it in Welsh" in page) == (True, False)


def test_the_person_reads_the_words_as_welsh(organisation, lead, shower, client):
    welsh = begun(with_consent(make_story(organisation, actor=lead), actor=lead), lead)
    welsh = sent(written(welsh, lead), actor=lead)
    shown = client.get(page(welsh)).text
    assert '<article class="dsg-story" lang="cy"' in shown
    assert "Beth rydw i’n ei wneud" in shown
    assert '<dl class="dsg-facts" lang="en-GB">' in shown


def test_a_picture_added_to_it_later_says_what_it_likes(organisation, lead, shower):
    welsh = begun(make_story(organisation, actor=lead), lead)
    with within(organisation, user=lead):
        pictures.add_picture(actor=lead, story=welsh, file=a_picture("new.png"), alt="Ffwrnais")
        told = lacking(queries.content_now(welsh), queries.said_in_english(welsh))
    assert [one for one in told if "Ffwrnais" in one] == []
