"""What the person reads and answers behind the link of a mail: one version of one story. Opening it writes nothing."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView, View

from desaga.accounts.queries import workspaces
from desaga.organisations.refusals import Refused
from desaga.tenancy.context import enter

from .. import queries
from ..forms import ApproveForm
from ..models import StoryKey
from ..operations import approving
from ..states import Verdict
from .staff import SEALED, told

MISSING, GONE, WRONG = 404, 410, 422


class ByLinkMixin:
    """Finds what the key opens, within the organisation of the address alone."""

    request: HttpRequest
    kwargs: dict[str, Any]

    def open(self) -> StoryKey | None:
        sent = self.request.POST if self.request.method == "POST" else self.request.GET
        self.key = sent.get("key", "")
        organisation = workspaces().filter(slug=self.kwargs["organisation_slug"]).first()
        link = queries.key_opened(organisation, self.key) if organisation and self.key else None
        if organisation and link:
            enter(organisation)
        return link


@method_decorator(sensitive_post_parameters(), name="dispatch")
@method_decorator(never_cache, name="dispatch")
class ApproveVersionView(ByLinkMixin, TemplateView):
    template_name = "stories/approve_version.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        link = self.open()
        if link is None:
            return self.render_to_response({"gone": "unknown"}, status=MISSING)
        self.link, self.version, self.story = link, link.version, link.version.story
        self.approval = queries.approval_of(self.version)
        if self.approval is None and self.story.version != self.version.number or not self.is_open():
            return self.render_to_response({"gone": "changed", "organisation": self.story.organisation}, status=GONE)
        return super().dispatch(request, *args, **kwargs)

    def is_open(self) -> bool:
        return self.approval is not None or self.story.state == "with_person"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", None if self.approval else ApproveForm(initial={"name": self.story.name}))
        return super().get_context_data(
            story=self.story, organisation=self.story.organisation, version=self.version, approval=self.approval, key=self.key,
            told=told(self.version.content, list(queries.pictures_of(self.story))), video=self.version.content["video"], **kwargs,
        )  # fmt: skip

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ApproveForm(request.POST)
        if form.is_valid():
            try:
                verdict = Verdict.YES if request.POST.get("verdict") == "yes" else Verdict.CHANGES
                approving.answer_version(link=self.link, verdict=verdict, **form.cleaned_data)
            except approving.SaidAlready:
                pass
            except Refused as refusal:
                form.add_error("words" if isinstance(refusal, approving.SayWhat) else None, str(refusal))
                return self.render_to_response(self.get_context_data(form=form), status=WRONG)
            return redirect(f"{request.path}?{urlencode({'key': self.key})}")
        return self.render_to_response(self.get_context_data(form=form), status=WRONG)


@method_decorator(never_cache, name="dispatch")
class ShowVersionsPictureView(ByLinkMixin, View):
    """A picture of the version that the link opens, and of no other."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        link = self.open()
        wanted = self.kwargs["picture_pk"]
        if link is None or wanted not in [one["picture"] for one in link.version.content["pictures"]]:
            raise Http404("There is no such picture.")
        picture = queries.picture_or_404(link.version.story, wanted)
        return HttpResponse(queries.bytes_of_picture(picture.pk), content_type=picture.media_type, headers=SEALED)
