"""Django's settings. What differs from place to place is read from the environment; see docs/reference/settings.md.

`DESAGA_ENVIRONMENT` is `development` (the default), `test` or `production`. Only production insists on a key, host names
and https.
"""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

from csp.constants import NONE, SELF

from . import database, places
from .secret import secret_key, workforce_keys

ENVIRONMENT = os.environ.get("DESAGA_ENVIRONMENT", "development")
if ENVIRONMENT not in {"development", "test", "production"}:
    raise ValueError("DESAGA_ENVIRONMENT must be development, test or production")
IN_PRODUCTION = ENVIRONMENT == "production"
IN_TESTS = ENVIRONMENT == "test"
DEBUG = os.environ.get("DESAGA_DEBUG") == "1" and not IN_PRODUCTION


def words(name: str, default: str = "") -> list[str]:
    """A setting that lists words, separated by commas or spaces."""
    return os.environ.get(name, default).replace(",", " ").split()


def text_of(name: str) -> str:
    """What the file holds that a setting names; nothing where it names none."""
    path = os.environ.get(name, "")
    return Path(path).read_text() if path else ""


# The demo has people whose password everybody knows, and shows its mail to everybody.
DEMO = os.environ.get("DEMO") == "1" and not IN_PRODUCTION

# ---- Who we are
SECRET_KEY = secret_key(required=IN_PRODUCTION)
SECRET_KEY_FALLBACKS = words("DESAGA_OLD_SECRET_KEYS")
# What the keys of people's data are sealed with; the first is in force, the others still open. See docs/how-to/operate-a-server.md.
WORKFORCE_KEYS = workforce_keys(in_production=IN_PRODUCTION)
LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
ALLOWED_HOSTS = words("DESAGA_HOSTS") if IN_PRODUCTION else [*LOCAL_HOSTS, *words("DESAGA_HOSTS")]
CSRF_TRUSTED_ORIGINS = words("DESAGA_TRUSTED_ORIGINS")
# Absolute addresses in e-mail, where no request tells them.
SITE_ADDRESS = os.environ.get("DESAGA_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
# Whom to write to about accessibility and privacy.
CONTACT_ADDRESS = os.environ.get("DESAGA_CONTACT", "")
ROOT_URLCONF = "desaga.config.urls"
WSGI_APPLICATION = "desaga.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ---- What we are made of
SLICES = [
    "desaga.home",
    "desaga.website",
    "desaga.exhibition",
    "desaga.newsletters",
    "desaga.posters",
    "desaga.directory",
    "desaga.charters",
    "desaga.union_learning",
    "desaga.public",
    "desaga.reports",
    "desaga.reviews",
    "desaga.stories",
    "desaga.careers",
    "desaga.placements",
    "desaga.rounds",
    "desaga.plans",
    "desaga.evidence",
    "desaga.governance",
    "desaga.activities",
    "desaga.workforce",
    "desaga.indicators",
    "desaga.frameworks",
    "desaga.consents",
    "desaga.privacy",
    "desaga.notifications",
    "desaga.keys",
    "desaga.federation",
    "desaga.accounts",
    "desaga.organisations",
    "desaga.audit",
]


def is_app(name: str) -> bool:
    """Whether a slice has come into being: some of them are folders of pure Python only."""
    return find_spec(name) is not None and find_spec(f"{name}.apps") is not None


INSTALLED_APPS = [
    "desaga.config",
    *filter(is_app, SLICES),
    "desaga.ui",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_htmx",
    "pghistory",
    "pgtrigger",
    "procrastinate.contrib.django",
    "rules.apps.AutodiscoverRulesConfig",
    "template_partials",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "desaga.organisations.middleware.SameForEverybodyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "desaga.accounts.middleware.SeenSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    # The last: within it, and only within it, is the request's transaction with its tenant.
    "desaga.organisations.middleware.TenancyMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "desaga.ui.context.navigation",
            ],
        },
    },
]
FORM_RENDERER = "desaga.ui.forms.DesagaRenderer"

