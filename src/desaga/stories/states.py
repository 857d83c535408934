"""What a story, a call and a contribution may be, and what may follow what."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices


class StoryState(TextChoices):
    DRAFT = "draft", "Draft"
    WITH_PERSON = "with_person", "With the person"
    APPROVED = "approved", "Approved by them"
    WAITING = "waiting", "Waiting for moderation"
    PUBLISHED = "published", "Published"
    TAKEN_DOWN = "taken_down", "Taken down"


TONES = {
    StoryState.DRAFT: "plain", StoryState.WITH_PERSON: "waiting", StoryState.APPROVED: "going",
    StoryState.WAITING: "waiting", StoryState.PUBLISHED: "done", StoryState.TAKEN_DOWN: "stopped",
}  # fmt: skip


class Route(TextChoices):
    """How somebody came into the work."""

    APPRENTICESHIP = "apprenticeship", "Apprenticeship"
    T_LEVEL = "t_level", "T Level"
    DEGREE = "degree", "Degree"
    CAREER_CHANGE = "career_change", "Career change"
    OTHER = "other", "Another way"


class Pillar(TextChoices):
    """The four pillars of the Technician Commitment, as `frameworks` ships them."""

    VISIBILITY = "visibility", "Visibility"
    RECOGNITION = "recognition", "Recognition"
    CAREER_DEVELOPMENT = "career_development", "Career development"
    SUSTAINABILITY = "sustainability", "Sustainability"


class Verdict(TextChoices):
    """What the person says of a version."""

    YES = "yes", "It may be shown as it stands here"
    CHANGES = "changes", "It needs changes"


class SourceKind(TextChoices):
    SCRATCH = "scratch", "Written here"
    CALL = "call", "A contribution to a call"
    PLACEMENT = "placement", "A placement’s report"
    STORY = "story", "A story in another language"


class CallState(TextChoices):
    DRAFT = "draft", "Draft"
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


class ContributionState(TextChoices):
    SENT = "sent", "Not confirmed yet"
    CONFIRMED = "confirmed", "To be looked at"
    TAKEN = "taken", "Became a story"
    DECLINED = "declined", "Not taken"
    WITHDRAWN = "withdrawn", "Taken back"


@dataclass(frozen=True, slots=True)
class Transition:
    """From which states to which, by whom (a permission asked about the story; empty: behind a link, or by itself), and the verb."""

    sources: frozenset[str]
    target: str
    permission: str
    verb: str


def _may(sources: tuple[str, ...], to: str, permission: str, verb: str) -> Transition:
    return Transition(frozenset(sources), to, permission, verb)


EDIT, PUBLISH = "stories.edit", "stories.publish"
#: Where a word changed sends it back to a draft.
REOPENED = (
    StoryState.WITH_PERSON,
    StoryState.APPROVED,
    StoryState.WAITING,
    StoryState.PUBLISHED,
    StoryState.TAKEN_DOWN,
)
TRANSITIONS = {
    "send": _may((StoryState.DRAFT,), StoryState.WITH_PERSON, EDIT, "sent to the person"),
    "approve": _may((StoryState.WITH_PERSON,), StoryState.APPROVED, "", "approved"),
    "ask_changes": _may((StoryState.WITH_PERSON,), StoryState.DRAFT, "", "asked for changes"),
    "hand_in": _may((StoryState.APPROVED,), StoryState.WAITING, EDIT, "handed in"),
    "give_back": _may((StoryState.WAITING,), StoryState.DRAFT, PUBLISH, "given back"),
    "publish": _may((StoryState.WAITING,), StoryState.PUBLISHED, PUBLISH, "published"),
    "take_down": _may((StoryState.PUBLISHED,), StoryState.TAKEN_DOWN, EDIT, "taken down"),
    "end": _may((StoryState.PUBLISHED,), StoryState.TAKEN_DOWN, "", "taken down: the consent has ended"),
    "show_again": _may((StoryState.TAKEN_DOWN,), StoryState.WAITING, EDIT, "handed in again"),
    "reopen": _may(REOPENED, StoryState.DRAFT, EDIT, "reopened"),
}
