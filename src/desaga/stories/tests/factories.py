"""Stories to test with, made through the operations, and something that records what is shown."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from PIL import Image

from desaga.consents.tests.factories import give_consent, in_days, letters
from desaga.evidence.checking import CheckedFile
from desaga.evidence.states import Scan
from desaga.organisations.models import Organisation
from desaga.placements.offering import OfferedText
from desaga.tenancy.context import within

from ..models import Story, StoryKey
from ..operations import approving, pictures, publishing, writing
from ..showing import PublicStory
from ..states import Verdict

WORDS = {
    "job": "Scientific glassblower", "employer": "Northmoor University", "summary": "She makes what no catalogue has.", "place": "Northmoor",
    "what_i_do": "I blow vessels for chemists.", "what_i_love": "The light of the flame.", "route": "apprenticeship",
    "registration": "RSciTech", "quote": "Glass forgives nothing.", "pillars": ["recognition", "visibility"], "fields": ["workshops-and-making"],
}  # fmt: skip
CAPTIONS = b"WEBVTT\n\n00:01.000 --> 00:04.000\nThis is how glass is blown.\n"
FILM = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"\x00" * 64


@dataclass
class RecordingShower:
    """Shows nothing, and remembers what it was told, in order."""

    shown: dict[int, PublicStory] = field(default_factory=dict)
    heard: list[tuple[str, int]] = field(default_factory=list)

    def show(self, copy: PublicStory) -> str:
        self.shown[copy.story] = copy
        self.heard.append(("show", copy.story))
        return f"/seen/{copy.slug}/"

    def take_down(self, story_pk: int) -> None:
        self.shown.pop(story_pk, None)
        self.heard.append(("take_down", story_pk))


def a_picture(name: str = "bench.png", size: tuple[int, int] = (32, 16)) -> CheckedFile:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, "PNG")
    return CheckedFile(name, "image/png", out.getvalue(), Scan.NONE)


def make_story(
    organisation: Organisation, *, actor: Any, name: str = "Ada Quill", email: str = "ada@quill.example", **words: Any
) -> Story:
    """A draft with a picture of the person and one that is decorative."""
    with within(organisation, user=actor):
        story = writing.start_story(
            actor=actor, organisation=organisation, name=name, person_email=email, **(WORDS | words)
        )
        pictures.add_picture(actor=actor, story=story, file=a_picture(), alt="Ada at the bench")
        pictures.add_picture(
            actor=actor, story=story, file=a_picture("flame.png"), is_decorative=True, shows_person=False
        )
    return anew(story)


def with_consent(story: Story, *, actor: Any, gives: bool = True, **asked: Any) -> Story:
    from desaga.consents.operations.asking import Shown

    shown = Shown(name=story.name, email=story.person_email)
    what, where = asked.pop("what", ["name", "image", "quote", "employer"]), asked.pop("where", ["site"])
    told = {"about": "Your story", "what": what, "where": where, "until": in_days(365), **asked}
    with within(story.organisation, user=actor):
        story = writing.ask_for_consent(actor=actor, story=story, shown=shown, **told)
    if gives:
        give_consent(story.consent, what, where)
    return anew(story)


def sent(story: Story, *, actor: Any) -> Story:
    with within(story.organisation, user=actor):
        approving.send_to_person(actor=actor, story=story)
    return anew(story)


def approved(story: Story, *, actor: Any) -> Story:
    story = sent(story, actor=actor)
    with within(story.organisation):
        link = StoryKey.objects.select_related("version__story__organisation").latest("pk")
        approving.answer_version(link=link, verdict=Verdict.YES, name=story.name)
    return anew(story)


def published(organisation: Organisation, *, actor: Any, **words: Any) -> Story:
    """Through everything: consent given, the version approved, handed in, published."""
    asked = {key: words.pop(key) for key in ("what", "where", "until") if key in words}
    story = approved(with_consent(make_story(organisation, actor=actor, **words), actor=actor, **asked), actor=actor)
    with within(organisation, user=actor):
        publishing.hand_in(actor=actor, story=story)
        publishing.publish(actor=actor, story=story)
    return anew(story)


def anew(story: Story) -> Story:
    with within(story.organisation):
        return Story.objects.select_related("organisation", "consent__organisation", "made_by").get(pk=story.pk)


def page(story: Story) -> str:
    """The address that the last mail to the person about a version carried."""
    found = [
        key for mail in letters(story.person_email) for key in re.findall(r"/by-link/approve/\?key=([\w-]+)", mail.text)
    ]
    return f"/stories/{story.organisation.slug}/by-link/approve/?key={found[-1]}"


def furnish_stories(organisation: Organisation, *, actor: Any) -> None:
    """A story in the making with its consent, an open call with something sent to it, and a placement's story that was offered."""
    from ..operations import calls, offers

    now = timezone.now()
    with_consent(make_story(organisation, actor=actor, name="Person of ours"), actor=actor, gives=False)
    told = {
        "title": "Call of ours",
        "words": "Write to us.",
        "asks": ["what_i_do"],
        "until": in_days(30),
        "consent_until": in_days(400),
    }
    with within(organisation, user=actor):
        call = calls.start_call(actor=actor, organisation=organisation, **told)
        calls.open_call(actor=actor, call=call)
        call.refresh_from_db()
        sent = calls.Sent(
            name="Somebody of ours", email="s@ours.example", job="Technician", answers={"what_i_do": "Much."}, what=["name"], where=["site"],
            picture=a_picture(), alt="At work",
        )  # fmt: skip
        calls.confirm_contribution(contribution=calls.contribute(call=call, sent=sent))
    text = OfferedText(
        source_key="award:1", name="Somebody of ours", email="s@ours.example", title="Offer of ours", text="Much.", host="", wish="named",
        version=1, consent_until=in_days(300),
    )  # fmt: skip
    offers.keep_offer(text, organisation, actor, now)
