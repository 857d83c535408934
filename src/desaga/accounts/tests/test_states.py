from datetime import UTC, datetime, timedelta

import pytest

from desaga.accounts.models import Invitation
from desaga.accounts.states import CAN_BE_SENT_AGAIN, CAN_BE_TAKEN_BACK, InvitationState

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER, EARLIER = NOON + timedelta(days=1), NOON - timedelta(days=1)


@pytest.mark.parametrize(
    ("expires_at", "accepted_at", "revoked_at", "state"),
    [
        (LATER, None, None, InvitationState.OPEN),
        (NOON, None, None, InvitationState.LAPSED),
        (EARLIER, None, None, InvitationState.LAPSED),
        (LATER, EARLIER, None, InvitationState.ACCEPTED),
        (EARLIER, EARLIER, None, InvitationState.ACCEPTED),
        (LATER, None, EARLIER, InvitationState.REVOKED),
        (EARLIER, None, EARLIER, InvitationState.REVOKED),
    ],
)
def test_what_has_become_of_an_invitation(expires_at, accepted_at, revoked_at, state):
    invitation = Invitation(expires_at=expires_at, accepted_at=accepted_at, revoked_at=revoked_at)
    assert invitation.state_at(NOON) == state


@pytest.mark.parametrize(
    ("state", "again", "back"),
    [
        (InvitationState.OPEN, True, True),
        (InvitationState.LAPSED, True, True),
        (InvitationState.ACCEPTED, False, False),
        (InvitationState.REVOKED, False, False),
    ],
)
def test_what_may_follow(state, again, back):
    assert (state in CAN_BE_SENT_AGAIN) is again
    assert (state in CAN_BE_TAKEN_BACK) is back
