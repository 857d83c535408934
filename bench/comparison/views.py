"""The least that a page can be, and a plain page with a hundred rows: through the same middleware, signed in, in the same transaction."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from desaga.plans.models import Action

ROWS = 100


def say_nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse("nothing")


def list_rows(request: HttpRequest, organisation_slug: str, plan_pk: int) -> HttpResponse:
    """One query, one template without parents or tags of ours, a link in each row."""
    rows = Action.objects.filter(plan=plan_pk).order_by("order")[:ROWS]
    return render(request, "comparison/list_rows.html", {"rows": rows, "slug": organisation_slug})
