"""Writing to somebody who is listed: their address is told to nobody."""

from __future__ import annotations

from typing import Any

from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.views.decorators.debug import sensitive_post_parameters

from desaga.accounts.views.open_forms import AskedTooOften, OpenFormView, asks_too_often

from .. import operations, queries
from ..forms import WriteForm
from ..models import Listing

#: So many messages may one person get.
PER_PERSON = "20/d"


@method_decorator(sensitive_post_parameters("email", "name", "words"), name="dispatch")
class WriteView(OpenFormView):
    template_name = "directory/write.html"
    form_class = WriteForm
    group, per_computer = "directory", "10/h"

    @cached_property
    def listing(self) -> Listing:
        return queries.listing_or_404(self.kwargs["owner"], self.kwargs["pk"], localdate())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(listing=self.listing, organisation=self.listing.organisation, **kwargs)

    def perform(self, form: WriteForm) -> None:
        if asks_too_often(self.request, "directory-person", str(self.listing.pk), PER_PERSON):
            raise AskedTooOften
        operations.relay(listing=self.listing, **form.cleaned_data)
