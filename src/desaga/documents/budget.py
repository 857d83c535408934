"""Counting what has been read, so that a monstrous file is cut off with a notice instead of filling the memory."""

from __future__ import annotations

from dataclasses import dataclass, field

from .kinds import notice
from .limits import Limits
from .model import Notice


@dataclass(slots=True)
class Budget:
    limits: Limits
    cells: int = 0
    characters: int = 0
    cut: list[Notice] = field(default_factory=list)

    @property
    def spent(self) -> bool:
        return bool(self.cut)

    def take(self, cells: int = 1, characters: int = 0) -> bool:
        """Whether so much more may be read; the first refusal leaves a notice in `cut`."""
        self.cells += cells
        self.characters += characters
        if self.cells > self.limits.cells:
            self.stop(f"the first {self.limits.cells:,} cells and lines")
        elif self.characters > self.limits.characters:
            self.stop(f"the first {self.limits.characters:,} characters")
        return not self.cut

    def stop(self, what: str) -> None:
        if not self.cut:
            self.cut.append(notice("cut_off", what=what))
