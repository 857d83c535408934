"""Which rows of an application go, and which stay without their words. Each table of the slice that hangs on an application is named here: a test holds that."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from desaga.notifications.operations import forget_mails

from ..awarding import as_wished
from ..figures import UNKNOWN
from ..models import (
    AgendaItem,
    Agreement,
    Answer,
    Application,
    ApplicationFile,
    ApplicationFileContent,
    Asking,
    AskingKey,
    AskingLetter,
    Assignment,
    Attendance,
    Award,
    AwardChange,
    AwardLetter,
    Blackened,
    Certificate,
    Claim,
    ClaimLine,
    Hold,
    Interest,
    LetterCheck,
    Outcome,
    OutcomeFile,
    OutcomeFileContent,
    OutcomeLetter,
    PastAward,
    PendingOutcome,
    PlacementReport,
    Receipt,
    ReceiptContent,
    RedactedFile,
    Scheme,
    Score,
    SharedSession,
    Signature,
    StoryOffer,
    StoryText,
)
from ..queries.fund import chosen, label_of
from .telling_of import end_told

#: Rows that go, from the leaves to the root: what they are called, the table, the way to their application. Scores go before, by the database's own function.
GOING: tuple[tuple[str, type[Model], str], ...] = (
    ("receipts", ReceiptContent, "receipt__line__claim__award__application"),
    ("", Receipt, "line__claim__award__application"),
    ("", RedactedFile, "file__application"),
    ("files", ApplicationFileContent, "file__application"),
    ("", ApplicationFile, "application"),
    ("letters handed in", AskingLetter, "asking__application"),
    ("", AskingKey, "asking__application"),
    ("people asked", Asking, "application"),
    ("declarations and conflicts", Interest, "application"),
    ("readings", Assignment, "application"),
    ("", Blackened, "application"),
    ("", Signature, "agreement__award__application"),
    ("agreements", Agreement, "award__application"),
    ("", AwardChange, "award__application"),
    ("", AwardLetter, "award__application"),
    ("", Hold, "application"),
    ("", LetterCheck, "item__application"),
    ("files of reports", OutcomeFileContent, "file__award__application"),
    ("", OutcomeFile, "award__application"),
)  # fmt: skip
#: Answers that figures are counted by, where they are one of the scheme's own choices.
COUNTED_BY = ("nation", "discipline")
#: Words that go from rows that stay.
WORDS: tuple[tuple[type[Model], str, dict[str, Any]], ...] = (
    (ClaimLine, "claim__award__application", {"what": "", "no_receipt": "", "submission": None}),
    (Claim, "award__application", {"words": ""}),
    (PlacementReport, "award__application", {"answers": {}, "words": ""}),
    (Attendance, "award__application", {"confirmed_by": "", "words": ""}),
    (Certificate, "award__application", {"content": {}}),
    (AgendaItem, "application", {"notes": "", "left": [], "left_why": [], "left_people": []}),
    (OutcomeLetter, "item__application", {"email": "", "lost": ""}),
    (Award, "application", {"conditions": ""}),
)  # fmt: skip
#: What a constraint asks to be said is said so.
GONE = "Removed after its time"
STRIPPED: dict[str, Any] = {
    "applicant": None, "email": "", "name": "", "title": "", "employer": "", "host": "", "host_place": None, "starts_on": None, "ends_on": None,
    "copied_from": None, "submission": None, "open_sections": [], "done_sections": [],
}  # fmt: skip


def counted(pks: Collection[int]) -> dict[str, int]:
    """How much of what goes with these applications."""
    told = {"applications": len(pks), "awards": Award.objects.filter(application__in=pks).count(), "answers": Answer.objects.filter(application__in=pks).exclude(key__in=COUNTED_BY).count()}  # fmt: skip
    told |= {what: _of(model, way, pks).count() for what, model, way in GOING if what}
    return told | {"scores": Score.objects.filter(assignment__application__in=pks).count()}


def _of(model: type[Model], way: str, pks: Collection[int]) -> QuerySet[Any]:
    return model._default_manager.filter(**{f"{way}__in": list(pks)})


def strip_rows(scheme: Scheme, applications: Sequence[Application], now: datetime) -> int:
    """Let rows and words of these go, and of stories of the scheme's whose consent has ended since; answers from how many mails address and subject went. The drafts among them go whole."""
    pks = [one.pk for one in applications]
    mails = _forget_mails(scheme, applications, now)
    _keep_names_of_stories(pks, timezone.localdate(now))
    # Nobody could take back any more what they agreed to be told of.
    for past in PastAward.objects.filter(award__application__in=pks, withdrawn_at=None):
        end_told(past, now)
    for _, model, way in GOING:
        rows = _of(model, way, pks)
        rows.filter(pk__in=list(rows.values_list("pk", flat=True)))._raw_delete(rows.db)
    _answers(applications)
    for model, way, words in WORDS:
        _of(model, way, pks).update(**words)
    _outcomes(pks)
    _worded(pks)
    _drop_stories(_of(StoryOffer, "award__application", pks), timezone.localdate(now))
    drafts = [one.pk for one in applications if one.received_at is None]
    Application.objects.filter(copied_from__in=pks).update(copied_from=None)
    Application.objects.filter(pk__in=set(pks) - set(drafts)).update(**STRIPPED, stripped_at=now)
    Application.objects.filter(pk__in=drafts)._raw_delete(Application.objects.db)
    _drop_stories(_of_stripped(scheme), timezone.localdate(now))
    return mails


