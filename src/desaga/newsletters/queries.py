"""What can be read of newsletters. All answer within the current scope, but for the archive, which everybody reads."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate

from desaga.consents.models import Consent
from desaga.notifications.queries import fates_of, stalled_jobs
from desaga.notifications.states import MailState
from desaga.organisations.models import Organisation

from . import offering
from .freezing import Marked, Told, digest_of
from .models import Issue, IssuePiece, Letter, Subscription
from .offering import Piece
from .states import IssueState

WRITE = "desaga.newsletters.tasks.write_letters"


def issues_listed() -> QuerySet[Issue]:
    """Drafts first, then what was sent, the newest first."""
    letters, returned = Count("letters", distinct=True), Count("letters", filter=Q(letters__came_back_at__isnull=False), distinct=True)  # fmt: skip
    return (
        Issue.objects.select_related("organisation", "sent_by__person")
        .annotate(letters_written=letters, returned=returned)
        .order_by("-number", "-pk")
    )


def issue_or_404(pk: int) -> Issue:
    return get_object_or_404(Issue.objects.select_related("organisation", "sent_by__person"), pk=pk)


def draft_or_404(pk: int) -> Issue:
    return get_object_or_404(Issue.objects.select_related("organisation"), pk=pk, state=IssueState.DRAFT)


def pieces_of(issue: Issue) -> list[IssuePiece]:
    return list(IssuePiece.objects.filter(issue=issue).defer("picture"))


def piece_or_404(issue: Issue, pk: int) -> IssuePiece:
    return get_object_or_404(IssuePiece.objects.filter(issue=issue).defer("picture"), pk=pk)


def offered_pieces(issue: Issue) -> dict[str, Piece]:
    """The pieces of a draft as they are today, by their keys."""
    return offering.pieces(issue.organisation, [one.key for one in pieces_of(issue)])


def to_choose(issue: Issue) -> list[Piece]:
    """What may be shown and is not in the issue yet."""
    chosen = {one.key for one in pieces_of(issue)}
    return [one for one in offering.offered(issue.organisation) if one.key not in chosen]


def told_of(issue: Issue) -> list[Told]:
    """What an issue says: a draft as its pages are today, what was sent as it was sent."""
    kept = pieces_of(issue)
    if issue.is_draft:
        today = offering.pieces(issue.organisation, [one.key for one in kept])
        return [told_today(today[one.key]) for one in kept if one.key in today]
    return [told_then(one, issue.organisation) for one in kept]


def told_today(piece: Piece) -> Told:
    return Told(
        kind=piece.kind, title=piece.title, summary=piece.summary, when=piece.when, address=piece.address, picture_url=piece.picture_url,
        picture_words=piece.picture_words,
    )  # fmt: skip


def told_then(piece: IssuePiece, organisation: Organisation) -> Told:
    if piece.struck_at or is_over(piece):
        return Told(is_struck=True)
    return Told(
        kind=piece.kind, title=piece.title, summary=piece.summary, when=piece.when, address=piece.address, picture_words=piece.picture_words,
        picture_url=reverse("newsletters:show_piece_picture", args=[organisation.slug, piece.pk]) if piece.has_picture else "",
    )  # fmt: skip


def is_over(piece: IssuePiece) -> bool:
    """Whether the consent that it rests on has ended, also where the night has not taken it out yet."""
    return piece.shown_until is not None and piece.shown_until <= localdate()


def digest_now(issue: Issue) -> str:
    """The digest of what is kept of a sent issue: its own, unless a piece was taken out."""
    return digest_of(issue.number or 0, issue.title, issue.introduction, [marked(one) for one in IssuePiece.objects.filter(issue=issue)])  # fmt: skip


def marked(piece: IssuePiece) -> Marked:
    return Marked(
        kind=piece.kind, title=piece.title, summary=piece.summary, when=piece.when, address=piece.address,
        picture_words=piece.picture_words, picture=bytes(piece.picture),
    )  # fmt: skip


# ---- Subscriptions and letters


def subscriptions() -> QuerySet[Subscription]:
    """Those that were confirmed."""
    return Subscription.objects.filter(confirmed_at__isnull=False)


def subscription(pk: int) -> Subscription | None:
    return Subscription.objects.filter(pk=pk).first()


def subscriptions_at(email: str) -> QuerySet[Subscription]:
    return Subscription.objects.filter(email=email.strip().lower())


@dataclass(frozen=True)
class Progress:
    """How far the sending of an issue is: letters by what became of them."""

    letters: int
    waiting: int
    sent: int
    doubtful: int
    came_back: int
    given_up: int
    left: int

    @property
    def share(self) -> int:
        """In per cent: how much is settled."""
        return 100 * (self.letters - self.waiting) // self.letters if self.letters else 100


def progress_of(issue: Issue) -> Progress:
    rows = list(Letter.objects.filter(issue=issue).order_by().values_list("mail_id", "subscription_id"))
    fates = Counter(fate.state for fate in fates_of(mail for mail, _ in rows if mail).values())
    never = sum(1 for mail, whose in rows if not mail and not whose)
    unwritten = sum(1 for mail, whose in rows if not mail and whose)
    return Progress(
        letters=len(rows), waiting=unwritten + fates[MailState.WAITING] + fates[MailState.HANDING_OVER], sent=fates[MailState.SENT],
        doubtful=fates[MailState.DOUBTFUL], came_back=fates[MailState.BOUNCED], given_up=fates[MailState.GIVEN_UP], left=never,
    )  # fmt: skip


def letters_to_write(issue: Issue, most: int) -> list[Letter]:
    """Those that no mail was written for, held until the transaction ends; what another worker holds is left to it."""
    rows = Letter.objects.filter(issue=issue, mail_id=None, subscription__isnull=False).order_by("pk")
    return list(rows.select_for_update(of=("self",), skip_locked=True).select_related("subscription")[:most])


def has_unwritten(issue: Issue) -> bool:
    return Letter.objects.filter(issue=issue, mail_id=None, subscription__isnull=False).exists()


def letters_of(mail_id: int) -> list[Letter]:
    return list(Letter.objects.filter(mail_id=mail_id).select_related("subscription"))


def mails_to(one: Subscription) -> list[int]:
    rows = Letter.objects.filter(subscription=one).values_list("mail_id", flat=True)
    return [mail for mail in rows if mail is not None]


def stalled_sendings() -> list[int]:
    return stalled_jobs(WRITE)


# ---- Consent


def pieces_resting_on(consent: Consent) -> list[IssuePiece]:
    """What was sent and rests on a consent."""
    rows = IssuePiece.objects.filter(consent=consent, frozen_at__isnull=False)
    return list(
        rows.select_related("issue__organisation")
        .annotate(letters=Count("issue__letters"))
        .defer("picture")
        .order_by("pk")
    )


# ---- The archive, which everybody reads: the database is asked as nobody, and shows sent issues alone


def archive_of(organisation: Organisation) -> QuerySet[Issue]:
    sent = (IssueState.SENDING, IssueState.SENT)
    return Issue._base_manager.filter(organisation=organisation, state__in=sent).order_by("-number")


def archived_issue(organisation: Organisation, number: int) -> tuple[Issue, list[Told]]:
    """A sent issue and what it says. Raises `Http404`."""
    issue = get_object_or_404(archive_of(organisation), number=number)
    kept = (
        IssuePiece._base_manager.filter(issue=issue, frozen_at__isnull=False).defer("picture").order_by("order", "pk")
    )
    return issue, [told_then(one, organisation) for one in kept]


def picture_of(owner: str, piece: int) -> bytes:
    """The picture of a piece that was sent and not taken out, or 404."""
    rows = IssuePiece._base_manager.filter(
        Q(shown_until=None) | Q(shown_until__gt=localdate()),
        organisation__slug=owner,
        pk=piece,
        frozen_at__isnull=False,
        struck_at=None,
        has_picture=True,
    )
    found = list(rows.values_list("picture", flat=True)[:1])
    if not found:
        raise Http404("There is no such picture.")
    return bytes(found[0])


def workspace(slug: str) -> Organisation:
    return get_object_or_404(Organisation.objects.with_workspace(), slug=slug)
