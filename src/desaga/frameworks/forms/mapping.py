"""What becomes of each old principle: a row of choices for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from ..moving import Move, Relation
from ..states import RELATIONS
from ..wordings import Wording

MOST_TARGETS = 20


class MappingForm(forms.Form):
    """How each principle of the edition before goes on in this one: what is said so far, else what is proposed."""

    def __init__(
        self,
        data: Any = None,
        *args: Any,
        old: Sequence[Wording],
        new: Sequence[Wording],
        moves: Mapping[str, Move],
        proposals: Mapping[str, Move],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, *args, **kwargs)
        self.old = list(old)
        self.targets = [("", "Nothing"), *((row.code, _label(row)) for row in new)]
        for at, row in enumerate(self.old):
            self._add_row(at, row, moves.get(row.code) or proposals.get(row.code))
        self.proposed = proposals.keys() - moves.keys()

    def _add_row(self, at: int, row: Wording, move: Move | None) -> None:
        self.fields[f"relation-{at}"] = forms.ChoiceField(
            label=f"How {row.code} goes on",
            required=False,
            choices=[("", "Not decided yet"), *RELATIONS],
            initial=move.relation.value if move else "",
        )
        reached = move.new if move else ()
        for number in range(self._places(at, len(reached))):
            self.fields[f"new-{at}-{number}"] = forms.ChoiceField(
                label=f"What {row.code} becomes" + (f", {number + 1}" if number else ""),
                required=False,
                choices=self.targets,
                initial=reached[number] if number < len(reached) else "",
            )
        self.fields[f"note-{at}"] = forms.CharField(
            label=f"Note on {row.code}", required=False, max_length=1000, initial=move.note if move else ""
        )

    def _places(self, at: int, reached: int) -> int:
        """Two to choose from, and always one more than are used."""
        sent = sum(1 for number in range(MOST_TARGETS) if f"new-{at}-{number}" in self.data)
        return min(max(2, reached + 1 if reached > 1 else 0, sent), MOST_TARGETS)

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [
            {
                "old": row,
                "is_proposed": row.code in self.proposed,
                "relation": self[f"relation-{at}"],
                "new": [self[name] for name in self.fields if name.startswith(f"new-{at}-")],
                "note": self[f"note-{at}"],
            }
            for at, row in enumerate(self.old)
        ]

    def moves(self) -> list[Move]:
        """What was said of those principles that are decided."""
        data = self.cleaned_data
        found = []
        for at, row in enumerate(self.old):
            if relation := data[f"relation-{at}"]:
                names = [name for name in self.fields if name.startswith(f"new-{at}-")]
                reached = dict.fromkeys(data[name] for name in names if data[name])
                found.append(Move(row.code, tuple(reached), Relation(relation), data[f"note-{at}"]))
        return found


def _label(row: Wording) -> str:
    words = row.title or row.text
    return f"{row.code}: {words[:70]}" if words and words != row.code else row.code
