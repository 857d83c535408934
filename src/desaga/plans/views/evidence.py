"""An action's evidence: giving it, using a piece that is there already, and no longer."""

from __future__ import annotations

from typing import Any

from desaga.evidence.forms import GiveEvidenceForm
from desaga.evidence.records import offered_near
from desaga.organisations.doors import PressView, WorkspaceFormView

from ..forms.evidence import UseEvidenceForm
from ..operations import evidence as operations
from ..queries import evidence as queries
from .actions import ActionMixin


class ActionEvidenceFormView(ActionMixin, WorkspaceFormView):
    permission = "plans.give_update"

    def asked_about(self) -> Any:
        return self.action

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(action=self.action, plan=self.action.plan, **kwargs)


class GiveEvidenceView(ActionEvidenceFormView):
    """A file, a link or a record, for this action."""

    template_name = "plans/give_evidence.html"
    form_class = GiveEvidenceForm
    title = "Give evidence"
    button = "Give it"
    said = "The evidence is kept. Those who run the programme look at it."

    def get_initial(self) -> dict[str, Any]:
        return {"given_by": self.request.user.get_full_name()}  # type: ignore[union-attr]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "offered": offered_near(self.action)}

    def perform(self, form: GiveEvidenceForm) -> None:
        user, given_by = self.request.user, form.cleaned_data["given_by"]
        operations.give_evidence(
            actor=user, action=self.action, piece=form.piece, given_by=given_by,
            person=user.person if given_by == user.get_full_name() else None,  # type: ignore[union-attr]
            submission=form.cleaned_data["submission"],
        )  # fmt: skip

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        has_others = queries.other_evidence(self.action, self.request.user).exists()
        return super().get_context_data(has_others=has_others, **kwargs)


class UseEvidenceView(ActionEvidenceFormView):
    """Recorded once, counted many times."""

    template_name = "plans/use_evidence.html"
    form_class = UseEvidenceForm
    title = "Use evidence that is there already"
    button = "Use it here too"
    said = "It serves this action too."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "choices": queries.other_evidence(self.action, self.request.user)}

    def perform(self, form: UseEvidenceForm) -> None:
        operations.use_evidence(actor=self.request.user, action=self.action, evidence=form.cleaned_data["evidence"])


class StopUsingEvidenceView(ActionMixin, PressView):
    """One press: the piece stays, and serves this action no longer."""

    permission = "plans.give_update"

    def asked_about(self) -> Any:
        return self.action

    def perform(self) -> str:
        use = queries.evidence_use(self.action, self.kwargs["evidence_pk"])
        operations.stop_using(actor=self.request.user, use=use)
        return "It serves this action no longer. The evidence itself is kept."
