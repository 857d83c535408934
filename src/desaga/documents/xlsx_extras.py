"""What stands beside the cells of a worksheet: comments, notes and text boxes."""

from __future__ import annotations

from .archive import Archive
from .xml import attribute, children, local, parse_xml, relations

MOST_COMMENTS = 2_000
THREADED_STUB = "[Threaded comment]"


def sheet_comments(archive: Archive, part: str) -> list[tuple[str, str]]:
    """(cell reference, text) of the comments on a sheet; a threaded comment replaces the stub left for old programs."""
    threaded: list[tuple[str, str]] = []
    plain: list[tuple[str, str]] = []
    for kind, target in relations(archive, part).values():
        if kind in {"comments", "threadedComment"} and target in archive:
            root = parse_xml(archive.read(target), archive.name)
            for element in root.iter("{*}comment", "{*}threadedComment"):
                text = "".join(found.text or "" for found in element.iter("{*}t", "{*}text")).strip()
                found = threaded if local(element) == "threadedComment" else plain
                found.append((attribute(element, "ref") or "", text))
    covered = {reference for reference, _ in threaded}
    kept = [entry for entry in plain if not (entry[0] in covered and entry[1].startswith(THREADED_STUB))]
    return [entry for entry in threaded + kept if entry[1]][:MOST_COMMENTS]


def boxed_texts(archive: Archive, part: str) -> list[str]:
    """The paragraphs of text boxes and shapes drawn on a sheet."""
    texts: list[str] = []
    for kind, target in relations(archive, part).values():
        if kind == "drawing" and target in archive:
            root = parse_xml(archive.read(target), archive.name)
            for body in root.iter("{*}txBody"):
                for paragraph in children(body, "p"):
                    text = "".join(run.text or "" for run in paragraph.iter("{*}t")).strip()
                    texts += [text] if text else []
    return texts
