"""What a file of evidence may be, and looking at one by its content. Pure Python, for files that nobody vouches for.

`looked_at` does it in a child process with limits; `scanning` asks a virus scanner.
"""

from .kinds import ACCEPTED, KIND_BY_SUFFIX, FileKind
from .looking import FileIsNotTaken, LookedAt, looked_at

__all__ = ["ACCEPTED", "KIND_BY_SUFFIX", "FileIsNotTaken", "FileKind", "LookedAt", "looked_at"]
