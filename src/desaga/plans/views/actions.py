"""Pages about one action."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.utils.functional import cached_property

from desaga.evidence.queries import Summary
from desaga.organisations.doors import PressView, WorkspaceFormView, WorkspaceMixin, WorkspaceView

from .. import queries
from ..elsewhere import elsewhere_shown, sentence
from ..forms import ActionForm
from ..interchange import action_as_data, blank_action
from ..models import Action, Doubt, Plan
from ..operations import actions
from ..presenting import field_label, shown_changes
from ..queries.actions import rare_parts
from ..queries.closing import lineage_of, outcome_of, sources_of
from ..queries.evidence import evidence_shown
from ..queries.measures import measures_of, offers_of
from ..queries.proposals import study_theme_of
from ..queries.published import actions_elsewhere
from ..queries.reporting import reporting_rule
from ..queries.units import answers_around
from ..queries.usual import checks_of_usual, plans_taking_in
from ..queries.waiting import waiting_for
from ..reviewing import moment_in
from ..sections import sections_of
from ..states import Basis, Fate, OwnerRole, PlanState
from .plans import PlanMixin, at_home

LONGEST_PRINCIPLE = 400


#: Of an action that nothing serves yet.
NONE = Summary(0, 0)


class ActionMixin(WorkspaceMixin):
    """A page about one action."""

    permission = "plans.see_plans"
    section = "plans"

    read = staticmethod(queries.action)

    @cached_property
    def action(self) -> Action:
        action = self.read(self.kwargs["plan_pk"], self.kwargs["pk"])  # type: ignore[attr-defined]
        at_home(action.plan, self.organisation)
        return action

    def asked_about(self) -> Any:
        return self.action.plan if self.permission == "plans.edit_plan" else self.organisation

    def back(self) -> str:
        return self.address("plans:show_action", plan_pk=self.action.plan_id, pk=self.action.pk)


class ShowActionView(ActionMixin, WorkspaceView):
    template_name = "plans/show_action.html"
    read = staticmethod(queries.action_whole)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        action = self.action
        before, after = queries.neighbours(action)
        titles = queries.principle_titles(action.plan)
        aligned = sorted(action.alignments.all(), key=lambda a: a.framework)
        has = rare_parts(action)
        answers, answered_by = answers_around(action) if "answers" in has else ([], [])
        measures, proposed = measures_of(action, self.request.user)
        evidence, evidence_summary = evidence_shown(action, self.request.user) if "evidence" in has else ([], NONE)
        came_from, became = lineage_of(action) if "lineage" in has else ([], [])
        can_edit = self.request.user.has_perm("plans.edit_plan", action.plan)
        doubts = [(doubt, field_label(doubt.field)) for doubt in action.doubts.all()]
        return super().get_context_data(
            action=action,
            plan=action.plan,
            owners=[(role.label, [o for o in action.owners.all() if o.role == role]) for role in OwnerRole],
            alignments=[
                (name, [(a, titles.get((a.framework, a.code), "")) for a in rows])
                for name, rows in groupby(aligned, key=lambda a: a.framework)
            ],
            open_doubts=[pair for pair in doubts if not pair[0].settled_at],
            settled_doubts=[pair for pair in doubts if pair[0].settled_at],
            changes=shown_changes(queries.history_of(action)),
            reported=reporting_rule()[action.status, action.rag],
            measures=measures,
            offers=offers_of(action, proposed, self.request.user) if can_edit else [],
            evidence=evidence,
            evidence_summary=evidence_summary,
            came_from=came_from,
            became=became,
            outcome=outcome_of(action) if "outcome" in has else None,
            sources=list(sources_of(action)) if "sources" in has else [],
            usual_checks=list(checks_of_usual(action)) if action.business_as_usual else [],
            waiting=list(waiting_for(action)) if "waiting" in has else [],
            answers=answers,
            answered_by=answered_by,
            sections=sections_of(action),
            before=before,
            after=after,
            can_edit=can_edit,
            went_on=(went_on := any(link.fate != Fate.RELATED for link in became)),
            take_into=None if went_on or not can_edit else self.take_into(),
            study_theme=study_theme_of(action),
            can_update=action.plan.state != PlanState.CLOSED
            and self.request.user.has_perm("plans.give_update", action),
            can_bring_in=self.request.user.has_perm("plans.bring_in", self.organisation),
            **kwargs,
        )

    def take_into(self) -> Plan | None:
        """The plan at work into which business as usual of a closed plan may be taken."""
        plan = self.action.plan
        if not self.action.business_as_usual or plan.state != PlanState.CLOSED:
            return None
        into = plans_taking_in([plan]).get(plan.pk)
        return into if into and self.request.user.has_perm("plans.edit_plan", into) else None


class ShowElsewhereView(ActionMixin, WorkspaceView):
    """Who else did this, and did it work? Actions like it in others' published plans."""

    template_name = "plans/show_elsewhere.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = actions_elsewhere(self.action)
        return super().get_context_data(
            action=self.action, plan=self.action.plan, rows=elsewhere_shown(found), sentence=sentence(found), **kwargs
        )


