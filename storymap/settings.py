"""All settings. Own ones are named STORYMAP_* and listed in docs/settings.md, which a test compares with this file."""

from __future__ import annotations

import mimetypes
import re
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import environ
from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from storymap.corrections import is_corrections_address

BASE_DIR = Path(__file__).resolve().parent.parent
_TRUE, _FALSE = ("true", "on", "yes", "y", "1", "ok"), ("false", "off", "no", "n", "0")


class Environment(environ.Env):
    """Names the setting whose value makes no sense. An empty truth or number is its default."""

    def get_value(
        self,
        var: str,
        cast: Any = None,
        default: Any = environ.Env.NOTSET,
        parse_default: bool = False,  # noqa: FBT001, FBT002
    ) -> Any:
        if cast is list:
            parts = super().get_value(var, cast, default, parse_default)
            return [part for text in parts if (part := str(text).strip())]
        if cast not in (bool, int, float):
            return super().get_value(var, cast, default, parse_default)
        if not (text := str(super().get_value(var, default="")).strip().lower()):
            return default
        if cast is bool:
            if text not in _TRUE + _FALSE:
                raise ImproperlyConfigured(f"{var} must be true or false")
            return text in _TRUE
        try:
            return cast(text)
        except ValueError as error:
            raise ImproperlyConfigured(f"{var} must be a {'whole ' if cast is int else ''}number") from error


env = Environment()

