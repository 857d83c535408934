"""Files that cannot or should not be read: a fixed kind and a sentence each, in bounded time and memory."""

from __future__ import annotations

import contextlib
import io
import os
import re
import tracemalloc
import zipfile
from pathlib import Path
from time import process_time

import pikepdf
import pytest

from desaga.documents import Limits, UnreadableDocument, read_document
from desaga.documents.kinds import NOTICE_KINDS, UNREADABLE_KINDS, notice, refuse
from desaga.documents.lines import LONGEST
from desaga.documents.model import Text
from desaga.documents.tests.files import (
    cells_of,
    docx_bytes,
    grids_of,
    kinds_of,
    lines_of,
    read_bytes,
    write_docx,
    write_pdf,
    write_xlsx,
    xlsx_bytes,
    zipped,
)
from desaga.documents.xml import iterate_xml, parse_xml

PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY a{n} "{"&a;" * 10 if n == 0 else f"&a{n - 1};" * 10}">' for n in range(9))
    + "]>"
)


def refusal(path: Path, limits: Limits | None = None) -> UnreadableDocument:
    with pytest.raises(UnreadableDocument) as caught:
        read_document(path, limits=limits or Limits())
    return caught.value


def ole_with(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le") + bytes(512)


def a_docx(folder: Path) -> bytes:
    return write_docx(folder / "whole.docx", [["Action", "Owner"], ["Do", "HR"]]).read_bytes()


def encrypted_zip() -> bytes:
    """A zip whose directory says that its member is encrypted."""
    data = bytearray(zipped({"word/document.xml": "<x/>"}, zipfile.ZIP_STORED))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.index(mark)
        data[place + offset] |= 1
    return bytes(data)


CASES: list[tuple[str, bytes, str]] = [
    ("a.txt", b"", "empty"),
    ("a.txt", b" \r\n\t\n", "empty"),
    ("a.csv", b",,,\n,,\n", "empty"),
    ("a.html", b"<html><script>x</script></html>", "empty"),
    ("a.xlsx", xlsx_bytes("<sheetData/>"), "empty"),
    ("a.docx", docx_bytes("<w:p/>"), "empty"),
    ("a.xlsx", ole_with("EncryptedPackage"), "encrypted"),
    ("a.docx", ole_with("EncryptedPackage"), "encrypted"),
    ("a.docx", encrypted_zip(), "encrypted"),
    ("a.doc", ole_with("WordDocument"), "old_word"),
    ("a.ppt", ole_with("PowerPoint Document"), "presentation"),
    ("a.xls", ole_with("Workbook"), "corrupt"),
    ("a.msg", OLE, "unsupported"),
    ("a.pptx", zipped({"[Content_Types].xml": "<x>presentationml</x>", "ppt/presentation.xml": "<x/>"}), "presentation"),
    ("a.pages", zipped({"Index/Document.iwa": "x"}), "unsupported"),
    ("a.odt", zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}), "unsupported"),
    ("a.xlsb", zipped({"xl/workbook.bin": "x"}), "unsupported"),
    ("a.zip", zipped({"a.txt": "x"}), "unsupported"),
    ("a.docx", zipped({"word/document.xml": "not xml"}), "corrupt"),
    ("a.docx", zipped({"[Content_Types].xml": "<x>wordprocessingml.document.main</x>"}), "corrupt"),
    ("a.xlsx", zipped({"xl/workbook.xml": ""}), "corrupt"),
    ("a.docx", b"PK\x03\x04" + bytes(range(256)), "corrupt"),
    ("a.pdf", b"%PDF-1.7\nrubbish", "corrupt"),
    ("a.rtf", b"{\\rtf1 hello}", "unsupported"),
    ("a.xml", b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>', "unsupported"),
    ("a.png", PNG, "picture"),
    ("scan.pdf", b"\xff\xd8\xff\xe0" + bytes(50), "picture"),
    ("a.txt", bytes(range(256)) * 20, "binary"),
    ("a.txt", os.urandom(5000), "binary"),
    ("a.docx", docx_bytes("<w:p/>").replace(b"PK\x01\x02", b"PK\x00\x00"), "corrupt"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data", "kind"), CASES, ids=[f"{kind}-{name}-{n}" for n, (name, _, kind) in enumerate(CASES)]
)
def test_what_cannot_be_read_is_refused_by_kind(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    (tmp_path / name).write_bytes(data)
    error = refusal(tmp_path / name)

    assert error.kind == kind
    assert name in str(error)


@pytest.mark.parametrize("kind", UNREADABLE_KINDS)
def test_every_refusal_is_a_sentence_that_says_how_to_mend_it(kind: str) -> None:
    sentence = str(refuse(kind, "Plan.docx", limit=50, found="an e-mail"))

    assert re.search(r"\b(?:[Cc]hoose|[Ss]ave|Ask|Run|Split|Remove)\b", sentence)
    assert sentence.endswith(".")
    assert "{" not in sentence


def test_kinds_outside_the_list_cannot_be_made() -> None:
    with pytest.raises(KeyError):
        notice("something else")
    with pytest.raises(KeyError):
        refuse("something else", "a")
    assert all(sentence[-1] in ".}�" for sentence in NOTICE_KINDS.values())


def test_missing_files_and_folders(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.docx").kind == "missing"
    assert refusal(tmp_path).kind == "directory"
    assert refusal(tmp_path / ("x" * 300)).kind == "missing"


def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x")
    path.chmod(0)
    user = os.geteuid()
    try:
        if user == 0:  # nothing is forbidden to the superuser: become nobody
            os.seteuid(65_534)
        assert refusal(path).kind == "no_permission"
    finally:
        os.seteuid(user)


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "big.pdf"
    with path.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
    tracemalloc.start()
    error = refusal(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert error.kind == "too_large"
    assert "50 MB" in str(error)
    assert peak < 1_000_000


@pytest.mark.parametrize("member", ["word/document.xml", "xl/workbook.xml", "docProps/other.xml"])
def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, member: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<x/>")
        with archive.open("bomb" if member == "word/document.xml" else member, "w") as bomb:
            for _ in range(60):
                bomb.write(bytes(1024 * 1024))
    (tmp_path / "a.docx").write_bytes(stream.getvalue())
    tracemalloc.start()
    error = refusal(tmp_path / "a.docx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert error.kind == "zip_bomb"
    assert peak < 10_000_000


def test_a_zip_that_lies_about_its_sizes_is_refused(tmp_path: Path) -> None:
    data = bytearray(zipped({"word/document.xml": "<x>" + "y" * 50_000 + "</x>"}))
    place = data.index(b"PK\x01\x02") + 24
    data[place : place + 4] = (100).to_bytes(4, "little")
    (tmp_path / "a.docx").write_bytes(bytes(data))

    assert refusal(tmp_path / "a.docx").kind in {"zip_bomb", "corrupt"}


def test_a_zip_with_too_many_members_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(zipped({f"m{n}": "x" for n in range(5_001)}, zipfile.ZIP_STORED))

    assert refusal(tmp_path / "a.docx").kind == "zip_bomb"


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml"])
@pytest.mark.parametrize("prolog", [LAUGHS, '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'])
def test_entities_in_office_files_are_refused(tmp_path: Path, part: str, prolog: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx_bytes("<w:p/>", styles=""))) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            data = source.read(name).decode()
            target.writestr(name, prolog + data.replace("</w:", "&a;</w:", 1) if name == part else data)
    (tmp_path / "a.docx").write_bytes(stream.getvalue())

    assert refusal(tmp_path / "a.docx").kind == "entities"


#: What hides a document type from whoever looks at the beginning of a part alone, or for its letters in ASCII.
HIDDEN = {"far behind": lambda xml: (f"<!--{'x' * 5_000}-->{xml}").encode(), "in UTF-7": lambda xml: to_utf_7(xml)}


def to_utf_7(xml: str) -> bytes:
    return b'<?xml version="1.0" encoding="UTF-7"?>' + xml.replace("<!", "+ADwAIQ-").encode()


@pytest.mark.parametrize("way", sorted(HIDDEN))
@pytest.mark.parametrize("entity", [LAUGHS, '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'])
def test_entities_that_hide_are_found_by_the_parser(way: str, entity: str) -> None:
    data = HIDDEN[way](f"{entity}<w><row>&a;</row></w>")
    for read in (lambda: parse_xml(data, "a.xlsx"), lambda: list(iterate_xml(data, "a.xlsx", "row"))):
        with pytest.raises(UnreadableDocument) as caught:
            read()
        assert caught.value.kind in {"entities", "corrupt"}
        assert "root:" not in str(caught.value)


@pytest.mark.parametrize("prolog", [LAUGHS, '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'])
def test_a_real_file_with_entities_behind_a_long_comment_is_refused(tmp_path: Path, prolog: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx_bytes("<w:p/>", styles=""))) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            data = source.read(name).decode()
            target.writestr(name, f"<!--{'x' * 5_000}-->{prolog}{data}" if name == "word/document.xml" else data)
    (tmp_path / "a.docx").write_bytes(stream.getvalue())

    assert refusal(tmp_path / "a.docx").kind == "entities"


def test_truncated_files_are_refused(tmp_path: Path) -> None:
    whole = a_docx(tmp_path)
    (tmp_path / "cut.docx").write_bytes(whole[: len(whole) // 2])

    assert refusal(tmp_path / "cut.docx").kind == "corrupt"


def test_a_locked_pdf_is_refused_and_a_picture_without_text_too(tmp_path: Path) -> None:
    plain = write_pdf(tmp_path / "plain.pdf", "<p>text")
    with pikepdf.open(plain) as pdf:
        pdf.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(user="secret", owner="secret"))
        pdf.save(tmp_path / "owned.pdf", encryption=pikepdf.Encryption(user="", owner="secret"))
    write_pdf(tmp_path / "scan.pdf", "<svg width=100 height=100><rect width=100 height=100 /></svg>")

    assert refusal(tmp_path / "locked.pdf").kind == "encrypted"
    assert refusal(tmp_path / "scan.pdf").kind == "no_text_layer"
    assert [block.text for block in lines_of(read_document(tmp_path / "owned.pdf"))] == ["text"]


def test_a_truncated_pdf_never_ends_in_a_traceback(tmp_path: Path) -> None:
    data = write_pdf(tmp_path / "whole.pdf", "<p>text " * 200).read_bytes()
    for share in (0.2, 0.5, 0.9, 0.99):
        (tmp_path / "cut.pdf").write_bytes(data[: int(len(data) * share)])
        with contextlib.suppress(UnreadableDocument):
            read_document(tmp_path / "cut.pdf")


@pytest.mark.parametrize(
    ("name", "maker", "format_"),
    [("plan.pdf", write_xlsx, "xlsx"), ("plan.txt", write_docx, "docx"), ("plan.xlsx", write_docx, "docx")],
)
def test_a_wrong_extension_is_read_and_said(tmp_path: Path, name: str, maker: object, format_: str) -> None:
    path = maker(tmp_path / "right", [["Action", "Owner"], ["Do", "HR"]])  # type: ignore[operator]
    path.rename(tmp_path / name)
    document = read_document(tmp_path / name)

    assert document.format == format_
    assert kinds_of(document) == ["wrong_extension"]
    assert cells_of(grids_of(document)[0]) == [["Action", "Owner"], ["Do", "HR"]]


@pytest.mark.parametrize("name", ["plan.xls", "plan.doc", "plan.xlsx", "plan.docx"])
def test_web_pages_and_text_under_office_names_are_read(tmp_path: Path, name: str) -> None:
    page = read_bytes(tmp_path, name, "<html><table><tr><td>a<td>b</table>")
    text = read_bytes(tmp_path, name, "Action\tOwner\nDo\tHR\n")

    assert (page.format, text.format) == ("html", "txt")
    assert cells_of(grids_of(page)[0]) == [["a", "b"]]
    assert cells_of(grids_of(text)[0]) == [["Action", "Owner"], ["Do", "HR"]]


def test_macros_are_not_run_and_said(tmp_path: Path) -> None:
    stream = io.BytesIO(write_xlsx(tmp_path / "a.xlsx", [["x"]]).read_bytes())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    document = read_bytes(tmp_path, "a.xlsm", stream.getvalue())

    assert document.format == "xlsm"
    assert kinds_of(document) == ["macros_ignored"]


@pytest.mark.parametrize(
    ("name", "text", "limits", "words"),
    [
        ("a.csv", "a,b\n" * 100, Limits(rows=10), "first 10 rows"),
        ("a.csv", "a,b\n" * 100, Limits(cells=50), "first 50 cells"),
        ("a.txt", "line\n" * 100, Limits(cells=50), "first 50 cells and lines"),
        ("a.md", "word\n\n" * 100, Limits(characters=100), "first 100 characters"),
        ("a.html", "<!doctype html>" + "<p>word" * 100, Limits(cells=50), "first 50 cells"),
    ],
)
def test_reading_stops_at_its_limits_and_says_so(
    tmp_path: Path, name: str, text: str, limits: Limits, words: str
) -> None:
    (tmp_path / name).write_text(text)
    document = read_document(tmp_path / name, limits=limits)

    assert [item.kind for item in document.notices] == ["cut_off"]
    assert words in document.notices[0].message


def test_only_so_many_pages_of_a_pdf_are_read(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", "<p>page</p>" + "<p style='break-before:page'>page</p>" * 3)
    document = read_document(path, limits=Limits(pages=2))

    assert [block.source.page for block in document.blocks] == [1, 2]
    assert "first 2 of 4 pages" in document.notices[0].message


@pytest.mark.parametrize(
    "page",
    [
        "<html><body>" + "<div>" * 20_000 + "<p>Deep &amp; far" + "</div>" * 20_000,
        "<table><tr><td>" * 600 + "Deep &amp; far" + "</table>" * 600,
        "<html><body>" + "<div><b>" * 120 + "<p>Deep &amp; far",
    ],
)
def test_deeply_nested_html_keeps_its_text(tmp_path: Path, page: str) -> None:
    document = read_bytes(tmp_path, "a.html", page)

    assert "Deep & far" in str(document.blocks)


@pytest.mark.parametrize(
    ("name", "text", "kept"),
    [
        ("a.txt", "Technicians are seen. " * 250_000, "cut_off"),
        ("a.txt", "1." * 500_000, ""),
        ("a.txt", "a" + " " * 1_000_000 + "b", ""),
        ("a.md", "|" * 500_000 + "\nEnd\n", ""),
        ("a.md", "Technicians are seen. " * 250_000, "cut_off"),
        ("a.html", "<!doctype html><p>" + "Technicians are seen. " * 250_000, "cut_off"),
        ("a.csv", 'Action,Lead\n"' + "a,b\n" * 50_000, "cut_off"),
    ],
)
def test_monstrous_lines_are_read_in_pieces_and_in_time(tmp_path: Path, name: str, text: str, kept: str) -> None:
    begin = process_time()
    document = read_bytes(tmp_path, name, text)

    assert process_time() - begin < 15
    assert kept in "".join(kinds_of(document))
    assert all(len(block.text) <= LONGEST for block in document.blocks if isinstance(block, Text))


def test_a_billion_cells_by_repetition_cost_nothing(tmp_path: Path) -> None:
    content = (
        '<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet>'
        '<table:table table:name="A"><table:table-row table:number-rows-repeated="1000000"><table:table-cell '
        'table:number-columns-repeated="16000"><text:p>x</text:p></table:table-cell></table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    data = zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})
    (tmp_path / "a.ods").write_bytes(data)
    document = read_document(tmp_path / "a.ods", limits=Limits(cells=5_000))

    assert kinds_of(document) == ["cut_off"]
