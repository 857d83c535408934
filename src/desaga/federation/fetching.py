"""Asking an institution's provider over the network: only https, in bounded time, answers of bounded size."""

from __future__ import annotations

import ipaddress
import json
import logging
import socket
import time
from collections.abc import Mapping
from typing import IO, Any
from urllib.parse import urlsplit

import requests
from django.conf import settings

from desaga.organisations.refusals import Refused

SECONDS_TO_CONNECT, SECONDS_TO_ANSWER, SECONDS_IN_ALL = 3, 5, 10
LARGEST = 512 * 1024
PIECE = 16 * 1024
logger = logging.getLogger(__name__)


class NotAnswering(Refused):
    """The institution’s sign-in did not answer as it should. Try again in a few minutes, or sign in in another way."""


class BadAddress(Refused):
    """The address must begin with https:// and name a server on the internet."""


def check_address(address: str) -> None:
    """Raise `BadAddress` unless an address is https to a server that everybody could ask.

    http to this very machine is for the tests and the demo; a server inside an institution's own network only
    where `DESAGA_INTERNAL_SIGN_IN` says so, as whoever leads an organisation chooses the address.
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise BadAddress from None
    if not host or parts.username or parts.password or parts.fragment:
        raise BadAddress
    if settings.SIGN_IN_ON_LOOPBACK and host in ("127.0.0.1", "localhost"):
        return
    if parts.scheme != "https":
        raise BadAddress
    if not settings.SIGN_IN_INTERNAL:
        refuse_inside(host, port or 443)


def refuse_inside(host: str, port: int) -> list[str]:
    """The addresses of a host that everybody could ask. Raises `NotAnswering` where it has none, `BadAddress` where one of them is inside a network."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        raise NotAnswering from None
    addresses = [str(address[0]).partition("%")[0] for *_, address in found]
    if not all(ipaddress.ip_address(one).is_global for one in addresses):
        raise BadAddress
    return addresses


def fetch(
    address: str,
    *,
    data: Mapping[str, str] | None = None,
    auth: tuple[str, str] | None = None,
    bearer: str = "",
) -> tuple[int, dict[str, Any]]:
    """The status and the JSON object of an answer; posts `data` if there is any. Follows no redirect.

    Raises `NotAnswering` for whatever else comes. What was sent or answered is in no log.
    """
    check_address(address)
    headers = {"Accept": "application/json", "User-Agent": "Desaga"}
    if bearer:
        headers["Authorization"] = f"Bearer {bearer}"
    try:
        with requests.request(
            "GET" if data is None else "POST",
            address,
            data=data,
            auth=auth,
            headers=headers,
            timeout=(SECONDS_TO_CONNECT, SECONDS_TO_ANSWER),
            allow_redirects=False,
            stream=True,
        ) as response:
            return response.status_code, read_object(response)
    except (requests.RequestException, ValueError) as fault:
        logger.warning("sign-in: %s did not answer: %s", urlsplit(address).hostname, type(fault).__name__)
        raise NotAnswering from None


def fetch_file(address: str, into: IO[bytes], *, largest: int, seconds: int) -> None:
    """Write what an address holds into a file, in bounded time and size. Follows no redirect. Raises `NotAnswering`."""
    check_address(address)
    until = time.monotonic() + seconds
    try:
        with requests.get(
            address,
            headers={"User-Agent": "Desaga"},
            timeout=(SECONDS_TO_CONNECT, SECONDS_IN_ALL),
            allow_redirects=False,
            stream=True,
        ) as response:
            if response.status_code != requests.codes.ok:
                raise ValueError("not there")
            for piece in response.iter_content(PIECE):
                into.write(piece)
                if into.tell() > largest or time.monotonic() > until:
                    raise ValueError("too large or too slow")
    except (requests.RequestException, ValueError) as fault:
        logger.warning("sign-in: %s did not answer: %s", urlsplit(address).hostname, type(fault).__name__)
        raise NotAnswering("The server did not answer as it should.") from None


def read_object(response: requests.Response) -> dict[str, Any]:
    """The answer's JSON object; ValueError where it is none, too large or too slow."""
    until, content = time.monotonic() + SECONDS_IN_ALL, b""
    for piece in response.iter_content(PIECE):
        content += piece
        if len(content) > LARGEST or time.monotonic() > until:
            raise ValueError("too large or too slow")
    answer = json.loads(content)
    if not isinstance(answer, dict):
        raise ValueError("not an object")
    return answer
