"""`desaga protect-table FILE --policy public|internal|custom …`: a table of counts, protected or audited. No database."""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
from pathlib import Path

from .auditing import Inferred, audit_grid
from .cells import Cell, Kind, number, show
from .policies import PUBLIC, BadPolicy, Policy, custom, internal
from .reading import Grid, read_grid, table_of
from .tables import BadTable, Protected, protect

HELP = """The first row and the first column are labels, everything else is a whole count of people. Comma, semicolon or tab.
Margins are computed; a last row or column called Total is checked against the sums and then computed as well, and so is
one of another name that adds up the others in so many lines that chance does not make it.
information_lost adds up the figures hidden only to protect others, a total and its parts each for itself; gap is the
share of it that a better choice might save, of those that leave no hidden figure known to who knows that no zero is
hidden: 0 is proven least, null is not known. Both are for you, not for readers: they say what the hidden figures add up to."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command. 0: done; 1: the file cannot be read or, with --audit, a hidden figure is too well known; 2: wrong usage."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        policy = _policy(options)
    except BadPolicy as error:
        parser.error(str(error))
    try:
        text = options.file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        print(f"{options.file} cannot be read: {error.strerror}.", file=sys.stderr)
        return 1
    except UnicodeDecodeError:
        print(f"{options.file} is not text in UTF-8. Save it as “CSV UTF-8”.", file=sys.stderr)
        return 1
    try:
        if options.audit:
            return _audit(_read(text, options), policy, options.json)
        found = protect(table_of(_read(text, options)), policy, seconds=options.seconds)
    except BadTable as error:
        print(error, file=sys.stderr)
        return 1
    sys.stdout.write(_written(found, options))
    return 0


def _read(text: str, options: argparse.Namespace) -> Grid:
    grid = read_grid(text, marks=options.audit, totals=not options.no_totals)
    for note in grid.notes:
        print(note, file=sys.stderr)
    return grid


def _written(found: Protected, options: argparse.Namespace) -> str:
    if options.json:
        return json.dumps(found.as_data(), ensure_ascii=False, indent=2) + "\n"
    return as_csv(found) if options.csv else describe(found)


def as_csv(found: Protected) -> str:
    """The table with its totals as a file, .. for hidden: what --audit reads."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(["", *found.table.columns, "Total"])
    for label, row in zip([*found.table.rows, "Total"], found.cells, strict=True):
        lines.writerow([label, *(show(cell) if cell.kind is Kind.SUPPRESSED else number(cell) for cell in row)])
    return out.getvalue()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="desaga protect-table",
        description="Protect the people in a table of counts.",
        epilog=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", type=Path, help="a .csv file")
    parser.add_argument(
        "--policy",
        choices=("public", "internal", "custom"),
        help="public: HESA's rounding to 5; internal: threshold 5 or 10 and rounding to 5; custom: your own (with --audit custom unless said)",
    )
    parser.add_argument("--threshold", type=int, help="fewer people than this are hidden (5)")
    parser.add_argument("--base", type=int, help="round to multiples of this; 1: no rounding (custom 1, internal 5)")
    parser.add_argument(
        "--protection",
        type=int,
        help="most less least that an attacker can believe of a hidden figure under the threshold (the threshold)",
    )
    parser.add_argument("--seconds", type=_seconds, default=10.0, help="how long to look for the least loss (10)")
    parser.add_argument(
        "--audit",
        action="store_true",
        help="the file is already protected, as a CSV in which what is no number is hidden (<5 and 1-4 are bounds), or as --json prints it: print what can be inferred",
    )
    parser.add_argument(
        "--no-totals", action="store_true", help="no last row or column is a total, whatever it adds up to"
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON on standard output, alone")
    form.add_argument("--csv", action="store_true", help="print a CSV with totals, which --audit reads")
    return parser


def _seconds(words: str) -> float:
    """A time from 0 up. Refused: what is none."""
    try:
        seconds = float(words)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"“{words}” is no number of seconds from 0 up")
    return seconds


def _policy(options: argparse.Namespace) -> Policy:
    """The policy asked for. What a named policy says otherwise makes it the user's own: `custom`."""
    if options.audit and options.csv:
        raise BadPolicy(
            "--csv prints a table that is protected now; --audit prints what can be inferred of one that is."
        )
    if options.policy is None and not options.audit:
        raise BadPolicy("Say which --policy: public, internal or custom.")
    own = (options.threshold, options.base, options.protection)
    if options.policy == "public":
        if own != (None, None, None):
            raise BadPolicy("The public policy is HESA's rounding and has no numbers to choose. Use --policy custom.")
        return PUBLIC
    threshold = 5 if options.threshold is None else options.threshold
    if options.policy == "internal":
        usual = internal(threshold)
        if options.base is None and options.protection is None:
            return usual
        return custom(threshold, usual.base if options.base is None else options.base, options.protection)
    return custom(threshold, 1 if options.base is None else options.base, options.protection)


def describe(found: Protected) -> str:
    """The table for a person's eyes, and what was done to it."""
    headings = ["", *found.table.columns, "Total"]
    labels = [*found.table.rows, "Total"]
    lines = [headings, *([label, *map(_seen, row)] for label, row in zip(labels, found.cells, strict=True))]
    said = [found.policy.sentence]
    if found.policy.threshold > 1:
        said.append(f"{found.primary} figures under the threshold and {found.secondary} more are hidden (..).")
    if found.secondary:
        said.append(f"The {found.secondary} add up to {found.information_lost}; {_gap(found.gap)}")
        said.append("That is for you: beside the published table it would say what the hidden figures add up to.")
    return aligned(lines) + "\n" + "\n".join(said) + "\n"


def _seen(cell: Cell) -> str:
    return show(cell)


def _gap(gap: float | None) -> str:
    if gap is None:
        return "how little it could have been is not known in this time; --seconds gives more."
    return f"a better choice might save {gap:.1%} of that." if gap else "no other choice loses less."


def aligned(lines: list[list[str]]) -> str:
    """Columns under one another, labels to the left and figures to the right."""
    wide = [max(len(line[c]) for line in lines) for c in range(len(lines[0]))]
    return "".join(
        "  ".join(word.rjust(wide[c]) if c else word.ljust(wide[c]) for c, word in enumerate(line)).rstrip() + "\n"
        for line in lines
    )


def _audit(grid: Grid, policy: Policy, as_json: bool) -> int:
    found = audit_grid(grid, policy)
    narrow = [one for one in found if one.too_narrow(policy)]
    if as_json:
        data = [{**one.as_data(), "too_narrow": one in narrow} for one in found]
        print(json.dumps({"hidden": data, "too_narrow": len(narrow)}, ensure_ascii=False, indent=2))
    else:
        sys.stdout.write(_intervals(found, narrow))
    return 1 if narrow else 0


def _intervals(found: list[Inferred], narrow: list[Inferred]) -> str:
    lines = [["Hidden figure", "Least", "Most", "If not zero", ""]]
    for one in found:
        other = one.if_not_zero
        remark = "known where no zero is hidden" if other and other[0] == other[1] else ""
        lines.append(
            [
                f"{one.row}, {one.column}",
                str(one.least),
                _end(one.most),
                f"{other[0]} to {_end(other[1])}" if other else "",
                "too narrow" if one in narrow else remark,
            ]
        )
    said = f"{len(found)} figures are hidden; {len(narrow)} of them can be inferred too well."
    return aligned(lines) + "\n" + said + "\n"


def _end(most: int | None) -> str:
    return "no end" if most is None else str(most)
