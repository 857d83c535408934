"""Who carries what of a plan, and saying who is meant."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property

from desaga.organisations.doors import PressView, WorkspaceView
from desaga.organisations.forms import PartyForm
from desaga.organisations.models import Party
from desaga.organisations.queries import units_for_one_per
from desaga.organisations.refusals import Refused

from ..carrying import bar_of, sentence_of
from ..forms import WhoForm
from ..models import ActionOwner
from ..operations import resolving
from ..queries import parties as reads
from ..states import OwnerRole
from .plans import ACTIONS_A_PAGE, PlanMixin

LONGEST_CODE, LONGEST_NAME = 40, 200


class ShowPlanPartiesView(PlanMixin, WorkspaceView):
    """Everybody whom the plan names, who is only words first, with what they carry."""

    template_name = "plans/show_plan_parties.html"
    tab = "plans:show_plan_parties"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        loads = reads.loads_of(self.plan, timezone.localdate())
        most = max((one.going for one in loads), default=0)
        page = Paginator(loads, ACTIONS_A_PAGE).get_page(self.request.GET.get("page"))
        rows = [(one, bar_of(one, most)) for one in page]
        groups = [
            ("Only words so far", [row for row in rows if row[0].party is None]),
            ("Parties", [row for row in rows if row[0].party is not None]),
        ]
        return super().get_context_data(
            groups=groups, total=len(loads), sentence=sentence_of(loads), page_obj=page, **kwargs
        )


class ShowPlanPartyView(PlanMixin, WorkspaceView):
    """What one party carries, by which words the plan means it, and which units it stands for."""

    template_name = "plans/show_plan_party.html"
    tab = "plans:show_plan_parties"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        party = reads.party_of(self.plan, self.kwargs["pk"])
        page = Paginator(reads.carried_actions(self.plan, party), ACTIONS_A_PAGE).get_page(self.request.GET.get("page"))
        rows = [
            (action, ", ".join(role.label for role in OwnerRole if role.value in action.as_roles)) for action in page
        ]
        return super().get_context_data(
            party=party,
            rows=rows,
            page_obj=page,
            words=reads.words_for(self.plan, party),
            units=list(units_for_one_per(party)) if party.one_per else [],
            can_keep=self.request.user.has_perm("organisations.keep_parties", self.organisation),
            **kwargs,
        )


class ResolveWordsView(PlanMixin, WorkspaceView):
    """Say who is meant by words of the plan: a party that is known, or one that is made here."""

    permission = "plans.edit_plan"
    template_name = "plans/resolve_words.html"

    @cached_property
    def owner(self) -> ActionOwner | None:
        return reads.owner_of(self.plan, self.kwargs["pk"])

    @cached_property
    def can_keep(self) -> bool:
        return bool(self.request.user.has_perm("organisations.keep_parties", self.organisation))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.owner is None or self.owner.party_id:
            return self._changed_meanwhile()
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.owner is None or self.owner.party_id:
            return self._changed_meanwhile()
        makes_one = "make" in request.POST
        if makes_one and not self.can_keep:
            raise PermissionDenied("Your role here does not make parties. Choose one that is known, or ask the lead.")
        form = self._party_form(request.POST) if makes_one else WhoForm(request.POST)
        if form.is_valid():
            try:
                return self._perform(form, makes_one)
            except Refused as refusal:
                form.add_error(None, str(refusal))
        forms = {"party_form": form} if makes_one else {"who_form": form}
        return self.render_to_response(self.get_context_data(form=form, **forms))

    def _perform(self, form: Any, makes_one: bool) -> HttpResponse:
        told: dict[str, Any] = {"actor": self.request.user, "plan": self.plan, "said": self.owner.said}  # type: ignore[union-attr]
        if makes_one:
            party: Party = resolving.resolve_words_anew(**told, **form.cleaned_data)
        else:
            party = form.cleaned_data["party"]
            resolving.resolve_words(**told, party=party)
        messages.success(self.request, f"{self.shown_words} means {party.name} from now on, wherever the plan says so.")
        return redirect(self.address("plans:show_plan_party", plan_pk=self.plan.pk, pk=party.pk))

    @property
    def shown_words(self) -> str:
        line = " ".join(self.owner.short.split())  # type: ignore[union-attr]
        return f"“{line}”" if len(line) <= 80 else f"“{line[:79].rsplit(' ', 1)[0]}…”"

    def _changed_meanwhile(self) -> HttpResponse:
        messages.info(self.request, "Somebody has said meanwhile who that is, or the action says it no more.")
        return redirect(self.address("plans:show_plan_parties", plan_pk=self.plan.pk))

    def _party_form(self, data: Any = None) -> PartyForm:
        owner = self.owner
        line = " ".join(owner.text.split())  # type: ignore[union-attr]
        known = {"name": line[:LONGEST_NAME], "code": owner.code[:LONGEST_CODE], "kind": owner.kind}  # type: ignore[union-attr]
        return PartyForm(data, initial=known, organisation=self.organisation, prefix="new")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("who_form", WhoForm())
        if self.can_keep:
            kwargs.setdefault("party_form", self._party_form())
        number = reads.owners_saying(self.plan, self.owner.said, None).values("action").distinct().count()  # type: ignore[union-attr]
        return super().get_context_data(words=self.shown_words, number=number, **kwargs)


class UnresolveWordsView(PlanMixin, PressView):
    """Take back who is meant by words of the plan."""

    permission = "plans.edit_plan"

    def perform(self) -> str:
        owner = reads.owner_of(self.plan, self.kwargs["pk"])
        if owner is None or owner.party is None:
            raise resolving.NobodySaid
        resolving.unresolve_words(actor=self.request.user, plan=self.plan, said=owner.said, party=owner.party)
        return f"“{' '.join(owner.short.split())[:80]}” is only words again."

    def back(self) -> str:
        return self.address("plans:show_plan_parties", plan_pk=self.plan.pk)
