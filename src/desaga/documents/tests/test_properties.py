"""What holds for any content: grids come back equal, text is never lost, nothing but a refusal is ever raised."""

from __future__ import annotations

import contextlib
import re
import time
from collections import Counter
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desaga.documents import Document, Limits, UnreadableDocument, read_document
from desaga.documents.kinds import NOTICE_KINDS, UNREADABLE_KINDS
from desaga.documents.tests import files

EASY = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
FEW = settings(EASY, max_examples=25)
SOME = settings(EASY, max_examples=60)

letters = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn", "Zl", "Zp", "Zs", "Cf"))
words = st.text(letters, min_size=1, max_size=8).filter(lambda word: "_x" not in word)
phrases = st.lists(words, min_size=1, max_size=4).map(" ".join)
cell_texts = st.one_of(st.just(""), phrases, st.lists(phrases, min_size=2, max_size=2).map("\n".join))


@st.composite
def grids(draw: st.DrawFn, texts: st.SearchStrategy[str] = cell_texts) -> list[list[str]]:
    """Rows of equal length whose first row and column are filled, so that no edge is trimmed."""
    width = draw(st.integers(2, 5))
    rows = draw(st.lists(st.lists(texts, min_size=width, max_size=width), min_size=1, max_size=5))
    head = draw(st.lists(phrases, min_size=width, max_size=width))
    return [head] + [[draw(phrases), *row[1:]] for row in rows]


WRITERS = {"xlsx": files.write_xlsx, "ods": files.write_ods, "docx": files.write_docx, "csv": files.write_csv}


@pytest.mark.parametrize("format_", WRITERS)
@FEW
@given(rows=grids())
def test_grids_come_back_equal(tmp_path: Path, format_: str, rows: list[list[str]]) -> None:
    path = WRITERS[format_](tmp_path / f"a.{format_}", rows)
    found = files.grids_of(read_document(path))

    assert [files.cells_of(grid) for grid in found] == [[[text.strip() for text in row] for row in rows]]


@FEW
@given(rows=grids(st.one_of(st.just(""), phrases)))
def test_grids_come_back_equal_from_tsv(tmp_path: Path, rows: list[list[str]]) -> None:
    found = files.grids_of(read_document(files.write_csv(tmp_path / "a.tsv", rows, "\t")))

    assert [files.cells_of(grid) for grid in found] == [rows]


@FEW
@given(rows=grids())
def test_grids_come_back_equal_from_html(tmp_path: Path, rows: list[list[str]]) -> None:
    found = files.grids_of(read_document(files.write_html(tmp_path / "a.html", rows)))

    assert [files.cells_of(grid) for grid in found] == [rows]


plain_words = st.text(st.characters(codec="utf-8", categories=("L", "Nd")), min_size=1, max_size=8)
plain_cells = st.one_of(st.just(""), st.lists(plain_words, min_size=1, max_size=3).map(" ".join))


@FEW
@given(rows=grids(plain_cells))
def test_pipe_tables_come_back_equal(tmp_path: Path, rows: list[list[str]]) -> None:
    rows = [[re.sub(r"[\\`*_~<&\[\]]", "", text).strip() or "x" if text else "" for text in row] for row in rows]
    found = files.grids_of(read_document(files.write_pipes(tmp_path / "a.txt", rows)))

    assert [files.cells_of(grid) for grid in found] == [rows]


def letters_of(texts: list[str]) -> Counter[str]:
    return Counter(re.findall(r"\w", " ".join(texts)))


@pytest.mark.parametrize(
    "line",
    ["a | b", "\tindented", "1.\titem", "a    b\nx\nx\nx\nx\nx\nx", '"open\tx', "*a <!-- [b](", "+---+", "| a", "a;b"],
)
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.csv"])
def test_long_monotonous_files_take_time_in_proportion(tmp_path: Path, line: str, name: str) -> None:
    start = time.process_time()
    with contextlib.suppress(UnreadableDocument):
        files.read_bytes(tmp_path, name, (f"{line}\n" * 4_000).encode())

    assert time.process_time() - start < 15


LAYOUTS = (
    "{0} {1}",
    "{0}\t{1}",
    "- {0}",
    "# {0}",
    "| {0} | {1} |",
    "{0}    {1}",
    "\t{0}",
    "  1. {0}",
    "",
    "{0}|{1}|{0}",
    '"{0}',
    "\f{0}",
)


@SOME
@given(lines=st.lists(st.tuples(st.sampled_from(LAYOUTS), words, words), min_size=1, max_size=25))
def test_no_text_of_a_text_file_is_lost(tmp_path: Path, lines: list[tuple[str, str, str]]) -> None:
    text = "\n".join(layout.format(first, second) for layout, first, second in lines)
    (tmp_path / "a.txt").write_bytes(text.encode())
    document = read_or_refuse(tmp_path / "a.txt")
    if isinstance(document, UnreadableDocument):
        document = files.read_bytes(tmp_path, "a.txt", f"A plan\n{text}".encode())
    document.title = None

    assert letters_of([text]) <= letters_of(files.texts_of(document))


