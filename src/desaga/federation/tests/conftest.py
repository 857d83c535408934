"""A real provider of OpenID Connect, once for all tests that go to one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .institution import Institution


@pytest.fixture(scope="session")
def provider_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a provider that runs in a process of its own."""
    folder: Path = tmp_path_factory.mktemp("provider")
    words = [sys.executable, "-m", "desaga.federation.tests.provider", str(folder)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()


@pytest.fixture
def institution(provider_server: str, organisation: Any) -> Institution:
    """Northmoor with that provider as its own sign-in, and Ida known there."""
    from django.core.cache import cache

    cache.clear()
    return Institution(provider_server, organisation)
