from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from desaga.consents.operations import answering, asking
from desaga.consents.tests.factories import give_consent, in_days
from desaga.consents.uses import uses_of
from desaga.tenancy.context import within

from .. import queries
from ..content import as_consented, digest_of, frozen, title_of
from ..models import StoryVersion
from ..operations import approving, gate, pictures, publishing, writing
from ..states import StoryState, Verdict
from .factories import CAPTIONS, FILM, a_picture, anew, approved, make_story, published, sent, with_consent


def test_a_story_goes_all_the_way_and_only_what_was_agreed_is_shown(organisation, lead, shower):
    story = published(organisation, actor=lead, what=["image", "name"])
    copy = shower.shown[story.pk]
    assert (story.state, story.address) == ("published", "/seen/meet-ada-quill/")
    assert (copy.title, copy.name, copy.employer, copy.quote) == ("Meet Ada Quill", "Ada Quill", "", "")
    assert [(one.alt, one.is_decorative) for one in copy.pictures] == [("Ada at the bench", False), ("", True)]
    assert copy.sections == (
        ("What I do", "I blow vessels for chemists."),
        ("What I love about my job", "The light of the flame."),
    )
    assert (copy.route, copy.fields, copy.pillars) == (
        "apprenticeship",
        ("Workshops and making",),
        ("Recognition", "Visibility"),
    )
    assert copy.shown_until == in_days(366)


def test_without_name_and_pictures_one_meets_a_job(organisation, lead, shower):
    copy = shower.shown[published(organisation, actor=lead, what=["employer"]).pk]
    assert (copy.title, copy.name) == ("Meet a scientific glassblower", "")
    assert [one.is_decorative for one in copy.pictures] == [True]


def test_withdrawal_takes_the_story_down_in_the_same_transaction(organisation, lead, shower):
    story = published(organisation, actor=lead)
    with within(organisation):
        assert [(use.kind, use.title, use.address) for use in uses_of(story.consent)] == [
            ("Story", "Meet Ada Quill", "/seen/meet-ada-quill/")
        ]
        answering.withdraw_consent(consent=story.consent)
        assert uses_of(story.consent) == []
    assert (anew(story).state, shower.shown, shower.heard[-1]) == ("taken_down", {}, ("take_down", story.pk))
    with within(organisation, user=lead), pytest.raises(publishing.NotAgreed):
        publishing.hand_in_again(actor=lead, story=story)


def test_expiry_hides_it(organisation, lead, shower):
    story = published(organisation, actor=lead)
    with within(organisation):
        answering.expire_consent(consent=story.consent)
    assert (anew(story).state, shower.shown) == ("taken_down", {})


def test_a_shower_that_fails_leaves_consent_and_story_as_they_were(organisation, lead, shower, monkeypatch):
    story = published(organisation, actor=lead)

    def fail(story_pk):
        raise RuntimeError

    monkeypatch.setattr(shower, "take_down", fail)
    with within(organisation), pytest.raises(RuntimeError):
        answering.withdraw_consent(consent=story.consent)
    assert (anew(story).state, anew(story).consent.state) == ("published", "given")


def test_a_word_changed_takes_it_down_and_it_must_be_approved_again(organisation, lead, shower):
    story = published(organisation, actor=lead)
    with within(organisation, user=lead):
        writing.save_words(actor=lead, story=story, seen=story.seen, words={"job": story.job})
        assert anew(story).state == "published"
        writing.save_words(actor=lead, story=story, seen=story.seen, words={"job": "Glassblower"})
        assert (anew(story).state, shower.shown) == ("draft", {})
        with pytest.raises(gate.NotNow):
            publishing.hand_in(actor=lead, story=story)


