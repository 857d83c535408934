"""Reading what was handed in: where the table is, what its columns may be. The worker does it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from desaga.tenancy.context import within

from .. import queries
from ..models import Extract, SealedFile
from ..reading.propose import columns_of, heads_digest, proposed_fields, proposed_grain
from ..reading.table import NoTable, Table, read_table
from ..sealing import seal_of
from ..states import ExtractState, Purpose
from .gate import Turn, move
from .handing import forget

SAMPLES = 3
MOST_VALUES = 300
LONGEST_VALUE = 120


def read_extract(*, organisation: Any, actor: Any, extract_id: int) -> None:
    """Find the table and propose a mapping; or refuse the file with a sentence. Nothing where it is not waiting to be read."""
    turn = Turn(organisation, actor, extract_id)
    extract = turn.take(ExtractState.HANDED_IN)
    if extract is None:
        return
    with within(organisation, user=actor):
        seal = seal_of(organisation, Purpose.FILE)
        content = seal.open(SealedFile.objects.get(extract=extract).content)
    turn.tick("Opening the file", 0, 0)
    wanted = extract.layout.get("wanted", {})
    try:
        table = read_table(content, extract.name, sheet=wanted.get("sheet", ""), head_row=wanted.get("head_row", 0))
    except NoTable as error:
        with within(organisation, user=actor):
            held = move(turn.finish(ExtractState.HANDED_IN), "refuse", actor=actor, refusal=str(error))
            forget(held)
        return
    turn.tick("Keeping its table", 0, 0)
    profile = profile_of(table)
    with within(organisation, user=actor):
        held = turn.finish(ExtractState.HANDED_IN)
        SealedFile.objects.filter(extract=held).update(
            table=seal.seal_data(table.as_data()), profile=seal.seal_data(profile)
        )
        move(held, "read", actor=actor, **proposal_for(held, table))


def proposal_for(extract: Extract, table: Table) -> dict[str, Any]:
    """The mapping as it was saved for these headings, else as it is proposed."""
    layout = {"rows": len(table.rows), "columns": len(table.heads), "head_row": table.head_row}
    saved = queries.saved_mapping(heads_digest(table.heads))
    if saved is None:
        columns = proposed_fields(table, extract.year)
        return {"layout": layout, "columns": columns, "grain": proposed_grain(table, columns)}
    columns = {n: key for n, head in enumerate(table.heads) if (key := saved.columns.get(heads_digest([head])))}
    layout["is_saved"] = True
    hours = saved.full_time_hours
    return {"layout": layout, "columns": columns, "grain": saved.grain, "full_time_hours": hours}


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
    file = SealedFile.objects.get(extract=extract)
    return Table.of_data(seal_of(extract.organisation, Purpose.FILE).open_data(file.table))


def profile_shown(extract: Extract) -> Mapping[str, Any]:
    """The profile of a file that is still kept."""
    file = SealedFile.objects.defer("content", "table").get(extract=extract)
    return seal_of(extract.organisation, Purpose.FILE).open_data(file.profile)  # type: ignore[no-any-return]
