"""Files are looked at by their content: what they are called convinces nobody."""

from __future__ import annotations

import base64
import io
import struct
import zipfile
import zlib

import pytest
from PIL import Image

from ..files import FileIsNotTaken, looked_at
from ..files.inside import look
from ..files.looking import plain_name
from .factories import PLACE_IN_EXIF, PLACE_IN_XMP, open_document, package, photograph, word_file

MEGABYTE = 1024 * 1024
LARGEST = 2 * MEGABYTE
PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
PAGE = b"<!DOCTYPE html><script>alert(1)</script>"
PROGRAM = b"MZ\x90\x00" + b"\x00" * 200
MAIL = b"From: Ann <ann@a.example>\r\nDate: Fri, 27 Nov 2026 10:00:00 +0000\r\nSubject: Prize\r\n\r\nWe won.\r\n"
WITH_PICTURE = (
    b"From: a@a.example\r\nDate: Fri, 27 Nov 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSee.\r\n'
    b'--b\r\nContent-Type: image/jpeg\r\nContent-Disposition: attachment; filename="a.jpg"\r\n\r\nx\r\n--b--\r\n'
)
MACROS = ("word/vbaProject.bin", b"x")
IN_ODT = ("Basic/Standard/Module1.xml", b"x")
SHEET = "spreadsheetml.sheet.main"
WITH_MACRO_TYPE = package(
    ("[Content_Types].xml", b'<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'),
    ("word/document.xml", b"x"),
)
TEXT_OF_2006 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100


def trouble(tmp_path, name, content):
    """What is wrong with a file, looked at in this process; nothing where it is kept as it is."""
    path = tmp_path / "file"
    path.write_bytes(content)
    return look({"path": str(path), "hints": {"suffix": name.rpartition(".")[2]}}).get("trouble", "")


#: A part that points at something elsewhere: a template is fetched when the file is opened, a link when it is clicked.
ELSEWHERE = (
    b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/KIND" Target="https://example.org/x" TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.pdf", PDF, ""),
        ("a.pdf", PROGRAM, "disguised"),
        ("a.pdf", PAGE, "disguised"),
        ("a.pdf", PAGE + PDF, "disguised"),
        ("a.pdf", PDF[:-8], "damaged"),
        ("a.txt", "Größe, ½ Stück".encode(), ""),
        ("a.txt", "Größe".encode("cp1252"), ""),
        ("a.csv", "Größe;1".encode("utf-16"), ""),
        ("a.txt", PAGE, "disguised"),
        ("a.txt", b"  \r\n<svg onload='x()'>", "disguised"),
        ("a.txt", PROGRAM, "disguised"),
        ("a.csv", word_file(), "disguised"),
        ("a.eml", MAIL, ""),
        ("a.eml", b"Nothing of a mail.", "disguised"),
        ("a.eml", WITH_PICTURE, "attachments"),
        ("a.docx", word_file(), ""),
        ("a.docx", word_file(main=SHEET), "disguised"),
        ("a.docx", word_file(MACROS), "macros"),
        ("a.docx", WITH_MACRO_TYPE, "macros"),
        ("a.docx", word_file(("word/embeddings/run.exe", PROGRAM)), "programs"),
        (
            "a.docx",
            word_file(("word/_rels/settings.xml.rels", ELSEWHERE.replace(b"KIND", b"attachedTemplate"))),
            "programs",
        ),
        ("a.docx", word_file(("word/_rels/document.xml.rels", ELSEWHERE.replace(b"KIND", b"hyperlink"))), ""),
        ("a.docx", package(("hello.txt", b"x")), "disguised"),
        ("a.docx", TEXT_OF_2006, "password"),
        ("a.xlsx", word_file(main=SHEET), ""),
        ("a.pptx", PAGE, "disguised"),
        ("a.odt", open_document(), ""),
        ("a.ods", open_document(), "disguised"),
        ("a.odt", open_document("text", IN_ODT), "macros"),
        ("a.png", photograph("JPEG"), "disguised"),
        ("a.jpg", PROGRAM, "disguised"),
    ],
)
def test_what_is_in_a_file_decides(tmp_path, name, content, expected):
    assert trouble(tmp_path, name, content) == expected


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("run.exe", PROGRAM, "“run.exe” is not of a kind that is taken. Taken are PDF, Word"),
        ("IMG_1.HEIC", b"x", "is in the format of Apple’s camera"),
        ("plan.docm", word_file(MACROS), "can hold macros, which are not taken. Save it as .docx"),
        ("page.html", PAGE, "is a web page. Give its address as a link"),
        ("noname", b"x", "is not of a kind that is taken"),
        ("empty.txt", b" \n", "There is nothing in “empty.txt”"),
        ("big.txt", b"a" * (LARGEST + 1), "“big.txt” is larger than 2 MB"),
    ],
)
def test_what_a_name_or_size_tells_is_said_at_once(name, content, words):
    with pytest.raises(FileIsNotTaken) as refusal:
        looked_at(name, content, largest=LARGEST)
    assert words in str(refusal.value)


