"""What the applicant's page says of an award: see `templates/placements/parts/award.html`."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from ..awarding import ClaimKind
from ..models import Application, Award
from ..states import ApplicationState
from . import after
from . import awards as queries
from .shown import told_of

_S = ApplicationState
UNDER_WAY = (_S.AGREED, _S.REPORTED, _S.CLOSED)


def award_told(application: Application) -> dict[str, Any] | None:
    """None where nothing was offered."""
    award = queries.award_of(application)
    if award is None:
        return None
    state = application.state
    told: dict[str, Any] = {
        "award": award,
        "state": state,
        "is_late": state == _S.OFFERED and award.accept_by < timezone.localdate(),
        "holding": queries.agreement_holding(award),
        "waiting": queries.agreement_waiting(award),
        "change": queries.change_asked(award),
        "may_change": state in (_S.ACCEPTED, _S.AGREED),
        "changes": queries.changes_told(award),
        # Days are confirmed where somebody was asked for the place, or signs for it.
        "has_days": application.definition.needs_agreement
        or any(one.asks == "place" for one in application.definition.approvers),
        "is_called_off": state == _S.CALLED_OFF,
        "is_under_way": state in UNDER_WAY,
    }
    if state in UNDER_WAY:
        return told | _money(award, state) | _afterwards(award, state)
    return told | _money(award, state) if state == _S.CALLED_OFF else told


def _money(award: Award, state: str) -> dict[str, Any]:
    claims = [one for one in queries.claims_of(award) if one.state != "withdrawn"]
    is_open = award.claims_until is not None and award.claims_until >= timezone.localdate()
    may_claim = state in (_S.AGREED, _S.REPORTED) or state == _S.CALLED_OFF and is_open
    asked = any(
        one.kind == ClaimKind.ADVANCE and one.state in ("sent", "approved", "written", "returned") for one in claims
    )
    return {
        "purse": award.purse,
        "claims": claims,
        "may_claim": may_claim and award.purse.left + award.purse.outstanding > 0,
        "may_ask_advance": may_claim and state == _S.AGREED and award.application.definition.advance and not asked,
    }


def _afterwards(award: Award, state: str) -> dict[str, Any]:
    is_over = award.ends_on is not None and award.ends_on <= timezone.localdate()
    return {
        "report": after.report_of(award),
        "may_report": state == _S.AGREED,
        "is_over": is_over,
        "attendance": after.attendance_of(award),
        "sessions": list(after.sessions_of(award)),
        "may_tell": state in (_S.REPORTED, _S.CLOSED),
        "story": after.story_of(award),
        "past": told_of(award),
        "outcomes": [one for one in after.outcomes_of(award) if one.answered_at],
        "asked": [one for one in after.outcomes_of(award) if not one.answered_at],
    }
