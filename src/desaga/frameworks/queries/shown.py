"""One framework as its page shows it, shipped or of the organisation's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404

from ..models import Edition, EditionChange
from ..moving import RELATION_WORDS, Move, Succession, Trouble, troubles
from ..shipped import Framework, shipped_frameworks
from ..wordings import Wording
from .editions import edition as edition_of_key
from .editions import moves_of, principles_of, wordings_before, wordings_of
from .known import successions


@dataclass(frozen=True, slots=True)
class Shown:
    """A framework with its principles, and the edition where it is the organisation's own."""

    key: str
    name: str
    kind: str
    version: str
    source: str
    principles: Sequence[Wording]
    edition: Edition | None = None

    @property
    def source_is_address(self) -> bool:
        return self.source.startswith(("https://", "http://"))


def framework(key: str) -> Shown:
    """The framework that an address names, or 404."""
    shipped = next((one for one in shipped_frameworks() if one.key == key), None)
    return _shipped(shipped) if shipped else _own(edition_of_key(key))


def _shipped(one: Framework) -> Shown:
    principles = [Wording(p.code, p.title, "", p.names, p.optional) for p in one.principles]
    return Shown(one.key, one.name, one.kind, one.version, one.source, principles)


def _own(one: Edition) -> Shown:
    return Shown(one.key, one.name, one.kind, one.version, one.source, wordings_of(principles_of(one)), one)


def history_of(edition: Edition) -> list[EditionChange]:
    """How an edition came to be in the state in which it is, the latest first."""
    return list(EditionChange.objects.filter(edition=edition).select_related("by"))


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An edition before or after another one: its key, if it is known here, and its name."""

    name: str
    key: str = ""


def neighbours_of(shown: Shown, *, with_drafts: bool) -> tuple[Neighbour | None, list[Neighbour]]:
    """The edition that a framework follows, and those that follow it."""
    before = after = None
    for one in successions():
        before = one.old_name if one.new_name == shown.name else before
        after = one.new_name if one.old_name == shown.name else after
    keys = {one.name: one.key for one in shipped_frameworks()} | {one.name: one.key for one in Edition.objects.all()}
    drafts = Edition.objects.filter(state="draft")
    drafts = drafts.filter(replaces=shown.edition) if shown.edition else drafts.filter(replaces_name=shown.name)
    if shown.edition and shown.edition.is_draft and shown.edition.follows:
        before = shown.edition.replaces.name if shown.edition.replaces else shown.edition.replaces_name
    found = [after] if after else []
    found += [one.name for one in drafts] if with_drafts else []
    return Neighbour(before, keys.get(before, "")) if before else None, [Neighbour(n, keys.get(n, "")) for n in found]


@dataclass(frozen=True, slots=True)
class MappingRow:
    """One old principle beside what becomes of it."""

    old: Wording
    move: Move | None
    trouble: str = ""

    @property
    def words(self) -> str:
        """How it goes on, in words."""
        return RELATION_WORDS[self.move.relation] if self.move else ""


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a framework follows the edition before it, as far as that is said."""

    before: str
    rows: Sequence[MappingRow]
    additions: Sequence[Wording]

    @property
    def undecided(self) -> int:
        return sum(1 for row in self.rows if row.trouble)


def mapping_of(shown: Shown) -> Mapping | None:
    """The mapping towards a framework, own or shipped; None where it follows nothing."""
    if shown.edition is not None:
        return _own_mapping(shown.edition, shown.principles) if shown.edition.follows else None
    found = next((one for one in successions() if one.new_name == shown.name), None)
    old = next((one for one in shipped_frameworks() if found and one.name == found.old_name), None)
    return _mapping(_shipped(old).principles, shown.principles, found) if old and found else None


def _own_mapping(edition: Edition, principles: Sequence[Wording]) -> Mapping:
    before = edition.replaces.name if edition.replaces else edition.replaces_name
    return _mapping(wordings_before(edition), principles, Succession(before, edition.name, tuple(moves_of(edition))))


def _mapping(old: Sequence[Wording], new: Sequence[Wording], told: Succession) -> Mapping:
    wrong: list[Trouble] = troubles(told.moves, old=[row.code for row in old], new=[row.code for row in new])
    sentences = {trouble.old: trouble.sentence for trouble in wrong}
    added = set(told.additions(row.code for row in new))
    rows = [MappingRow(row, told.for_code(row.code), sentences.get(row.code, "")) for row in old]
    return Mapping(told.old_name, rows, [row for row in new if row.code in added])


def framework_or_404(key: str, *, with_drafts: bool) -> Shown:
    """The framework that an address names; a draft is there only for those who keep frameworks."""
    found = framework(key)
    if found.edition is not None and found.edition.is_draft and not with_drafts:
        raise Http404("There is nothing here that is open to you.")
    return found
