"""What institutions that use SAML send us, and what we publish for them."""

from __future__ import annotations

import logging
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from desaga.organisations.refusals import Refused
from desaga.tenancy.context import within

from .. import queries
from ..models import Provider
from ..operations.answers import keep_answer
from ..saml.answers import in_response_to
from ..saml.asking import our_metadata
from ..saml.refusals import AnswerRefused
from ..saml_sign_in import asked_of, ourselves_at, read_answer
from .signing_in import refuse

LONGEST_STATE = 100
LOST, SEE_OTHER = 400, 303
logger = logging.getLogger(__name__)


class ShowOurMetadataView(View):
    """Who we are, for federations and institutions' IT services."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest) -> HttpResponse:
        data = our_metadata(ourselves_at(request.build_absolute_uri()), name="Desaga")
        return HttpResponse(data, content_type="application/samlmetadata+xml")


# The institution's page posts it; what it holds is signed, and counts only in the browser that asked for it.
@method_decorator([csrf_exempt, never_cache], name="dispatch")
class ReceiveAnswerView(View):
    """The answer comes from another site, so without the session's cookie. It is verified here and kept; the browser then fetches
    it with a request of its own, which carries the session that remembers what was asked."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        encoded, state = request.POST.get("SAMLResponse", ""), request.POST.get("RelayState", "")[:LONGEST_STATE]
        try:
            request_id = in_response_to(encoded)
            provider = provider_of(request_id)
            key = self.keep(request, encoded, provider, request_id)
        except AnswerRefused as refusal:
            logger.warning("sign-in: an answer was refused: %s", refusal.because)
            return refuse(request, str(refusal), LOST)
        except Refused as refusal:
            return refuse(request, str(refusal), LOST)
        address = reverse("federation:finish_sign_in", args=[provider.pk])
        return HttpResponseRedirect(f"{address}?{urlencode({'state': state, 'answer': key})}", status=SEE_OTHER)

    def keep(self, request: HttpRequest, encoded: str, provider: Provider, request_id: str) -> str:
        answer, content = read_answer(encoded, provider, request.build_absolute_uri(), request_id)
        with within(provider.organisation):
            return keep_answer(
                provider=provider,
                assertion_id=answer.assertion_id,
                request_id=request_id,
                content=content,
                expires_at=answer.expires_at,
                now=timezone.now(),
            )


def provider_of(request_id: str) -> Provider:
    """Of whom we asked: the number is signed, so a sign-in that is off can be tried by its lead."""
    organisation_id, provider_id = asked_of(request_id)
    provider = queries.provider_asked(organisation_id, provider_id)
    if provider is None:
        raise Http404("There is no such sign-in.")
    return provider
