"""The API's doors, tried by those who should not come in and with what should not be asked."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import resources
from pathlib import Path

import jsonschema
import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from desaga.config.api import description
from desaga.keys import operations
from desaga.keys.states import Scope
from desaga.keys.tests.factories import Program, make_key
from desaga.keys.views import ADDRESSES
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import OrganisationFactory
from desaga.plans.tests.factories import PlanFactory, make_action
from desaga.tenancy.context import within

PROBLEM = "application/problem+json"


@pytest.fixture(autouse=True)
def nothing_counted_yet():
    cache.clear()


@pytest.fixture
def key(organisation):
    return make_key(organisation)


@pytest.fixture
def program(key):
    return Program(key[1])


def test_wrong_ended_revoked_and_foreign_keys_are_told_the_same(organisation, other_organisation, time_machine):
    key, words = make_key(organisation)
    assert Program(words).get("key").status_code == 200
    closed = OrganisationFactory(has_workspace=False)
    with within(organisation):
        revoked, revoked_words = make_key(organisation)
        operations.revoke_key(actor=None, key=revoked)
    tried = {
        "none": Program(),
        "empty": Program(" "),
        "wrong": Program(words[:-1] + ("a" if words[-1] != "a" else "b")),
        "revoked": Program(revoked_words),
        "foreign": Program(words.replace(f"_{organisation.pk}_", f"_{other_organisation.pk}_")),
        "of one without a workspace": Program(words.replace(f"_{organisation.pk}_", f"_{closed.pk}_")),
        "of nobody": Program(words.replace(f"_{organisation.pk}_", "_999999999_")),
        "injected": Program("desaga_1_' or 1=1 --"),
        "NUL": Program(words[:-1] + "\x00"),
    }
    answers = {name: program.get("plans") for name, program in tried.items()}
    time_machine.move_to(key.expires_at)
    answers["ended"] = Program(words).get("plans")
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(answers, 401)
    assert len({answer.content for answer in answers.values()}) == 1
    assert {answer.headers["WWW-Authenticate"] for answer in answers.values()} == {'Bearer realm="Desaga"'}


@pytest.fixture
def time_machine():
    import time_machine as machine

    class Mover:
        travel = None

        def move_to(self, moment):
            self.travel = machine.travel(moment, tick=False)
            self.travel.start()

    mover = Mover()
    yield mover
    if mover.travel:
        mover.travel.stop()


def test_a_session_opens_nothing_and_a_key_is_not_widened_by_one(organisation, member, client_of, other_organisation):
    client = client_of(member(Role.LEAD))
    assert client.get("/api/v1/plans").status_code == 401
    # The lead of one organisation, with the key of another: the key's organisation alone counts.
    ours, theirs = PlanFactory(organisation=organisation), PlanFactory(organisation=other_organisation)
    _, words = make_key(other_organisation)
    headers = {"Authorization": f"Bearer {words}"}
    assert [plan["id"] for plan in client.get("/api/v1/plans", headers=headers).json()["items"]] == [theirs.pk]
    assert client.get(f"/api/v1/plans/{ours.pk}", headers=headers).status_code == 404


@pytest.mark.parametrize(
    ("scope", "opened"),
    [
        (Scope.ORGANISATIONS, {"organisations"}),
        (Scope.FRAMEWORKS, {"frameworks"}),
        (Scope.PLANS, {"plans"}),
        (Scope.PLANS_PUBLIC, {"plans"}),
    ],
)
def test_a_key_opens_its_scopes_alone(scope, opened, organisation):
    program = Program(make_key(organisation, scope)[1])
    answers = {path: program.get(path).status_code for path in ("organisations", "frameworks", "plans")}
    assert answers == {path: 200 if path in opened else 403 for path in answers}
    assert program.get("key").json()["scopes"] == [scope]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
def test_nothing_can_be_written(method, program):
    for path in ("plans", "plans/1", "nowhere", ""):
        answer = program.send(method, path)
        assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
        assert answer.headers["Content-Type"] == PROBLEM


def test_head_says_what_get_would_and_options_what_there_is(program):
    got, head = program.get("plans"), program.send("HEAD", "plans")
    assert (head.status_code, head.content) == (200, b"")
    assert {head.headers[name] for name in ("ETag", "Content-Length")} == {
        got.headers[name] for name in ("ETag", "Content-Length")
    }
    options = program.send("OPTIONS", "plans")
    assert (options.status_code, options.headers["Allow"]) == (204, "GET, HEAD, OPTIONS")
    assert "Access-Control-Allow-Origin" not in options.headers


def test_a_key_taken_back_between_two_pages_opens_no_second(organisation, key, program):
    plan = PlanFactory(organisation=organisation)
    for number in range(2):
        make_action(plan, title=f"Action {number}")
    page = program.get(f"plans/{plan.pk}/actions", {"limit": 1})
    assert page.json()["next"]
    with within(organisation):
        operations.revoke_key(actor=None, key=key[0])
    assert Client().get(page.json()["next"], headers=program.headers).status_code == 401
    assert program.get(f"plans/{plan.pk}/actions", **{"If-None-Match": page.headers["ETag"]}).status_code == 401


def test_asking_too_often_is_told_when_to_come_back(settings, organisation, program):
    settings.API_RATE = "3/m"
    answers = [program.get("key") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    # Each key for itself.
    assert Program(make_key(organisation)[1]).get("key").status_code == 200


HOSTILE = ("' or 1=1 --", "%", "_", "\\", "\x00", "\ud7ff", "a" * 250, "1); drop table plans_plan; --", "￿", "=1+1")


@pytest.mark.parametrize("words", HOSTILE, ids=ascii)
@pytest.mark.parametrize("name", ["q", "party", "principle", "status", "due", "changed_since", "limit", "offset"])
def test_hostile_words_find_nothing_and_break_nothing(name, words, organisation, program):
    plan = PlanFactory(organisation=organisation)
    make_action(plan, title="Write role descriptors", owners=["TSM"])
    answer = program.get(f"plans/{plan.pk}/actions", {name: words})
    assert answer.status_code in (200, 422)
    if answer.status_code == 200:
        assert answer.json()["total"] == 0
    else:
        assert answer.json()["errors"][0]["name"] == name


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("plans?offset=1000000", 200),
        ("plans?offset=1000001", 422),
        ("plans?offset=99999999999999999999999", 422),
        ("plans?offset=-1", 422),
        ("plans?limit=0", 422),
        ("plans?limit=201", 422),
        ("plans?limit=1&limit=2", 200),
        ("plans/1/actions?changed_since=0726-12-05T03:35:23%2B23:51", 404),
        ("plans/1/actions?changed_since=0001-01-01T00:00:00%2B23:59", 422),
        ("plans/1/actions?changed_since=2026-01-01", 422),
        ("plans?organisation=%00", 422),
        ("plans?changed_since=2026-01-01T00:00:00Z", 422),
        ("plans?Limit=5", 422),
        ("plans/99999999999999999999999", 404),
        ("plans/-1", 404),
        ("plans/1e3", 404),
        ("plans/1/../../../account/", 404),
        ("actions/9223372036854775807", 404),
        ("actions/9223372036854775808", 404),
        ("organisations/%00", 404),
        ("organisations/nobody", 404),
        ("frameworks/nothing", 404),
        ("plans/", 404),
    ],
)
def test_numbers_and_names_beyond_what_there_is(path, status, program):
    answer = program.get(path)
    assert answer.status_code == status
    if status != 200:
        assert answer.headers["Content-Type"] == PROBLEM


def test_an_answer_is_kept_by_its_asker_alone_and_asked_for_each_time(program, organisation):
    plan = PlanFactory(organisation=organisation)
    path = f"plans/{plan.pk}"
    first = program.get(path)
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert "Authorization" in first.headers["Vary"]
    known = {"If-None-Match": first.headers["ETag"]}
    again = program.get(path, **known)
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    make_action(plan, title="One more")
    assert program.get(path, **known).status_code == 200
    assert "ETag" not in program.get("nowhere").headers


def test_a_fault_of_ours_is_told_as_one_and_nothing_of_it_is_kept(monkeypatch, program, key, organisation, caplog):
    from desaga.plans import api

    def broken(*words, **named):
        raise RuntimeError("the password is swordfish")

    # Not our own code under test: a fault that no input of ours makes.
    monkeypatch.setattr(api, "page_of", broken)
    program.client.raise_request_exception = False
    answer = program.get("plans")
    assert (answer.status_code, answer.headers["Content-Type"]) == (500, PROBLEM)
    assert "swordfish" not in answer.text
    with within(organisation):
        key[0].refresh_from_db()
    assert key[0].last_used_at is None


def test_a_page_and_a_command_start_without_the_api():
    # Wagtail starts with ninja itself (8.0: documents/apps.py); making our own doors is what takes long.
    words = "import django; django.setup(); import sys; from django.urls import reverse; reverse('keys:show_guide'); print('desaga.config.api' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_description_is_open_to_all_and_names_each_refusal(db):
    root = Client().get("/api/v1/").json()
    assert Client().get(root["guide"]).status_code == 200
    answer = Client().get(root["description"])
    described = json.loads(answer.content)
    assert (answer.status_code, described["openapi"]) == (200, "3.1.0")
    for path, operations_ in described["paths"].items():
        assert list(operations_) == ["get"], path
        assert {"200", "304", "401", "403", "404", "422", "429"} == set(operations_["get"]["responses"])
        assert operations_["get"]["security"] == [{"WithKey": []}]
        assert [
            one for one in operations_["get"]["parameters"] if not one.get("description") and one["in"] == "query"
        ] == []
        # A parameter has one example; a list of them is a schema's.
        assert [one for one in operations_["get"]["parameters"] if "examples" in one] == []


def test_the_example_is_in_the_format(db):
    action = description()["components"]["schemas"]["InterchangeAction"]
    whole = json.loads(resources.files("desaga.plans.reading").joinpath("schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(whole)
    assert action["examples"]
    for example in action["examples"]:
        assert list(validator.evolve(schema=whole["$defs"]["action"]).iter_errors(example)) == []


def test_the_guide_tells_every_address_and_no_other(client, db):
    assert [path for path, _, _ in ADDRESSES] == [path.removeprefix("/api/v1") for path in description()["paths"]]
    written = (Path(__file__).parents[4] / "docs" / "reference" / "api.md").read_text(encoding="utf-8")
    assert [path for path, _, _ in ADDRESSES if f"| `{path}` |" not in written] == []
    page = client.get(reverse("keys:show_guide"))
    assert [path for path, _, _ in ADDRESSES if f'<code class="dsg-code">{path}</code>' not in page.text] == []
