"""What can be read of frameworks, shipped and of the organisation's own. All answer within the current scope."""

from .editions import edition, editions_listed, moves_of, principles_of, wordings_before, wordings_of
from .known import FrameworkKnown, framework_known, frameworks_known, principles_read, succession, successions

__all__ = [
    "FrameworkKnown",
    "edition",
    "editions_listed",
    "framework_known",
    "frameworks_known",
    "moves_of",
    "principles_of",
    "principles_read",
    "succession",
    "successions",
    "wordings_before",
    "wordings_of",
]
