"""Settings: the only reader of the environment.

Every name is `LPCONTEXT_<NAME>`, listed in `.env.example` with how to obtain a value. Each may also come as
`LPCONTEXT_<NAME>_FILE`, a path whose content is the value, as containers hand over secrets. What the environment does
not say is looked up in two files of the var folder: `local.env` (secrets made once for this machine by `lpcontext`) and
`running.env` (where a running `lpcontext up` or `demo` is to be found). A wrong value stops the start with a sentence
that names it.
"""

from __future__ import annotations

import base64
import binascii
import os
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote

import environ
from django.core.exceptions import ImproperlyConfigured

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent
# In a checkout templates/ and static/ stand beside the package; in a wheel they are inside it.
_FACE = _CHECKOUT if (_CHECKOUT / "manage.py").exists() else _PACKAGE

_T = TypeVar("_T")
_CERT_REQS = "ssl_cert_reqs"
VAR_DIR = Path(os.environ.get("LPCONTEXT_VAR_DIR") or (_CHECKOUT / "var" if _FACE == _CHECKOUT else Path.cwd() / "var"))

_env = environ.FileAwareEnv()
for _name in ("running.env", "local.env"):  # what is set first stays: the environment, then running, then local
    if (VAR_DIR / _name).is_file():
        # By a plain Env: a file-aware one would look into the files that LPCONTEXT_<NAME>_FILE name at once.
        environ.Env.read_env(VAR_DIR / _name)


def _read(name: str, kind: type[_T], default: _T | None = None) -> _T:
    """LPCONTEXT_<name>, or what the file of LPCONTEXT_<name>_FILE holds; an empty value counts as absent.

    Raises ImproperlyConfigured naming it where it cannot be read, or is absent and has no default.
    """
    variable = f"LPCONTEXT_{name}"
    try:
        text = str(_env.ENVIRON.get(variable, "")).strip()
    except (OSError, UnicodeDecodeError):
        raise ImproperlyConfigured(f"{variable}_FILE names a file that cannot be read.") from None
    if not text and os.environ.get(f"{variable}_FILE"):
        raise ImproperlyConfigured(f"{variable}_FILE names a file that is empty.")
    if not text:
        if default is None:
            raise ImproperlyConfigured(f"{variable} is not set; .env.example says how to obtain a value.")
        return default
    try:
        # Not by _env's own methods: they take a value that begins with $ for the name of another variable.
        value: _T = _env.parse_value(text, kind)
    except ValueError:
        raise ImproperlyConfigured(f"{variable} cannot be read as {kind.__name__}; see .env.example.") from None
    return value


def _read_positive(name: str, default: float, *, most: float) -> float:
    value = _read(name, float, default)
    if not 0 < value <= most:
        raise ImproperlyConfigured(f"LPCONTEXT_{name} must be more than 0 and at most {most:g}.")
    return value


def _read_limit(name: str, default: int) -> int:
    """So many a minute; 0: no limit."""
    value = _read(name, int, default)
    if not 0 <= value <= 1_000_000:
        raise ImproperlyConfigured(f"LPCONTEXT_{name} must be a whole number from 0 (no limit) to 1000000.")
    return value