@pytest.mark.parametrize("change", ["picture", "alt", "film"])
def test_pictures_and_film_reopen_it_too(organisation, lead, shower, change):
    story = published(organisation, actor=lead)
    with within(organisation, user=lead):
        first = queries.pictures_of(story)[0]
        if change == "picture":
            pictures.remove_picture(actor=lead, picture=first)
        elif change == "alt":
            words = {"is_decorative": False, "shows_person": True, "credit": "", "caption": ""}
            pictures.change_picture(actor=lead, picture=first, alt="Ada at the flame", **words)
        else:
            pictures.keep_video(
                actor=lead, story=story, file_name="f.mp4", content=FILM, captions=CAPTIONS, title="Film"
            )
    assert anew(story).state == "draft"


def test_what_one_sees_in_a_film_is_approved_and_shown_with_the_picture_before_it(
    organisation, lead, shower, client_of
):
    story = make_story(organisation, actor=lead)
    with within(organisation, user=lead):
        film = {"file_name": "f.mp4", "content": FILM, "captions": CAPTIONS, "title": "Film"}
        mark = pictures.keep_video(actor=lead, story=story, **film).mark
        first, _ = queries.pictures_of(story)
    address = f"/o/northmoor/stories/{story.pk}/"
    assert "Say what one sees in it" in client_of(lead).get(address).text
    answer = client_of(lead).post(
        f"{address}film/words/", {"shows": "Ada turns a tube.", "poster": first.pk}, follow=True
    )
    assert "Ada turns a tube." in answer.text
    story = approved(with_consent(anew(story), actor=lead), actor=lead)
    with within(organisation, user=lead):
        publishing.hand_in(actor=lead, story=story)
        publishing.publish(actor=lead, story=story)
        shown = shower.shown[story.pk]
        assert (shown.video.shows, [one.is_poster for one in shown.pictures]) == ("Ada turns a tube.", [True, False])
        # A film of which nothing more is said keeps the mark by which it was once approved.
        assert set(mark) == {"video", "sha256", "title", "captions"}
        pictures.describe_video(actor=lead, video=queries.video_of(story), shows="", poster=None)
    assert anew(story).state == "draft"


def test_what_was_approved_is_what_is_shown(organisation, lead, shower):
    """Whatever goes past the operations is seen by the marks."""
    story = approved(with_consent(make_story(organisation, actor=lead), actor=lead), actor=lead)
    with within(organisation, user=lead):
        publishing.hand_in(actor=lead, story=story)
        type(story).objects.filter(pk=story.pk).update(summary="Something else")
        with pytest.raises(publishing.NotApproved):
            publishing.publish(actor=lead, story=story)
    assert shower.heard == []


def test_it_needs_consent_for_the_site(organisation, lead, shower):
    story = make_story(organisation, actor=lead)
    with within(organisation, user=lead), pytest.raises(approving.NoConsentAsked):
        approving.send_to_person(actor=lead, story=story)
    story = approved(with_consent(story, actor=lead, where=["print"]), actor=lead)
    with within(organisation, user=lead), pytest.raises(publishing.NotAgreed):
        publishing.hand_in(actor=lead, story=story)


def test_what_is_missing_is_said(organisation, lead, shower):
    story = with_consent(make_story(organisation, actor=lead, job="", summary=""), actor=lead)
    with within(organisation, user=lead), pytest.raises(approving.IsNotWhole, match=r"job is\. Write one sentence"):
        approving.send_to_person(actor=lead, story=story)


def test_changes_asked_for_bring_it_back(organisation, lead, shower):
    story = sent(with_consent(make_story(organisation, actor=lead), actor=lead), actor=lead)
    with within(organisation):
        link = queries.StoryKey.objects.select_related("version__story__organisation").get()
        with pytest.raises(approving.SayWhat):
            approving.answer_version(link=link, verdict=Verdict.CHANGES, name="Ada")
        approving.answer_version(link=link, verdict=Verdict.CHANGES, name="Ada", words="I am no chemist.")
        with pytest.raises(approving.SaidAlready):
            approving.answer_version(link=link, verdict=Verdict.YES, name="Ada")
    assert anew(story).state == "draft"