@SOME
@given(
    texts=st.lists(
        st.tuples(st.sampled_from(["p", "li", "cell", "inner", "box", "sdt", "ins", "hidden"]), words),
        min_size=1,
        max_size=12,
    )
)
def test_no_text_of_a_word_document_is_lost(tmp_path: Path, texts: list[tuple[str, str]]) -> None:
    from xml.sax.saxutils import escape

    run = "<w:r><w:t>{}</w:t></w:r>"
    shapes = {
        "p": f"<w:p>{run}</w:p>",
        "li": f"<w:p><w:pPr><w:numPr><w:numId w:val='9'/></w:numPr></w:pPr>{run}</w:p>",
        "cell": f"<w:tbl><w:tr><w:tc><w:p>{run}</w:p></w:tc></w:tr></w:tbl>",
        "inner": f"<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc><w:p>{run}</w:p></w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>",
        "box": f"<w:p><w:r><w:pict><v:textbox><w:txbxContent><w:p>{run}</w:p></w:txbxContent></v:textbox></w:pict></w:r></w:p>",
        "sdt": f"<w:sdt><w:sdtContent><w:p>{run}</w:p></w:sdtContent></w:sdt>",
        "ins": f"<w:p><w:ins>{run}</w:ins></w:p>",
        "hidden": "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{}</w:t></w:r><w:r><w:t>seen</w:t></w:r></w:p>",
    }
    body = "".join(shapes[shape].format(escape(word)) for shape, word in texts)
    document = files.read_bytes(tmp_path, "a.docx", files.docx_bytes(body))

    assert letters_of([word for _, word in texts]) <= letters_of(files.texts_of(document))


@SOME
@given(data=st.binary(max_size=400), name=st.sampled_from(["a.txt", "a.csv", "a.md", "a.html", "a.docx", "a.xlsx", "a.pdf", "a"]),
       lead=st.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.4\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html>", b"\xff\xfe", b"# a\n"]))  # fmt: skip
def test_any_bytes_are_read_or_refused(tmp_path: Path, data: bytes, name: str, lead: bytes) -> None:
    check_bytes(tmp_path / name, lead + data)


@cache
def samples() -> dict[str, bytes]:
    rows = [["Action", "Owner", "When"], ["Do", "HR; PSO", "Mar-25"], ["Say", "TSM", "Ongoing"]]
    with TemporaryDirectory() as folder:
        made = {format_: write(Path(folder) / f"a.{format_}", rows).read_bytes() for format_, write in WRITERS.items()}
        cells = "".join(f"<tr><td>{a}<td>{b}<td>{c}" for a, b, c in rows)
        made["html"] = files.write_html(Path(folder) / "a.html", rows).read_bytes()
        made["pdf"] = files.write_pdf(Path(folder) / "a.pdf", f"<table>{cells}</table>").read_bytes()
    return made


@pytest.mark.parametrize("format_", ["xlsx", "ods", "docx", "csv", "html", "pdf"])
@SOME
@given(
    changes=st.lists(
        st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=4)), min_size=1, max_size=12
    )
)
def test_damaged_files_are_read_or_refused(tmp_path: Path, format_: str, changes: list[tuple[float, bytes]]) -> None:
    data = bytearray(samples()[format_])
    for share, patch in changes:
        place = int(share * len(data))
        data[place : place + len(patch)] = patch
    check_bytes(tmp_path / f"a.{format_}", bytes(data))


@pytest.mark.parametrize("format_", ["xlsx", "docx", "ods"])
@SOME
@given(place=st.floats(0, 1, exclude_max=True), patch=st.binary(min_size=1, max_size=12), part=st.integers(0, 40))
def test_damaged_parts_are_read_or_refused(tmp_path: Path, format_: str, place: float, patch: bytes, part: int) -> None:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(samples()[format_])) as archive:
        members: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    name = sorted(members)[part % len(members)]
    data = bytearray(bytes(members[name]))  # type: ignore[arg-type]
    start = int(place * len(data))
    data[start : start + len(patch)] = patch
    members[name] = bytes(data)
    check_bytes(tmp_path / f"a.{format_}", files.zipped(members))


def read_or_refuse(path: Path) -> Document | UnreadableDocument:
    try:
        return read_document(path, limits=Limits(pages=20))
    except UnreadableDocument as error:
        return error


def check_bytes(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    found = read_or_refuse(path)
    if isinstance(found, UnreadableDocument):
        assert found.kind in UNREADABLE_KINDS
        assert str(found).endswith(".")
    else:
        assert {notice.kind for notice in found.notices} <= set(NOTICE_KINDS)
        for grid in files.grids_of(found):
            assert len({len(row.cells) for row in grid.rows}) == 1
