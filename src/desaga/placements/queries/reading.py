"""What a reader reads of an application: the copy for the panel, and their own readings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from desaga.organisations.models import Organisation

from ..models import (
    Answer,
    Application,
    Assignment,
    Blackened,
    RedactedFile,
    SchemeVersion,
    Score,
)
from ..states import RoundState
from ..telling import Hidden, PartTold, blacken, names_of, tell
from .applications import applications_on_panel
from .said import SaidTold, said_of


def with_versions(rows: Iterable[Application]) -> list[Application]:
    """The rows, each with its version, which is asked for once however many share it."""
    found = list(rows)
    versions = SchemeVersion.objects.in_bulk({row.version_id for row in found})
    for row in found:
        row.version = versions[row.version_id]
    return found


def blackened_in(applications: Collection[int]) -> dict[int, dict[str, list[str]]]:
    """Application to the words that the panel does not read, by answer."""
    found: dict[int, dict[str, list[str]]] = {}
    rows = Blackened.objects.filter(application__in=applications).values_list("application", "key", "words")
    for pk, key, words in rows:
        found.setdefault(pk, {}).setdefault(key, []).append(words)
    return found


def redacted_in(applications: Collection[int]) -> dict[int, dict[int, str]]:
    """Application to its files of which there is a copy without names, and what the copies are called."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    rows = RedactedFile.objects.filter(file__application__in=applications)
    for pk, file, name in rows.values_list("file__application", "file", "file_name"):
        found[pk][file] = name
    return found


def hides_names(application: Application) -> bool:
    """Whether the panel reads it without names now: as the scheme says of scoring and of the meeting, until staff show them to the round, or outcomes are told."""
    definition, round_ = application.definition, application.round
    if not definition.names_hidden:
        return False
    if round_ is not None and round_.state == RoundState.SITTING and definition.names_shown_at_meeting:
        return False
    return round_ is None or round_.names_shown_at is None and round_.state != RoundState.RELEASED


def hidden_in(application: Application) -> Hidden:
    """What the panel does not read of it."""
    names = hides_names(application)
    redacted = redacted_in([application.pk])[application.pk] if names else {}
    return Hidden(names, blackened_in([application.pk]).get(application.pk, {}), redacted)


@dataclass(frozen=True)
class TitleTold:
    """The columns of an application as the panel reads them: empty where they are hidden."""

    title: str
    name: str
    employer: str
    host: str


class Titled(Protocol):
    """Whatever has these columns of an application."""

    @property
    def title(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def employer(self) -> str: ...
    @property
    def host(self) -> str: ...


def title_told(application: Titled, hidden: Hidden) -> TitleTold:
    names = names_of(application.name) if hidden.names else []
    title = blacken(application.title, [*hidden.blackened.get("title", ()), *names])
    host = blacken(application.host, [*hidden.blackened.get("host", ()), *names])
    if hidden.names:
        return TitleTold(title, "", "", host)
    return TitleTold(title, application.name, application.employer, host)


def on_panel_or_404(user: Any, organisation: Organisation, scheme_slug: str, reference: str) -> Application:
    """One that somebody reads for the panel; what is hidden, or not yet declared on, is answered as what is not there."""
    rows = applications_on_panel(user, organisation).select_related("scheme", "version", "round")
    return get_object_or_404(rows, scheme__slug=scheme_slug, reference=reference)


def assignment_of(user: Any, application: Application) -> Assignment | None:
    """Somebody's own reading of it."""
    return (
        Assignment.objects.filter(Assignment.in_force(), application=application, member__person=user.person_id)
        .select_related("member")
        .first()
    )


def sheets_of(assignment: Assignment) -> list[tuple[int, list[Score]]]:
    """Every sheet that was sent, the last first."""
    found: dict[int, list[Score]] = {}
    for score in Score.objects.filter(assignment=assignment).order_by("-sheet", "pk"):
        found.setdefault(score.sheet, []).append(score)
    return list(found.items())


def told_before_declaring(rows: QuerySet[Application, dict[str, Any]]) -> list[dict[str, Any]]:
    """What is read before declaring, without the words that staff blackened in it."""
    found = list(rows)
    black = blackened_in([row["pk"] for row in found])
    return [
        {
            **row,
            **{key: blacken(row[key], black.get(row["pk"], {}).get(key, ())) for key in ("title", "employer", "host")},
        }
        for row in found
    ]


def application_declared_on(pk: int) -> Application:
    """To declare on, found by `applications_to_declare`; of no use to read from."""
    return Application.objects.only("pk", "organisation_id", "applicant_id").get(pk=pk)


def readings_of(user: Any, organisation: Organisation) -> QuerySet[Assignment]:
    """What somebody may read and score, over all schemes of the organisation; what they have still to declare on is not among it."""
    rows = applications_on_panel(user, organisation)
    return (
        Assignment.objects.filter(Assignment.in_force(), member__person=user.person_id, application__in=rows)
        .select_related("application__round", "application__scheme")
        .order_by("application__round__meets_on", "application__reference")
    )


def with_titles(readings: QuerySet[Assignment]) -> list[Assignment]:
    """Each with the title that its reader reads."""
    found = list(readings)
    rows = with_versions({one.application_id: one.application for one in found}.values())
    black = blackened_in([row.pk for row in rows])
    hidden = {row.pk: Hidden(hides_names(row), black.get(row.pk, {})) for row in rows}
    for one in found:
        one.title = title_told(one.application, hidden[one.application_id]).title  # type: ignore[attr-defined]
    return found


def copies_of(readings: Sequence[Assignment]) -> dict[int, list[PartTold]]:
    """Application to what its reader reads of it."""
    rows = {one.application_id: one.application for one in readings}
    black, answers, redacted = blackened_in(list(rows)), answers_of(list(rows)), redacted_in(list(rows))
    return {
        pk: tell(row.definition, answers.get(pk, {}), Hidden(hides_names(row), black.get(pk, {}), redacted[pk]))
        for pk, row in rows.items()
    }


def said_in(readings: Sequence[Assignment]) -> dict[int, list[SaidTold]]:
    """Application to what those who were asked said, as its reader reads it."""
    rows = {one.application_id: one.application for one in readings}
    black = blackened_in(list(rows))
    return said_of(list(rows.values()), {pk: Hidden(hides_names(row), black.get(pk, {})) for pk, row in rows.items()})


def answers_of(applications: Collection[int]) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    for pk, key, value in Answer.objects.filter(application__in=applications).values_list(
        "application", "key", "value"
    ):
        found[pk][key] = value
    return found