# --- the installation --------------------------------------------------------------------------
DEBUG = env.bool("STORYMAP_DEBUG", default=False)
STORYMAP_DATA_DIR = Path(env.str("STORYMAP_DATA_DIR", default=str(BASE_DIR / "var")))
STORYMAP_SITE_URL = env.str("STORYMAP_SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
# seconds for which a process may still serve a page after its withdrawal
STORYMAP_FRESHNESS = env.float("STORYMAP_FRESHNESS", default=0.5)
if not 0 <= STORYMAP_FRESHNESS <= 5:  # whoever withdraws waits that long
    raise ImproperlyConfigured("STORYMAP_FRESHNESS must be between 0 and 5 seconds")
STORYMAP_SITE_NAME = env.str("STORYMAP_SITE_NAME", default="Storymap")
# where to report a weakness: mailto:… or https://…; without one there is no security.txt
STORYMAP_SECURITY_CONTACT = env.str("STORYMAP_SECURITY_CONTACT", default="")
if STORYMAP_SECURITY_CONTACT and not re.fullmatch(r"(?:mailto:|https://)[!-~]+", STORYMAP_SECURITY_CONTACT):
    raise ImproperlyConfigured("STORYMAP_SECURITY_CONTACT must begin with mailto: or https://, in plain ASCII")
# where readers report an error in a story; a story may name its own
STORYMAP_CORRECTIONS = env.str("STORYMAP_CORRECTIONS", default="").strip()
if STORYMAP_CORRECTIONS and not is_corrections_address(STORYMAP_CORRECTIONS):
    raise ImproperlyConfigured(
        "STORYMAP_CORRECTIONS must be an address such as corrections@example.org or https://example.org/corrections"
    )
_site = urlsplit(STORYMAP_SITE_URL)
if not re.fullmatch(r"https?://(?:[a-zA-Z0-9.-]+|\[[0-9a-fA-F:]+\])(?::[0-9]{1,5})?", STORYMAP_SITE_URL):
    raise ImproperlyConfigured("STORYMAP_SITE_URL must be an origin such as https://maps.example.org")


def _secret_key() -> str:
    """From the environment, or from the file that `make run` writes once. There is no default to forget."""
    key = env.str("STORYMAP_SECRET_KEY", default="")
    file = STORYMAP_DATA_DIR / "secret-key"
    if not key and file.exists():
        key = file.read_text(encoding="utf-8").strip()
    if not key and DEBUG:
        key = "only-for-development-on-this-machine-" + "0" * 20
    if len(key) < 50:
        raise ImproperlyConfigured(
            "No secret key. Set STORYMAP_SECRET_KEY to at least 50 random characters, or run `make install`,"
            " which writes one into the data directory."
        )
    return key


SECRET_KEY = _secret_key()
SECRET_KEY_FALLBACKS = env.list("STORYMAP_SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("STORYMAP_ALLOWED_HOSTS", default=sorted({_site.hostname, "127.0.0.1", "localhost"}))

INSTALLED_APPS = [
    "storymap",
    "places",
    "parler",
    "storymap.apps.WorkshopConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "storymap.http_cache.page_cache.RememberedPages",
    "storymap.middleware.ContentSecurityPolicy",
    "storymap.middleware.PrivateAnswers",
    "storymap.middleware.OpenedByAnybody",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "storymap.middleware.PathLanguage",
    "storymap.middleware.AskedFrom",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "storymap.middleware.NamedHosts",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "storymap.urls"
WSGI_APPLICATION = "storymap.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# --- stores ------------------------------------------------------------------------------------
try:
    DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{STORYMAP_DATA_DIR / 'db.sqlite3'}")}
    _engine = DATABASES["default"]["ENGINE"]
except (ValueError, KeyError):  # which would show the password that the address holds
    _engine = ""
if _engine not in ("django.db.backends.sqlite3", "django.db.backends.postgresql"):
    raise ImproperlyConfigured("DATABASE_URL must be an address such as postgres://name:password@host/database")
if _engine == "django.db.backends.sqlite3":
    # IMMEDIATE: a transaction that reads before it writes must not fail under two writers.
    # FULL: nothing acknowledged is lost, not even in a power cut.
    # `migrate` switches the write-ahead log on: two connections that do it at the same moment refuse each other.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON",
    }
MEDIA_ROOT = STORYMAP_DATA_DIR / "media"
MEDIA_URL = "/media/"
FILE_UPLOAD_PERMISSIONS = 0o644
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000  # of a form: a chapter may have hundreds of moments
FILE_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024  # of a request: one picture never needs the temporary directory

# --- static files: our own, and named files of npm packages --------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = STORYMAP_DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "storymap.assets.VendorFinder",
    "storymap.assets.JoinedFinder",
]
STORAGES = {
    "default": {"BACKEND": "storymap.storage.WholeFiles"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if DEBUG else "storymap.assets.HashedFiles"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ROOT = STORYMAP_DATA_DIR / "public"  # files served as they are: a PMTiles archive, a favicon


def WHITENOISE_ADD_HEADERS_FUNCTION(headers: dict[str, str], path: str, url: str) -> None:  # for embeds
    headers["Cross-Origin-Resource-Policy"] = "cross-origin"


mimetypes.add_type("application/geo+json", ".geojson")
mimetypes.add_type("application/vnd.pmtiles", ".pmtiles")

# --- languages: adding one needs no migration -----------------------------------------------------
LANGUAGE_CODE = env.str("STORYMAP_LANGUAGE", default="en")
_codes = env.list("STORYMAP_LANGUAGES", default=["en", "es", "ja"])
if not _codes or not all(re.fullmatch(r"[a-z]{2,3}(?:-[a-z0-9]+)*", code) for code in _codes):
    raise ImproperlyConfigured("STORYMAP_LANGUAGES must list codes of languages such as en,es,pt-br")
if LANGUAGE_CODE not in _codes:
    raise ImproperlyConfigured("STORYMAP_LANGUAGE must be one of STORYMAP_LANGUAGES")
LANGUAGES = [(code, _(LANG_INFO[code]["name"]) if "name" in LANG_INFO.get(code, ()) else code) for code in _codes]
LOCALE_PATHS = [BASE_DIR / "storymap" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("STORYMAP_TIME_ZONE", default="UTC")
try:
    ZoneInfo(TIME_ZONE)
except (ZoneInfoNotFoundError, ValueError, OSError) as error:
    raise ImproperlyConfigured("STORYMAP_TIME_ZONE must name a time zone such as America/Lima") from error
PARLER_LANGUAGES = {
    None: tuple({"code": code} for code, _name in LANGUAGES),
    "default": {"fallbacks": [LANGUAGE_CODE], "hide_untranslated": False},
}
PARLER_ENABLE_CACHING = False  # readers see editions; editors must never see stale values

# --- maps -------------------------------------------------------------------------------------------
STORYMAP_TILES_URL = env.str("STORYMAP_TILES_URL", default="")
STORYMAP_TILES_ATTRIBUTION = env.str("STORYMAP_TILES_ATTRIBUTION", default="")
STORYMAP_PMTILES_URL = env.str("STORYMAP_PMTILES_URL", default="")
# where editors cut streets from, for the view on a chapter's map: a file, or the address of a PMTiles archive or of an
# Overpass server
STORYMAP_STREETS_SOURCE = env.str("STORYMAP_STREETS_SOURCE", default="")
STORYMAP_STREETS_ATTRIBUTION = env.str("STORYMAP_STREETS_ATTRIBUTION", default="")
STORYMAP_EDITOR_TILES_URL = env.str("STORYMAP_EDITOR_TILES_URL", default="")
STORYMAP_EDITOR_TILES_ATTRIBUTION = env.str("STORYMAP_EDITOR_TILES_ATTRIBUTION", default="")
STORYMAP_ATLAS_BORDERS = env.bool("STORYMAP_ATLAS_BORDERS", default=True)
STORYMAP_ATLAS_LABELS = env.bool("STORYMAP_ATLAS_LABELS", default=True)

# --- search for places ---------------------------------------------------------------------------------
# none, nominatim, photon or pelias; asked only if there is a contact, as their terms of use require
STORYMAP_GEOCODER = env.str("STORYMAP_GEOCODER", default="nominatim")
STORYMAP_GEOCODER_URL = env.str("STORYMAP_GEOCODER_URL", default="").rstrip("/")
STORYMAP_GEOCODER_CONTACT = env.str("STORYMAP_GEOCODER_CONTACT", default="")
if STORYMAP_GEOCODER not in ("none", "nominatim", "photon", "pelias"):
    raise ImproperlyConfigured("STORYMAP_GEOCODER must be none, nominatim, photon or pelias")
if STORYMAP_GEOCODER_URL and not re.fullmatch(r"https?://[^\s/?#@]+(?:/[^\s?#]*)?", STORYMAP_GEOCODER_URL):
    raise ImproperlyConfigured("STORYMAP_GEOCODER_URL must be an address such as https://nominatim.example.org")
if STORYMAP_GEOCODER == "pelias" and not STORYMAP_GEOCODER_URL:
    raise ImproperlyConfigured("STORYMAP_GEOCODER_URL must name your Pelias server")

# --- security ---------------------------------------------------------------------------------------
_https = _site.scheme == "https"
SECURE_SSL_REDIRECT = _https
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # monitors inside the network ask by IP address
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_NAME = "__Host-sessionid" if _https else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if _https else "csrftoken"
CSRF_TRUSTED_ORIGINS = [STORYMAP_SITE_URL]
SESSION_COOKIE_AGE = 12 * 3600
X_FRAME_OPTIONS = "DENY"
# sites that may embed stories, in the syntax of frame-ancestors; a story may name its own
STORYMAP_EMBED_ANCESTORS = " ".join(env.str("STORYMAP_EMBED_ANCESTORS", default="*").split())
if re.search(r"[;,]|[^!-~ ]", STORYMAP_EMBED_ANCESTORS) or not STORYMAP_EMBED_ANCESTORS:
    raise ImproperlyConfigured("STORYMAP_EMBED_ANCESTORS must be sources such as https://news.example.org, or *")
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"  # tile servers ask for the site's origin
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
STORYMAP_BEHIND_PROXY = env.bool("STORYMAP_BEHIND_PROXY", default=False)
if STORYMAP_BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# W005, W021: the owner of the domain decides whether HSTS covers sub-domains and the preload list
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
PASSWORD_HASHERS = [  # scrypt needs memory, which is dear to whoever guesses; other hashes are renewed at sign-in
    f"django.contrib.auth.hashers.{name}PasswordHasher" for name in ("Scrypt", "PBKDF2")
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
# publishers and those who manage people must set up two-step sign-in before anything else
STORYMAP_REQUIRE_SECOND_STEP = env.bool("STORYMAP_REQUIRE_SECOND_STEP", default=False)
STORYMAP_AUDIT_DAYS = env.int("STORYMAP_AUDIT_DAYS", default=730)  # for which the audit log is stored; 0: for ever
if STORYMAP_AUDIT_DAYS and STORYMAP_AUDIT_DAYS < 90:
    raise ImproperlyConfigured("STORYMAP_AUDIT_DAYS must be 0, which is for ever, or at least 90")
OTP_TOTP_ISSUER = STORYMAP_SITE_NAME  # what an authenticator app shows above the code
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]

# --- throttling of the login: see storymap.throttling ---------------------------------------------
_on_this_machine = ["127.0.0.0/8", "::1"] if STORYMAP_BEHIND_PROXY else []
try:
    STORYMAP_TRUSTED_PROXIES = [
        ip_network(text.strip(), strict=False)
        for text in env.list("STORYMAP_TRUSTED_PROXIES", default=_on_this_machine)
    ]
except ValueError as error:
    raise ImproperlyConfigured(f"STORYMAP_TRUSTED_PROXIES lists addresses and networks: {error}") from error
AXES_HANDLER = "storymap.throttling.TwoLimits"
AXES_CLIENT_IP_CALLABLE = "storymap.throttling.client_address"
AXES_LOCKOUT_CALLABLE = "storymap.throttling.locked"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "ip_address"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the waiting time on the page stays true
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # who signed in from where is not stored here; the audit log has it
AXES_ENABLE_ADMIN = False  # no page for counters; `manage.py axes_reset` clears them
AXES_VERBOSE = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
        "bare": {"format": "{message}", "style": "{"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "audit": {"class": "logging.StreamHandler", "formatter": "bare", "stream": "ext://sys.stdout"},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "axes": {"level": "WARNING"},  # a message for each count would be noise
        "storymap.audit": {"handlers": ["audit"], "level": "INFO", "propagate": False},  # one JSON object per line
        # the form shows what is wrong with a pasted reference
        "bibtexparser": {"level": "CRITICAL"},
        "pylatexenc": {"level": "CRITICAL"},
    },
}