def test_an_approval_is_of_one_version_and_no_other(organisation, lead, shower):
    story = sent(with_consent(make_story(organisation, actor=lead), actor=lead), actor=lead)
    with within(organisation, user=lead):
        former = queries.StoryKey.objects.select_related("version__story__organisation").get()
        writing.save_words(actor=lead, story=story, seen=story.seen, words={"advice": "Ask."})
        approving.send_to_person(actor=lead, story=story)
        with pytest.raises(gate.NotNow):
            approving.answer_version(link=former, verdict=Verdict.YES, name="Ada")
    assert (anew(story).state, anew(story).version) == ("with_person", 2)


def test_two_editors_do_not_write_over_each_other(organisation, lead, shower):
    story = make_story(organisation, actor=lead)
    with within(organisation, user=lead):
        writing.save_words(actor=lead, story=story, seen=story.seen, words={"advice": "Ask."})
        with pytest.raises(writing.ChangedMeanwhile):
            writing.save_words(actor=lead, story=story, seen=story.seen, words={"advice": "Do not ask."})


def test_a_renewal_shows_it_longer_and_no_more_than_is_agreed_now(organisation, lead, shower):
    story = published(organisation, actor=lead)
    with within(organisation, user=lead):
        new = asking.renew_consent(actor=lead, consent=story.consent, until=in_days(700))
    give_consent(new, ["name"], ["site"])
    copy = shower.shown[story.pk]
    assert (copy.shown_until, copy.quote, len(copy.pictures)) == (in_days(701), "", 1)
    assert anew(story).consent_id == new.pk


def test_a_version_never_changes(organisation, lead, shower):
    from django.db import DatabaseError

    story = sent(with_consent(make_story(organisation, actor=lead), actor=lead), actor=lead)
    with pytest.raises(DatabaseError, match="is not changed"), within(organisation):
        StoryVersion.objects.update(digest="x")
    assert anew(story).version == 1


def test_giving_back_needs_a_reason(organisation, lead, shower):
    story = approved(with_consent(make_story(organisation, actor=lead), actor=lead), actor=lead)
    with within(organisation, user=lead):
        publishing.hand_in(actor=lead, story=story)
        with pytest.raises(publishing.SayWhy):
            publishing.give_back(actor=lead, story=story, reason=" ")
        publishing.give_back(actor=lead, story=story, reason="Too long.")
    assert anew(story).state == StoryState.DRAFT


@pytest.mark.parametrize(("alt", "is_decorative"), [("", False), ("Ada", True)])
def test_a_picture_says_what_it_shows_or_that_it_is_decorative(organisation, lead, shower, alt, is_decorative):
    story = make_story(organisation, actor=lead)
    with within(organisation, user=lead), pytest.raises(pictures.SayWhatItShows):
        pictures.add_picture(actor=lead, story=story, file=a_picture(), alt=alt, is_decorative=is_decorative)


def test_nobody_is_drowned_in_mails(organisation, lead, shower):
    story = sent(with_consent(make_story(organisation, actor=lead), actor=lead), actor=lead)
    with within(organisation, user=lead):
        for _ in range(2):
            approving.send_again(actor=lead, story=story)
        with pytest.raises(approving.WroteEnough):
            approving.send_again(actor=lead, story=story)
        approving.send_again(actor=lead, story=story, now=timezone.now() + timedelta(days=2))


CONTENT = frozen({"name": "Ada", "job": "Instrument maker", "quote": "Q", "employer": "E"}, [], None)


def test_titles_and_what_is_left():
    assert title_of(CONTENT) == "Meet Ada"
    assert title_of(as_consented(CONTENT, [])) == "Meet an instrument maker"
    assert title_of(frozen({}, [], None)) == "Meet a technician"
    left = as_consented(CONTENT, ["quote"])
    assert (left["name"], left["quote"], left["employer"]) == ("", "Q", "")
    assert digest_of(left) != digest_of(CONTENT)
