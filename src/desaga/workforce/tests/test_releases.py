"""From a snapshot to what each audience reads: counted, checked, released, frozen, restated, withdrawn."""

from datetime import date, timedelta

import psycopg
import pytest
from django.db import Error, transaction
from django.urls import reverse
from django.utils import timezone

from desaga.audit.models import Entry
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import UnitFactory, member_of
from desaga.privacy.operations import objections
from desaga.privacy.states import About
from desaga.tenancy.context import within
from desaga.workforce.figuring import ALL
from desaga.workforce.models import PublicFigures, Release, ReleasedTable, ReleaseProgress, Statement
from desaga.workforce.operations import counting, releases, stating
from desaga.workforce.operations.release_gate import NotNow
from desaga.workforce.releasing import protecting, queries
from desaga.workforce.releasing.leaving_out import WHY
from desaga.workforce.releasing.sides import NEAR, THEN
from desaga.workforce.releasing.tables import CellKind
from desaga.workforce.states import Audience, ReleaseState
from desaga.workforce.tasks import count_everywhere
from desaga.workforce.waiting import releases_to_go_on

from .crowds import UNITS, crowd, snapshot_of
from .factories import prepared, released

WHOLE, BY_UNIT = ("workforce.headcount", ""), ("workforce.headcount", "unit")


@pytest.fixture(autouse=True)
def as_quickly_as_can_be(monkeypatch):
    """The good method alone: its answer is the same on every machine."""
    monkeypatch.setattr(protecting, "SECONDS", 0)


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


def moved(organisation, steward, snapshot):
    """The snapshot that takes the place of one: ten of the crowd stand in another unit."""
    rows = [(*row[:6], "Imaging Facility", *row[7:]) if n in range(30, 40) else row for n, row in enumerate(crowd())]
    return snapshot_of(organisation, rows, actor=steward, supersedes=snapshot)


CHANGED = "Ten posts were in the wrong unit."