def _forget_mails(scheme: Scheme, applications: Sequence[Application], now: datetime) -> int:
    pks = [one.pk for one in applications]
    ids = {
        mail
        for model, way in ((AskingKey, "asking__application"), (AwardLetter, "award__application"), (OutcomeLetter, "item__application"))
        for mail in _of(model, way, pks).exclude(mail_id=None).values_list("mail_id", flat=True)
    }  # fmt: skip
    until: dict[str, datetime] = {}
    for address, moment in _addresses(applications):
        until[address] = max(moment, until.get(address, moment))
    return forget_mails(organisation=scheme.organisation_id, ids=ids, until=until, now=now)


def _addresses(applications: Sequence[Application]) -> Iterator[tuple[str, datetime]]:
    """To whom else mails went of which no row kept the number, with when the application last went on."""
    moved = {one.pk: one.changed_at for one in applications}
    yield from ((one.email, one.changed_at) for one in applications if one.email)
    asked = Asking.objects.filter(application__in=moved)
    for pk, *addresses in asked.values_list("application", "email", "named_email", "deputy_email"):
        yield from ((address, moved[pk]) for address in addresses if address)
    signed = Signature.objects.filter(agreement__award__application__in=moved)
    for pk, address in signed.values_list("agreement__award__application", "email"):
        yield address, moved[pk]


def _answers(applications: Sequence[Application]) -> None:
    """All go but those that figures are counted by; of these what is no choice of the scheme's goes too."""
    rows = Answer.objects.filter(application__in=[one.pk for one in applications])
    came_in = Q(key__in=COUNTED_BY) & Q(application__received_at__isnull=False)
    kept = list(rows.filter(came_in).select_related("application__version"))
    stay = [one.pk for one in kept if label_of(one.application.definition, one.key, one.value) != UNKNOWN]
    rows.exclude(pk__in=stay).delete()
    Answer.objects.filter(pk__in=stay).update(page=None)


def _outcomes(pks: Collection[int]) -> None:
    """Of what somebody answered afterwards stays what was chosen of fixed answers: that is counted."""
    rows = Outcome.objects.filter(award__application__in=pks)
    for one in rows.select_related("award__application__version"):
        follow = next((told for told in one.award.application.definition.outcomes if told.key == one.key), None)
        fixed = {question.key for question in (follow.questions if follow else ()) if chosen(question, one.answers.get(question.key))}  # fmt: skip
        one.answers = {key: value for key, value in one.answers.items() if key in fixed}
        one.save(update_fields=["answers"])


def _worded(pks: Collection[int]) -> None:
    """Words that a constraint asks for become one and the same."""
    outcomes = PendingOutcome.objects.filter(item__application__in=pks)
    outcomes.exclude(words="").update(words=GONE)
    outcomes.update(conditions="")
    for number, session in enumerate(SharedSession.objects.filter(award__application__in=pks), 1):
        session.audience, session.words, session.submission = f"{GONE} ({number})", "", None
        session.save(update_fields=["audience", "words", "submission"])


# ---- Stories: a consent of their own


def _keep_names_of_stories(pks: Collection[int], today: date) -> None:
    """A story whose consent goes on keeps the name that its teller wished, while the application forgets it."""
    for story in _going_on(StoryOffer.objects.filter(award__application__in=pks), today).select_related(
        "award__application"
    ):
        story.teller = as_wished(story.wish, story.award.application.name)
        story.save(update_fields=["teller"])


def _going_on(rows: QuerySet[StoryOffer], today: date) -> QuerySet[StoryOffer]:
    return rows.filter(withdrawn_at=None, consent_until__gte=today)


def _drop_stories(rows: QuerySet[StoryOffer], today: date) -> None:
    over = list(rows.exclude(pk__in=_going_on(rows, today).values("pk")).values_list("pk", flat=True))
    StoryText.objects.filter(story__in=over).delete()
    StoryOffer.objects.filter(pk__in=over).delete()


def stories_over(scheme: Scheme, today: date) -> bool:
    """Whether a consent has ended since its application was stripped."""
    rows = _of_stripped(scheme)
    return rows.exclude(pk__in=_going_on(rows, today).values("pk")).exists()


def _of_stripped(scheme: Scheme) -> QuerySet[StoryOffer]:
    return StoryOffer.objects.filter(award__application__scheme=scheme).exclude(award__application__stripped_at=None)
