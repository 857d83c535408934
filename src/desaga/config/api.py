"""The API put together: every slice's routers, what each key must open, and its description as OpenAPI.

Imports ninja, which takes a second: `urls.py` imports this when a program first asks, so that neither a worker nor a command
nor a page pays for it.
"""

from __future__ import annotations

import json
import logging
from functools import cache
from importlib import resources
from typing import Any

from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, URLResolver
from django.urls.resolvers import RegexPattern
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from desaga.api import problems
from desaga.api.caching import unless_known
from desaga.frameworks.api import router as frameworks
from desaga.keys.api import router as this_key
from desaga.keys.doors import WithKey
from desaga.keys.states import Scope
from desaga.organisations.api import router as organisations
from desaga.plans.api import actions, plans

from .openapi import described

HERE = "api/v1/"
DESCRIPTION = "Reads an organisation's plans, their actions, frameworks and the directory. It changes nothing."
OF_PLANS = (Scope.PLANS, Scope.PLANS_PUBLIC)
READING = ("GET", "HEAD")
WHERE_TO_READ = {"guide": "/api/", "description": f"/{HERE}openapi.json"}
NOT_MODIFIED = 304

log = logging.getLogger("desaga.api")


def assembled() -> NinjaAPI:
    """The API with all its routers and its own words for what goes wrong."""
    api = NinjaAPI(title="Desaga", version="1.0.0", description=DESCRIPTION, docs_url=None, openapi_url=None)
    api.add_router("/key", this_key, auth=WithKey())
    api.add_router("/organisations", organisations, auth=WithKey(Scope.ORGANISATIONS))
    api.add_router("/frameworks", frameworks, auth=WithKey(Scope.FRAMEWORKS))
    api.add_router("/plans", plans, auth=WithKey(*OF_PLANS))
    api.add_router("/actions", actions, auth=WithKey(*OF_PLANS))
    for kind, say in (
        (Http404, lambda request, error: problems.nothing_here()),
        (AuthenticationError, lambda request, error: problems.unknown_key()),
        (Throttled, lambda request, error: problems.too_many(error.wait)),
        (HttpError, lambda request, error: problems.problem(error.status_code, str(error))),
        (ValidationError, lambda request, error: problems.wrong_words(error.errors)),
        (Exception, say_failure),
    ):
        api.add_exception_handler(kind, say)
    return api


def say_failure(request: HttpRequest, error: Exception) -> HttpResponse:
    """Our own fault: told as one, logged without the words of the request, and undone by the middleware."""
    got_request_exception.send(sender=NinjaAPI, request=request)
    log.error("%s at %s", type(error).__name__, request.path, exc_info=error)
    return problems.problem(500, "Something went wrong here. It is written down; try again later.")


@cache
def addresses() -> tuple[NinjaAPI, URLResolver]:
    """The API and its addresses, made once a process."""
    api = assembled()
    patterns, _, _ = api.urls
    return api, URLResolver(RegexPattern(r"^"), [pattern for pattern in patterns if pattern.name != "api-root"])


@cache
def description() -> dict[str, Any]:
    """The API as OpenAPI tells it, with the interchange format among its schemas."""
    schema = json.loads(resources.files("desaga.plans.reading").joinpath("schema.json").read_text(encoding="utf-8"))
    return described(addresses()[0].get_openapi_schema(path_prefix=HERE), schema)


def answer(request: HttpRequest, rest: str) -> HttpResponse:
    """What a program is answered at `/api/v1/<rest>`: to be read, and nothing else."""
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers={"Allow": problems.ALLOWED})
    if request.method not in READING:
        return problems.not_this_way()
    if request.method == "HEAD":
        return without_content(request, rest)
    return unless_known(request, answered(request, rest))


def without_content(request: HttpRequest, rest: str) -> HttpResponse:
    """What GET would be answered, with its length and without it."""
    request.method = "GET"
    whole = unless_known(request, answered(request, rest))
    request.method = "HEAD"
    if whole.status_code != NOT_MODIFIED:
        whole.headers["Content-Length"] = str(len(whole.content))
    whole.content = b""
    return whole


def answered(request: HttpRequest, rest: str) -> HttpResponse:
    if rest == "openapi.json":
        return JsonResponse(description())
    if not rest:
        return JsonResponse({name: request.build_absolute_uri(path) for name, path in WHERE_TO_READ.items()})
    try:
        found = addresses()[1].resolve(rest)
    except Resolver404:
        return problems.nothing_here()
    return found.func(request, *found.args, **found.kwargs)
