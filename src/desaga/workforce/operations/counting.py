"""The worker's part of a release: read the snapshot, count, protect for each audience, check, and keep what may be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from desaga.disclosure.knowledge import Witnesses
from desaga.organisations.operations.rows import locked
from desaga.privacy.queries import objections_heeded
from desaga.tenancy.context import within

from ..figuring import RawTable, compute
from ..models import Release, ReleasedTable, ReleaseProgress, Snapshot
from ..populating import population_of, statement, stating_for
from ..population import Population
from ..releasing import auditing, differing, leaving_out, mending, protecting, queries
from ..releasing.auditing import Finding
from ..releasing.crowds import Known
from ..releasing.leaving_out import NOTHING, LeftOut
from ..releasing.mending import Hidden
from ..releasing.protecting import Hiding
from ..releasing.sides import SAME_DAY, Earlier, Policies
from ..releasing.tables import Shown, counted
from ..releasing.whom import Whom, whom_of
from ..states import Audience, ReleaseState
from .opening import open_equality
from .release_gate import NotNow, RowsAreGone, move, refuse_without_rows

PURPOSE = "counting figures for the release"
#: So often what is hidden is looked at again; what is left then is found by the audit.
MOST_TURNS = 5
STEPS = ("Reading the snapshot", "Counting", "Protecting for inside", "Protecting for the public", "Checking")
RELATED = ("snapshot", "compared_with", "organisation", "restates__snapshot", "restates__compared_with")


def take_turn(*, organisation: Any, actor: Any, release_id: int) -> None:
    """Count a release that waits to be counted; what is done twice is done once. A failure is told on its page, and raised for the log; that rows are gone is nobody's fault, and told alone."""
    with within(organisation, user=actor):
        waiting = Release.objects.filter(pk=release_id, state=ReleaseState.PREPARED).exists()
    if not waiting:
        return
    try:
        _count(organisation, actor, release_id)
    except RowsAreGone as gone:
        with within(organisation, user=actor):
            _end(release_id, "fail", actor, found={**_asked_for(release_id), "why": str(gone)})
    except Exception:
        with within(organisation, user=actor):
            _end(release_id, "fail", actor)
        raise


def _asked_for(release_id: int) -> dict[str, Any]:
    return dict(Release.objects.values_list("found", flat=True).get(pk=release_id))


def _count(organisation: Any, actor: Any, release_id: int) -> None:
    def tick(step: int) -> None:
        with within(organisation, user=actor):
            fields = {"step": STEPS[step], "done": step, "total": len(STEPS), "worked_at": timezone.now()}
            ReleaseProgress.objects.filter(release=release_id).update(**fields)

    tick(0)
    with within(organisation, user=actor):
        release = Release.objects.select_related(*RELATED).get(pk=release_id)
        # Before anything is read: whoever objects from here on is not known to be left out.
        objections = sorted(objections_heeded().values_list("pk", flat=True))
        whom = whom_of(release.snapshot)
        now, before = _populations(actor, release, whom, with_equality=True)
        stating, policies = stating_for(release.snapshot.year), protecting.policies_of(statement().threshold)
        earlier = queries.earlier(release)
    tick(1)
    raw = compute(now, before, stating=stating)
    hiding: dict[str, Hiding] = {}
    for step, audience in enumerate((Audience.INTERNAL, Audience.PUBLIC), 2):
        tick(step)
        hiding[audience] = protecting.hiding(protecting.meant_for(raw, audience), policies[audience])
    checked = _checked(raw, hiding, earlier, policies, release, lambda: tick(4))
    lost = {audience: protecting.lost(raw, audience, checked.hidden[audience], hiding[audience]) for audience in hiding}
    with within(organisation, user=actor):
        told = {audience: protecting.policy_told(audience, policies) for audience in hiding}
        more: dict[str, Any] = {"beside": [one.number for one in earlier], "hide_more": release.hides_more}
        more |= {"leave_out": release.leaves_out, "objections": objections}
        _keep(release_id, actor, whom, told, checked, lost, more)


@dataclass(frozen=True, slots=True)
class Checked:
    """The tables as each audience reads them, the counts hidden in them, what would tell too much all the same, and which tables are left out."""

    tables: dict[str, list[Shown]]
    hidden: dict[str, frozenset[Known]]
    findings: list[Finding]
    left_out: LeftOut = NOTHING


