"""No row of a person leaves an extract unseen: marked people go all the way in and through all that is done with them, with faults and crashes, and
are then looked for everywhere: loading, settling who is technical staff, comparing definitions, a release, the Staff record, the feed, somebody's own data,
a backup.

Looked through: every table (jobs, sessions, mail, audit, cache and what future slices add), the log as it is written at its most talkative, the pages of
errors, the cache, and the files that we keep beside the database.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client
from psycopg import sql
from psycopg.conninfo import make_conninfo

from desaga.config.backups import saving
from desaga.config.database import owner_url
from desaga.config.logs import WordlessFormatter
from desaga.keys.states import Scope
from desaga.keys.tests.factories import make_key
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import OrganisationFactory, member_of
from desaga.privacy.models import DataExport
from desaga.privacy.operations import exports, objections
from desaga.privacy.views import own
from desaga.tenancy.context import within
from desaga.workforce import presenting
from desaga.workforce.models import DefinitionVersion, Extract, Release, Snapshot
from desaga.workforce.operations import counting, loading, staff_record
from desaga.workforce.tests.factories import HEADS, adopted, csv_of
from desaga.workforce.views import people as pages_of_people

#: Names, numbers, a day of birth as the file and as ISO write it, what somebody said of themselves, a value that is a fault.
CANARIES = (
    "Quillfeatherstone", "Zebedeeanna", "Oxwombleton", "99871230", "99871231", "13/02/1967", "1967-02-13", "Martianesque", "Fte-of-a-whale",
)  # fmt: skip
#: Open in contracts, since figures and definitions need them; nowhere else.
TITLE = "Technician of Wombatronics"
TITLES_STAND_IN = {"workforce_contractrow"}
ROWS = (
    ("99871230", "Quillfeatherstone", "Zebedeeanna", "13/02/1967", TITLE, "5", "Workshops", "1", "01/09/2010", "", "Martianesque"),
    ("99871231", "Oxwombleton", "Bo", "11/11/1991", TITLE, "6", "Imaging", "Fte-of-a-whale", "01/02/2019", "", "Arab"),
    *((f"5{n}", "Plain", f"P{n}", "01/01/1980", "Technician", "5", "Workshops", "1", "01/09/2010", "", "Arab") for n in range(40)),
)  # fmt: skip


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that any logger says, as the server writes it."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(WordlessFormatter("{levelname} {name} {message}", style="{"))
    loggers = [logging.getLogger(), *map(logging.getLogger, list(logging.root.manager.loggerDict))]
    levels = [(one, one.level) for one in loggers]
    for one in loggers:
        one.setLevel(logging.DEBUG)
        if one is logging.root or not one.propagate:
            one.addHandler(handler)
    yield out
    for one, level in levels:
        one.setLevel(level)
        one.removeHandler(handler)


def work_once() -> None:
    """A real worker does what waits in the queue."""
    from procrastinate.contrib.django import app

    try:
        with app.replace_connector(app.connector.get_worker_connector()) as worker:  # type: ignore[attr-defined]
            worker.run_worker(
                wait=False, install_signal_handlers=False, listen_notify=False, queues=["default"], delete_jobs="never"
            )
    finally:
        connections.close_all()


def crash(*words: Any, **more: Any) -> Any:
    """An error such as a library raises, which repeats what it stumbled over."""
    raise ValueError(f"invalid literal: {' '.join(CANARIES)} {TITLE}")


def state_of(organisation: Any) -> str:
    with within(organisation):
        return str(Extract.objects.get().state)


@pytest.mark.filterwarnings("ignore")
def test_no_row_of_a_person_leaves_what_is_done_with_it(transactional_db, log, monkeypatch, tmp_path):
    organisation = OrganisationFactory()
    steward = member_of(organisation, Role.HR_DATA_STEWARD, Role.EQUALITY_DATA_STEWARD)
    client = Client(raise_request_exception=False)
    client.force_login(steward, backend="django.contrib.auth.backends.ModelBackend")
    here = f"/o/{organisation.slug}/workforce/"
    answers = load(client, here, organisation, steward, monkeypatch)
    answers += settle(client, here, organisation, steward, monkeypatch)
    answers += release(client, here, organisation, monkeypatch)
    answers += take_staff_record(client, here, organisation, monkeypatch)
    read_feed(organisation, steward)
    answers += take_own_data(client, organisation, steward, monkeypatch)
    backed_up = back_up(tmp_path / "desaga.backup")

    said = log.getvalue()
    assert [answer.status_code for answer in answers] == [500] * 4
    assert [word for word in ("ValueError", "StringDataRightTruncation") if word not in said] == []
    assert found_in(said) == []
    assert [found_in(answer.content.decode()) for answer in answers] == [[]] * 4
    assert found_in(str(getattr(cache, "_cache", ""))) == []
    standing = {table: words for table, words in found_in_tables().items() if words}
    assert standing == {table: [TITLE] for table in TITLES_STAND_IN}
    assert found_in_files() == []
    assert found_in(backed_up) == []


def load(client: Client, here: str, organisation: Any, steward: Any, monkeypatch: Any) -> list[Any]:
    """An extract from file to snapshot; answers the pages that broke."""
    answers = []
    day = {"as_at_day": "31", "as_at_month": "7", "as_at_year": "2025", "coverage": "all"}
    file = SimpleUploadedFile("staff.csv", csv_of(ROWS, (*HEADS, "Ethnicity")))
    client.post(
        f"{here}extracts/hand-in/", {**day, "submission": "7f1b9a52-6d5c-4b39-9a0e-3d6c1d7f2a11", "document": file}
    )
    work_once()
    with within(organisation):
        extract = f"{here}extracts/{Extract.objects.get().pk}/"
    page = client.get(f"{extract}columns/")
    assert "Zebedeeanna" in page.content.decode()
    fields = {f"column_{n}": line["field"].initial for n, line in enumerate(page.context["form"].lines)}
    client.post(f"{extract}columns/", {**fields, "grain": "person", "full_time_hours": "35"})
    assert "Martianesque" in client.get(f"{extract}codes/").content.decode()
    client.post(f"{extract}codes/", {})
    work_once()
    assert state_of(organisation) == "checked"
    assert "Fte-of-a-whale" in client.get(f"{extract}check/").content.decode()
    assert "Fte-of-a-whale" in client.get(f"{extract}faults.csv").content.decode()

    # A page that crashes over a row.
    with monkeypatch.context() as patched:
        patched.setattr(presenting, "seal_of", crash)
        answers.append(client.get(f"{extract}check/"))
    # A worker that crashes over a row, and one whose database refuses one and says it.
    client.post(f"{extract}load/")
    for broken in (crash, refused_by_the_database):
        with monkeypatch.context() as patched:
            patched.setattr(loading, "add_people", broken)
            work_again(organisation, steward)
    assert state_of(organisation) == "loading"
    with within(organisation):
        assert Snapshot.objects.count() == 0
    work_again(organisation, steward)
    with within(organisation):
        assert Snapshot.objects.get().people == len(ROWS)
    return answers


def snapshot_in(organisation: Any) -> int:
    with within(organisation):
        return int(Snapshot.objects.get().pk)


def settle(client: Client, here: str, organisation: Any, steward: Any, monkeypatch: Any) -> list[Any]:
    """Who is technical staff: worked out, answered, found by number, overridden, and compared with a draft."""
    adopted(organisation, actor=steward)
    people = f"{here}snapshots/{snapshot_in(organisation)}/technical-staff/"
    client.post(f"{people}work-out/")
    work_once()
    assert TITLE in client.get(f"{people}borderline/").content.decode()
    for grade in ("5", "6"):
        client.post(f"{people}borderline/answer/", {"title": TITLE, "grade": grade, "technical": "yes"})
    found = client.post(f"{people}people/", {"number": CANARIES[3]})
    told = {"technical": "no", "reason": "Teaches most of the week."}
    assert client.post(found.headers["Location"], told).status_code == 302
    with monkeypatch.context() as patched:
        patched.setattr(pages_of_people, "shown_people", crash)
        broken = client.get(f"{people}borderline/one/")
    client.post(f"{here}definition/start/")
    with within(organisation):
        draft = DefinitionVersion.objects.get(adopted_at=None)
    client.post(f"{people}work-out/", {"version": draft.pk})
    work_once()
    assert client.get(f"{people}compare/").context["compared"]
    return [broken]


def release(client: Client, here: str, organisation: Any, monkeypatch: Any) -> list[Any]:
    """Figures of the snapshot: a worker breaks over a row while it counts them, then they are counted, looked at and released."""
    client.post(f"{here}releases/prepare/", {"snapshot": snapshot_in(organisation), "name": "July 2025"})
    with monkeypatch.context() as patched:
        patched.setattr(counting, "compute", crash)
        work_once()
    with within(organisation):
        made = Release.objects.get()
        assert made.state == "failed"
    client.post(f"{here}releases/{made.pk}/count-again/")
    work_once()
    assert client.post(f"{here}releases/{made.pk}/exact/").status_code == 200
    client.post(f"{here}releases/{made.pk}/release/")
    with within(organisation):
        assert Release.objects.get().state == "released"
    return []


def take_staff_record(client: Client, here: str, organisation: Any, monkeypatch: Any) -> list[Any]:
    """The coded export, whole and broken off."""
    record = f"{here}snapshots/{snapshot_in(organisation)}/staff-record/"
    assert CANARIES[4] in client.post(f"{record}csv/").content.decode()
    with monkeypatch.context() as patched:
        patched.setattr(staff_record, "checked", crash)
        return [client.post(f"{record}check/")]


def read_feed(organisation: Any, steward: Any) -> None:
    _, words = make_key(organisation, Scope.FIGURES, actor=steward)
    answer = Client().get("/feeds/workforce/v1/Cells.csv", headers={"Authorization": f"Bearer {words}"})
    assert (answer.status_code, found_in(answer.content.decode())) == (200, [])


def take_own_data(client: Client, organisation: Any, steward: Any, monkeypatch: Any) -> list[Any]:
    """Somebody's own data, put together by the worker: once it breaks, then all of theirs is there, for them."""
    with within(organisation, user=steward):
        objections.link_rows(actor=steward, organisation=organisation, person=steward.person, number=CANARIES[3])
    client.post("/account/data/")
    with monkeypatch.context() as patched:
        patched.setattr(exports, "everything_about", crash)
        work_once()
    with within(user=steward):
        made = DataExport.objects.get()
        assert made.made_at is None
    exports.make_export(actor=steward, export_id=made.pk)
    path = f"/account/data/{made.pk}.json"
    assert {CANARIES[0], CANARIES[3], TITLE} <= set(found_in(client.get(path).content.decode()))
    with monkeypatch.context() as patched:
        patched.setattr(own, "open_export", crash)
        return [client.get(path)]


