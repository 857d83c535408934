"""The demo's stories: one published, in Welsh too, one with the person, one a draft; and a call that is open, with something sent to it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from desaga.accounts.models import User
from desaga.consents.operations.answering import hear
from desaga.consents.operations.asking import Shown
from desaga.consents.states import By, What, Where
from desaga.evidence.checking import check_file
from desaga.organisations.models import Organisation
from desaga.stories import queries
from desaga.stories.models import Story, StoryKey
from desaga.stories.operations import approving, calls, pictures, publishing, translating, writing
from desaga.stories.states import Verdict
from desaga.tenancy.context import within

from .drawings import drawn
from .world import email_of, world

WORDS = (
    "job", "employer", "place", "summary", "what_i_do", "what_i_love", "skills", "how_i_got_here", "route", "registration", "advice", "quote",
    "pillars", "fields",
)  # fmt: skip
TWO_YEARS = timedelta(days=2 * 365)


def load_stories() -> None:
    """Make each organisation's stories, where it has none yet."""
    for told in world()["story_worlds"]:
        organisation = Organisation.objects.get(slug=told["organisation"])
        editor, lead = (
            User.objects.get(email=email_of(told["organisation"], told[by])) for by in ("writes", "publishes")
        )
        with within(organisation, user=editor):
            if Story.objects.exists():
                continue
            for one in told["stories"]:
                load_story(organisation, editor, lead, one)
            load_call(organisation, editor, told["call"])


def load_story(organisation: Organisation, editor: User, lead: User, told: dict[str, Any]) -> None:
    """As far as it goes: a draft, with the person, or published."""
    words = {name: told[name] for name in WORDS if name in told}
    story = writing.start_story(
        actor=editor, organisation=organisation, name=told["name"], person_email=told["email"], **words
    )
    for picture in told["pictures"]:
        file = check_file(SimpleUploadedFile(picture["name"], drawn(picture["draws"])))
        pictures.add_picture(
            actor=editor, story=story, file=file, alt=picture.get("alt", ""), is_decorative=picture.get("decorative", False),
            shows_person=picture["shows_person"], credit=picture.get("credit", ""),
        )  # fmt: skip
    if told["goes"] == "draft":
        return
    shown = Shown(name=told["name"], email=told["email"], person=story.person)
    story = writing.ask_for_consent(
        actor=editor, story=story, shown=shown, about=f"Your story, “{story}”", what=What.values, where=Where.values,
        until=timezone.localdate() + TWO_YEARS,
    )  # fmt: skip
    hear(
        consent=story.consent,
        by=By.PERSON,
        name=told["name"],
        what=What.values,
        where=Where.values,
        now=timezone.now(),
    )
    if told["goes"] == "published":
        publish_story(editor, lead, story)
    else:
        approving.send_to_person(actor=editor, story=story)
    if "welsh" in told:
        load_welsh(editor, lead, story, told["welsh"])


def publish_story(editor: User, lead: User, story: Story) -> None:
    """The person says yes, and the lead publishes it."""
    version = approving.send_to_person(actor=editor, story=story)
    link = StoryKey.objects.select_related("version__story__organisation").get(version=version)
    approving.answer_version(link=link, verdict=Verdict.YES, name=story.name)
    publishing.hand_in(actor=editor, story=story)
    publishing.publish(actor=lead, story=story)


def load_welsh(editor: User, lead: User, story: Story, told: dict[str, Any]) -> None:
    """The same story said in Welsh, and published too."""
    welsh = translating.say_in_welsh(actor=editor, story=story)
    words = {name: told[name] for name in WORDS if name in told}
    welsh = writing.save_words(actor=editor, story=welsh, seen=welsh.seen, words=words)
    for picture, alt in zip(queries.pictures_of(welsh), told["pictures"], strict=True):
        same = {name: getattr(picture, name) for name in ("is_decorative", "shows_person", "credit", "caption")}
        pictures.change_picture(actor=editor, picture=picture, alt=alt, **same)
    publish_story(editor, lead, welsh)


def load_call(organisation: Organisation, editor: User, told: dict[str, Any]) -> None:
    today = timezone.localdate()
    call = calls.start_call(
        actor=editor, organisation=organisation, title=told["title"], words=told["words"], asks=told["asks"],
        until=today + timedelta(days=60), consent_until=today + TWO_YEARS,
    )  # fmt: skip
    call = calls.open_call(actor=editor, call=call)
    for sent in told["contributions"]:
        calls.confirm_contribution(contribution=calls.contribute(call=call, sent=calls.Sent(**sent)))