class ActionFormView(WorkspaceFormView):
    """A form of everything that an action is."""

    permission = "plans.edit_plan"
    section = "plans"
    template_name = "plans/action_form.html"
    form_class = ActionForm
    with_standing = True

    def get_form(self, form_class: Any = None) -> ActionForm:
        kwargs = self.get_form_kwargs()
        kwargs.pop("initial")
        themes = [(theme.code or theme.title, theme.name) for theme in queries.themes_of(self.plan)]
        return ActionForm(**kwargs, themes=themes, data_now=self.data_now(), with_standing=self.with_standing)

    def data_now(self) -> dict[str, Any] | None:
        return None


class AddActionView(PlanMixin, ActionFormView):
    permission = "plans.edit_plan"
    title = "Add an action"
    button = "Add the action"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(feedback_url=self.address("plans:add_feedback", plan_pk=self.plan.pk), **kwargs)

    def data_now(self) -> dict[str, Any] | None:
        """A new action that answers what the address names: a framework and a code, with a middle dot between."""
        framework, _, code = self.request.GET.get("answers", "")[:LONGEST_PRINCIPLE].rpartition(" · ")
        if not code:
            return None
        answers = {"framework": framework or None, "code": code, "text": code, "basis": Basis.CELL.value}
        return {**blank_action(), "alignments": [answers]}

    def perform(self, form: ActionForm) -> None:
        self.added = actions.add_action(actor=self.request.user, plan=self.plan, data=form.as_data())

    def back(self) -> str:
        return self.address("plans:show_plan", plan_pk=self.plan.pk)

    def get_success_url(self) -> str:
        messages.success(self.request, "The action is added.")
        return self.address("plans:show_action", plan_pk=self.plan.pk, pk=self.added.pk)


class EditActionView(ActionMixin, ActionFormView):
    read = staticmethod(queries.action_whole)
    permission = "plans.edit_plan"
    title = "Change the action"
    button = "Save the action"
    said = "The action is saved."
    # What it is, not how it goes: that is another screen, and another permission.
    with_standing = False

    @property
    def plan(self) -> Any:
        return self.action.plan

    def data_now(self) -> dict[str, Any]:
        return action_as_data(self.action)

    @cached_property
    def seen(self) -> datetime:
        """When the action that this page showed was changed last."""
        return moment_in(self.request.POST.get("seen")) or self.action.changed_at

    def perform(self, form: ActionForm) -> None:
        actions.edit_action(actor=self.request.user, action=self.action, data=form.as_data(), seen=self.seen)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = self.action.changed_at
        since = queries.history_of(self.action).filter(at__gte=self.seen) if now != self.seen else ()
        # The next press knows of what is shown here.
        return super().get_context_data(
            action=self.action, plan=self.plan, seen=now, meanwhile=shown_changes(since), **kwargs
        )


class SettleDoubtView(PressView):
    """Tick a doubt off."""

    permission = "plans.edit_plan"
    section = "plans"

    @cached_property
    def doubt(self) -> Doubt:
        return queries.doubt(self.kwargs["plan_pk"], self.kwargs["pk"], self.kwargs["doubt_pk"])

    def asked_about(self) -> Any:
        return at_home(queries.plan(self.kwargs["plan_pk"]), self.organisation)

    def perform(self) -> str:
        actions.settle_doubt(actor=self.request.user, doubt=self.doubt)
        return ""

    def back(self) -> str:
        return self.address("plans:show_action", plan_pk=self.doubt.plan_id, pk=self.doubt.action_id)
