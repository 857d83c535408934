"""What may become of an invitation."""

from django.db.models import TextChoices


class InvitationState(TextChoices):
    """Only an open invitation lets somebody in. An open or a lapsed one can be sent again, which opens it anew."""

    OPEN = "open", "Waiting for an answer"
    LAPSED = "lapsed", "Lapsed"
    ACCEPTED = "accepted", "Accepted"
    REVOKED = "revoked", "Taken back"


CAN_BE_SENT_AGAIN = (InvitationState.OPEN, InvitationState.LAPSED)
CAN_BE_TAKEN_BACK = (InvitationState.OPEN, InvitationState.LAPSED)
