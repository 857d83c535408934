"""Reading what was handed in: where the table is, what its columns may be. The worker does it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

from desaga.tenancy.context import within

from .. import queries
from ..models import Extract, SavedMapping, SealedFile
from ..reading.fields import SEVERAL
from ..reading.propose import columns_of, heads_digest, misfits, proposed_fields, proposed_grain, rivals
from ..reading.table import NoTable, Table, read_table
from ..sealing import seal_of
from ..states import ExtractState, Purpose
from .gate import Turn, move
from .handing import forget

SAMPLES = 3
MOST_VALUES = 300
LONGEST_VALUE = 120
#: Of what was said of files so many are looked at for one like this, the latest first.
MOST_SAVED = 50


def read_extract(*, organisation: Any, actor: Any, extract_id: int) -> None:
    """Find the table and propose a mapping; or refuse the file with a sentence. Nothing where it is not waiting to be read."""
    turn = Turn(organisation, actor, extract_id)
    extract = turn.take(ExtractState.HANDED_IN)
    if extract is None:
        return
    with within(organisation, user=actor):
        seal = seal_of(organisation, Purpose.FILE)
        content = seal.open_file(SealedFile.objects.get(extract=extract).content)
    turn.tick("Opening the file", 0, 0)
    wanted = extract.layout.get("wanted", {})
    try:
        table = read_table(content, extract.name, sheet=wanted.get("sheet", ""), head_row=wanted.get("head_row", 0))
    except NoTable as error:
        with within(organisation, user=actor):
            held = move(turn.finish(ExtractState.HANDED_IN), "refuse", actor=actor, refusal=str(error))
            forget(held)
        return
    # A large file needs no longer be held once for itself and once as a table.
    del content
    turn.tick("Keeping its table", 0, 0)
    profile = profile_of(table)
    with within(organisation, user=actor):
        held = turn.finish(ExtractState.HANDED_IN)
        SealedFile.objects.filter(extract=held).update(
            table=seal.seal_data(table.as_data()), profile=seal.seal_data(profile)
        )
        move(held, "read", actor=actor, **proposal_for(held, table))


def proposal_for(extract: Extract, table: Table) -> dict[str, Any]:
    """The mapping as it was said for these headings, or for most of them; what was never said, as it is proposed."""
    layout: dict[str, Any] = {"rows": len(table.rows), "columns": len(table.heads), "head_row": table.head_row}
    saved = saved_for(table.heads)
    if saved is None:
        columns = proposed_fields(table, extract.year)
        layout |= _doubts(table, columns, extract.year, of=range(len(table.heads)))
        return {"layout": layout, "columns": columns, "grain": proposed_grain(table, columns)}
    said = {n: saved.columns.get(heads_digest([head])) for n, head in enumerate(table.heads)}
    layout["is_saved"], layout["new"] = True, [n for n, key in said.items() if key is None]
    columns = {n: key for n, key in said.items() if key}
    columns |= _proposed_of(table, layout["new"], columns, extract.year)
    layout |= _doubts(table, columns, extract.year, of=layout["new"])
    hours = saved.full_time_hours
    return {"layout": layout, "columns": columns, "grain": saved.grain, "full_time_hours": hours}


def _doubts(table: Table, columns: Mapping[int, str], year: int, *, of: Sequence[int]) -> dict[str, dict[str, str]]:
    """What the page says beside columns that are left out although their heading is known."""
    found = {"rivals": rivals(table.heads, columns), "misfits": misfits(table, columns, year)}
    return {kind: {str(n): key for n, key in told.items() if n in of} for kind, told in found.items()}


def saved_for(heads: Sequence[str]) -> SavedMapping | None:
    """What was said for these very headings; else, of what was said last, that which has most of them, if it has over half."""
    if exact := queries.saved_mapping(heads_digest(heads)):
        return exact
    digests = {heads_digest([head]) for head in heads}
    shared = [(len(digests & set(one.columns)), one) for one in queries.saved_mappings()[:MOST_SAVED]]
    number, likest = max(shared, key=itemgetter(0), default=(0, None))
    return likest if 2 * number > len(digests) else None


def _proposed_of(table: Table, new: Sequence[int], said: Mapping[int, str], year: int) -> dict[int, str]:
    """What columns that nobody spoke of yet may be, of the fields that none is said to be."""
    part = Table([table.heads[n] for n in new], [table.columns[n] for n in new], table.rows)
    found = proposed_fields(part, year, but=frozenset(said.values()) - SEVERAL)
    return {new[n]: key for n, key in found.items()}


def profile_of(table: Table) -> dict[str, Any]:
    """What the mapping's pages show: headings, a few values of each column, all values of those that repeat themselves."""
    return {
        "heads": table.heads,
        "sheet": table.sheet,
        "sheets": table.sheets,
        "notices": table.notices,
        "columns": [
            {"filled": column.filled, "different": column.different, **_values(table.columns[n], column.different)}
            for n, column in enumerate(columns_of(table))
        ],
    }


def _values(column: list[str], different: int) -> dict[str, Any]:
    samples = list(dict.fromkeys(text[:LONGEST_VALUE] for text in column[:500] if text))[:SAMPLES]
    if different > MOST_VALUES:
        return {"samples": samples, "values": []}
    counted = Counter(text for text in column if text)
    return {"samples": samples, "values": [[text, number] for text, number in counted.most_common()]}


def table_of(extract: Extract) -> Table:
    """The table as it was kept; of columns that are left out only the heading."""
    file = SealedFile.objects.defer("content").get(extract=extract)
    data = seal_of(extract.organisation, Purpose.FILE).open_data(file.table or b"")
    mapped = set(extract.mapped)
    data["columns"] = [column if n in mapped else [] for n, column in enumerate(data["columns"])]
    return Table.of_data(data)


def profile_shown(extract: Extract) -> Mapping[str, Any]:
    """The profile of a file that is still kept."""
    file = SealedFile.objects.defer("content", "table").get(extract=extract)
    return seal_of(extract.organisation, Purpose.FILE).open_data(file.profile or b"")
