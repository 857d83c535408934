"""From a snapshot to what each audience reads: counted, checked, released, frozen, restated, withdrawn."""

from datetime import date

import pytest
from django.db import Error, transaction

from desaga.audit.models import Entry
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import UnitFactory
from desaga.tenancy.context import within
from desaga.workforce.models import PublicFigures, Release, ReleasedTable, Statement
from desaga.workforce.operations import releases, stating
from desaga.workforce.operations.release_gate import NotNow
from desaga.workforce.releasing import queries
from desaga.workforce.releasing.tables import CellKind
from desaga.workforce.states import Audience, ReleaseState

from .crowds import UNITS, crowd, snapshot_of
from .factories import prepared, released

WHOLE, BY_UNIT = ("workforce.headcount", ""), ("workforce.headcount", "unit")


@pytest.fixture
def steward(member):
    return member(Role.HR_DATA_STEWARD)


@pytest.fixture
def snapshot(organisation, steward):
    for name in UNITS:
        UnitFactory(organisation=organisation, name=name)
    return snapshot_of(organisation, crowd(), actor=steward)


def changed(release, **fields):
    """What the database says to a change of something frozen."""
    with pytest.raises(Error, match="stays"), transaction.atomic():
        type(release).objects.filter(pk=release.pk).update(**fields)


def test_a_snapshot_becomes_what_each_audience_reads_and_then_stays(organisation, steward, snapshot):
    release = prepared(organisation, snapshot, actor=steward)
    assert release.state == ReleaseState.CHECKED
    with within(organisation, user=steward):
        inside, public = (queries.tables_of(release, one) for one in Audience)
        assert inside[WHOLE].cell().words == "80"
        assert {cell.value % 5 for cell in public[BY_UNIT].cells.values()} == {0}
        assert ("workforce.headcount", "age_sex") in inside
        assert ("workforce.headcount", "age_sex") not in public
        assert "HR marks as technical" in release.definition["sentences"][0]
        assert release.policies["internal"]["threshold"] == 5
        assert queries.latest() is None

        releases.release(actor=steward, release=release)
        held = queries.latest()
        assert held.pk == release.pk
        changed(held, name="Another")
        changed(held, state=ReleaseState.CHECKED)
        changed(ReleasedTable.objects.first(), content={})
        with pytest.raises(Error, match="only before a release"), transaction.atomic():
            ReleasedTable.objects.all().delete()
        with pytest.raises(NotNow):
            releases.drop(actor=steward, release=held)


def test_an_organisation_chooses_how_many_people_are_too_few_inside(organisation, steward):
    """From the next release on; what was released keeps the threshold it was released under."""
    first = released(
        organisation, snapshot_of(organisation, crowd(45), actor=steward, as_at=date(2024, 7, 31)), actor=steward
    )
    with within(organisation, user=steward):
        usual = Statement()
        stating.state_figures(actor=steward, organisation=organisation, grades=[], age_bands=usual.age_bands, retirement_ages=usual.retirement_ages, threshold=10)  # fmt: skip
    second = released(organisation, snapshot_of(organisation, crowd(45), actor=steward), actor=steward)
    with within(organisation, user=steward):
        for release, threshold in ((first, 5), (second, 10)):
            release.refresh_from_db()
            assert release.policies["internal"]["threshold"] == threshold
            assert f"Fewer than {threshold} people" in release.policies["internal"]["sentence"]
            assert release.policies["public"]["threshold"] == 0
            shown = {
                cell.value
                for cell in queries.tables_of(release, Audience.INTERNAL)[BY_UNIT].cells.values()
                if cell.value
            }
            assert min(shown) >= threshold


def test_a_true_and_a_rounded_zero_are_the_same_to_the_public(organisation, steward):
    rows = [row for row in crowd(60) if row[6] != "Physics"]
    one = (*rows[0][:6], "Physics", *rows[0][7:-1], "Y")
    with_one = released(organisation, snapshot_of(organisation, [one, *rows[1:]], actor=steward), actor=steward)
    with within(organisation, user=steward):
        cells = [table.cells for table in queries.tables_of(with_one, Audience.PUBLIC).values()]
    kinds = {(cell.kind, cell.words) for some in cells for cell in some.values() if cell.value == 0}
    assert {kind for kind, _ in kinds} == {CellKind.ZERO}
    assert {words for _, words in kinds} <= {"0", "0 %", "0.0 %"}


