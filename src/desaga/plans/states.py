"""What a plan, an action and an imported document may be, and what may follow what."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices


class PlanState(TextChoices):
    DRAFT = "draft", "Draft"
    ACTIVE = "active", "Active"
    CLOSED = "closed", "Closed"


class DocumentState(TextChoices):
    """Where a document stands between being handed in and being a plan."""

    UPLOADED = "uploaded", "Waiting to be read"
    READING = "reading", "Being read"
    READ = "read", "Ready to look at"
    COMMITTED = "committed", "Committed"
    REFUSED = "refused", "Could not be read"
    DISCARDED = "discarded", "Discarded"


class Status(TextChoices):
    """Delivery status: where an action is. How confident one is of it is the RAG."""

    NOT_STARTED = "not_started", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    COMPLETE = "complete", "Complete"
    DELAYED = "delayed", "Delayed"
    PAUSED = "paused", "Paused"
    STOPPED = "stopped", "Stopped"


class Rag(TextChoices):
    """Confidence of delivery; never the same as the delivery status. Blue, where a plan has it, marks what is delivered."""

    RED = "red", "Red"
    AMBER = "amber", "Amber"
    GREEN = "green", "Green"
    BLUE = "blue", "Blue"


class Way(TextChoices):
    """How an update came to us."""

    DOCUMENT = "document", "from a document"
    TOGETHER = "together", "changed with others"
    PAGE = "page", "here"
    LINK = "link", "by the link in an e-mail"
    PHONE = "phone", "by phone"
    REPLY = "reply", "by e-mail"
    CHAT = "chat", "by chat"
    TALK = "talk", "in person"


class Direction(TextChoices):
    """Towards what a measure is to go."""

    AT_LEAST = "at_least", "At least"
    AT_MOST = "at_most", "At most"


class Reported(TextChoices):
    """How an action goes as the Commitment's forms ask for it: one of three, whatever status and RAG are (FACTS, 1)."""

    COMPLETED = "completed", "Completed"
    ONGOING = "ongoing", "Ongoing"
    DELAYED = "delayed", "Delayed or failed"
    NOT_SAID = "not_said", "Not said"


#: How an answer comes that somebody else writes down.
PASSED_ON = (Way.PHONE, Way.REPLY, Way.CHAT, Way.TALK)
#: What was said through these was asked for in full: red with its reason, complete with its evidence.
ASKED_FOR = (Way.PAGE, Way.LINK, *PASSED_ON)


class Precision(TextChoices):
    """How exactly the author said when."""

    DAY = "day", "Day"
    MONTH = "month", "Month"
    QUARTER = "quarter", "Quarter"
    TERM = "term", "Term"
    YEAR = "year", "Year"
    NONE = "none", "Not dated"


class TableColumn(TextChoices):
    """What a table of actions may show beside code and title."""

    THEME = "theme", "Theme"
    WHO = "who", "Who"
    WHEN = "when", "When"
    ANSWERS = "answers", "What it answers"
    STATUS = "status", "Status"
    RAG = "rag", "RAG"
    REPORTED = "reported", "On the Commitment’s form"
    DOUBTS = "doubts", "Doubts"


class OwnerRole(TextChoices):
    LEAD = "lead", "Leads"
    SUPPORT = "support", "Helps"
    OVERSIGHT = "oversight", "Oversees"


class ChoiceKind(TextChoices):
    """What a remembered choice is about. The values are the reader's kinds of hints, and names."""

    HEADING = "heading", "Heading"
    STATUS = "status", "Status"
    PHASE = "phase", "Phase"
    ALIGNMENT = "alignment", "Principle"
    NAME = "name", "Name"


class Basis(TextChoices):
    """Why an action counts as answering a principle."""

    CELL = "cell", "stated"
    THEME = "theme", "inherited from the theme"
    CODE = "code", "told from the code"
    SUGGESTED = "suggested", "suggested"


class Verdict(TextChoices):
    """What became of an alignment that followed a framework's new edition; the last three are somebody's answers."""

    CARRIED = "carried", "Carried over"
    WAITING = "waiting", "Not looked at yet"
    ACCEPTED = "accepted", "Accepted"
    ELSEWHERE = "elsewhere", "Answers another"
    REFUSED = "refused", "Refused"


