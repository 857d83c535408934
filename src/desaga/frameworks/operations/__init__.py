"""What a person can do with the organisation's own frameworks."""

from .editions import (
    begin_edition,
    change_edition,
    discard_draft,
    put_in_use,
    take_out_of_use,
    write_mapping,
)
from .wording import ChangedMeanwhile, write_principles

__all__ = [
    "ChangedMeanwhile",
    "begin_edition",
    "change_edition",
    "discard_draft",
    "put_in_use",
    "take_out_of_use",
    "write_mapping",
    "write_principles",
]
