"""The applicant's page of one application. (Thin: the part that builds applying puts its own in this place.)"""

from __future__ import annotations

from typing import Any

from django.utils.functional import cached_property

from ..models import Application
from ..queries.applications import own_application_or_404
from ..queries.told import award_told
from .own import OwnView


class ShowApplicationView(OwnView):
    template_name = "placements/show_application.html"

    @cached_property
    def application(self) -> Application:
        return own_application_or_404(self.request.user, self.kwargs["scheme_slug"], self.kwargs["reference"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(application=self.application, award_told=award_told(self.application), **kwargs)
