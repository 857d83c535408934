"""One door for every format: `read_document`."""

from __future__ import annotations

from pathlib import Path

from .archive import Archive
from .budget import Budget
from .delimited import read_delimited, seems_delimited
from .detect import FOUND, detect, extension_fits, zip_format
from .encoding import decode, looks_binary
from .kinds import notice, refuse
from .limits import DEFAULT_LIMITS, MEGABYTE, Limits
from .model import Block, Document, Text, UnreadableDocument

MARKDOWN = {".md", ".markdown", ".mdown"}
DELIMITED = {".csv", ".tsv", ".tab"}


def read_document(path: Path, *, limits: Limits = DEFAULT_LIMITS) -> Document:
    """The blocks and notices of the file at `path`, told apart by content, not by name.

    Raises `UnreadableDocument`, and nothing else, where the file cannot be read: its `kind` is a key of
    `kinds.UNREADABLE_KINDS` and its sentence says how to mend it.
    """
    data = _load(path, limits)
    budget = Budget(limits)
    document = Document(path.name, "txt")
    try:
        _read(data, path, document, budget)
    except UnreadableDocument:
        raise
    except MemoryError as error:
        raise refuse("too_big_for_memory", path.name) from error
    except RecursionError as error:
        raise refuse("corrupt", path.name) from error
    except Exception as error:  # a library stumbling over a damaged file must not become a traceback
        raise refuse("corrupt", path.name) from error
    document.notices += budget.cut
    if not extension_fits(document.format, path.name):
        document.notices.insert(0, notice("wrong_extension", name=path.name, found=FOUND[document.format]))
    if not any(map(_has_text, document.blocks)):
        raise refuse("empty", path.name)
    if document.title is None:
        document.title = next((b.text for b in document.blocks if isinstance(b, Text) and b.kind == "heading"), None)
    return document


def _load(path: Path, limits: Limits) -> bytes:
    name = path.name
    try:
        if path.is_dir():
            raise refuse("directory", name)
        if not path.exists():
            raise refuse("missing", name)
        if not path.is_file():
            raise refuse("binary", name)
        size = path.stat().st_size
        if size > limits.file_bytes:
            raise refuse("too_large", name, limit=limits.file_bytes // MEGABYTE)
        with path.open("rb") as stream:
            data = stream.read(size + 1)
    except PermissionError as error:
        raise refuse("no_permission", name) from error
    except (OSError, ValueError) as error:
        raise refuse("missing", name) from error
    if not data.strip(b"\x00 \r\n\t"):
        raise refuse("empty", name)
    return data


def _read(data: bytes, path: Path, document: Document, budget: Budget) -> None:
    kind = detect(data, path.name)
    if kind == "zip":
        _read_zip(data, document, budget)
    elif kind == "ole":
        from .xls import read_ole

        read_ole(data, document, budget)
    elif kind == "pdf":
        from .pdf import read_pdf

        document.format = "pdf"
        read_pdf(data, document, budget)
    elif kind == "html":
        from .html import read_html

        document.format = "html"
        read_html(data, document, budget)
    else:
        _read_text(data, path, document, budget)


def _read_zip(data: bytes, document: Document, budget: Budget) -> None:
    with Archive(data, document.name, budget.limits) as archive:
        found = zip_format(archive)
        if found in {"xlsx", "xlsm"}:
            from .xlsx import read_xlsx

            document.format = "xlsm" if found == "xlsm" else "xlsx"
            read_xlsx(archive, document, budget)
        elif found == "ods":
            from .ods import read_ods

            document.format = "ods"
            read_ods(archive, document, budget)
        else:
            from .docx import read_docx

            document.format = "docm" if found == "docm" else "docx"
            read_docx(archive, document, budget)
        if any(member.lower().endswith("vbaproject.bin") or member.startswith("Basic/") for member in archive.members):
            document.notices.append(notice("macros_ignored"))


def _read_text(data: bytes, path: Path, document: Document, budget: Budget) -> None:
    text, guessed = decode(data)
    if looks_binary(text):
        raise refuse("binary", path.name)
    suffix = path.suffix.lower()
    if suffix in DELIMITED or (suffix not in MARKDOWN and seems_delimited(text)):
        delimited = read_delimited(text, budget, tabbed=suffix in {".tsv", ".tab"})
        document.format = "tsv" if delimited.delimiter == "\t" else "csv"
        document.blocks = [delimited.grid] if delimited.grid else []
        document.notices += delimited.notices
    elif suffix in MARKDOWN:
        from .markdown import read_markdown

        document.format = "md"
        document.blocks = read_markdown(text, budget)
    else:
        from .text import read_text

        document.blocks = read_text(text, budget)
    if guessed:
        document.notices.append(notice("encoding_guessed", encoding=guessed))


def _has_text(block: Block) -> bool:
    if isinstance(block, Text):
        return bool(block.text.strip())
    return any(cell.text for row in block.rows for cell in row.cells)
