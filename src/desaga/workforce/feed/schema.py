"""What the feed has: its sets and their columns, each with its type and what it means. Columns are added, never renamed, taken away or given
another meaning: programs that read them are not ours. Docs and `$metadata` are both written from here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from lxml import etree

NAMESPACE = "Desaga.Workforce"
CONTAINER = "Feed"
EDMX = "http://docs.oasis-open.org/odata/ns/edmx"
EDM = "http://docs.oasis-open.org/odata/ns/edm"
DESCRIPTION = "Org.OData.Core.V1.Description"
CORE = "https://oasis-tcs.github.io/odata-vocabularies/vocabularies/Org.OData.Core.V1.xml"


class Edm(StrEnum):
    """The primitive types that the feed uses."""

    TEXT = "Edm.String"
    WHOLE = "Edm.Int64"
    NUMBER = "Edm.Decimal"
    DAY = "Edm.Date"
    MOMENT = "Edm.DateTimeOffset"
    TRUTH = "Edm.Boolean"


@dataclass(frozen=True, slots=True)
class Property:
    """A column: its name, type and meaning. `of_table`: it is the same in all cells of a table."""

    name: str
    type: Edm
    means: str
    nullable: bool = False
    of_table: bool = False


@dataclass(frozen=True, slots=True)
class EntitySet:
    """A set of the feed, the name of one of its things, and its key, which is its first column."""

    name: str
    one: str
    means: str
    columns: tuple[Property, ...]

    @property
    def key(self) -> Property:
        return self.columns[0]

    def column(self, name: str) -> Property | None:
        return next((one for one in self.columns if one.name == name), None)

    def names(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.columns)


RELEASES = EntitySet(
    "Releases",
    "Release",
    "The periods whose figures are released, the newest first. A restated or withdrawn one is not among them.",
    (
        Property("Id", Edm.WHOLE, "The release; stays."),
        Property("Period", Edm.TEXT, "What the period is called."),
        Property("Day", Edm.DAY, "The day of the snapshot that was counted."),
        Property("ReleasedAt", Edm.MOMENT, "When it was released."),
        Property("Covers", Edm.TEXT, "Whom the extract covered: all staff, or technical staff only."),
        Property("Definition", Edm.TEXT, "Who is counted as technical staff."),
        Property("DefinitionVersion", Edm.TEXT, "The version of that definition; empty where there is none."),
        Property("Policy", Edm.TEXT, "How small numbers are protected."),
        Property("Replaces", Edm.WHOLE, "The release in whose place this one came.", nullable=True),
        Property("WhatChanged", Edm.TEXT, "Where it came in the place of another: what changed."),
        Property(
            "ComparedWith",
            Edm.DAY,
            "The day of the earlier snapshot, from which starters, leavers, moves and promotions are counted; null where there was none.",
            nullable=True,
        ),
    ),
)
FIGURES = EntitySet(
    "Figures",
    "Figure",
    "What is counted.",
    (
        Property("Key", Edm.TEXT, "The figure; stays for good."),
        Property("Name", Edm.TEXT, "What it is called."),
        Property("Definition", Edm.TEXT, "What is counted, out of what."),
        Property("Unit", Edm.TEXT, "What a value is in: people, FTE, per cent, years."),
        Property("CountedAs", Edm.TEXT, "people, fte, share or average."),
        Property("Better", Edm.TEXT, "Which way is good: more, less or neither."),
    ),
)
UNITS = EntitySet(
    "Units",
    "Unit",
    "The units that stand in released tables.",
    (
        Property("Key", Edm.TEXT, "The unit, as `RowKey` of cells whose `Cut` is by unit."),
        Property("Name", Edm.TEXT, "What it is called in the newest release that has it."),
    ),
)
COMPARATORS = EntitySet(
    "Comparators",
    "Comparator",
    "Shares of others that were entered to set beside a released table, with their source. They are nobody's cells: leave them out of sums.",
    (
        Property("Id", Edm.TEXT, "The share of others; stays."),
        Property("ReleaseId", Edm.WHOLE, "The release: `Id` in Releases."),
        Property("Period", Edm.TEXT, "What the period is called."),
        Property("Day", Edm.DAY, "The day of the snapshot that was counted."),
        Property("Figure", Edm.TEXT, "The figure that it stands beside: `Key` in Figures."),
        Property("FigureName", Edm.TEXT, "What the figure is called."),
        Property("Cut", Edm.TEXT, "How the figure is cut; empty for the whole."),
        Property("CutName", Edm.TEXT, "The cut in words."),
        Property("RowKey", Edm.TEXT, "The row of Cells that it stands beside; empty for all rows together."),
        Property("Group", Edm.TEXT, "Who it is a share of, in words."),
        Property("Value", Edm.NUMBER, "The share, as it was entered."),
        Property("Unit", Edm.TEXT, "What the value is in: per cent."),
        Property("Whose", Edm.TEXT, "Whose share it is."),
        Property("Year", Edm.TEXT, "Of which year; empty where that was not said."),
        Property("Source", Edm.TEXT, "Where it stands."),
    ),
)
CELLS = EntitySet(
    "Cells",
    "Cell",
    "Every cell of every released table, as its policy lets it be read.",
    (
        Property("Id", Edm.TEXT, "The cell; stays."),
        Property("ReleaseId", Edm.WHOLE, "The release: `Id` in Releases.", of_table=True),
        Property("Period", Edm.TEXT, "What the period is called.", of_table=True),
        Property("Day", Edm.DAY, "The day of the snapshot that was counted.", of_table=True),
        Property("Figure", Edm.TEXT, "The figure: `Key` in Figures.", of_table=True),
        Property("FigureName", Edm.TEXT, "What the figure is called.", of_table=True),
        Property("Cut", Edm.TEXT, "How the figure is cut; empty for the whole.", of_table=True),
        Property("CutName", Edm.TEXT, "The cut in words.", of_table=True),
        Property("RowKey", Edm.TEXT, "The row; empty for all rows together."),
        Property("RowName", Edm.TEXT, "The row in words."),
        Property("ColumnKey", Edm.TEXT, "The column; empty for all columns together."),
        Property("ColumnName", Edm.TEXT, "The column in words."),
        Property("IsTotal", Edm.TRUTH, "Whether the cell is a total: leave it out before adding up."),
        Property("Value", Edm.NUMBER, "The number, as it may be read; null where none may be.", nullable=True),
        Property("Shown", Edm.TEXT, "The cell as pages show it; “..” where it is hidden."),
        Property("Kind", Edm.TEXT, "value, zero, suppressed or not_collected."),
        Property("Unit", Edm.TEXT, "What the value is in.", of_table=True),
        Property("Definition", Edm.TEXT, "What is counted, out of what.", of_table=True),
        Property("Policy", Edm.TEXT, "How small numbers are protected.", of_table=True),
        Property(
            "ComparedWith",
            Edm.DAY,
            "From which day on it is counted, up to `Day`; null where the figure is of one day.",
            nullable=True,
            of_table=True,
        ),
    ),
)
SETS = {one.name: one for one in (RELEASES, FIGURES, UNITS, CELLS, COMPARATORS)}


def csdl() -> bytes:
    """`$metadata`: the schema in the Common Schema Definition Language, XML, OData 4.0.

    https://docs.oasis-open.org/odata/odata/v4.0/odata-v4.0-part3-csdl.html
    """
    root = etree.Element(f"{{{EDMX}}}Edmx", nsmap={"edmx": EDMX}, Version="4.0")
    reference = etree.SubElement(root, f"{{{EDMX}}}Reference", Uri=CORE)
    etree.SubElement(reference, f"{{{EDMX}}}Include", Namespace="Org.OData.Core.V1", Alias="Core")
    services = etree.SubElement(root, f"{{{EDMX}}}DataServices")
    schema = etree.SubElement(services, f"{{{EDM}}}Schema", nsmap={None: EDM}, Namespace=NAMESPACE)  # type: ignore[dict-item]
    for one in SETS.values():
        _entity_type(schema, one)
    container = etree.SubElement(schema, f"{{{EDM}}}EntityContainer", Name=CONTAINER)
    for one in SETS.values():
        told = etree.SubElement(container, f"{{{EDM}}}EntitySet", Name=one.name, EntityType=f"{NAMESPACE}.{one.one}")
        _described(told, one.means)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _entity_type(schema: etree._Element, of: EntitySet) -> None:
    kind = etree.SubElement(schema, f"{{{EDM}}}EntityType", Name=of.one)
    key = etree.SubElement(kind, f"{{{EDM}}}Key")
    etree.SubElement(key, f"{{{EDM}}}PropertyRef", Name=of.key.name)
    for column in of.columns:
        more = {"Precision": "19", "Scale": "4"} if column.type == Edm.NUMBER else {}
        more |= {"Precision": "6"} if column.type == Edm.MOMENT else {}
        more |= {} if column.nullable else {"Nullable": "false"}
        told = etree.SubElement(kind, f"{{{EDM}}}Property", {"Name": column.name, "Type": column.type.value, **more})
        _described(told, column.means)


def _described(element: etree._Element, words: str) -> None:
    etree.SubElement(element, f"{{{EDM}}}Annotation", Term=DESCRIPTION, String=words)


def documented() -> Iterable[str]:
    """The schema as the lines of `docs/reference/workforce-feed.md` that a test keeps the same as this."""
    for one in SETS.values():
        yield from (f"### {one.name}", "", one.means, "", "| column | type | means |", "| --- | --- | --- |")
        for column in one.columns:
            yield f"| `{column.name}` | `{column.type.value}`{' or null' if column.nullable else ''} | {column.means} |"
        yield ""
