"""Problems in words, and answers that need not be sent twice."""

import json

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from desaga.api import problems
from desaga.api.caching import unless_known


@pytest.mark.parametrize(
    ("answer", "status", "header"),
    [
        (problems.nothing_here(), 404, None),
        (problems.not_this_way(), 405, ("Allow", "GET, HEAD, OPTIONS")),
        (problems.unknown_key(), 401, ("WWW-Authenticate", 'Bearer realm="Desaga"')),
        (problems.too_many(1), 429, ("Retry-After", "1")),
        (problems.wrong_words([{"loc": ("query", "limit"), "msg": "Too much"}]), 422, None),
    ],
)
def test_a_problem_is_told_as_the_standard_has_it(answer, status, header):
    told = json.loads(answer.content)
    assert answer.status_code == told["status"] == status
    assert {"type", "title", "status", "detail"} <= set(told)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert header is None or answer.headers[header[0]] == header[1]


def etag():
    return unless_known(RequestFactory().get("/"), HttpResponse("the same")).headers["ETag"]


@pytest.mark.parametrize(
    ("known", "status"),
    [
        ("{etag}", 304),
        ('"another", {etag}', 304),
        ("*", 304),
        ('"another"', 200),
        ("nonsense", 200),
        ("", 200),
    ],
)
def test_what_the_asker_has_is_not_sent_again(known, status):
    request = RequestFactory().get("/", headers={"If-None-Match": known.format(etag=etag())})
    answer = unless_known(request, HttpResponse("the same"))
    assert (answer.status_code, answer.content) == (status, b"" if status == 304 else b"the same")
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_a_refusal_has_no_tag():
    assert "ETag" not in unless_known(RequestFactory().get("/"), problems.nothing_here()).headers