def test_a_restatement_says_what_changed_and_takes_the_place(organisation, steward, snapshot):
    former = released(organisation, snapshot, actor=steward)
    now = released(organisation, snapshot, actor=steward, restates=former, what_changed="Nothing but its name.")
    with within(organisation, user=steward):
        former.refresh_from_db()
        assert (former.state, now.state) == (ReleaseState.RESTATED, ReleaseState.RELEASED)
        assert [one.pk for one in queries.released()] == [now.pk]
        verbs = list(Entry.objects.filter(thing_kind="workforce.release").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["prepared", "checked", "released", "prepared", "checked", "restated", "released"]


def test_what_was_read_is_refused_beside_what_would_be_until_more_is_hidden(
    organisation, steward, member, snapshot, client_of
):
    """Through operation, job and pages: the cells are named, what mends it is said, and a press does it."""
    former = released(organisation, snapshot, actor=steward)
    refused = prepared(organisation, moved(organisation, steward, snapshot), actor=steward, restates=former, what_changed=CHANGED)  # fmt: skip
    assert refused.state == ReleaseState.REFUSED
    named = {(one["figure"], one["cell"]) for one in refused.findings}
    assert ("Technical staff, headcount", "Imaging Facility, Within 5 to 10 years") in named
    with within(organisation, user=steward), pytest.raises(NotNow):
        releases.release(actor=steward, release=refused)

    browser, here = client_of(steward), f"/o/{organisation.slug}/workforce/releases/{refused.pk}/"
    page = browser.get(here).content.decode()
    assert "These figures would disclose somebody" in page
    assert "Technical staff, headcount: Imaging Facility, Within 5 to 10 years" in page
    assert "Count again and hide more" in page
    lead = client_of(member(Role.LEAD))
    seen = lead.get(here).content.decode()
    assert "Count again and hide more" not in seen
    # Who may not see exact figures is shown nothing from which these could be worked out.
    assert "for the HR data steward alone" in seen
    assert "Imaging Facility" in page
    assert "<table" not in seen
    assert lead.get(f"{here}internal.csv").status_code == 404
    with within(organisation, user=steward):
        assert queries.latest().pk == former.pk

    browser.post(f"{here}count-again/", {"hide_more": "1"})
    counting.take_turn(organisation=organisation, actor=steward, release_id=refused.pk)
    with within(organisation, user=steward):
        held = Release.objects.get(pk=refused.pk)
        assert (held.state, held.findings, held.hides_more) == (ReleaseState.CHECKED, [], True)
        assert hidden_of(held) > hidden_of(refused)
    assert "More is hidden than these figures alone need" in browser.get(here).content.decode()


def test_tables_that_would_tell_are_left_out_of_a_release_and_readers_are_told(
    organisation, steward, snapshot, client_of
):
    former = released(organisation, snapshot, actor=steward)
    refused = prepared(organisation, moved(organisation, steward, snapshot), actor=steward, restates=former, what_changed=CHANGED)  # fmt: skip
    browser, here = client_of(steward), f"/o/{organisation.slug}/workforce/releases/{refused.pk}/"
    browser.post(f"{here}count-again/", {"leave_out": "1"})
    counting.take_turn(organisation=organisation, actor=steward, release_id=refused.pk)
    with within(organisation, user=steward):
        held = Release.objects.get(pk=refused.pk)
        assert (held.state, held.findings, held.leaves_out) == (ReleaseState.CHECKED, [], True)
        tables = {one: queries.tables_of(held, one) for one in Audience}
        gone = {one: [key for key, table in some.items() if table.why == WHY] for one, some in tables.items()}
        # Who reads both is told by either: the public's go, which are the coarser.
        assert gone[Audience.PUBLIC]
        assert gone[Audience.INTERNAL] == []
        assert all(tables[Audience.PUBLIC][key].rows == (ALL,) for key in gone[Audience.PUBLIC])
        assert len(gone[Audience.PUBLIC]) < sum(one.is_collected for one in tables[Audience.PUBLIC].values())
        assert releases.release(actor=steward, release=held).state == ReleaseState.RELEASED
    page = browser.get(f"{here}?as=public").text
    assert "Left out of this view, as they would tell of few people" in page
    assert held.found[Audience.PUBLIC]["left_out"][0] in page
    assert WHY.encode() in browser.get(f"{here}public.about").content


def test_who_has_few_people_is_told_what_to_do_where_hiding_does_not_do(
    organisation, steward, member, snapshot, client_of
):
    finding = {"figure": "Retirement horizon", "cell": "Physics, 67 or older", "by": "by the public", "earlier": True}
    with within(organisation, user=steward):
        told = {"organisation": organisation, "snapshot": snapshot, "name": "August", "state": ReleaseState.REFUSED}
        refused = Release.objects.create(**told, found={"findings": [finding]})
    here, button = f"/o/{organisation.slug}/workforce/releases/{refused.pk}/", "Count again and leave those tables out"
    page = client_of(steward).get(here).text
    assert button in page
    assert "a quarter between releases loses much less than a month" in page
    assert button not in client_of(member(Role.LEAD)).get(here).text
    with within(organisation, user=steward):
        Release.objects.filter(pk=refused.pk).update(found={"findings": [finding], "leave_out": True})
    page = client_of(steward).get(here).text
    assert button not in page
    assert "Even without the tables that would tell, the others do." in page


def hidden_of(release):
    return sum(release.found[audience]["hidden"] for audience in Audience.values)


def test_withdrawn_or_superseded_figures_have_been_read_all_the_same(organisation, steward, snapshot):
    """Withdrawing, or another snapshot of the day, is no way around the audit: the last release of the day is restated."""
    former = released(organisation, snapshot, actor=steward)
    better = moved(organisation, steward, snapshot)
    told = {"actor": steward, "organisation": organisation, "snapshot": better, "name": "July", "in_background": False}
    with within(organisation, user=steward):
        assert not queries.snapshots_to_release().exists()
        with pytest.raises(releases.ReleasedAlready):
            releases.prepare(**told)
        releases.withdraw(actor=steward, release=former, because="Thirty posts were wrong.")
        with pytest.raises(releases.ReleasedAlready):
            releases.prepare(**told)
    again = prepared(organisation, better, actor=steward, restates=former, what_changed=CHANGED)
    assert again.state == ReleaseState.REFUSED
    assert again.found["beside"] == [former.pk]
    with within(organisation, user=steward):
        releases.drop(actor=steward, release=again)
        same = {**told, "restates": former, "what_changed": CHANGED}
        releases.count_again(actor=steward, release=prepared_quietly(same), hide_more=True, in_background=False)
    out = finished(organisation, steward)
    with within(organisation, user=steward):
        out = releases.release(actor=steward, release=out)
        former.refresh_from_db()
        assert (former.state, out.state) == (ReleaseState.WITHDRAWN, ReleaseState.RELEASED)
        with pytest.raises(releases.NothingToRestate):
            releases.prepare(**same)


def prepared_quietly(told):
    """A release that failed before it was counted: it can be counted again."""
    made = releases.prepare(**told)
    Release.objects.filter(pk=made.pk).update(state=ReleaseState.FAILED)
    return made


def finished(organisation, steward):
    with within(organisation, user=steward):
        waiting = Release.objects.get(state=ReleaseState.PREPARED)
    counting.take_turn(organisation=organisation, actor=steward, release_id=waiting.pk)
    with within(organisation, user=steward):
        return Release.objects.get(pk=waiting.pk)


@pytest.mark.parametrize("about", [About.WORKFORCE, About.EQUALITY])
def test_who_objects_after_the_check_is_left_out_before_it_is_released(
    organisation, steward, snapshot, about, client_of
):
    checked = prepared(organisation, snapshot, actor=steward)
    told = {"actor": steward, "organisation": organisation, "about": about}
    with within(organisation, user=steward):
        objections.object_to(**told, number=crowd()[0][0])
        with pytest.raises(releases.ObjectedMeanwhile):
            releases.release(actor=steward, release=checked)
        releases.count_again(actor=steward, release=checked, in_background=False)
    again = finished(organisation, steward)
    # Of somebody with an account it may not be known yet which rows are theirs: the steward is told.
    page = reverse("workforce:show_release", args=[organisation.slug, again.pk])
    assert "Somebody objects who is still counted" not in client_of(steward).get(page).text
    person = member_of(organisation, Role.TECHNICIAN).person
    with within(organisation, user=steward):
        objections.object_to(**told, person=person)
    assert "Somebody objects who is still counted" in client_of(steward).get(page).text
    with within(organisation, user=steward):
        assert releases.release(actor=steward, release=again).state == ReleaseState.RELEASED


def test_what_is_released_after_the_check_asks_for_another(organisation, steward, snapshot):
    """The summer after was checked before the summer that it is compared with came out."""
    later = snapshot_of(organisation, crowd(), actor=steward, as_at=date(2026, 7, 31))
    checked = prepared(organisation, later, actor=steward, name="July 2026")
    first = released(organisation, snapshot, actor=steward)
    with within(organisation, user=steward):
        with pytest.raises(releases.ReleasedMeanwhile):
            releases.release(actor=steward, release=checked)
        releases.count_again(actor=steward, release=checked, in_background=False)
    again = finished(organisation, steward)
    assert again.found["beside"] == [first.pk]
    with within(organisation, user=steward):
        assert releases.release(actor=steward, release=again).state == ReleaseState.RELEASED


def test_figures_of_a_day_near_are_laid_beside_and_of_a_day_further_are_not(organisation, steward, snapshot):
    first = released(organisation, snapshot, actor=steward)
    with within(organisation, user=steward):
        day = first.snapshot.as_at
    for days, links in ((40, [THEN]), (1, [THEN, NEAR])):
        later = snapshot_of(organisation, crowd(), actor=steward, as_at=day + timedelta(days=days))
        with within(organisation, user=steward):
            release = Release(organisation=organisation, snapshot=later, compared_with=snapshot)
            assert [(one.number, one.link, one.days) for one in queries.earlier(release)] == [(first.pk, link, days) for link in links]  # fmt: skip


def test_what_is_lost_stands_with_the_release_for_the_steward(organisation, steward, member, snapshot, client_of):
    release = prepared(organisation, snapshot, actor=steward)
    inside = release.found["internal"]
    assert inside["lost"] > 0
    assert inside["gap"] is None
    here = f"/o/{organisation.slug}/workforce/releases/{release.pk}/"
    said = f"there are {inside['lost']} people, each figure taken once"
    assert said in client_of(steward).get(here).content.decode()
    # The lead is told of no hidden people, not even of how many together.
    assert "each figure taken once" not in client_of(member(Role.LEAD)).get(here).content.decode()


def test_a_release_left_by_its_worker_waits_for_the_steward_and_is_taken_up(organisation, steward, snapshot, client_of):
    with within(organisation, user=steward):
        told = {"actor": steward, "organisation": organisation, "snapshot": snapshot, "name": "July"}
        left = releases.prepare(**told, in_background=False)
        with pytest.raises(releases.StillAtWork):
            releases.take_up_again(actor=steward, release=left)
        assert waiting(steward, organisation) == []
        heard_of(left, timedelta(minutes=5))
        assert [one.verb for one in waiting(steward, organisation)] == ["See why nobody counts"]
        assert list(queries.silent_releases()) == []
    browser, here = client_of(steward), f"/o/{organisation.slug}/workforce/releases/{left.pk}/"
    assert "Take them up again now" in browser.get(here).content.decode()
    browser.post(f"{here}take-up-again/")
    with within(organisation, user=steward):
        assert Entry.objects.order_by("-pk").first().verb == "had taken up again"
        assert not queries.is_silent(Release.objects.select_related("progress").get())
        heard_of(left, timedelta(minutes=15))
        assert [one.pk for one in queries.silent_releases()] == [left.pk]
    given_up(left, browser, here)
    with within(organisation, user=steward):
        left = releases.count_again(actor=steward, release=left, in_background=False)
        heard_of(left, timedelta(minutes=15))
        releases.drop(actor=steward, release=left)
        with pytest.raises(NotNow):
            releases.take_up_again(actor=steward, release=left)


def given_up(release, browser, here):
    """Once taken up by hand; once by itself; after a third worker a person is asked."""
    for resumed in (2, None):
        count_everywhere(timestamp=0)
        with within(release.organisation):
            assert ReleaseProgress.objects.get().resumed == (resumed or 2)
            heard_of(release, timedelta(minutes=15))
    assert "3 workers in a row fell silent" in browser.get(here).content.decode()


def heard_of(release, ago):
    ReleaseProgress.objects.filter(release=release).update(worked_at=timezone.now() - ago)


def waiting(user, organisation):
    return list(releases_to_go_on(user, organisation))


def test_releases_wait_for_the_steward_until_they_are_out(organisation, steward, member, snapshot):
    checked = prepared(organisation, snapshot, actor=steward)
    with within(organisation, user=steward):
        (one,) = waiting(steward, organisation)
        assert (one.verb, one.thing, one.url) == ("Release or drop", "July 2025", checked.get_absolute_url())
        assert waiting(member(Role.LEAD), organisation) == []
        releases.release(actor=steward, release=checked)
        assert waiting(steward, organisation) == []


TABLES = ("snapshot", "personrow", "contractrow", "activityrow", "equalityrow", "release", "releasedtable")


@pytest.mark.parametrize("table", TABLES)
def test_not_even_the_owner_empties_what_stays(owner, table):
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="stays"):
        owner.execute(f"truncate workforce_{table} cascade")


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


def test_figures_beside_a_snapshot_that_was_superseded_are_counted_again_beside_the_new_one(organisation, steward):
    then = snapshot_of(organisation, crowd(60), actor=steward, as_at=date(2024, 7, 31))
    release = prepared(organisation, snapshot_of(organisation, crowd(60), actor=steward), actor=steward)
    mended = snapshot_of(organisation, crowd(70), actor=steward, as_at=date(2024, 7, 31), supersedes=then)
    with within(organisation, user=steward):
        with pytest.raises(releases.ComparedSuperseded):
            releases.release(actor=steward, release=release)
        releases.count_again(actor=steward, release=release, in_background=False)
    counting.take_turn(organisation=organisation, actor=steward, release_id=release.pk)
    with within(organisation, user=steward):
        held = releases.release(actor=steward, release=release)
        assert (held.state, held.compared_with_id) == (ReleaseState.RELEASED, mended.pk)


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
