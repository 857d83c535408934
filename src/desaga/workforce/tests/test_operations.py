"""What stops a file, who is who, what takes whose place; and what nobody may do."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from cryptography.fernet import Fernet
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from desaga.audit.models import Entry
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import OrganisationFactory, UnitFactory, member_of
from desaga.tenancy.context import within

from .. import tasks
from ..bulk import add_people
from ..models import ContractRow, EqualityRow, Extract, Match, PersonRow, Progress, SealedFile, Snapshot
from ..operations import checking, deciding, forgetting, handing, keys, limits, loading, mapping, opening, running
from ..operations.gate import Halted, NotMyTurn, NotNow, Turn
from ..presenting import fields_in_doubt
from ..queries import keys_settled, log_of, snapshots_in_force
from ..sealing import KeyLost, NoKey, Seal, seal_of
from ..states import ExtractState, MatchState, Purpose
from .factories import AS_AT, HEADS, ROWS, checked, csv_of, handed_in, loaded, worked

pytestmark = pytest.mark.django_db
NEXT_YEAR = date(2026, 7, 31)
EQUALITY_HEADS = (*HEADS, "Gender", "Ethnic Origin", "Disability")
EQUALITY_ROWS = [
    (*ROWS[0], "F", "White British", "Dyslexia; Deaf"),
    (*ROWS[1], "M", "Indian", ""),
    (*ROWS[2], "", "", ""),
]


@pytest.fixture
def organisation():
    return OrganisationFactory()


def stops_of(extract):
    return [stop["kind"] for stop in extract.stops]


def test_a_file_with_too_many_faults_is_not_loaded(organisation):
    bad = [(*row[:7], "seven", *row[8:]) for row in ROWS[:2]]
    extract = checked(organisation, csv_of([*bad, ROWS[2]]))

    assert stops_of(extract) == ["faults"]
    with within(organisation), pytest.raises(loading.CannotLoad, match="2 of 3 rows have faults"):
        loading.ask_load(actor=None, extract=extract)


def test_how_many_faults_are_too_many_the_organisation_says(organisation):
    with within(organisation):
        limits.set_limits(
            actor=None, organisation=organisation, most_faulty=40, largest_change=20, full_time_hours=Decimal(35)
        )
    one_bad = [(*ROWS[0][:7], "seven", *ROWS[0][8:]), *ROWS[1:]]
    assert stops_of(checked(organisation, csv_of(one_bad))) == []


def test_a_head_count_that_differs_much_waits_for_somebody_to_say_that_it_is_right(organisation):
    loaded(organisation)
    extract = checked(organisation, csv_of(ROWS[:1]), as_at=NEXT_YEAR)

    assert stops_of(extract) == ["change"]
    with within(organisation):
        deciding.agree_change(actor=None, extract=extract)
        loading.ask_load(actor=None, extract=extract, in_background=False)
    assert worked(extract).state == ExtractState.COMMITTED


def ended(number, *, on="01/08/2020"):
    """The first so many rows, ended."""
    return csv_of([(*row[:9], on) if n < number else row for n, row in enumerate(ROWS)])


@pytest.mark.parametrize(("number", "stops"), [(0, []), (1, []), (2, ["change"]), (3, ["change"])])
def test_a_first_file_of_which_few_are_in_post_waits_for_somebody_to_say_that_it_is_right(organisation, number, stops):
    extract = checked(organisation, ended(number))
    assert stops_of(extract) == stops
    if stops:
        assert extract.stops[0]["field"] == "ends_on"
        assert extract.stops[0]["words"].startswith(
            f"{'None' if number == 3 else 1} of the 3 people in the file are in post on 31 July 2025."
            " Look under Columns at what “Contract ends” is mapped to"
        )
        with within(organisation):
            with pytest.raises(loading.CannotLoad, match="are in post on 31 July 2025"):
                loading.ask_load(actor=None, extract=extract)
            deciding.agree_change(actor=None, extract=extract)
            loading.ask_load(actor=None, extract=extract, in_background=False)
        assert worked(extract).state == ExtractState.COMMITTED


def test_a_file_whose_people_come_later_doubts_when_contracts_start(organisation):
    extract = checked(organisation, csv_of([(*row[:8], "01/09/2026", "") for row in ROWS]))
    assert [(stop["kind"], stop["field"]) for stop in extract.stops] == [("change", "starts_on")]


@pytest.mark.parametrize(("coverage", "is_told"), [("all", False), ("technical", True)])
def test_a_head_count_of_other_people_says_so(organisation, coverage, is_told):
    loaded(organisation)
    extract = checked(organisation, csv_of(ROWS[:1]), as_at=NEXT_YEAR, coverage=coverage)
    (stop,) = extract.stops
    assert ("That snapshot covers all staff, this file technical staff only" in stop["words"]) == is_told


def test_no_heading_of_a_column_in_doubt_is_kept_in_the_open(organisation):
    heads = [*HEADS[:9], "Ada Lovelace"]
    extract = handed_in(organisation, ended(3).replace(b"End Date", b"Ada Lovelace"))
    with within(organisation):
        columns = {**extract.mapped, len(heads) - 1: "ends_on"}
        mapping.map_columns(actor=None, extract=extract, columns=columns, grain="person", full_time_hours=Decimal(35))
        checking.ask_check(actor=None, extract=extract, in_background=False)
    extract = worked(extract)
    with within(organisation):
        assert fields_in_doubt(extract, heads) == [("Contract ends", "Ada Lovelace")]
    assert "Lovelace" not in json.dumps(extract.stops)


def test_of_activities_as_hesa_heads_them_the_largest_is_what_a_definition_looks_at(organisation):
    heads = ("STAFFID", "CONTRACTID", "TITLE OF POST", "SOC2020", "ACTPROP")
    rows = [("1", "A", "Technician", "2162", "30"), ("1", "A", "Technician", "3111", "70")]
    snapshot = loaded(organisation, csv_of(rows, heads))
    with within(organisation):
        contract = ContractRow.objects.get(snapshot=snapshot)
        activities = sorted(contract.activities.values_list("soc", "share"))
        assert (contract.soc, activities) == ("3111", [("2162", Decimal("0.3000")), ("3111", Decimal("0.7000"))])


def renumbered(number="2001"):
    return csv_of([(number, *ROWS[0][1:]), *ROWS[1:]])


def test_somebody_under_a_new_number_is_the_same_only_once_a_person_says_so(organisation):
    loaded(organisation)
    extract = checked(organisation, renumbered(), as_at=NEXT_YEAR)
    with within(organisation):
        match = Match.objects.get(extract=extract)
        with pytest.raises(loading.CannotLoad, match="1 match waits"):
            loading.ask_load(actor=None, extract=extract)
        deciding.settle_match(actor=None, match=match, is_same=True)
        loading.ask_load(actor=None, extract=extract, in_background=False)
    worked(extract)

    with within(organisation):
        snapshot = Snapshot.objects.get(extract=extract)
        assert [snapshot.counts[name] for name in ("matched", "new", "gone")] == [3, 0, 0]
        assert PersonRow.objects.filter(snapshot=snapshot, key=match.known_key, number_key=match.number_key).exists()
        # The next file has the new number again, and nobody is asked.
    assert checked(organisation, renumbered(), as_at=date(2026, 8, 31)).counts["matched"] == 3


def test_said_to_be_somebody_else_they_are_new_and_the_other_is_gone(organisation):
    loaded(organisation)
    extract = checked(organisation, renumbered(), as_at=NEXT_YEAR)
    with within(organisation):
        deciding.settle_rest(actor=None, extract=extract, is_same=False)
        loading.ask_load(actor=None, extract=extract, in_background=False)
    worked(extract)

    with within(organisation):
        snapshot = Snapshot.objects.get(extract=extract)
        assert [snapshot.counts[name] for name in ("matched", "new", "gone")] == [2, 1, 1]
        assert keys_settled() == {}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({1: "Rowan"}, ("new_name", MatchState.SAME)),
        ({1: "Rowan", 3: "05/05/1985"}, ("other_person", MatchState.PROPOSED)),
    ],
)
def test_the_same_number_under_another_name_is_the_same_by_its_date_of_birth(organisation, change, found):
    loaded(organisation)
    row = tuple(change.get(n, value) for n, value in enumerate(ROWS[0]))
    extract = checked(organisation, csv_of([row, *ROWS[1:]]), as_at=NEXT_YEAR)

    with within(organisation):
        assert [(match.kind, match.state) for match in Match.objects.filter(extract=extract)] == [found]


def test_whoever_left_and_is_back_is_known_again(organisation):
    loaded(organisation)
    loaded(
        organisation, csv_of([*ROWS[1:], ("9", *ROWS[0][1:3], "01/01/1999", *ROWS[0][4:])]), as_at=date(2025, 12, 31)
    )
    extract = checked(organisation, csv_of([*ROWS, ("9", *ROWS[0][1:3], "01/01/1999", *ROWS[0][4:])]), as_at=NEXT_YEAR)

    assert (extract.counts["new"], extract.counts["back"]) == (1, 1)


def back_after_a_year(organisation, row=ROWS[0], coverage="all"):
    """Somebody was there, was not in the second file, and is in the third, checked."""
    with within(organisation):
        told = {"most_faulty": 40, "largest_change": 100, "full_time_hours": Decimal(35)}
        limits.set_limits(actor=None, organisation=organisation, **told)
    loaded(organisation)
    loaded(organisation, csv_of(ROWS[1:]), as_at=date(2025, 12, 31), coverage=coverage)
    return checked(organisation, csv_of([row, *ROWS[1:]]), as_at=NEXT_YEAR)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, ("returned", MatchState.SAME)),
        ({1: "Rowan"}, ("returned", MatchState.SAME)),
        ({3: ""}, ("returned", MatchState.SAME)),
        ({3: "05/05/1985"}, ("other_person", MatchState.PROPOSED)),
    ],
)
def test_whoever_is_back_under_their_number_is_in_the_log(organisation, change, found):
    extract = back_after_a_year(organisation, tuple(change.get(n, value) for n, value in enumerate(ROWS[0])))
    with within(organisation):
        for _ in "twice":
            assert [(match.kind, match.state) for match in Match.objects.filter(extract=extract)] == [found]
            checking.ask_check(actor=None, extract=extract, in_background=False)
            worked(extract)
        deciding.settle_rest(actor=None, extract=extract, is_same=True)
        loading.ask_load(actor=None, extract=extract, in_background=False)
        snapshot = Snapshot.objects.get(extract=worked(extract))
        (kept,) = log_of(snapshot)
        assert PersonRow.objects.filter(snapshot=snapshot, key=kept.known_key, number_key=kept.number_key).exists()


def test_said_to_be_somebody_else_whoever_is_back_is_new(organisation):
    extract = back_after_a_year(organisation)
    with within(organisation):
        (match,) = Match.objects.filter(extract=extract)
        deciding.settle_match(actor=None, match=match, is_same=False)
        loading.ask_load(actor=None, extract=extract, in_background=False)
        snapshot = Snapshot.objects.get(extract=worked(extract))
        assert [snapshot.counts[name] for name in ("new", "back")] == [1, 0]
        assert not PersonRow.objects.filter(snapshot=snapshot, key=match.known_key).exists()


def test_whoever_was_only_no_technical_staff_is_not_said_to_be_back(organisation):
    extract = back_after_a_year(organisation, coverage="technical")
    with within(organisation):
        assert (extract.counts["back"], Match.objects.count()) == (1, 0)


def test_a_contract_that_has_ended_is_kept_and_its_person_not_in_post(organisation):
    left = (*ROWS[0][:9], "30/06/2025")
    snapshot = loaded(organisation, csv_of([left, *ROWS[1:]]))
    with within(organisation):
        assert (snapshot.people, snapshot.counts["present"]) == (3, 2)
        assert not ContractRow.objects.get(ends_on=date(2025, 6, 30)).is_current


def test_a_wrong_snapshot_is_superseded_and_not_counted_any_more(organisation):
    wrong = loaded(organisation)
    with within(organisation), pytest.raises(handing.DayIsTaken):
        handing.hand_in(
            actor=None, organisation=organisation, name="a.csv", content=csv_of(), coverage="all", as_at=AS_AT
        )

    right = loaded(organisation, csv_of(ROWS[:2]), supersedes=wrong)

    with within(organisation):
        assert list(snapshots_in_force()) == [right]
        assert Snapshot.objects.get(pk=wrong.pk).superseded_by == right
        assert right.compared_with is None


def test_units_are_found_by_name_or_code(organisation):
    by_name = UnitFactory(organisation=organisation, name="Workshops")
    by_code = UnitFactory(organisation=organisation, name="Imaging", code="IMAGING FACILITY")
    loaded(organisation)
    with within(organisation):
        units = dict(ContractRow.objects.values_list("unit_text", "unit"))
    assert units == {"Workshops": by_name.pk, "Imaging Facility": by_code.pk, "Physics": None}


def test_columns_that_were_said_are_mapped_so_the_next_time(organisation):
    extract = handed_in(organisation)
    columns = {**extract.mapped, 4: ""}
    with within(organisation):
        said = {n: key for n, key in columns.items() if key}
        mapping.map_columns(actor=None, extract=extract, columns=said, grain="person", full_time_hours=Decimal(37))

    again = handed_in(organisation, as_at=date(2025, 6, 30))
    assert (again.mapped, again.full_time_hours) == (said, Decimal(37))


def test_a_column_more_or_less_loses_nothing_of_what_was_said(organisation):
    extract = handed_in(organisation)
    # The job title is left out, and what the file calls Department is the family of jobs.
    said = {n: {6: "job_family"}.get(n, key) for n, key in extract.mapped.items() if n != 4}
    with within(organisation):
        mapping.map_columns(actor=None, extract=extract, columns=said, grain="contract", full_time_hours=Decimal(37))
    heads, rows = (*HEADS[1:], "Division", "Employee No"), [(*row[1:], "Physics", row[0]) for row in ROWS]

    more = handed_in(organisation, csv_of(rows, heads), as_at=date(2025, 6, 30))

    by_head = {heads[n]: key for n, key in more.mapped.items()}
    assert by_head == {**{HEADS[n]: key for n, key in said.items()}, "Division": "unit"}
    assert (more.grain, more.full_time_hours, more.layout["new"]) == ("contract", Decimal(37), [9])


def test_a_file_with_other_headings_is_proposed_anew(organisation):
    extract = handed_in(organisation)
    with within(organisation):
        mapping.map_columns(actor=None, extract=extract, columns={0: "staff_number"}, grain="contract", full_time_hours=Decimal(37))  # fmt: skip
    other = (
        "Employee No",
        "Family Name",
        "Given Name",
        "DOB",
        "Position Title",
        "Pay Grade",
        "School",
        "FTE",
        "From Date",
        "To Date",
    )
    assert len(handed_in(organisation, csv_of(ROWS, other), as_at=date(2025, 6, 30)).mapped) == 10


@pytest.mark.parametrize(
    ("columns", "refusal"),
    [
        ({1: "surname"}, mapping.NoStaffNumber), ({0: "staff_number", 1: "grade", 2: "grade"}, mapping.FieldTwice),
        ({0: "staff_number", 1: "salary"}, mapping.NoSuchField), ({0: "staff_number", 99: "grade"}, mapping.NoSuchField),
        ({0: "staff_number", 1: "ethnicity"}, mapping.NotYourField),
    ],
)  # fmt: skip
def test_a_mapping_that_cannot_be_is_refused(organisation, columns, refusal):
    extract = handed_in(organisation)
    steward = member_of(organisation, Role.HR_DATA_STEWARD)
    with within(organisation, user=steward), pytest.raises(refusal):
        mapping.map_columns(
            actor=steward, extract=extract, columns=columns, grain="person", full_time_hours=Decimal(35)
        )


def equality_loaded(organisation, *roles):
    """The snapshot of a file with equality fields, mapped as proposed by whoever holds the roles."""
    actor = member_of(organisation, *roles)
    extract = handed_in(organisation, csv_of(EQUALITY_ROWS, EQUALITY_HEADS), actor=actor)
    may = Role.EQUALITY_DATA_STEWARD in roles
    said = {n: key for n, key in extract.mapped.items() if may or key not in ("sex", "ethnicity", "disability")}
    with within(organisation, user=actor):
        mapping.map_columns(actor=actor, extract=extract, columns=said, grain="person", full_time_hours=Decimal(35))
        checking.ask_check(actor=actor, extract=extract, in_background=False)
    worked(extract, actor)
    with within(organisation, user=actor):
        loading.ask_load(actor=actor, extract=extract, in_background=False)
    worked(extract, actor)
    with within(organisation, user=actor):
        return actor, Snapshot.objects.select_related("organisation").get()


def test_equality_fields_are_sealed_apart_and_opened_with_a_purpose_that_is_written_down(organisation):
    actor, snapshot = equality_loaded(organisation, Role.HR_DATA_STEWARD, Role.EQUALITY_DATA_STEWARD)

    with within(organisation, user=actor):
        assert EqualityRow.objects.count() == 2
        assert b"160" not in bytes(EqualityRow.objects.first().sealed)
        said = opening.open_equality(actor=actor, snapshot=snapshot, purpose="Figures of 2025")
        assert [(one.sex, one.ethnicity, one.disabilities) for one in said] == [
            ("10", "160", ("51", "57")),
            ("11", "103", ()),
        ]
        assert Entry.objects.get(verb="opened the equality fields of").note == "Figures of 2025"


def test_a_steward_alone_loads_no_equality_field(organisation):
    _, snapshot = equality_loaded(organisation, Role.HR_DATA_STEWARD)
    with within(organisation):
        assert not snapshot.has_equality
        assert not EqualityRow.objects.exists()


def test_the_outer_key_is_changed_without_touching_a_row(organisation, settings):
    snapshot = loaded(organisation)
    old, new = settings.WORKFORCE_KEYS[0], Fernet.generate_key().decode()

    settings.WORKFORCE_KEYS = [new, old]
    assert keys.rotate() >= 2
    settings.WORKFORCE_KEYS = [new]
    with within(organisation):
        row = PersonRow.objects.filter(snapshot=snapshot).first()
        assert seal_of(organisation, Purpose.PEOPLE).open(row.sealed, bytes.fromhex(row.key.hex))
    settings.WORKFORCE_KEYS = [old]
    with within(organisation), pytest.raises(KeyLost):
        seal_of(organisation, Purpose.PEOPLE)


def test_without_a_key_no_file_is_taken(organisation, settings):
    settings.WORKFORCE_KEYS = []
    with within(organisation), pytest.raises(NoKey):
        handing.hand_in(
            actor=None, organisation=organisation, name="a.csv", content=csv_of(), coverage="all", as_at=AS_AT
        )


def test_what_is_sealed_for_one_opens_for_no_other(organisation):
    loaded(organisation)
    with within(organisation):
        first, second = PersonRow.objects.all()[:2]
        with pytest.raises(KeyLost):
            seal_of(organisation, Purpose.PEOPLE).open(first.sealed, bytes.fromhex(second.key.hex))


def test_rows_are_added_to_a_snapshot_only_while_it_is_taken(organisation):
    snapshot = loaded(organisation)
    with within(organisation):
        row = PersonRow.objects.first()
        row.pk, row.key = None, snapshot.extract.submission
        # As if the snapshot were of an earlier transaction: tests are one.
        with connection.cursor() as cursor:
            cursor.execute("SELECT taken_in = pg_current_xact_id()::text::bigint FROM workforce_snapshot")
            assert cursor.fetchone() == (True,)
        other = OrganisationFactory()
        row.snapshot_id = snapshot.pk + 1
        with pytest.raises(DatabaseError, match="only while it is taken"), transaction.atomic():
            row.save()
    with within(other), pytest.raises(DatabaseError), transaction.atomic():
        ContractRow.objects.create(organisation=other, snapshot_id=snapshot.pk, person_id=1, key=row.key, fpe=1)


@pytest.mark.parametrize("state", [ExtractState.CHECKING, ExtractState.LOADING])
def test_halted_work_goes_back_and_leaves_nothing(organisation, state):
    extract = checked(organisation)
    with within(organisation):
        ask = checking.ask_check if state == ExtractState.CHECKING else loading.ask_load
        ask(actor=None, extract=extract, in_background=False)
        extract.refresh_from_db()
    turn = Turn(organisation, None, extract.pk)
    assert turn.take(state).state == state
    with within(organisation):
        running.ask_halt(actor=None, extract=extract)
    with pytest.raises(Halted):
        turn.tick("Looking at the rows", 1, 2)
    with within(organisation):
        running.put_back(Extract.objects.get(), None)
        assert Extract.objects.get().state == {ExtractState.CHECKING: ExtractState.READ}.get(
            state, ExtractState.CHECKED
        )
        assert not Snapshot.objects.exists()


@pytest.mark.parametrize("is_resumed", [False, True])
def test_to_stop_what_still_waits_for_a_worker_is_heard_by_the_worker(organisation, is_resumed):
    extract = checked(organisation)
    with within(organisation):
        extract = loading.ask_load(actor=None, extract=extract, in_background=False)
        running.ask_halt(actor=None, extract=extract)
        if is_resumed:
            running.resume(actor=None, extract=extract)

    assert worked(extract).state == ExtractState.CHECKED
    with within(organisation):
        assert not Snapshot.objects.exists()
        loading.ask_load(actor=None, extract=extract, in_background=False)
    assert worked(extract).state == ExtractState.COMMITTED


def test_to_stop_while_it_is_stored_undoes_what_was_stored(organisation, monkeypatch):
    extract = checked(organisation)
    with within(organisation):
        extract = loading.ask_load(actor=None, extract=extract, in_background=False)
    stored = []

    def stop_meanwhile(snapshot, *told):
        add_people(snapshot, *told)
        stored.append(PersonRow.objects.filter(snapshot=snapshot).count())
        running.ask_halt(actor=None, extract=extract)

    monkeypatch.setattr(loading, "add_people", stop_meanwhile)

    assert worked(extract).state == ExtractState.CHECKED
    assert stored == [3]
    with within(organisation):
        assert (Snapshot.objects.count(), PersonRow.objects.count()) == (0, 0)
        assert SealedFile.objects.filter(extract=extract).exists()


def test_to_stop_what_was_loaded_meanwhile_is_refused(organisation):
    extract = checked(organisation)
    with within(organisation):
        extract = loading.ask_load(actor=None, extract=extract, in_background=False)
    worked(extract)

    with within(organisation), pytest.raises(NotNow):
        running.ask_halt(actor=None, extract=extract)


def test_a_worker_that_was_taken_over_stops(organisation):
    extract = checked(organisation)
    with within(organisation):
        loading.ask_load(actor=None, extract=extract, in_background=False)
        extract.refresh_from_db()
    slow = Turn(organisation, None, extract.pk)
    slow.take(ExtractState.LOADING)
    worked(extract)

    with pytest.raises(NotMyTurn):
        slow.tick("Storing", 0, 0)
    with within(organisation):
        assert Snapshot.objects.count() == 1


def test_thrown_away_nothing_of_the_file_is_left(organisation):
    extract = checked(organisation, csv_of([("", *ROWS[0][1:]), *ROWS[1:]]))
    with within(organisation):
        handing.throw_away(actor=None, extract=extract)
        assert not SealedFile.objects.exists()
        assert not extract.faults.exists()
        with pytest.raises(NotNow):
            loading.ask_load(actor=None, extract=extract)


@pytest.mark.parametrize("data", [{}, {"a": [], "b": [["x", "é\n"], []], "c": {"d": [[1, None]]}}, [["a"], ["b"]], [("a", None)], {1: "x"}, None])  # fmt: skip
def test_data_are_sealed_part_by_part_and_come_back_as_json_has_them(data):
    seal = Seal(bytes(32))
    assert seal.open_data(seal.seal_data(data)) == json.loads(json.dumps(data))


def test_a_file_is_sealed_pressed_and_one_sealed_before_is_opened_as_it_is():
    seal, content = Seal(bytes(32)), csv_of() * 50
    assert len(seal.seal_file(content)) < len(content) / 10
    assert [seal.open_file(sealed) for sealed in (seal.seal_file(content), seal.seal(content))] == [content, content]


def fallen_silent(extract, times):
    for _ in range(times):
        with within(extract.organisation):
            Progress.objects.update(worked_at=timezone.now() - timedelta(minutes=5))
        tasks.resume_everywhere(timestamp=0)
    with within(extract.organisation):
        return Extract.objects.get()


def test_an_extract_over_which_workers_die_again_and_again_is_given_up_and_kept_no_longer_than_others(
    organisation, client_of
):
    steward = member_of(organisation, Role.HR_DATA_STEWARD)
    extract = checked(organisation, actor=steward)
    with within(organisation):
        loading.ask_load(actor=steward, extract=extract, in_background=False)
    assert fallen_silent(extract, 2).state == ExtractState.LOADING
    assert fallen_silent(extract, 1).state == ExtractState.CHECKED
    here = reverse("workforce:check_extract", args=[organisation.slug, extract.pk])
    assert "3 workers in a row fell silent" in client_of(steward).get(here).text
    with within(organisation):
        assert not Snapshot.objects.exists()
        loading.ask_load(actor=steward, extract=extract, in_background=False)
    # Asked for anew it has its workers anew.
    assert fallen_silent(extract, 1).state == ExtractState.LOADING
    assert fallen_silent(extract, 2).state == ExtractState.CHECKED
    with within(organisation):
        left = forgetting.throw_away_leftovers(organisation, timezone.now() + timedelta(days=1), False)
        assert (left, Extract.objects.get().state) == ({"extracts that were not loaded": 1}, ExtractState.CANCELLED)
        assert not SealedFile.objects.exists()


def test_what_hangs_in_being_loaded_goes_with_the_leftovers_and_what_is_loaded_does_not(organisation):
    extract = checked(organisation)
    tomorrow = timezone.now() + timedelta(days=1)
    with within(organisation):
        loading.ask_load(actor=None, extract=extract, in_background=False)
        assert forgetting.throw_away_leftovers(organisation, tomorrow, False) == {"extracts that were not loaded": 0}
        Progress.objects.update(worked_at=timezone.now() - timedelta(minutes=5))
        assert forgetting.throw_away_leftovers(organisation, tomorrow, False) == {"extracts that were not loaded": 1}
        assert Extract.objects.get().state == ExtractState.CANCELLED
        assert not SealedFile.objects.exists()


def test_a_file_over_which_workers_die_while_they_read_is_refused_and_not_kept(organisation):
    with within(organisation):
        told = {"name": "staff.csv", "coverage": "all", "as_at": AS_AT}
        extract = handing.hand_in(actor=None, organisation=organisation, content=csv_of(), in_background=False, **told)
    given_up = fallen_silent(extract, 3)
    assert (given_up.state, given_up.refusal[:35]) == (ExtractState.REFUSED, "3 workers in a row fell silent over")
    with within(organisation):
        assert not SealedFile.objects.exists()


def test_a_check_over_which_workers_die_goes_back_to_the_mapping(organisation):
    extract = handed_in(organisation)
    with within(organisation):
        checking.ask_check(actor=None, extract=extract, in_background=False)
    assert fallen_silent(extract, 3).state == ExtractState.READ
