"""Adding a sign-in by SAML: one's institution out of a federation, or its metadata handed in."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404

from desaga.organisations.doors import WorkspaceView

from .. import queries
from ..forms import FederatedForm, FindForm, MetadataForm
from ..models import FederatedInstitution, Provider
from ..operations import providers
from ..states import Kind
from .providers import AddProviderView, SignInMixin

ROWS_A_PAGE = 20


class FindInstitutionToAddView(SignInMixin, WorkspaceView):
    template_name = "federation/find_institution_to_add.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = self.request.GET.get("q", "").strip()[:200]
        form = FindForm({"q": words})
        form.fields["q"].label = "The name of your institution"
        page = Paginator(queries.institutions_found(words), ROWS_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            words=words, form=form, page_obj=page, federations=queries.federations_listed(), **kwargs
        )


class AddSamlView(AddProviderView):
    kind = Kind.SAML
    goes_to = "federation:find_institution_to_add"


class AddFromMetadataView(AddSamlView):
    form_class = MetadataForm
    title = "Add a sign-in by SAML"


class AddFromFederationView(AddSamlView):
    form_class = FederatedForm

    def institution(self) -> FederatedInstitution:
        return get_object_or_404(queries.institutions_listed(), pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        return {"name": self.institution().name[:120]}

    def perform(self, form: FederatedForm) -> Provider:
        institution = self.institution()
        self.made = providers.add_provider(
            actor=self.request.user,
            organisation=self.organisation,
            kind=self.kind,
            issuer=institution.entity_id,
            settings={"federation": institution.federation_id},
            **form.fields_of_provider(),
        )
        return self.made

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "title": f"Add {self.institution()}"}
