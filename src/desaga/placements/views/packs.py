"""What somebody reads, to take along: as one paper, in parts where it is long, and with letters and files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.views.generic import View

from desaga.documents.out import PAPERS, Block, Imprint
from desaga.organisations.doors import WorkspaceMixin, WorkspaceView
from desaga.ui.fonts import font_files

from ..models import Assignment
from ..packing import TooLarge, zipped
from ..queries import packs as reads
from ..queries import reading
from ..reading_papers import LONGEST_AT_ONCE, length_of, pack_paper, volumes
from .reviewing import ReadingMixin


class PackMixin(ReadingMixin):
    """What whoever asks reads of this scheme, now."""

    @cached_property
    def found(self) -> list[Assignment]:
        rows = reading.readings_of(self.request.user, self.organisation).filter(application__scheme=self.scheme)  # type: ignore[attr-defined]
        return self.chosen(reading.with_titles(rows))

    def chosen(self, found: list[Assignment]) -> list[Assignment]:
        return found

    def blocks_of(self, found: list[Assignment]) -> list[Block]:
        return pack_paper(found, reading.copies_of(found), reading.said_in(found))

    def parts(self) -> list[list[Assignment]]:
        """The readings of each PDF."""
        copies, said = reading.copies_of(self.found), reading.said_in(self.found)
        lengths = [length_of(pack_paper([one], copies, said)) for one in self.found]
        return [[self.found[at] for at in part] for part in volumes(lengths)]

    def title(self) -> str:
        return f"Reading for {self.scheme}"

    def written(self, format: Any, found: list[Assignment], title: str) -> bytes:
        imprint = Imprint(title, self.organisation.name, timezone.localdate(), font_files())  # type: ignore[attr-defined]
        content: bytes = format.write_paper(self.blocks_of(found), imprint)
        return content

    def as_file(self, content: bytes, title: str, ending: str, media_type: str) -> HttpResponse:
        name = f"{slugify(title)[:80]}-{timezone.localdate().isoformat()}.{ending}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
        return HttpResponse(content, content_type=media_type, headers=headers)


class PackView(PackMixin, WorkspaceMixin, View):
    """Everything as one paper, for where there is no connection; a long one as PDF is taken part by part."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        format = PAPERS.get(self.kwargs["format"])
        if format is None or not self.found:
            raise Http404
        found, title = self.found, self.title()
        if format.ending == "pdf" and len(found) > 1:
            parts = self.parts()
            asked = request.GET.get("part", "")
            if len(parts) > 1 and not (asked.isascii() and asked.isdecimal()):
                return redirect(self.address("placements:show_packs", scheme_slug=self.scheme.slug))
            if len(parts) > 1:
                if not 1 <= int(asked) <= len(parts):
                    raise Http404
                found, title = parts[int(asked) - 1], f"{title}, part {asked} of {len(parts)}"
        return self.as_file(self.written(format, found, title), title, format.ending, format.media_type)


class OnePackView(PackView):
    """The same of one application."""

    def chosen(self, found: list[Assignment]) -> list[Assignment]:
        return [one for one in found if one.application.reference == self.kwargs["reference"]]


class ShowPacksView(PackMixin, WorkspaceView):
    """All ways of taking it along."""

    template_name = "placements/show_packs.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            found=self.found, parts=self.parts(), files=reads.number_of_files(self.found), **kwargs
        )


class PackWithFilesView(PackMixin, WorkspaceMixin, View):
    """The paper with the letters and files that whoever asks may read, in a folder for each application."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.found:
            raise Http404
        title = self.title()
        is_short = length_of(self.blocks_of(self.found)) <= LONGEST_AT_ONCE
        format = PAPERS["pdf" if is_short else "docx"]
        try:
            files = reads.files_of(self.found)
        except TooLarge as refusal:
            messages.error(request, str(refusal))
            return redirect(self.address("placements:show_packs", scheme_slug=self.scheme.slug))
        paper = (f"{slugify(title)[:80]}.{format.ending}", self.written(format, self.found, title))
        return self.as_file(zipped([paper, *files]), title, "zip", "application/zip")
