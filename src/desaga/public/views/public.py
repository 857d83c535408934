"""What anybody may read, without signing in. It is the same for everybody, so that it may be kept by whatever stands between."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.timezone import localdate
from django.views.generic import View

from desaga.documents.out import FORMATS
from desaga.organisations.sites import site_of
from desaga.workforce.releasing.queries import public_figures_told

from .. import queries
from ..files import ENDINGS, NO_PDF, as_json, as_table, endings_of, feed_of, has_pdf
from ..pages import page_of

#: Nobody asks again within five minutes; then a state that is known costs no page.
KEPT = "public, max-age=300"
STYLE = "ui/build/desaga.css"


def kept_answer(request: HttpRequest, answer: HttpResponse, etag: str) -> HttpResponse:
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = KEPT
    return answer


def unchanged(request: HttpRequest, etag: str) -> HttpResponse | None:
    """304, where whoever asks has this state already."""
    found = get_conditional_response(request, etag=etag)
    if found is not None:
        found.headers["Cache-Control"] = KEPT
    return found


def etag_of(*parts: Any) -> str:
    """The same for the same state seen in the same look: a page names its stylesheet, whose name changes with what is in it."""
    told = "\n".join([*(str(one) for one in parts), static(STYLE)])
    return f'W/"{sha256(told.encode()).hexdigest()[:40]}"'


class ListPublicPlansView(View):
    """What an organisation has published."""

    def get(self, request: HttpRequest, owner: str) -> HttpResponse:
        copies, figures = queries.copies_of(owner), public_figures_told(owner)
        if not copies and figures is None:
            raise Http404("Nothing is published at this address.")
        organisation = copies[0].organisation if copies else figures.organisation  # type: ignore[union-attr]
        frame = frame_of(organisation)
        etag = etag_of(*(one.digest for one in copies), figures and figures.digest, organisation.name, frame["site"])
        if known := unchanged(request, etag):
            return known
        context = {
            "copies": copies,
            "figures_url": reverse("public:show_public_figures", args=[owner]) if figures else "",
            "owner": organisation,
            "canonical": f"{settings.SITE_ADDRESS}{request.path}",
            **frame,
        }
        return kept_answer(request, HttpResponse(render_to_string("public/list_public_plans.html", context)), etag)


class ShowPublicPlanView(View):
    """A plan as its lead published it."""

    def get(self, request: HttpRequest, owner: str, slug: str) -> HttpResponse:
        copy = queries.copy_at(owner, slug)
        frame = frame_of(copy.organisation)
        etag = etag_of(copy.digest, copy.copied_at, request.META.get("QUERY_STRING", ""), frame["site"])
        if known := unchanged(request, etag):
            return known
        endings = endings_of(copy.content)
        context = {
            **page_of(copy.content, request.GET, localdate(copy.copied_at)),
            **frame,
            "canonical": f"{settings.SITE_ADDRESS}{copy.get_absolute_url()}",
            "is_narrowed": bool(request.GET),
            "changes": queries.changes_of(copy),
            "formats": [FORMATS[one] for one in endings],
            "no_pdf": "" if "pdf" in endings else NO_PDF,
            "owner": copy.organisation,
            "slug": slug,
            "copy": copy,
        }
        return kept_answer(request, HttpResponse(render_to_string("public/show_public_plan.html", context)), etag)


class TakePublicPlanView(View):
    """The plan as a file."""

    def get(self, request: HttpRequest, owner: str, slug: str, format: str) -> HttpResponse:
        copy = queries.copy_at(owner, slug)
        if format not in ENDINGS or (format == "pdf" and not has_pdf(copy.content)):
            raise Http404("There is no such file.")
        etag = etag_of(copy.digest, copy.copied_at, format)
        if known := unchanged(request, etag):
            return known
        content = as_json(copy.content) if format == "json" else as_table(copy, format)
        answer = HttpResponse(content, content_type=FORMATS[format].media_type)
        answer.headers["Content-Disposition"] = f'attachment; filename="{owner}-{slug}.{format}"'
        answer.headers["X-Robots-Tag"] = "noindex"
        return kept_answer(request, answer, etag)


class FeedChangesView(View):
    """What changed of a plan, as a feed that other programs follow."""

    def get(self, request: HttpRequest, owner: str, slug: str) -> HttpResponse:
        copy = queries.copy_at(owner, slug)
        changes = queries.changes_of(copy, queries.FED_CHANGES)
        etag = etag_of(copy.digest, *((one.pk, one.lines) for one in changes))
        if known := unchanged(request, etag):
            return known
        address = reverse("public:feed_changes", args=[owner, slug])
        answer = HttpResponse(feed_of(copy, changes, address), content_type="application/atom+xml; charset=utf-8")
        return kept_answer(request, answer, etag)


def frame_of(organisation: Any) -> dict[str, Any]:
    """What stands around every public page: the same for everybody, whoever is signed in."""
    public_url = reverse("public:list_public_plans", args=[organisation.slug])
    return {"public_url": public_url, "organisation": organisation, "site": site_of(organisation, without=public_url)}