# ---- The database
POOL = {"min_size": 1, "max_size": int(os.environ.get("DESAGA_POOL", "8")), "timeout": 10}
TEST_DATABASE = f"test_{os.environ.get('DESAGA_TEST_NAME', database.DATABASE)}"
DATABASES = {
    "default": database.app_settings(
        pool=None if IN_TESTS else POOL,
        test_name=TEST_DATABASE,
        # A test's data need not survive a power cut.
        flags="-c synchronous_commit=off" if IN_TESTS else "",
    )
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # What counts attempts must not be pushed out by many addresses that ask at once.
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
    # Which files a picture has in which sizes; each process knows it by itself, no longer than a page may be kept.
    "renditions": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "renditions",
        "TIMEOUT": 60,
        "OPTIONS": {"MAX_ENTRIES": 5_000},
    },
    # Whole pages of the websites, some 40 kB each (`website.kept_pages`).
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "TIMEOUT": 60,
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
}
if IN_TESTS:
    CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}

# ---- Jobs
PROCRASTINATE_WORKER_DEFAULTS = {"concurrency": 2, "delete_jobs": "successful", "install_signal_handlers": True}

# ---- Row history: triggers write it, whatever wrote the row
PGHISTORY_APPEND_ONLY = True

# ---- Who may come in
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator", "NumericPasswordValidator")
] + [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    }
]
if IN_TESTS:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
# How many servers of ours stand in front: without it every sign-in would seem to come from the nearest of them.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("DESAGA_PROXIES", "1" if IN_PRODUCTION else "0"))
ACCOUNT_ADAPTER = "desaga.federation.adapter.FederatedAccountAdapter"
ACCOUNT_FORMS = {
    "login": "desaga.accounts.forms.SignInForm",
    "change_password": "desaga.accounts.forms.ChangePasswordForm",
    "set_password": "desaga.accounts.forms.SetPasswordForm",
    "reset_password": "desaga.accounts.forms.AskForPasswordForm",
    "reset_password_from_key": "desaga.accounts.forms.ResetPasswordForm",
    "add_email": "desaga.accounts.forms.ChangeEmailForm",
    "reauthenticate": "desaga.accounts.forms.ReauthenticateForm",
}
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
MFA_ADAPTER = "desaga.accounts.adapter.TwoStepAdapter"
MFA_FORMS = {
    "authenticate": "desaga.accounts.forms.CodeForm",
    "reauthenticate": "desaga.accounts.forms.CodeAgainForm",
    "activate_totp": "desaga.accounts.forms.SetUpTwoStepForm",
    "add_webauthn": "desaga.accounts.passkeys.AddPasskeyForm",
    "edit_webauthn": "desaga.accounts.passkeys.RenamePasskeyForm",
    "login_webauthn": "desaga.accounts.passkeys.SignInWithPasskeyForm",
    "authenticate_webauthn": "desaga.accounts.passkeys.PasskeyForm",
    "reauthenticate_webauthn": "desaga.accounts.passkeys.PasskeyAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_ISSUER = "Desaga"
# Clocks differ and hands are slow: the code before and the one after count too, as RFC 6238, 5.2 suggests.
MFA_TOTP_TOLERANCE = 1
USERSESSIONS_TRACK_ACTIVITY = True

# ---- Sign-in with the institution: where its servers may stand
SIGN_IN_ON_LOOPBACK = not IN_PRODUCTION
SIGN_IN_INTERNAL = os.environ.get("DESAGA_INTERNAL_SIGN_IN") == "1"
# What we sign with, and what institutions encrypt for, where they use SAML.
SAML_KEY = text_of("DESAGA_SAML_KEY")
SAML_CERTIFICATE = text_of("DESAGA_SAML_CERTIFICATE")

# ---- Programs: how often one key may ask
API_RATE = os.environ.get("DESAGA_API_RATE", "600/m")

# ---- What travels, and how
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_HTTPONLY = True
# It ends with the browser: a form that was left open says so and keeps what was typed.
CSRF_COOKIE_AGE = None
CSRF_COOKIE_SAMESITE = "Lax"
if IN_PRODUCTION:
    SECURE_SSL_REDIRECT = os.environ.get("DESAGA_SSL_REDIRECT", "1") == "1"
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-desaga"
    CSRF_COOKIE_SECURE = True
    CSRF_COOKIE_NAME = "__Host-csrf"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
# Two million characters may be pasted, of up to four bytes each.
DATA_UPLOAD_MAX_MEMORY_SIZE = 9 * 1024 * 1024
# ---- Evidence: how large a file may be, and which virus scanner looks at it
LARGEST_EVIDENCE = int(os.environ.get("DESAGA_LARGEST_EVIDENCE", "20")) * 1024 * 1024
CLAMAV = os.environ.get("DESAGA_CLAMAV", "")
CLAMAV_SECONDS = 20.0
# An HR extract is the largest that anybody hands in.
LARGEST_UPLOAD = max(60 * 1024 * 1024, LARGEST_EVIDENCE)
FILE_UPLOAD_HANDLERS = [
    "desaga.config.uploads.BoundedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# ---- Language, place, files
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("DESAGA_STATIC") or places.var() / "static")
if not IN_PRODUCTION:
    # WhiteNoise warns of a folder that is not there; only production collects files into it.
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = places.var() / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # What the website shows: everybody may read it, so it lies apart from what only some may.
    "pictures": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        # In words: Wagtail hands it to the task that deletes a file.
        "OPTIONS": {"location": str(places.var() / "media" / "website"), "base_url": "/technicians/pictures/"},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if IN_PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not IN_PRODUCTION
WHITENOISE_AUTOREFRESH = DEBUG

# ---- The website: Wagtail, at the edge. It asks nobody outside: no avatars, no news of itself, no embeds.
WAGTAIL_SITE_NAME = "Desaga"
WAGTAILADMIN_BASE_URL = SITE_ADDRESS
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILIMAGES_IMAGE_MODEL = "website.Picture"
WAGTAILDOCS_DOCUMENT_MODEL = "website.Download"
WAGTAILIMAGES_RENDITION_STORAGE = "pictures"
WAGTAILIMAGES_EXTENSIONS = ["avif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILDOCS_DOCUMENT_FORM_BASE = "desaga.website.downloading.DownloadForm"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "mp4", "odt", "pdf", "pptx", "vtt", "webm", "xlsx", "zip"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAIL_CONTENT_LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# ---- E-mail: every mail is written down first and leaves through the worker
EMAIL_BACKEND = "desaga.notifications.backend.QueuedMailBackend"
KEEP_SENT_MAIL = DEMO
MAIL_DELIVERY_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if os.environ.get("DESAGA_MAIL_HOST")
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = places.var() / "mail"
EMAIL_HOST = os.environ.get("DESAGA_MAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("DESAGA_MAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("DESAGA_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("DESAGA_MAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("DESAGA_MAIL_TLS") == "1"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("DESAGA_MAIL_FROM", "Desaga <desaga@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Where mails that cannot be delivered come back to: each has an address of its own, `bounces+…@mail.example.ac.uk`.
MAIL_RETURN = os.environ.get("DESAGA_MAIL_RETURN", "")

# ---- Logs: what happened, where, how long; never whom it concerns. Who did what is the audit's to say.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "logging.Formatter" if DEBUG else "desaga.config.logs.WordlessFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "filters": {"faults": {"()": "desaga.config.logs.Faults"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "desaga": {"level": "INFO"},
        "procrastinate": {"level": "WARNING"},
        # Django mails whole requests to administrators; a request holds people's words.
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.request": {"filters": ["faults"]},
        "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []
