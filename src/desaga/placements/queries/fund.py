"""What is known of a year of a scheme, for its report: as many queries however many applied. What comes out is protected by `fund.telling` before anybody reads it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from ..awarding import Answered as AnsweredOffer
from ..awarding import ClaimKind, ClaimState
from ..defining import Definition, Question, QuestionKind
from ..figures import AWARD, OUTCOME_OF, UNKNOWN, Told
from ..fund.facts import Answered, Days, Given, Program, Session, Spent, Year
from ..fund.facts import Award as ToldAward
from ..fund.telling import ON_TIME
from ..models import (
    Answer,
    Application,
    Attendance,
    Award,
    Budget,
    ClaimLine,
    Outcome,
    PastAward,
    PlacementReport,
    Scheme,
    SchemeVersion,
    SharedSession,
)
from ..states import ApplicationState, RoundState
from .hosts import as_counted, one_name_each
from .schemes import still_to_pay, version_in_force

LATE, NOT_COME = "Late", "Not come"
TAKEN_UP, WAITING, LAPSED, CALLED_OFF = "Taken up", "Not answered yet", "Turned down, or not taken up", "Called off"
WHOSE = ("award__application__applicant", "award__application__mark")


def year_of(budget: Budget, today: date | None = None) -> Year:
    """All that is known of the year of a budget, in the organisation in scope."""
    today = today or timezone.localdate()
    applications = list(heard_in(budget).annotate(committed=still_to_pay()))
    definitions = definitions_of(budget.scheme)
    awards = {one.application_id: one for one in Award.objects.filter(application__in=[row.pk for row in applications])}
    version = version_in_force(budget.scheme)
    definition = version.definition if version else next(iter(definitions.values()))
    used = {row.version_id for row in applications}
    labels = _labels([definition, *(one for pk, one in definitions.items() if pk in used)])
    within, names = (budget.starts_on, budget.ends_on), one_name_each()
    return Year(
        name=budget.name,
        starts_on=budget.starts_on,
        ends_on=budget.ends_on,
        program=Program(definition.purpose, definition.who, definition.funds, definition.nouns),
        budget=budget.amount,
        told=told_outcomes(applications, definitions),
        given=[
            _given(row, awards.get(row.pk), row.committed, names)
            for row in applications
            if OUTCOME_OF[row.state] == AWARD
        ],
        spent=_spent({awards[row.pk].pk: _person(row) for row in applications if row.pk in awards}, labels),
        days=list(_days(budget.scheme, within)),
        reports=list(_reports(budget.scheme, within, today)),
        sessions=list(_sessions(budget.scheme, within)),
        answered=list(_answered(budget.scheme, within, definitions)),
        awards=awards_shown(budget),
    )


def heard_in(budget: Budget) -> QuerySet[Application]:
    """Of panels that met in the year and whose outcomes are told."""
    within = (budget.starts_on, budget.ends_on)
    rows = Application.objects.filter(
        scheme=budget.scheme_id, round__state=RoundState.RELEASED, round__meets_on__range=within, state__in=OUTCOME_OF
    )
    return rows.select_related("round").order_by("round__meets_on", "pk")


def definitions_of(scheme: Scheme) -> dict[int, Definition]:
    return {one.pk: one.definition for one in SchemeVersion.objects.filter(scheme=scheme).order_by("-number")}


def told_outcomes(applications: Collection[Application], definitions: dict[int, Definition]) -> list[Told]:
    """Each application whose panel's outcomes were released."""
    rows = Answer.objects.filter(
        application__in=[one.pk for one in applications], key__in=("nation", "discipline")
    ).values_list("application_id", "key", "value")
    answers = {(application, key): value for application, key, value in rows}
    return [
        Told(
            panel=f"{one.round.meets_on:%B %Y}" if one.round else UNKNOWN,
            nation=label_of(definitions[one.version_id], "nation", answers.get((one.pk, "nation"))),
            discipline=label_of(definitions[one.version_id], "discipline", answers.get((one.pk, "discipline"))),
            outcome=OUTCOME_OF[one.state],
        )
        for one in applications
    ]


def label_of(definition: Definition, key: str, value: object) -> str:
    """The words of an answer of a choice; `UNKNOWN` where the version does not ask, or nobody answered."""
    question = definition.question(key)
    choices = question.choices if question else ()
    return next((one.label for one in choices if one.value == value), UNKNOWN)