def _read_seal_keys() -> list[bytes]:
    """Keys as base64 of 32 bytes, newest first, separated by commas or white space."""
    keys: list[bytes] = []
    for text in _read("SEAL_KEYS", str).replace(",", " ").split():
        try:
            key = base64.b64decode(text, altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            key = b""
        if len(key) != 32:
            raise ImproperlyConfigured("LPCONTEXT_SEAL_KEYS must hold base64 texts of 32 bytes each, newest first.")
        keys.append(key)
    if not keys:
        raise ImproperlyConfigured("LPCONTEXT_SEAL_KEYS is empty; .env.example says how to make a key.")
    return keys


def normalize_redis_url(url: str, *, variable: str) -> str:
    """The address with `ssl_cert_reqs` as both redis-py and kombu spell it; `required` where rediss:// says nothing.

    Both take `required`, `optional` and `none` alone: redis-py none of Celery's `CERT_…`, and kombu, left alone,
    would trust anybody. Raises ImproperlyConfigured naming the variable.
    """
    place, _, query = url.partition("?")
    pairs = [pair.partition("=") for pair in query.split("&") if pair]
    given = [unquote(value).strip().lower() for name, _, value in pairs if name == _CERT_REQS]
    if place.partition("://")[0].lower() != "rediss":
        if given:
            raise ImproperlyConfigured(f"LPCONTEXT_{variable} names {_CERT_REQS}, which is for rediss:// alone.")
        return url
    wanted = (given or ["required"])[0].removeprefix("cert_")
    if len(given) > 1 or wanted not in ("required", "optional", "none"):
        raise ImproperlyConfigured(f"LPCONTEXT_{variable} must say {_CERT_REQS} once: required, optional or none.")
    others = ["".join(pair) for pair in pairs if pair[0] != _CERT_REQS]
    return f"rediss{place[6:]}?{'&'.join([*others, f'{_CERT_REQS}={wanted}'])}"


def _read_database() -> dict[str, Any]:
    url = _read("DATABASE_URL", str, f"sqlite:///{VAR_DIR / 'lpcontext.sqlite3'}")
    if url.partition("://")[0] not in {"sqlite", "postgres", "postgresql"}:
        raise ImproperlyConfigured("LPCONTEXT_DATABASE_URL must begin with sqlite:/// or postgres://.")
    return dict(environ.Env.db_url_config(url))


DEBUG = _read("DEBUG", bool, False)
SECRET_KEY = _read("SECRET_KEY", str)
SEAL_KEYS = _read_seal_keys()
PUBLIC_URL = _read("PUBLIC_URL", str, "http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = _read("ALLOWED_HOSTS", list, ["localhost", "127.0.0.1", "[::1]"])

REDIS_URL = normalize_redis_url(_read("REDIS_URL", str, "redis://127.0.0.1:6379/0"), variable="REDIS_URL")
BROKER_URL = normalize_redis_url(_read("BROKER_URL", str, REDIS_URL), variable="BROKER_URL")
MEMORY_SECONDS = _read_positive("MEMORY_SECONDS", 2, most=30)

DOMAIN_API_URL = _read("DOMAIN_API_URL", str, "https://api.liveperson.net").rstrip("/")
LIVEPERSON_HOSTS = tuple(_read("LIVEPERSON_HOSTS", list, [".liveperson.net"]))
LIVEPERSON_PROXY = _read("LIVEPERSON_PROXY", str, "")
LIVEPERSON_CA_FILE = _read("LIVEPERSON_CA_FILE", str, "")
CONNECT_SECONDS = _read_positive("CONNECT_SECONDS", 3.05, most=60)
READ_SECONDS = _read_positive("READ_SECONDS", 10, most=120)

REFRESH_SECONDS = _read_positive("REFRESH_SECONDS", 5, most=300)
CHAT_REFRESH_SECONDS = _read_positive("CHAT_REFRESH_SECONDS", 2, most=300)
if CHAT_REFRESH_SECONDS < 2:  # contract 7.8: LivePerson wants chats polled no faster
    raise ImproperlyConfigured("LPCONTEXT_CHAT_REFRESH_SECONDS must be at least 2.")
PANEL_TOKEN_SECONDS = _read_positive("PANEL_TOKEN_SECONDS", 4 * 3600, most=24 * 3600)
TICKET_SECONDS = 60.0
# LivePerson documents no names for campaign and engagement in what it passes to a brand's page (contract 9).
CLICK_TO_CALL_CAMPAIGN = _read("CLICK_TO_CALL_CAMPAIGN", str, "campaign")
CLICK_TO_CALL_ENGAGEMENT = _read("CLICK_TO_CALL_ENGAGEMENT", str, "engagement")
REVEAL_SECONDS = _read_positive("REVEAL_SECONDS", 60, most=60)
# What a request may carry (intake reads it before Django): a form of ours, and JSON of a CRM's server.
FORM_BODY_BYTES = 16 * 1024
API_BODY_BYTES = DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024
AUDIT_DAYS = _read_positive("AUDIT_DAYS", 365, most=3653)
# How often a door may be used, each a minute (limits/).
LIMIT_PER_KEY = _read_limit("LIMIT_PER_KEY", 3000)
LIMIT_PER_ACCOUNT = _read_limit("LIMIT_PER_ACCOUNT", 6000)
LIMIT_PER_AGENT = _read_limit("LIMIT_PER_AGENT", 120)
LIMIT_TICKS = _read_limit("LIMIT_TICKS", 600)
LIMIT_UNPROVEN = _read_limit("LIMIT_UNPROVEN", 300)
METRICS_TOKEN = _read("METRICS_TOKEN", str, "")
METRICS_LOCAL = _read("METRICS_LOCAL", bool, False)

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "lpcontext.accounts",
    "lpcontext.audit",
    "lpcontext.signin",
    "lpcontext.panel",
]

MIDDLEWARE = [
    "lpcontext.ops.middleware.answer_probes",
    "lpcontext.audit.middleware.add_request_id",
    "lpcontext.api.middleware.answer_in_problems",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "lpcontext.launch.middleware.drop_cookies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "lpcontext.urls"
WSGI_APPLICATION = "lpcontext.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_FACE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "parts",
        "DIRS": [_FACE / "templates"],
        "OPTIONS": {"environment": "lpcontext.panel.templating.make_environment"},
    },
]