def _checked(
    raw: list[RawTable],
    hiding: dict[str, Hiding],
    earlier: Sequence[Earlier],
    policies: Policies,
    release: Release,
    tick: Callable[[], None] = lambda: None,
) -> Checked:
    """What is read of a release, and what is found in it. Where tables may be left out, so many go that nothing is found, if that can be."""
    left_out, witnesses = NOTHING, Witnesses()
    while True:
        tick()
        tables, hidden = _audited(
            raw, hiding, earlier, policies, hide_more=release.hides_more, left_out=left_out, witnesses=witnesses
        )
        found = auditing.exposed(raw, tables, earlier, policies, witnesses)
        told = {name: one.reading for name, one in found.items()} if release.leaves_out else {}
        more = leaving_out.more_to_leave_out(told, tables, left_out)
        if not more:
            findings = auditing.named(raw, found)
            return Checked(leaving_out.released(tables, left_out), hidden, findings, left_out)
        left_out |= more


def _audited(
    raw: list[RawTable],
    hiding: dict[str, Hiding],
    earlier: Sequence[Earlier],
    policies: Policies,
    *,
    hide_more: bool = False,
    left_out: LeftOut = NOTHING,
    witnesses: Witnesses | None = None,
) -> tuple[dict[str, list[Shown]], dict[str, frozenset[Known]]]:
    """The tables as each audience reads them, with so much hidden that both read together tell nothing of few people."""
    # What other days tell is mended at once. What the same day told is a matter for the steward, who is told first.
    mended = [one for one in earlier if hide_more or one.link != SAME_DAY]
    hidden: Hidden = {audience: one.names for audience, one in hiding.items()}
    shown = _read(raw, hidden, policies, left_out)
    for _ in range(MOST_TURNS):
        more = mending.mend(raw, shown, hidden, mended, policies, witnesses)
        changed = {audience: names for audience, names in more.items() if names != hidden[audience]}
        if not changed:
            break
        # What was withheld for what it tells of counts may be shown where more of those are hidden: so all is looked at anew.
        hidden, shown = more, shown | _read(raw, changed, policies, left_out)
    # An average that tells of few people beside that of then goes without asking: no other figure goes with it.
    return differing.without_differences(raw, shown, earlier, policies), dict(hidden)


def _read(raw: list[RawTable], hidden: Hidden, policies: Policies, left_out: LeftOut) -> dict[str, list[Shown]]:
    shown = {one: protecting.shown_hiding(raw, one, names, policies) for one, names in hidden.items()}
    return leaving_out.closed(shown, left_out)


def _populations(
    actor: Any, release: Release, whom: Whom, *, with_equality: bool
) -> tuple[Population, Population | None]:
    """The population of the release's snapshot, and of the one that it is compared with, under one definition. Raises `RowsAreGone`."""
    refuse_without_rows(release)

    def of(snapshot: Snapshot) -> Population:
        opened = with_equality and snapshot.has_equality
        said = open_equality(actor=actor, snapshot=snapshot, purpose=PURPOSE) if opened else None
        # A definition decides of a person as they were on the day of each snapshot.
        return population_of(snapshot, whom_of(snapshot, whom.version).classify, said)

    before = release.compared_with
    return of(release.snapshot), of(before) if before is not None else None


def exact_tables(*, actor: Any, release: Release, with_equality: bool) -> list[RawTable]:
    """The exact tables of a release, counted now as they were counted then."""
    whom = whom_of(release.snapshot, release.definition.get("version", ""))
    now, before = _populations(actor, release, whom, with_equality=with_equality)
    tables = compute(now, before, stating=stating_for(release.snapshot.year))
    return [one for one in tables if with_equality or not protecting.is_of_equality(one)]


def _keep(
    release_id: int,
    actor: Any,
    whom: Whom,
    policies: dict[str, dict[str, Any]],
    checked: Checked,
    lost: dict[str, dict[str, Any]],
    more: dict[str, Any],
) -> None:
    held = locked(Release(pk=release_id))
    if held.state != ReleaseState.PREPARED:
        return
    # Retention may have removed them since they were asked for: what was read in between would count nobody.
    refuse_without_rows(held)
    for audience, shown in checked.tables.items():
        ReleasedTable.objects.bulk_create(_rows(held, audience, shown), batch_size=200)
    found: dict[str, Any] = {
        audience: counted(leaving_out.standing(shown)) | {"left_out": leaving_out.told(shown)} | lost[audience]
        for audience, shown in checked.tables.items()
    }
    found |= {"findings": [one.told() for one in checked.findings]} | more
    name = "refuse" if checked.findings else "pass"
    _end(release_id, name, actor, policies=policies, definition=whom.kept(), found=found)


def _rows(release: Release, audience: str, tables: Iterable[Shown]) -> list[ReleasedTable]:
    return [
        ReleasedTable(
            organisation=release.organisation,
            release=release,
            audience=audience,
            figure=table.figure,
            cut=table.cut,
            place=place,
            size=sum(1 for _ in table.places()),
            content=table.kept(),
        )
        for place, table in enumerate(tables)
    ]


def _end(release_id: int, name: str, actor: Any, **fields: Any) -> None:
    try:
        move(locked(Release(pk=release_id)), name, actor=actor, **fields)
    except NotNow:
        return
