"""The pages behind the links about an award: the agreement to sign, the days to confirm, what came of it. None needs an account; opening one writes nothing."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView

from desaga.accounts.queries import workspaces
from desaga.documents.out import PAPERS, Block, Imprint
from desaga.organisations.refusals import Refused
from desaga.tenancy.context import enter
from desaga.ui.fonts import font_files

from ..awarding import Letter
from ..models import Award, AwardLetter
from ..operations import agreements
from ..papers import agreement_paper, text_blocks
from ..queries import awards as queries

GONE = 410


def paper(blocks: list[Block], title: str, organisation: Any) -> HttpResponse:
    """A PDF/UA to keep; no machine on the way keeps it."""
    format = PAPERS["pdf"]
    content = format.write_paper(blocks, Imprint(title, organisation.name, timezone.localdate(), font_files()))
    name = f"{slugify(title)[:80]}.{format.ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=format.media_type, headers=headers)


@method_decorator(sensitive_post_parameters(), name="dispatch")
@method_decorator(never_cache, name="dispatch")
class LinkView(TemplateView):
    """A page behind the link of a letter. The key is a query word, and a hidden field of the form: paths are what logs hold."""

    kinds: tuple[Letter, ...] = ()
    letter: AwardLetter
    award: Award

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.key = (request.POST if request.method == "POST" else request.GET).get("key", "")
        organisation = workspaces().filter(slug=kwargs["organisation_slug"]).first()
        letter = queries.letter_opened(organisation, self.key, *self.kinds) if organisation else None
        if organisation is None or letter is None:
            return self.render_to_response({"gone": "unknown"}, status=404)
        self.organisation, self.letter, self.award = organisation, letter, letter.award
        self.award.application.organisation = organisation
        enter(organisation, user=self._user)
        if letter.ended_at:
            return self.render_to_response({"gone": "ended", "organisation": organisation}, status=GONE)
        return super().dispatch(request, *args, **kwargs)

    @property
    def _user(self) -> Any:
        return self.request.user if self.request.user.is_authenticated else None

    def here(self) -> str:
        return f"{self.request.path}?{urlencode({'key': self.key})}"

    def perform(self) -> str:
        """Make the one call, and answer what to say. Raise a `Refused` to say no."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            messages.success(request, self.perform())
        except Refused as refusal:
            return self.render_to_response(self.get_context_data(trouble=str(refusal)), status=422)
        return redirect(self.here())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **{
                "key": self.key,
                "organisation": self.organisation,
                "award": self.award,
                "application": self.award.application,
                "typed": self.request.POST,
                **kwargs,
            }
        )


class SignAgreementView(LinkView):
    """The whole text, and one press. What is signed is what was shown."""

    template_name = "placements/sign_agreement.html"
    kinds = agreements.LINKS

    def perform(self) -> str:
        data = self.request.POST
        agreements.sign(
            link=self.letter,
            name=data.get("name", ""),
            seen=data.get("seen", ""),
            agrees=data.get("agrees") == "yes",
            actor=self._user,
        )
        return "Thank you. Your name stands under the agreement."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        signature = queries.signature_of(self.letter)
        if signature is None:
            raise Http404
        agreement = signature.agreement
        blocks = [(type(block).__name__, block) for block in text_blocks(agreement.text)]
        signatures = list(agreement.signatures.all())
        return super().get_context_data(
            signature=signature, agreement=agreement, blocks=blocks, signatures=signatures, **kwargs
        )


class TakeAgreementOutView(LinkView):
    """The agreement as a file, for whoever has a link to it."""

    template_name = "placements/sign_agreement.html"
    kinds = agreements.LINKS
    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        signature = queries.signature_of(self.letter)
        if signature is None:
            raise Http404
        return paper(agreement_paper(signature.agreement), str(signature.agreement), self.organisation)