def _given(row: Application, award: Award | None, committed: Decimal, names: dict[str, str]) -> Given:
    return Given(
        person=_person(row),
        became=_became(row.state, award),
        is_abroad=row.is_abroad,
        host=as_counted(award.host if award else row.host, names),
        committed=committed,
        paid=award.paid if award else Decimal(0),
        session_promised=bool(award and award.session_promised),
    )


def _person(row: Application) -> int:
    """Whose it is; of whoever has been stripped off it, what is common to those of one person and year."""
    return _whose(row.applicant_id, row.mark, row.pk)


def _whose(person: int | None, mark: UUID | None, pk: int) -> int:
    return person or (mark.int if mark else -pk)


def _became(state: str, award: Award | None) -> str:
    if state == ApplicationState.CALLED_OFF:
        return CALLED_OFF
    if state == ApplicationState.TURNED_DOWN:
        return LAPSED
    return TAKEN_UP if award and award.answered == AnsweredOffer.ACCEPTED else WAITING


Between = tuple[date, date]


def _days(scheme: Scheme, within: Between) -> Iterator[Days]:
    rows = Attendance.objects.filter(award__application__scheme=scheme, award__ends_on__gte=within[0]).order_by()
    for award, person, mark, days in rows.values_list("award", *WHOSE, "days"):
        if number := sum(within[0] <= day <= within[1] for day in days):
            yield Days(_whose(person, mark, award), number)


def _reports(scheme: Scheme, within: Between, today: date) -> Iterator[str]:
    """What became of each report that was due; nothing of one that has still time, or whose placement was called off."""
    rows = PlacementReport.objects.filter(award__application__scheme=scheme, due_on__range=within)
    told = rows.exclude(award__application__state=ApplicationState.CALLED_OFF).order_by()
    for due_on, came_on in told.values_list("due_on", "first_sent_at__date"):
        if due_on is None:
            continue
        if came_on is not None:
            yield ON_TIME if came_on <= due_on else LATE
        elif due_on < today:
            yield NOT_COME


def _sessions(scheme: Scheme, within: Between) -> Iterator[Session]:
    rows = SharedSession.objects.filter(award__application__scheme=scheme, held_on__range=within).order_by()
    for award, person, mark, came in rows.values_list("award", *WHOSE, "people"):
        yield Session(_whose(person, mark, award), came)


def _labels(definitions: Sequence[Definition]) -> dict[str, str]:
    """What kinds of cost are called: by the first that has them. A kind that was dropped since keeps its words."""
    return {one.key: one.label for told in reversed(definitions) for one in told.cost_kinds}


def _spent(people: dict[int, int], labels: Mapping[str, str]) -> list[Spent]:
    """What was approved of each cost of the awards of these people, by award; nothing of one that was struck whole."""
    rows = ClaimLine.objects.filter(
        claim__award__in=list(people),
        claim__kind=ClaimKind.COSTS,
        claim__state__in=(ClaimState.APPROVED, ClaimState.PAID),
    ).annotate(granted=Coalesce("allowed", "pounds"))
    told = rows.filter(granted__gt=0).order_by().values_list("kind", "granted", "claim__award")
    return [Spent(labels.get(kind, kind), pounds, people[award]) for kind, pounds, award in told]


def _answered(scheme: Scheme, within: Between, definitions: dict[int, Definition]) -> Iterator[Answered]:
    """The answers to questions with fixed answers; what was written in words is nobody's but the fund's to read."""
    rows = Outcome.objects.filter(award__application__scheme=scheme, asked_at__date__range=within)
    told = rows.exclude(answered_at=None).order_by("asked_at", "pk")
    for version, key, answers in told.values_list("award__application__version", "key", "answers"):
        follow = next((one for one in definitions[version].outcomes if one.key == key), None)
        for question in follow.questions if follow else ():
            if follow and (label := chosen(question, answers.get(question.key))):
                yield Answered(follow.title, question.label, label)


def chosen(question: Question, raw: object) -> str:
    """The words of the one answer that was chosen; empty for questions of other kinds."""
    if question.kind == QuestionKind.YES_NO:
        return {"yes": "Yes", "no": "No"}.get(str(raw), "")
    choices = question.choices if question.kind == QuestionKind.CHOICE else ()
    return next((one.label for one in choices if one.value == raw), "")


def awards_shown(budget: Budget) -> list[ToldAward]:
    """Those of the year's panels that are on the scheme's page: agreed to, and looked at."""
    rows = PastAward.objects.filter(award__application__in=heard_in(budget), published_at__lte=timezone.now())
    return [
        ToldAward(one.pk, one.title, one.name, one.home, one.host, one.sentence) for one in rows.order_by("title", "pk")
    ]
