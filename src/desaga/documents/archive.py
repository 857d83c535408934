"""Zip files opened with care: encrypted, damaged and explosive ones are refused before anything is unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib
from types import TracebackType

from .kinds import refuse
from .limits import Limits

SMALL = 20 * 1024 * 1024
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


class Archive:
    """The members of a zip file by name. Every refusal is an `UnreadableDocument` that names the file."""

    def __init__(self, data: bytes, name: str, limits: Limits) -> None:
        self.name = name
        self.limits = limits
        self.inflated = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except DAMAGE as error:
            raise refuse("corrupt", name) from error
        self._members = {info.filename.replace("\\", "/").lstrip("/"): info for info in self._zip.infolist()}
        self._folded = {member.lower(): member for member in self._members}
        self._check()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def __contains__(self, member: str) -> bool:
        return member.lstrip("/").lower() in self._folded

    @property
    def members(self) -> list[str]:
        return list(self._members)

    def read(self, member: str) -> bytes:
        """The bytes of `member`, found whatever the case of its letters; `KeyError` where there is none."""
        info = self._members[self._folded[member.lstrip("/").lower()]]
        try:
            with self._zip.open(info) as stream:
                data = stream.read(min(info.file_size, self.limits.inflated_bytes) + 1)
        except DAMAGE as error:
            raise refuse("corrupt", self.name) from error
        self.inflated += len(data)
        if len(data) > info.file_size or self.inflated > self.limits.inflated_bytes:
            raise refuse("zip_bomb", self.name)
        return data

    def _check(self) -> None:
        infos = self._zip.infolist()
        if any(info.flag_bits & 1 for info in infos):
            raise refuse("encrypted", self.name)
        total = sum(info.file_size for info in infos)
        greedy = any(
            info.file_size > SMALL and info.file_size > self.limits.ratio * max(info.compress_size, 1) for info in infos
        )
        if len(infos) > self.limits.members or total > self.limits.inflated_bytes or greedy:
            raise refuse("zip_bomb", self.name)