#: Nobody has said anything to these.
UNANSWERED = (Verdict.CARRIED, Verdict.WAITING)


class Completion(TextChoices):
    """How far an action came by the end of its plan. What became of it is its fate; never the same column (docs/adr/0025)."""

    DONE = "done", "Done"
    PARTLY = "partly", "Partly done"
    NOT_DONE = "not_done", "Not done"
    NOT_KNOWN = "not_known", "Nobody knows"


class Fate(TextChoices):
    """What became of an action at the end of its plan, however far it came."""

    CONTINUED = "continued", "Continued"
    EXTENDED = "extended", "Extended"
    NARROWED = "narrowed", "Narrowed"
    SPLIT = "split", "Split"
    MERGED = "merged", "Merged"
    RELATED = "related", "Related"
    REPLACED = "replaced", "Replaced"
    STOPPED = "stopped", "Stopped"
    BUSINESS_AS_USUAL = "business_as_usual", "Business as usual"


#: After these an action has a successor in the next plan; drafting makes one for all but the related, which has its own.
GOES_ON = (
    Fate.CONTINUED,
    Fate.EXTENDED,
    Fate.NARROWED,
    Fate.SPLIT,
    Fate.MERGED,
    Fate.RELATED,
    Fate.REPLACED,
)
DRAFTED = tuple(fate for fate in GOES_ON if fate != Fate.RELATED)


class LinkWay(TextChoices):
    """How it came to be known that an action goes on as another."""

    DRAFTED = "drafted", "drafted from it"
    SAID = "said", "said by hand"
    CONFIRMED = "confirmed", "proposed by its words, confirmed by a person"


class Trajectory(TextChoices):
    """How the sector study says what became of an action (its codes C, R, S and N)."""

    CONTINUED = "C", "Continued"
    RELATED = "R", "Related"
    STOPPED = "S", "Stopped"
    NEW = "N", "New"


class SourceKind(TextChoices):
    """What an action answers that came from outside of the plan's making."""

    PEER_REVIEW = "peer_review", "Peer review"
    RECOMMENDATION = "recommendation", "Annual recommendation"
    CONSULTATION = "consultation", "Consultation or survey"
    OTHER = "other", "Something else"


#: An action in one of these is nobody's to chase.
SETTLED = (Status.COMPLETE, Status.STOPPED)


@dataclass(frozen=True)
class Transition:
    """One thing that may happen: from which states, to which, who may, and what the audit calls it."""

    sources: frozenset[str]
    target: str
    permission: str
    verb: str


def _may(*sources: str, to: str, permission: str, verb: str) -> Transition:
    return Transition(frozenset(sources), to, permission, verb)


_P, _D = PlanState, DocumentState

PLAN_TRANSITIONS = {
    "activate": _may(_P.DRAFT, to=_P.ACTIVE, permission="plans.edit_plan", verb="put to work"),
    "close": _may(_P.ACTIVE, to=_P.CLOSED, permission="plans.close_plan", verb="closed"),
    "reopen": _may(_P.CLOSED, to=_P.ACTIVE, permission="plans.close_plan", verb="reopened"),
}

DOCUMENT_TRANSITIONS = {
    "begin": _may(_D.UPLOADED, _D.READING, to=_D.READING, permission="plans.bring_in", verb="began to read"),
    "finish": _may(_D.READING, to=_D.READ, permission="plans.bring_in", verb="read"),
    "refuse": _may(_D.READING, to=_D.REFUSED, permission="plans.bring_in", verb="could not read"),
    "read_again": _may(
        _D.UPLOADED, _D.READING, _D.REFUSED, to=_D.UPLOADED, permission="plans.bring_in", verb="asked to read again"
    ),
    "reread": _may(_D.READ, to=_D.UPLOADED, permission="plans.bring_in", verb="asked to read with other headings"),
    "commit": _may(_D.READ, to=_D.COMMITTED, permission="plans.bring_in", verb="committed"),
    "discard": _may(
        _D.UPLOADED, _D.READING, _D.READ, _D.REFUSED, to=_D.DISCARDED, permission="plans.bring_in", verb="discarded"
    ),
    "restore": _may(_D.DISCARDED, to=_D.READ, permission="plans.bring_in", verb="took back"),
    "restore_unread": _may(_D.DISCARDED, to=_D.UPLOADED, permission="plans.bring_in", verb="took back"),
}
