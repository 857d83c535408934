"""The kinds that there are, in the words people use for them."""

from django.db.models import TextChoices


class LineKind(TextChoices):
    STAFF = "staff", "Staff time"
    TRAINING = "training", "Training and development"
    EVENTS = "events", "Events"
    AWARDS = "awards", "Awards and recognition"
    EQUIPMENT = "equipment", "Equipment"
    TRAVEL = "travel", "Travel"
    OTHER = "other", "Other"


class EntryKind(TextChoices):
    """An order or a promise is committed; once it is paid, the same entry is spent, with what was paid."""

    COMMITTED = "committed", "Committed"
    SPENT = "spent", "Spent"
