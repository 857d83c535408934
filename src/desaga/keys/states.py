"""What a key opens, and what may become of it."""

from django.db.models import TextChoices


class Scope(TextChoices):
    """What a program may read with a key. Each scope opens reading only."""

    ORGANISATIONS = "organisations:read", "The directory of organisations"
    FRAMEWORKS = "frameworks:read", "Frameworks and their principles"
    PLANS_PUBLIC = "plans:read-public", "Plans without people, comments and sources"
    PLANS = "plans:read", "Plans with everything in them"
    FIGURES_PUBLIC = "workforce:read-public", "Workforce feed: figures as the public reads them"
    FIGURES = "workforce:read-internal", "Workforce feed: figures as read inside the organisation"


class KeyState(TextChoices):
    """Only a key that holds opens anything."""

    HOLDS = "holds", "Holds"
    ENDED = "ended", "Ended"
    REVOKED = "revoked", "Taken back"


TONES = {KeyState.HOLDS: "going", KeyState.ENDED: "stopped", KeyState.REVOKED: "stopped"}
