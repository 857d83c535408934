"""An institution's sign-in by SAML, in a process of its own: `python -m desaga.federation.tests.saml_provider` prints its address.

It publishes metadata (`/metadata`), alone and in a federation (`/federation`), asks for a password at `/sso`, and signs its answers with
xmlsec. It answers only services whose metadata it was given. `/control` tells it who its people are, and what to do wrong.
"""

from __future__ import annotations

import base64
import json
import zlib
from datetime import UTC, datetime, timedelta
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from lxml import etree

from ..saml.tests.documents import SPACES, entity, federation
from ..saml.tests.responses import Response
from ..saml.tests.signing import key

PASSWORD = "bunsen-and-desaga"
HOST = "idp.northmoor.example"
ENTITY_ID = f"https://{HOST}/idp"
MD = "{urn:oasis:names:tc:SAML:2.0:metadata}"
PAGE = "<!doctype html><html lang=en><title>Northmoor</title><h1>Northmoor</h1>{}"
FORM = "<form method=post action='{action}'>{hidden}{inputs}<button>{button}</button></form>"
INPUTS = "<label>E-mail <input name=email></label> <label>Password <input name=password type=password></label>"

state: dict[str, Any] = {"people": {}, "services": {}, "but": {}, "until": "", "count": 0}


def metadata(address: str) -> str:
    return entity(
        HOST,
        name="University of Northmoor",
        scopes=("northmoor.example",),
        address=f"{address}/sso",
        keys=(key("northmoor"),),
        attributes="{}",
    )


def response(request: etree._Element, email: str) -> Response:
    state["count"] += 1
    plain = Response(
        request_id=request.get("ID"),
        address=request.get("AssertionConsumerServiceURL"),
        audience=request.findtext("{*}Issuer"),
        issuer=ENTITY_ID,
        now=datetime.now(UTC),
        with_key=key("northmoor"),
        attributes=state["people"][email],
        assertion_id=f"_a{state['count']}",
    )
    changes = dict(state["but"])
    if "signed_in" in changes:
        changes["signed_in"] = timedelta(seconds=changes["signed_in"])
    return plain.but(**changes)


def asked(packed: str) -> etree._Element:
    """The request of a service that we know, to be answered where its metadata says."""
    request = etree.fromstring(zlib.decompress(base64.b64decode(packed), -15))
    if request.get("AssertionConsumerServiceURL") not in state["services"].get(request.findtext("{*}Issuer"), []):
        raise PermissionError("an unknown service")
    return request


def hidden(**fields: str) -> str:
    return "".join(f'<input type=hidden name={name} value="{escape(value)}">' for name, value in fields.items())


def ask(query: dict[str, str]) -> str:
    asked(query["SAMLRequest"])
    kept = hidden(SAMLRequest=query["SAMLRequest"], RelayState=query["RelayState"])
    return PAGE.format(FORM.format(action="/sso", hidden=kept, inputs=INPUTS, button="Sign in"))


def answer(posted: dict[str, str]) -> str:
    request = asked(posted["SAMLRequest"])
    if posted["email"] not in state["people"] or posted["password"] != PASSWORD:
        raise PermissionError("nobody we know")
    kept = hidden(SAMLResponse=response(request, posted["email"]).encoded(), RelayState=posted["RelayState"])
    action = request.get("AssertionConsumerServiceURL")
    return PAGE.format(FORM.format(action=action, hidden=kept, inputs="", button="Go on to Desaga"))


def control(told: dict[str, Any]) -> str:
    if told.pop("reset", False):
        state.update(people={}, services={}, but={}, until="")
    if service := told.pop("service", ""):
        root = etree.fromstring(service.encode())
        places = [place.get("Location") for place in root.iter(f"{MD}AssertionConsumerService")]
        state["services"][root.get("entityID")] = places
    state.update(told)
    return "{}"


class Provider(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        address = f"http://{self.headers['Host']}"
        pages = {
            "/metadata": lambda: metadata(address).format(SPACES),
            "/federation": lambda: federation_now(address),
            "/sso": lambda: ask(one_each(parts.query)),
        }
        self.say(pages[parts.path])

    def do_POST(self) -> None:
        posted = self.rfile.read(int(self.headers["Content-Length"])).decode()
        pages = {
            "/sso": lambda: answer(one_each(posted)),
            "/control": lambda: control(json.loads(posted)),
        }
        self.say(pages[urlsplit(self.path).path])

    def say(self, make: Any) -> None:
        try:
            body, status = make(), 200
        except PermissionError as fault:
            body, status = str(fault), 403
        content = body if isinstance(body, bytes) else body.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: Any) -> None:
        """Nobody reads it."""


def federation_now(address: str) -> bytes:
    until = state["until"] or f"{datetime.now(UTC) + timedelta(days=7):%Y-%m-%dT%H:%M:%SZ}"
    others = [entity(f"idp{number}.example", name=f"College {number}") for number in range(30)]
    return federation(metadata(address).format(""), *others, until=until).getvalue()


def one_each(words: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(words).items()}


if __name__ == "__main__":
    with ThreadingHTTPServer(("127.0.0.1", 0), Provider) as server:
        print(f"http://localhost:{server.server_port} {key('federation').certificate.hex()}", flush=True)  # noqa: T201
        server.serve_forever()
