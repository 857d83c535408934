"""The feed's one door: a key, then a set as OData or CSV. A session counts for nothing here, and nothing is written but that it was read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from desaga.audit import operations as audit
from desaga.keys.letting import AsksTooOften, DoesNotOpen, NotLetIn, let_in
from desaga.keys.models import ApiKey
from desaga.keys.states import Scope

from ..states import Audience
from . import answering, asking, filtering, reading
from .asking import Asked, MovedOn
from .conditions import NotOffered, NotUnderstood
from .schema import SETS, EntitySet, csdl

SCOPES = (Scope.FIGURES, Scope.FIGURES_PUBLIC)
KEYED = re.compile(r"(?P<set>[A-Za-z]+)\((?P<key>.+)\)")
REALM = 'Basic realm="Desaga workforce feed", charset="UTF-8"'
JSON_WANTED = re.compile(r"json|application/json(;.*)?|application/\*|\*/\*", re.IGNORECASE)


@csrf_exempt
def answer_feed(request: HttpRequest, rest: str = "") -> HttpResponse:
    """What a program is answered at an address of the feed. What goes wrong is told as OData tells it."""
    if request.method not in ("GET", "HEAD"):
        return _refusal(405, "NotThisWay", "The feed is only read: use GET.", Allow="GET, HEAD")
    try:
        key = let_in(request, *SCOPES)
        _refuse_versions(request)
        return _found(request, key, rest)
    except NotLetIn:
        told = "Send a key that holds and opens the workforce feed, as the password of Basic or as Bearer."
        return _refusal(401, "NoKey", told, **{"WWW-Authenticate": REALM})
    except DoesNotOpen:
        return _refusal(403, "NotOpened", f"This key does not open the feed. It would need {' or '.join(SCOPES)}.")
    except AsksTooOften as too:
        return _refusal(429, "TooOften", f"Wait {too.seconds} seconds.", **{"Retry-After": str(too.seconds)})
    except NotUnderstood as wrong:
        return _refusal(400, "NotUnderstood", str(wrong))
    except MovedOn as moved:
        return _refusal(410, "MovedOn", str(moved))
    except NotOffered as beyond:
        return _refusal(501, "NotOffered", str(beyond))


def _refuse_versions(request: HttpRequest) -> None:
    """The feed speaks OData 4.0. Whoever understands at most an older version is told so."""
    for header in ("OData-Version", "OData-MaxVersion"):
        told = request.headers.get(header, "4.0").strip()
        if not re.fullmatch(r"[0-9]+\.[0-9]+", told) or float(told) < 4:
            raise NotUnderstood(f"The feed speaks OData 4.0; {header} was {told[:10]}.")


def _found(request: HttpRequest, key: ApiKey, rest: str) -> HttpResponse:
    if rest == "$metadata":
        return _answer(csdl(), answering.XML)
    if rest == "":
        _refuse_format(request)
        return _json(answering.service_document(_root(request)), request)
    name, ending = rest.removesuffix("/$count"), rest.endswith("/$count")
    if name.endswith(".csv") and not ending and name[:-4] in SETS:
        return _as_csv(request, key, SETS[name[:-4]])
    if name in SETS:
        return _count(request, key, SETS[name]) if ending else _collection(request, key, SETS[name])
    match = KEYED.fullmatch(rest)
    if match and match["set"] in SETS:
        return _entity(request, key, SETS[match["set"]], match["key"])
    return _refusal(404, "NotHere", f"The feed has {', '.join(SETS)}, each also as {next(iter(SETS))}.csv and so on.")


def _collection(request: HttpRequest, key: ApiKey, of: EntitySet) -> HttpResponse:
    _refuse_format(request)
    size = _page_size(request)
    asked = asking.asked(of, _words(request), size)
    answer = reading.rows_of(asked, _audience(key))
    _note(key, of, len(answer.rows))
    found = _json(answering.collection(_root(request), asked, answer), request)
    if size:
        found.headers["Preference-Applied"] = f"odata.maxpagesize={asked.size}"
    return found


def _count(request: HttpRequest, key: ApiKey, of: EntitySet) -> HttpResponse:
    asked = asking.asked(of, {**_words(request), "$count": "true", "$top": "0"})
    answer = reading.rows_of(asked, _audience(key))
    _note(key, of, 0)
    return _answer(str(answer.count).encode(), answering.TEXT)


def _entity(request: HttpRequest, key: ApiKey, of: EntitySet, told: str) -> HttpResponse:
    _refuse_format(request)
    literal = told.removeprefix(f"{of.key.name}=")
    where = filtering.filtered(of, f"{of.key.name} eq {literal}")
    asked = Asked(of=of, where=where, select=asking.asked(of, _words(request)).select, top=1)
    answer = reading.rows_of(asked, _audience(key))
    if not answer.rows:
        return _refusal(404, "NotHere", f"There is no such row in {of.name}.")
    _note(key, of, 1)
    return _json(answering.entity(_root(request), of, answer.rows[0], asked.select), request)


def _as_csv(request: HttpRequest, key: ApiKey, of: EntitySet) -> HttpResponse:
    """All rows that are wanted, in one file: as CSV has no pages, `$top` and `$skip` alone make it shorter."""
    asked = asking.asked(of, _words(request))
    rows = reading.all_rows_of(asked, _audience(key))
    _note(key, of, len(rows))
    return _answer(answering.as_csv(of, rows, asked.select), "text/csv; charset=utf-8")


def _audience(key: ApiKey) -> Audience:
    return Audience.INTERNAL if key.opens(Scope.FIGURES) else Audience.PUBLIC


def _note(key: ApiKey, of: EntitySet, rows: int) -> None:
    """Each reading is written down: which key, what, how much."""
    audit.record(actor=None, verb="let the workforce feed be read with", thing=key, note=f"{of.name}, {_audience(key).label.lower()}, {rows} rows")  # fmt: skip


def _words(request: HttpRequest) -> Mapping[str, str]:
    return {name: values[-1] for name, values in request.GET.lists() if values}


def _page_size(request: HttpRequest) -> int | None:
    match = re.search(r"(?:odata\.)?maxpagesize\s*=\s*\"?([0-9]{1,6})", request.headers.get("Prefer", ""))
    return int(match[1]) if match else None


def _refuse_format(request: HttpRequest) -> None:
    told = request.GET.get("$format")
    if told is not None and not JSON_WANTED.fullmatch(told):
        raise NotUnderstood("The feed answers in JSON: $format is json. For CSV, ask for the set's name with .csv.")


def _root(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("workforce_feed:answer_feed"))


def _json(document: Mapping[str, Any], request: HttpRequest) -> HttpResponse:
    wanted = f"{request.GET.get('$format', '')};{request.headers.get('Accept', '')}"
    if "metadata=none" in wanted.replace(" ", ""):
        bare = {name: value for name, value in document.items() if name != "@odata.context"}
        return _answer(answering.written(bare), answering.BARE)
    return _answer(answering.written(document), answering.JSON)


def _answer(content: bytes, media_type: str, status: int = 200, **headers: str) -> HttpResponse:
    found = HttpResponse(content, content_type=media_type, status=status, headers=headers)
    found.headers["OData-Version"] = "4.0"
    found.headers["Cache-Control"] = "private, no-store"
    found.headers["X-Robots-Tag"] = "noindex"
    return found


def _refusal(status: int, code: str, message: str, **headers: str) -> HttpResponse:
    return _answer(answering.written(answering.error(code, message)), answering.JSON, status, **headers)
