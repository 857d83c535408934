"""Two plans beside each other: what was proposed as a predecessor is confirmed or refused by a person."""

from __future__ import annotations

import re
from typing import Any

from django.core.paginator import Paginator
from django.utils.functional import cached_property

from desaga.organisations.doors import PressView, WorkspaceView

from ..forms import CompareForm
from ..models import Plan
from ..operations import lineage
from ..queries import predecessors as reads
from ..queries.lineage import plans_to_compare
from ..states import GOES_ON
from .plans import PlanMixin

PAIRS_A_PAGE = 20
PAIR = re.compile(r"(\d{1,18})-(\d{1,18})(?:-(\w+))?")


class PredecessorsMixin(PlanMixin):
    permission = "plans.edit_plan"
    tab = "plans:show_plan_closing"

    @cached_property
    def plans(self) -> list[Plan]:
        return list(plans_to_compare(self.plan))

    def earlier(self, pk: str) -> Plan | None:
        return reads.earlier_plan_of(self.plan, pk, self.plans)


class ReviewPredecessorsView(PredecessorsMixin, WorkspaceView):
    """The pairs that are proposed, the best first; what is confirmed; what is new; what has no successor."""

    template_name = "plans/review_predecessors.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        before = self.earlier(self.request.GET.get("before", ""))
        told: dict[str, Any] = {}
        if before:
            found = reads.between(before, self.plan)
            page = Paginator(found.proposed, PAIRS_A_PAGE).get_page(self.request.GET.get("page"))
            pairs = list(page.object_list)
            after = [*pairs[1:], *pairs[-1:]]
            rows = [(one, nxt.key, found.near.get(one.later.pk, ())) for one, nxt in zip(pairs, after, strict=True)]
            told = {"found": found, "page_obj": page, "rows": rows}
        fates = [(one.value, one.label) for one in GOES_ON]
        form = CompareForm({"before": before.pk if before else ""}, plans=self.plans)
        return super().get_context_data(
            before=before, plans=self.plans, compare_form=form, fates=fates, **told, **kwargs
        )


class AnswerPredecessorsView(PredecessorsMixin, PressView):
    """Confirm or refuse pairs, of one row or of all that are ticked; take a link back; let refused ones be proposed again."""

    def back(self) -> str:
        before, goes_on = (self.request.POST.get(name, "") for name in ("before", "goes_on"))
        here = f"{self.address('plans:review_predecessors', plan_pk=self.plan.pk)}?before={before if before.isdecimal() else ''}"
        return f"{here}#p-{goes_on}" if PAIR.fullmatch(goes_on) else here

    def perform(self) -> str:
        word = self.request.POST.get("do", "")
        if word == "forget":
            return self.forget()
        asked = [PAIR.fullmatch(one) for one in self.request.POST.getlist("pair")]
        fate = self.request.POST.get("fate", "")
        pairs = [(int(one[1]), int(one[2]), fate or one[3] or "") for one in asked if one]
        told: dict[str, Any] = {"actor": self.request.user, "plan": self.plan}
        if word == "refuse":
            number = lineage.refuse_predecessors(**told, pairs=[(one, two) for one, two, _ in pairs])
            return f"{number} refused. {'It is' if number == 1 else 'They are'} proposed no more."
        number = lineage.confirm_predecessors(**told, pairs=pairs)
        return f"{number} confirmed."

    def forget(self) -> str:
        before = self.earlier(self.request.POST.get("before", ""))
        number = lineage.forget_refusals(actor=self.request.user, earlier=before, later=self.plan) if before else 0
        return f"{number} refused pair{'' if number == 1 else 's'} may be proposed again."