def bomb():
    """200 MB of nothing in 200 kB, and a package that says it is small."""
    return word_file(("word/media/1.bin", b"\x00" * (220 * MEGABYTE)))


def lying():
    """A part that says it has ten bytes and has a million."""
    content = word_file(("word/liar.xml", b"\x00" * MEGABYTE))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        at = archive.getinfo("word/liar.xml").header_offset
    directory = content.rindex(b"PK\x01\x02")
    lie = struct.pack("<L", 10)
    return content[: at + 22] + lie + content[at + 26 : directory + 24] + lie + content[directory + 28 :]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("bomb.docx", bomb(), "unpacks to far more than a document needs"),
        ("liar.docx", lying(), "is damaged or was not copied completely"),
        # Here alone: WeasyPrint, once loaded, lets Pillow take what was cut off; the child process never loads it.
        ("cut.jpg", photograph()[:-5], "is damaged or was not copied completely"),
        ("run.pdf", PROGRAM, "is called .pdf, but what is in it is something else"),
    ],
)
def test_what_is_refused_in_the_child_process_is_said_in_words(name, content, words):
    with pytest.raises(FileIsNotTaken) as refusal:
        looked_at(name, content, largest=LARGEST)
    assert words in str(refusal.value)


def huge_png():
    """A picture of 100,000 by 100,000 points, as far as its head says, in a hundred bytes."""
    head = struct.pack(">LLBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\x00" * 100)), (b"IEND", b"")]
    chunks = [
        struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data)) for kind, data in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def test_a_picture_of_too_many_points_is_refused_before_it_is_unpacked(tmp_path):
    assert trouble(tmp_path, "a.png", huge_png()) == "too_many_pixels"


@pytest.mark.parametrize(("name", "format"), [("a.jpg", "JPEG"), ("a.png", "PNG"), ("a.webp", "WEBP")])
def test_where_a_picture_was_taken_stays_behind_and_it_stands_upright(tmp_path, name, format):
    taken = photograph(format)
    # First that something could leak.
    assert b"CANARY-CAMERA" in taken
    with Image.open(io.BytesIO(taken)) as image:
        assert image.getexif().get_ifd(0x8825)[2] == PLACE_IN_EXIF
        assert image.info["xmp"] == PLACE_IN_XMP

    path = tmp_path / name
    path.write_bytes(taken)
    kept = base64.b64decode(look({"path": str(path), "hints": {"suffix": name[2:]}})["content"])

    with Image.open(io.BytesIO(kept)) as image:
        assert (image.format, image.size) == (format, (32, 64))
        assert dict(image.getexif()) == {}
        assert set(image.info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "loop",
            "background",
            "timestamp",
            "duration",
        }
        # It lay on its side: what was left is on top now.
        red, _, blue = image.convert("RGB").getpixel((16, 4))
        assert red > 200 > 60 > blue
    for trace in (b"CANARY", b"Exif", b"GPS", b"xmpmeta", b"eXIf", b"XMP ", b"adobe"):
        assert trace not in kept


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "LA", "I;16"])
def test_pictures_of_every_mode_are_drawn(tmp_path, mode):
    out = io.BytesIO()
    Image.new(mode, (8, 4)).save(out, "PNG")
    path = tmp_path / "a.png"
    path.write_bytes(out.getvalue())
    kept = base64.b64decode(look({"path": str(path), "hints": {"suffix": "png"}})["content"])
    assert Image.open(io.BytesIO(kept)).size == (8, 4)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("C:\\Users\\ann\\report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\r\nX-Evil: 1.pdf", "aX-Evil: 1.pdf"),
        ("gpj.\u202efdp.exe", "gpj.fdp.exe"),
        ("", "file"),
        ("ä" * 300 + ".pdf", "ä" * 196 + ".pdf"),
    ],
)
def test_names_are_kept_plain(name, plain):
    assert plain_name(name) == plain
