"""A page of the site made to lie in a folder: links lead to files beside it, what it needs is taken along, nothing is asked of a network."""

from __future__ import annotations

import base64
import mimetypes
import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urldefrag, urlsplit

from lxml import html

from .people import NamesAt, unlink

#: How a browser opened from a folder reads what it would refuse as a file of its own: letters, captions, the picture of a scene.
CSS_FILE = re.compile(r"url\(\s*[\"']?(?!data:)([^)\"']+)[\"']?\s*\)")
#: What search engines and other servers ask for is of no use in a folder.
HEAD_LEFT_OUT = (
    "//link[@rel='canonical' or @rel='preload' or @rel='alternate' or @rel='icon']",
    "//meta[@property or @name='robots' or @name='htmx-config']",
)
#: One format of each picture stays, that of `img`. Taken out before reading: the parser puts what follows a source inside it.
OTHER_FORMATS = re.compile(r"<source\b[^>]*\bsrcset=[^>]*>")
WIDTH = re.compile(r"^(\S+)\s+(\d+)w$")


@dataclass
class Folder:
    """What lies in the pack. `read` answers the bytes of an address of ours, or None where it is nothing to take along; `names_at` who is shown at one."""

    read: Callable[[str], bytes | None]
    names_at: NamesAt
    site: str
    pages: Mapping[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)

    def take(self, address: str, folder: str) -> str | None:
        """Where a file of ours lies in the pack, taken along if it was not yet."""
        bare = urlsplit(address).path
        name = f"{folder}/{posixpath.basename(bare)}"
        if name not in self.files:
            content = self.read(bare)
            if content is None:
                return None
            self.files[name] = self.style(bare, content) if name.endswith(".css") else content
        return name

    def style(self, address: str, content: bytes) -> bytes:
        """A style sheet with its letters in it."""

        def inlined(found: re.Match[str]) -> str:
            wanted = posixpath.normpath(posixpath.join(posixpath.dirname(address), found[1]))
            held = self.read(urlsplit(wanted).path)
            return f'url("{as_data(wanted, held)}")' if held is not None else found[0]

        return CSS_FILE.sub(inlined, content.decode()).encode()


def as_data(name: str, content: bytes) -> str:
    kind = mimetypes.guess_type(name)[0] or ("font/woff2" if name.endswith(".woff2") else "application/octet-stream")
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def mirrored(page: str, folder: Folder) -> bytes:
    """The page as it lies in the folder."""
    tree = html.document_fromstring(OTHER_FORMATS.sub("", page))
    for path in HEAD_LEFT_OUT:
        for element in tree.xpath(path):
            element.getparent().remove(element)
    for step in (pictures, styles, scripts, films, scenes, people, links):
        step(tree, folder)
    return b"<!doctype html>\n" + html.tostring(tree, encoding="utf-8", doctype=None)


def pictures(tree: Any, folder: Folder) -> None:
    """One size of each picture, in a format that every browser knows."""
    for image in tree.xpath("//img"):
        address = largest(image.get("srcset", "")) or image.get("src", "")
        if name := folder.take(address, "pictures"):
            image.set("src", name)
        for left in ("srcset", "sizes", "loading", "fetchpriority"):
            image.attrib.pop(left, None)


def largest(srcset: str) -> str:
    sizes = [found for one in srcset.split(",") if (found := WIDTH.match(one.strip()))]
    return max(sizes, key=lambda one: int(one[2]))[1] if sizes else ""


def styles(tree: Any, folder: Folder) -> None:
    for link in tree.xpath("//link[@rel='stylesheet']"):
        name = folder.take(link.get("href"), "parts")
        link.set("href", name) if name else link.getparent().remove(link)


def scripts(tree: Any, folder: Folder) -> None:
    for script in tree.xpath("//script[@src]"):
        name = folder.take(script.get("src"), "parts")
        script.set("src", name) if name else script.getparent().remove(script)


def films(tree: Any, folder: Folder) -> None:
    for source in tree.xpath("//video/source | //video[@poster]"):
        which = "src" if source.tag == "source" else "poster"
        if name := folder.take(source.get(which), "films" if which == "src" else "pictures"):
            source.set(which, name)
    for track in tree.xpath("//track"):
        held = folder.read(urlsplit(track.get("src")).path)
        if held is not None:
            track.set("src", f"data:text/vtt;base64,{base64.b64encode(held).decode()}")


def scenes(tree: Any, folder: Folder) -> None:
    """The viewer is taken along; the picture that it turns lies in a script, since a picture of a folder may not be drawn as a texture."""
    for scene in tree.xpath("//*[@data-scene]"):
        for which in ("data-viewer", "data-viewer-style"):
            scene.set(which, folder.take(scene.get(which), "parts") or "")
        address = urlsplit(scene.attrib.pop("data-panorama", "")).path
        held = folder.read(address)
        if held is not None:
            name = f"scenes/{posixpath.splitext(posixpath.basename(address))[0]}.js"
            folder.files[name] = f'window.desagaPanorama = "{as_data(address, held)}";\n'.encode()
            scene.set("data-panorama-script", name)


def people(tree: Any, folder: Folder) -> None:
    """Nobody is named who is not in the pack."""
    unlink(tree, folder.pages, folder.names_at)


def links(tree: Any, folder: Folder) -> None:
    """To files beside it, else to the site, which needs the internet and says so."""
    for link in tree.xpath("//a[@href] | //*[local-name()='a'][@href]"):
        address, part = urldefrag(link.get("href"))
        if not address:
            continue
        if address in folder.pages:
            link.set("href", folder.pages[address] + (f"#{part}" if part else ""))
            continue
        if address.startswith("/"):
            link.set("href", f"{folder.site}{address}{f'#{part}' if part else ''}")
        if not link.get("data-away") and link.tag == "a":
            link.set("data-away", "")
            link.set("rel", "external")
