"""Asking addresses outside whether they are there: politely, in bounded time, and never one inside. No Django beyond `federation`."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import certifi
import urllib3

from desaga.federation.fetching import BadAddress, NotAnswering, refuse_inside

from .addresses import OUTSIDE, fault_of

MOST_HOPS = 5
SECONDS_TO_CONNECT, SECONDS_TO_ANSWER, SECONDS_BETWEEN = 5, 10, 1.0
PORTS = {"http": 80, "https": 443}
ASKS_AS = {"User-Agent": "Desaga link check", "Accept": "*/*"}
MOVED = (301, 302, 303, 307, 308)
#: Those who do not like to be asked by programs, or not now: nothing is known of the page.
KEEPS_TO_ITSELF = (401, 403, 405, 406, 408, 425, 429, 451, 503, 999)
GONE = (404, 410)
SERVER_FAULT, FAULT = 500, 400


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of it: "there", "lost" or "unchecked", and why in words."""

    state: str
    why: str = ""


THERE = Heard("there")


@dataclass
class Asker:
    """Asks one address after the other, and no server more often than once a second. `resolve` answers the addresses of a host that everybody could ask, and raises for others."""

    resolve: Callable[[str, int], list[str]] = refuse_inside
    wait: Callable[[float], None] = time.sleep
    now: Callable[[], float] = time.monotonic
    asked: dict[str, float] = field(default_factory=dict)

    def ask(self, address: str) -> Heard:
        """Whether something is there, after as many as five moves."""
        for _ in range(MOST_HOPS + 1):
            if fault_of(address) or urlsplit(address).scheme.lower() not in OUTSIDE:
                return Heard("lost", "It leads on to something that is no address of a page.")
            try:
                status, onward = self.look(address)
            except BadAddress:
                return Heard("lost", "It leads to a server that not everybody can reach.")
            except NotAnswering:
                return Heard("lost", "There is no server of this name.")
            except (urllib3.exceptions.HTTPError, OSError, ValueError):
                return Heard("lost", "The server does not answer.")
            if status in MOVED and onward:
                address = urljoin(address, onward)
                continue
            return heard(status)
        return Heard("lost", "It leads round and round.")

    def look(self, address: str) -> tuple[int, str]:
        """The status, and where it leads on. The short question first; the whole page only where a server does not know that one."""
        status, onward = self.send("HEAD", address)
        if status >= FAULT and status != 429:
            status, onward = self.send("GET", address)
        return status, onward

    def send(self, method: str, address: str) -> tuple[int, str]:
        """One request, to the very address that was found to be outside: nobody can say another one in between."""
        parts = urlsplit(address)
        host, scheme = in_letters_of_dns(str(parts.hostname)), parts.scheme.lower()
        port = parts.port or PORTS[scheme]
        # Both kinds are outside; not every machine reaches those of the newer kind.
        found = min(self.resolve(host, port), key=lambda one: ":" in one)
        self.be_patient(host)
        timeout = urllib3.Timeout(connect=SECONDS_TO_CONNECT, read=SECONDS_TO_ANSWER)
        if scheme == "https":
            pool: urllib3.HTTPConnectionPool = urllib3.HTTPSConnectionPool(
                found, port, timeout=timeout, retries=False, server_hostname=host, assert_hostname=host, ca_certs=certifi.where(), cert_reqs="CERT_REQUIRED",
            )  # fmt: skip
        else:
            pool = urllib3.HTTPConnectionPool(found, port, timeout=timeout, retries=False)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        named = f"[{host}]" if ":" in host else host
        headers = {**ASKS_AS, "Host": f"{named}:{port}" if parts.port else named}
        with pool:
            response = pool.request(method, target, headers=headers, redirect=False, preload_content=False)
            # Nothing of the page is read.
            response.close()
            return response.status, response.headers.get("Location", "")

    def be_patient(self, host: str) -> None:
        since = self.now() - self.asked.get(host, float("-inf"))
        if since < SECONDS_BETWEEN:
            self.wait(SECONDS_BETWEEN - since)
        self.asked[host] = self.now()


def in_letters_of_dns(host: str) -> str:
    """ "münchen.example" as "xn--mnchen-3ya.example"."""
    return host if host.isascii() else host.encode("idna").decode()


def heard(status: int) -> Heard:
    if status in KEEPS_TO_ITSELF:
        return Heard("unchecked", "The server does not let programs look.")
    if status in GONE:
        return Heard("lost", "There is no such page any more.")
    if status >= SERVER_FAULT:
        return Heard("lost", "The server says that it has a fault.")
    return Heard("lost", f"The server refuses it ({status}).") if status >= FAULT else THERE