def back_up(file: Path) -> str:
    url = make_conninfo(owner_url(), dbname=connection.settings_dict["NAME"])
    saving.save(file, url=url, media=file.parent / "media", recipient=X25519PrivateKey.generate().public_key())
    return file.read_bytes().decode("latin-1")


def refused_by_the_database(*words: Any, **more: Any) -> Any:
    """What PostgreSQL says when a value is too long: with the line that it came in."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE narrow (words varchar(4)) ON COMMIT DROP")
        with cursor.copy("COPY narrow FROM STDIN") as copy:
            copy.write(f"{' '.join(CANARIES)} {TITLE}\n")


def work_again(organisation: Any, steward: Any) -> None:
    """The work as the minute's job gives it to another worker."""
    from desaga.workforce.tasks import work_on_extract

    with within(organisation):
        pk = Extract.objects.get().pk
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_events; DELETE FROM procrastinate_jobs WHERE status = 'todo'")
    work_on_extract.later(organisation=organisation, actor=steward, extract_id=pk)
    work_once()


def found_in(text: str) -> list[str]:
    return [word for word in (*CANARIES, TITLE) if word in text]


def found_in_tables() -> dict[str, list[str]]:
    """Every table with the canaries that stand in it, in whatever column; in those of bytes too."""
    words = [*CANARIES, TITLE]
    found = {}
    with psycopg.connect(owner_url(), dbname=connection.settings_dict["NAME"]) as owner:
        for (table,) in owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall():
            query = sql.SQL(
                "SELECT word FROM unnest(%s::text[]) word WHERE EXISTS (SELECT FROM {} t "
                "WHERE t::text LIKE '%%' || word || '%%' OR t::text LIKE '%%' || encode(word::bytea, 'hex') || '%%')"
            )
            found[table] = [word for (word,) in owner.execute(query.format(sql.Identifier(table)), [words])]
    return found


def found_in_files() -> list[str]:
    """Files under the folder for uploads and mail that hold a canary."""
    places = [Path(settings.MEDIA_ROOT), Path(settings.EMAIL_FILE_PATH)]
    files = [path for place in places if place.is_dir() for path in place.rglob("*") if path.is_file()]
    return [str(path.name) for path in files if any(word.encode() in path.read_bytes() for word in CANARIES)]
