"""Reading measured beside bare extraction by the library underneath: one line a bench, with ratio, peer and limit.

Run with `.venv/bin/python bench/reading.py`. Each measurement is made in a process of its own (so that peak memory is
its own), the better of two runs, in seconds of processor time, which other work on the machine hardly changes; files are made
on the spot. Ends with status 1 where a limit is passed.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

RUNS = 2
PAGES = 60
ROWS = 200
HEAD = ["Ref", "Action", "How will it be done?", "What does success look like?", "Timeframe", "Owner", "Links"]
WORDS = "identify nominate support applications for external awards through internal surveys with line managers".split()


def plan_row(number: int) -> list[str]:
    """A row as plans have them; the words change with the number, nothing is left to chance."""
    text = [" ".join(WORDS[(number + step) % len(WORDS)] for step in range(length)) for length in (12, 24, 14)]
    return [
        f"{number // 9 + 1}.{number % 9 + 1}",
        *text,
        ("Mar-25", "Ongoing", "Dec 2026")[number % 3],
        "PSO; TSM",
        "R4; Visibility",
    ]


def make_pdf(path: Path) -> None:
    """A ruled table over `PAGES` landscape pages."""
    import logging

    logging.disable(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import weasyprint

        head = "<tr>" + "".join(f"<th>{text}" for text in HEAD) + "</tr>"
        pages = []
        for page in range(PAGES):
            rows = ("".join(f"<td>{text}" for text in plan_row(page * 9 + line)) for line in range(9))
            pages.append(f"<table>{head}<tr>{'<tr>'.join(rows)}</table>")
        style = (
            "@page{size:A4 landscape;margin:1.5cm}body{font:8pt sans-serif}table{border-collapse:collapse;"
            "break-after:page}td,th{border:1px solid;padding:2px;text-align:left;vertical-align:top}"
        )
        weasyprint.HTML(string=f"<style>{style}</style>{''.join(pages)}").write_pdf(str(path))


def make_xlsx(path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for row in [HEAD, *map(plan_row, range(ROWS))]:
        book.active.append(row)
    book.save(path)


def make_docx(path: Path) -> None:
    import docx

    document = docx.Document()
    table = document.add_table(ROWS + 1, len(HEAD))
    for line, texts in zip(table.rows, [HEAD, *map(plan_row, range(ROWS))], strict=True):
        for cell, text in zip(line.cells, texts, strict=True):
            cell.text = text
    document.save(str(path))


def bare_pdf(path: Path) -> int:
    import pdfplumber

    count = 0
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            count += sum(len(table) for table in page.extract_tables())
            page.close()
    return count


def bare_xlsx(path: Path) -> int:
    import openpyxl

    return sum(1 for _ in openpyxl.load_workbook(path, data_only=True).active.iter_rows(values_only=True))


def bare_docx(path: Path) -> int:
    import docx

    return sum(
        1 for table in docx.Document(str(path)).tables for row in table.rows if [cell.text for cell in row.cells]
    )


def our_document(path: Path) -> int:
    from desaga.documents import Grid, read_document

    return sum(len(block.rows) for block in read_document(path).blocks if isinstance(block, Grid))


def our_plan(path: Path) -> int:
    from desaga.plans.reading import read_plan

    return len(read_plan(path)["actions"])


MEASURED: dict[str, Callable[[Path], int]] = {
    each.__name__: each for each in (bare_pdf, bare_xlsx, bare_docx, our_document, our_plan)
}
BENCHES = [
    ("pdf", make_pdf, "bare_pdf", "pdfplumber extract_tables, pages closed", f"{PAGES} ruled pages"),
    ("xlsx", make_xlsx, "bare_xlsx", "openpyxl load_workbook", f"{ROWS} rows"),
    ("docx", make_docx, "bare_docx", "python-docx tables", f"{ROWS} rows"),
]
READINGS = (("our_document", "document"), ("our_plan", "document and plan"))
RATIO_LIMIT = 1.5
XLSX_SECONDS = 1.0


class BenchError(Exception):
    """A measured function failed; the message says which, on what, and why."""


def measure(function: str, path: Path) -> dict[str, float]:
    """Best seconds of `RUNS` fresh processes (imports included) and the largest peak memory in MB."""
    results = []
    for _ in range(RUNS):
        answer = subprocess.run([sys.executable, __file__, function, str(path)], check=False, capture_output=True)
        if answer.returncode:
            reason = answer.stderr.decode(errors="replace").strip().splitlines()[-1:] or ["no reason given"]
            raise BenchError(f"{function} failed on {path.name}: {reason[0]}")
        results.append(json.loads(answer.stdout))
    best = min(result["seconds"] for result in results)
    return {"seconds": best, "peak": max(result["peak"] for result in results), "count": results[0]["count"]}


def run_one(function: str, path: Path) -> None:
    start = time.process_time()
    count = MEASURED[function](path)
    seconds = time.process_time() - start
    print(json.dumps({"seconds": seconds, "peak": peak_memory(), "count": count}))


def peak_memory() -> float:
    """MB that this process has held at most; getrusage would count the parent's from before exec on Linux."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(next(line for line in status.read_text().splitlines() if line.startswith("VmHWM")).split()[1]) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    passed = True
    with tempfile.TemporaryDirectory() as folder:
        for name, make, peer, peer_name, size in BENCHES:
            path = Path(folder) / f"plan.{name}"
            make(path)
            try:
                bare = measure(peer, path)
                measured = [(ours, what, measure(ours, path)) for ours, what in READINGS]
            except BenchError as error:
                passed = False
                print(f"reading.{name}: FAILED: {error}")
                continue
            for ours, what, found in measured:
                line, good = judge(name, ours, found, bare)
                passed = passed and good
                print(
                    f"reading.{name}: {what}, {size}: {line}, peak {found['peak']:.0f} MB, {found['count']:.0f} found, beside "
                    f"{peer_name} ({bare['seconds']:.2f} s, {bare['peak']:.0f} MB)"
                )
    return 0 if passed else 1


def judge(name: str, ours: str, found: dict[str, float], bare: dict[str, float]) -> tuple[str, bool]:
    """The ratio in words, and whether it keeps its limit: `RATIO_LIMIT` for extraction and for the whole reader of a PDF;
    a workbook has a second."""
    ratio = found["seconds"] / bare["seconds"]
    limited = ours == "our_document" or name == "pdf"
    good = (not limited or ratio <= RATIO_LIMIT) and (name != "xlsx" or found["seconds"] < XLSX_SECONDS)
    limit = f" (limit {RATIO_LIMIT})" if limited else ""
    second = f" (limit {XLSX_SECONDS:.0f} s)" if name == "xlsx" else ""
    return f"ratio {ratio:.2f}{limit}, {found['seconds']:.2f} s{second}{'' if good else ' OVER THE LIMIT'}", good


if __name__ == "__main__":
    if len(sys.argv) == 3:
        run_one(sys.argv[1], Path(sys.argv[2]))
    else:
        sys.exit(main())