DATABASES = {"default": _read_database()}
DATABASES["default"]["CONN_MAX_AGE"] = 60
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=5000",
    }
else:
    # A database that is silent must not hold a web thread for minutes.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 3)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# OpenID Connect, where an issuer is named. What begins with OIDC_RP_, OIDC_USE_ and so on is mozilla-django-oidc's.
OIDC_ISSUER = _read("OIDC_ISSUER", str, "")
OIDC_NAME = _read("OIDC_NAME", str, "single sign-on")
OIDC_RP_CLIENT_ID = _read("OIDC_CLIENT_ID", str, "")
OIDC_RP_CLIENT_SECRET = _read("OIDC_CLIENT_SECRET", str, "")
OIDC_RP_SCOPES = _read("OIDC_SCOPES", str, "openid email profile")
OIDC_USERNAME_CLAIM = _read("OIDC_USERNAME_CLAIM", str, "email")
OIDC_GROUPS_CLAIM = _read("OIDC_GROUPS_CLAIM", str, "groups")
OIDC_AGENT_GROUPS = [name.strip() for name in _read("OIDC_AGENT_GROUPS", list, [])]
OIDC_EMAIL_DOMAINS = [domain.strip().casefold() for domain in _read("OIDC_EMAIL_DOMAINS", list, [])]
OIDC_ONLY = _read("OIDC_ONLY", bool, False)
OIDC_USE_PKCE = OIDC_USE_NONCE = True
OIDC_PKCE_CODE_CHALLENGE_METHOD = "S256"
OIDC_TIMEOUT = 5
OIDC_AUTHENTICATION_CALLBACK_URL = "provider-return"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    *(["lpcontext.signin.provider_backend.ProviderBackend"] if OIDC_ISSUER else []),
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "panel:lookup"
LOGOUT_REDIRECT_URL = "login"

LANGUAGE_CODE = "en"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [_FACE / "static"]
# The finders serve the checkout as it is; the image runs collectstatic and serves hashed, compressed files for a year.
WHITENOISE_USE_FINDERS = not (STATIC_ROOT / "staticfiles.json").is_file()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if WHITENOISE_USE_FINDERS
        else "lpcontext.panel.static_storage.ModuleManifestStaticFilesStorage"
    },
}

_https = PUBLIC_URL.startswith("https://")
BEHIND_PROXY = _read("BEHIND_PROXY", bool, False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_SSL_REDIRECT = _read("SSL_REDIRECT", bool, False)
SECURE_HSTS_SECONDS = _read("HSTS_SECONDS", int, 31536000 if _https else 0)
# The panel's host does not speak for its neighbours: neither for sub-domains nor for browsers' preload lists.
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = False
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
# Panels say no-referrer themselves (panel/whole_pages.py). Pages with a form cannot: browsers would then send
# `Origin: null` with the form, which the CSRF check rightly refuses.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
# In a cookie of its own: in the session it would make a row for everybody who only looks at the sign-in page. With
# that prefix browsers take it from this host alone, over https, so that no neighbour can put one there.
CSRF_COOKIE_NAME = "__Host-csrf" if _https else "csrf"
CSRF_COOKIE_AGE = None  # until the browser closes

# Strict from the first day. Views that are framed replace frame-ancestors with their account's origins.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

# Django's own request log would print addresses, and some of ours hold ids: only what we word ourselves is logged.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"without_addresses": {"()": "lpcontext.ops.logs.WithoutAddresses"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["without_addresses"]},
    },
    "root": {"handlers": ["stderr"], "level": _read("LOG_LEVEL", str, "INFO").upper()},
    "loggers": {"django.server": {"handlers": ["stderr"], "level": "WARNING", "propagate": False}},
}
