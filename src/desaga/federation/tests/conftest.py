"""Institutions whose sign-in is a real provider, of OpenID Connect or of SAML."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from .institution import Institution
from .saml_institution import SamlInstitution


@pytest.fixture
def institution(provider_server: str, organisation: Any) -> Institution:
    """Northmoor with that provider as its own sign-in, and Ida known there."""
    from django.core.cache import cache

    cache.clear()
    return Institution(provider_server, organisation)


@pytest.fixture(scope="session")
def saml_server() -> Iterator[tuple[str, str]]:
    """The address of an institution that speaks SAML, in a process of its own, and the certificate of its federation."""
    words = [sys.executable, "-m", "desaga.federation.tests.saml_provider"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address, certificate = process.stdout.readline().split()
        yield address, bytes.fromhex(certificate).decode()
        process.terminate()


@pytest.fixture
def saml_institution(saml_server: tuple[str, str], organisation: Any) -> SamlInstitution:
    """Northmoor with that as its own sign-in, and Ida known there."""
    return SamlInstitution(*saml_server, organisation)
