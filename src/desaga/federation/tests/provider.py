"""A real provider of OpenID Connect to test with: allauth's, in a process of its own, with its own database and settings.

    python -m desaga.federation.tests.provider FOLDER

It says its address on the first line that it prints. What a test wants of it is posted to `/control/` as JSON: to make
people and clients, to close an account, to change its signing key; and to lie, which no real provider would, so that
our checks have something to find.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

PASSWORD = "institutional flame"
NAME = "desaga.federation.tests.provider"


class State:
    """What the tests have asked for."""

    pem = ""
    claims: dict[str, Any] = {}
    lies: dict[str, Any] = {}
    proved_at: dict[int, float] = {}
    codes: list[str] = []


def new_pem() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def configure(folder: Path) -> None:
    settings.configure(
        SECRET_KEY="only in tests",
        DEBUG=False,
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=NAME,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "provider.sqlite3"}},
        CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "allauth",
            "allauth.account",
            "allauth.idp.oidc",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        SESSION_COOKIE_NAME="provider_session",
        CSRF_COOKIE_NAME="provider_csrf",
        LOGIN_URL="account_login",
        ACCOUNT_LOGIN_METHODS={"email"},
        ACCOUNT_SIGNUP_FIELDS=["email*", "password1*"],
        ACCOUNT_EMAIL_VERIFICATION="none",
        ACCOUNT_RATE_LIMITS=False,
        IDP_OIDC_ADAPTER=f"{NAME}_adapter.Adapter",
    )


def people(wanted: list[dict[str, Any]]) -> None:
    """Make or change people: {"email", "confirmed", "active", "claims"}."""
    from allauth.account.models import EmailAddress
    from django.contrib.auth.models import User

    for person in wanted:
        user, made = User.objects.get_or_create(username=person["email"], defaults={"email": person["email"]})
        if made:
            user.set_password(PASSWORD)
        user.is_active = person.get("active", True)
        user.first_name = person.get("name", "Ida Bunsen")
        user.save()
        EmailAddress.objects.update_or_create(
            user=user, email=user.email, defaults={"verified": person.get("confirmed", True), "primary": True}
        )
        State.claims[str(user.pk)] = person.get("claims", {})


def client(wanted: dict[str, Any]) -> None:
    """Make the client that Desaga is: {"id", "secret", "addresses"}."""
    from allauth.idp.oidc.models import Client

    made, _ = Client.objects.update_or_create(
        id=wanted["id"],
        defaults={
            "name": "Desaga",
            "scopes": "openid\nemail\nprofile\noffline_access",
            "grant_types": "authorization_code\nrefresh_token",
            "skip_consent": True,
        },
    )
    made.set_secret(wanted["secret"])
    made.set_redirect_uris(wanted["addresses"])
    made.save()


@csrf_exempt
def control(request: HttpRequest) -> HttpResponse:
    from django.contrib.auth.models import User

    asked = json.loads(request.body)
    if asked.get("reset"):
        State.lies, State.claims, State.codes = {}, {}, []
        User.objects.all().delete()
    if asked.get("new_key"):
        State.pem = new_pem()
    State.lies = asked.get("lies", State.lies)
    people(asked.get("people", []))
    if "client" in asked:
        client(asked["client"])
    answer: dict[str, Any] = {"subjects": {user.email: str(user.pk) for user in User.objects.all()}}
    if "sign" in asked:
        answer["token"] = sign(asked["sign"], asked.get("header", {}))
    answer["codes"] = State.codes
    return JsonResponse(answer)


def sign(claims: dict[str, Any], header: dict[str, Any]) -> str:
    """A token as the provider signs it, or as somebody would who has only its public key."""
    from allauth.core.internal import jwkkit

    published, private = jwkkit.load_jwk_from_pem(State.pem)
    header = {"kid": published["kid"], "alg": "RS256", **header}
    if header["alg"] == "none":
        return jwt.encode(claims, "", algorithm="none", headers=header)
    if header["alg"] == "HS256":
        public = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        return forged(claims, header, public)
    key: Any = rsa.generate_private_key(65537, 2048) if header.pop("own_key", False) else private
    return jwt.encode(claims, key, algorithm="RS256", headers=header)


def forged(claims: dict[str, Any], header: dict[str, Any], public: bytes) -> str:
    """HS256 with the public key as the secret: PyJWT refuses to make one."""
    import base64
    import hashlib
    import hmac

    def encoded(content: bytes) -> bytes:
        return base64.urlsafe_b64encode(content).rstrip(b"=")

    said = encoded(json.dumps({**header, "typ": "JWT"}).encode()) + b"." + encoded(json.dumps(claims).encode())
    return (said + b"." + encoded(hmac.new(public, said, hashlib.sha256).digest())).decode()


def token(request: HttpRequest) -> HttpResponse:
    """The provider's own token endpoint; then, where a test asks for it, another ID token or another answer."""
    from allauth.idp.oidc.views import token as honest

    State.codes.append(request.POST.get("code", ""))
    response = honest(request)
    if response.status_code != 200 or not State.lies:
        return response
    answer = json.loads(response.content)
    told = jwt.decode(answer.get("id_token", ""), options={"verify_signature": False})
    answer["id_token"] = sign({**told, **State.lies.get("claims", {})}, State.lies.get("header", {}))
    return JsonResponse({**answer, **State.lies.get("answer", {})})


token.csrf_exempt = True  # type: ignore[attr-defined]


def oversized(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"{" + b" " * 1024 * 1024 + b"}", content_type="application/json")


def elsewhere(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=302, headers={"Location": "/.well-known/openid-configuration"})


def addresses() -> list[Any]:
    return [
        path("control/", control),
        path("identity/o/api/token", token),
        path("large/.well-known/openid-configuration", oversized),
        path("elsewhere/.well-known/openid-configuration", elsewhere),
        path("account/", include("allauth.account.urls")),
        path("", include("allauth.idp.urls")),
    ]


#: Django's name for them; they can be read only once it is set up.
urlpatterns: list[Any] = []


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        pass


def note_proof(user: Any, **kwargs: Any) -> None:
    State.proved_at[user.pk] = time.time()


def main(folder: str) -> None:
    import django

    configure(Path(folder))
    django.setup()
    from allauth.account.signals import authentication_step_completed
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    # The server's own module is called __main__ here; the addresses and the adapter are to meet the same state.
    this = sys.modules[NAME] = sys.modules["__main__"]
    this.__name__ = NAME
    urlpatterns.extend(addresses())
    authentication_step_completed.connect(note_proof)
    State.pem = new_pem()
    call_command("migrate", verbosity=0)
    server = Server(("127.0.0.1", 0), Quiet)
    server.set_app(get_wsgi_application())
    sys.stdout.write(f"http://127.0.0.1:{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1])