def test_only_one_release_of_a_snapshot_is_on_its_way_or_out(organisation, steward, snapshot):
    told = {
        "actor": steward,
        "organisation": organisation,
        "snapshot": snapshot,
        "name": "July",
        "in_background": False,
    }
    first = prepared(organisation, snapshot, actor=steward)
    with within(organisation, user=steward):
        with pytest.raises(releases.OnItsWay):
            releases.prepare(**told)
        releases.drop(actor=steward, release=first)
        assert not ReleasedTable.objects.exists()
    second = released(organisation, snapshot, actor=steward)
    with within(organisation, user=steward):
        with pytest.raises(releases.ReleasedAlready):
            releases.prepare(**told)
        with pytest.raises(releases.SayWhatChanged):
            releases.prepare(**told, restates=second)
        with pytest.raises(releases.SayWhy):
            releases.withdraw(actor=steward, release=second, because=" ")


def test_a_restatement_says_what_changed_and_takes_the_place(organisation, steward, snapshot):
    former = released(organisation, snapshot, actor=steward)
    moved = [(*row[:6], "Physics", *row[7:]) if n in range(30, 60) else row for n, row in enumerate(crowd())]
    better = snapshot_of(organisation, moved, actor=steward, supersedes=snapshot)
    now = released(
        organisation, better, actor=steward, restates=former, what_changed="Thirty posts were in the wrong unit."
    )
    with within(organisation, user=steward):
        former.refresh_from_db()
        assert (former.state, now.state) == (ReleaseState.RESTATED, ReleaseState.RELEASED)
        assert [one.pk for one in queries.released()] == [now.pk]
        verbs = list(Entry.objects.filter(thing_kind="workforce.release").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["prepared", "checked", "released", "prepared", "checked", "restated", "released"]


def test_a_restatement_of_another_day_is_refused(organisation, steward, snapshot):
    former = released(organisation, snapshot, actor=steward)
    later = snapshot_of(organisation, crowd(), actor=steward, as_at=date(2026, 7, 31))
    with within(organisation, user=steward), pytest.raises(releases.OtherDay):
        releases.prepare(
            actor=steward, organisation=organisation, snapshot=later, name="x", restates=former, what_changed="All"
        )


def test_the_public_reads_only_while_the_lead_shows_it_and_then_follows(organisation, steward, member, snapshot):
    lead = member(Role.LEAD)
    with within(organisation, user=lead), pytest.raises(releases.NothingReleased):
        releases.show_to_public(actor=lead, organisation=organisation)
    first = released(organisation, snapshot, actor=steward)
    assert queries.public_figures_of(organisation.slug) is None
    with within(organisation, user=lead):
        releases.show_to_public(actor=lead, organisation=organisation)
    released(
        organisation,
        snapshot_of(organisation, crowd(), actor=steward, as_at=date(2026, 7, 31)),
        actor=steward,
        name="July 2026",
    )
    assert [one["name"] for one in queries.public_figures_of(organisation.slug).content] == ["July 2026", "July 2025"]
    with within(organisation, user=steward):
        releases.withdraw(actor=steward, release=first, because="Half of a unit was missing.")
        assert [one["name"] for one in PublicFigures.objects.get().content] == ["July 2026"]
    with within(organisation, user=lead):
        releases.hide_from_public(actor=lead, organisation=organisation)
    assert queries.public_figures_of(organisation.slug) is None


def test_exact_figures_are_counted_when_asked_for_and_written_down(organisation, steward, snapshot):
    release = released(organisation, snapshot, actor=steward)
    with within(organisation, user=steward):
        tables = {one.key: one for one in releases.open_exact(actor=steward, release=release)}
        assert Entry.objects.order_by("-pk").first().verb == "opened the exact figures of"
        assert ReleasedTable.objects.exclude(audience__in=Audience.values).count() == 0
    exact = {cell.value for cell in tables[BY_UNIT].cells.values()}
    assert any(value % 5 for value in exact)
    assert ("workforce.sex", "sex") not in tables


def test_what_cannot_be_counted_says_so_and_can_be_counted_again(organisation, steward, snapshot, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("the lead's fault")

    monkeypatch.setattr("desaga.workforce.operations.counting.compute", broken)
    with pytest.raises(RuntimeError):
        prepared(organisation, snapshot, actor=steward)
    with within(organisation, user=steward):
        failed = Release.objects.get()
        assert failed.state == ReleaseState.FAILED
        again = releases.count_again(actor=steward, release=failed, in_background=False)
        assert again.state == ReleaseState.PREPARED
