"""Work in the background: long packs as PDF."""

from __future__ import annotations

from typing import Any

from desaga.tenancy.jobs import tenant_task

from .operations import papers


@tenant_task(retry=2)
def make_pack(*, organisation: Any, actor: Any, pack_id: int) -> None:
    papers.make_pack(pack_id=pack_id)
