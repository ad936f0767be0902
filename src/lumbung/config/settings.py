"""The settings of the site. What differs between places comes from five environment variables, described in README."""

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from lumbung.portal.audit import keys
from lumbung.portal.training import house

LUMBUNG_HOME = Path(os.environ.get("LUMBUNG_HOME", "var")).resolve()
TRAINING = house.is_training(LUMBUNG_HOME)
_elsewhere = {} if TRAINING else os.environ  # a training house keeps everything within itself, whatever is set
LUMBUNG_KEY_FILE = Path(_elsewhere.get("LUMBUNG_KEY_FILE", LUMBUNG_HOME / "keys.json"))
LUMBUNG_STORAGE = _elsewhere.get("LUMBUNG_STORAGE", f"file:{LUMBUNG_HOME}")
LUMBUNG_URL = os.environ.get("LUMBUNG_URL", "http://127.0.0.1:8000").rstrip("/")
STORED = Path(LUMBUNG_STORAGE.removeprefix("file:"))
ENCRYPTED = LUMBUNG_URL.startswith("https:")

SECRET_KEY = keys.django_secret(LUMBUNG_KEY_FILE)
DEBUG = False
ALLOWED_HOSTS = [urlsplit(LUMBUNG_URL).hostname or "127.0.0.1", "127.0.0.1", "localhost", "[::1]"]
ROOT_URLCONF = "lumbung.config.urls"
WSGI_APPLICATION = "lumbung.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = False

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "treebeard",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "lumbung.portal.design",
    "lumbung.portal.audit",
    "lumbung.portal.accounts",
    "lumbung.portal.catalogue",
    "lumbung.portal.intake",
    "lumbung.portal.review",
    "lumbung.portal.publication",
    "lumbung.portal.incidents",
    "lumbung.portal.copies",
    "lumbung.portal.tracing",
    "lumbung.portal.services",
    "lumbung.portal.emergencies",
    "lumbung.portal.chat",
    "lumbung.portal.requests",
    "lumbung.portal.training",
    "lumbung.api",
    "lumbung.config",
]
MIDDLEWARE = [
    "lumbung.config.access_log.Noted",
    "lumbung.config.counter.AtTheCounter",
    "lumbung.portal.training.context.KeptOutOfSearch",
    "lumbung.config.middleware.TrueAddress",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lumbung.api.limits.Limits",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "lumbung.config.middleware.IndonesianFirst",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "lumbung.config.middleware.Refusals",
    "lumbung.config.middleware.FirstPassword",
    "lumbung.config.guarding.SecondStep",
    "lumbung.config.middleware.WithoutNul",
    "lumbung.config.closing.WholePortal",
    "lumbung.config.switchboard.Switchboard",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lumbung.portal.accounts.context.roles",
                "lumbung.config.desk.desk_links",
                "lumbung.config.guide.demo_guide",
                "lumbung.portal.training.context.training",
                "lumbung.portal.tracing.context.checks",
                "lumbung.config.switchboard.banner",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# The database: SQLite in the home, with one writer at a time who waits in line, or PostgreSQL.
DATABASES = {
    "default": dj_database_url.parse(_elsewhere.get("DATABASE_URL") or f"sqlite:///{LUMBUNG_HOME}/lumbung.db")
}
# Opening a connection costs more than most questions do: each thread keeps its own, and looks first whether it lives.
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL: an acknowledged upload survives a power cut. secure_delete: what is removed is overwritten.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
    }
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# Who comes in.
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/meja/"
ACCOUNT_ADAPTER = "lumbung.portal.accounts.adapter.Doorkeeper"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = False  # django-axes counts failures, in the database, so that every process sees them
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
MFA_ADAPTER = "lumbung.portal.accounts.second_step.Vault"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # half a minute each way: a telephone's clock
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENCRYPTED
MFA_FORMS = {
    "authenticate": "lumbung.portal.accounts.codes.SignInCode",
    "reauthenticate": "lumbung.portal.accounts.codes.AgainCode",
    "activate_totp": "lumbung.portal.accounts.codes.FirstCode",
}
AXES_USERNAME_CALLABLE = "lumbung.portal.accounts.adapter.typed_email"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "lumbung.portal.accounts.views.locked_out"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# What the browser is told.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if ENCRYPTED else 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = ENCRYPTED
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
if TRAINING:  # a browser sends cookies to every port of a host: the training house's never meet the portal's
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, LANGUAGE_COOKIE_NAME = "latihan_sesi", "latihan_csrf", "latihan_bahasa"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_TRUSTED_ORIGINS = [LUMBUNG_URL] if ENCRYPTED else []
CSRF_FAILURE_VIEW = "lumbung.config.views.form_expired"
X_FRAME_OPTIONS = "DENY"

# Uploads: plain bytes never touch a disk. Only the upload page takes a file, through its own handler.
FILE_UPLOAD_HANDLERS = ["lumbung.portal.intake.uploads.NoFilesHere"]
UPLOAD_LIMIT = 200 * 1024 * 1024  # bytes
HELD_FOR_DAYS = 7
# What a program may ask in a minute, without a key and with one: a client of CKAN asks for thousands, one by one.
API_BY_ADDRESS, API_BY_KEY = 6_000, 12_000
# What sees every inspected file before its verdict is written, so that nothing is destroyed unseen: the door knows no
# room above it, so it is told here.
BEFORE_A_VERDICT = "lumbung.portal.tracing.keeping.before_a_verdict"
# Where else a dataset could be taken: the portal knows no room above it either.
ADDRESSES_FOR_PROGRAMS = "lumbung.api.addresses.of_dataset"

# The switchboard: how the addresses of each service begin; the longest beginning decides, `*` is one part of a path,
# and a version in CKAN's addresses is left out. A new address is open data's until it is named here: a test asks.
SERVICE_ADDRESSES = {
    "open-data": ("/",),
    "rows-api": ("/api/", "/datastore/"),
    "document-requests": ("/layanan",),
    "statistics-intake": (
        "/api/v1/", "/meja/kiriman/baru", "/meja/unggahan/", "/meja/isian/", "/meja/paket",
        "/meja/kiriman/*/ke-isian", "/meja/kiriman/*/perbaiki", "/meja/kiriman/*/statistik",
        "/meja/loket/*/statistik", "/meja/darurat/*/serahkan",
        *(f"/api/action/package_{verb}" for verb in ("create", "update", "patch")),
        *(f"/api/action/resource_{verb}" for verb in ("create", "update", "patch")),
        *(f"/api/action/datastore_{verb}" for verb in ("create", "upsert")),
    ),
    "emergencies": ("/darurat/",),
}  # fmt: skip
# What no switch shuts: signs of life, the way in, the desks where things are closed, the status, the public's reports,
# the record's heads, the lists of what was closed, and what stands for itself (copies, residents' check). Envelopes
# on their way to the counter are still taken: they are sealed, and no form makes new ones.
SERVICES_NEVER_SHUT = (
    "/obrolan/",  # says where the safe form is; it has no door of its own
    "/healthz", "/status", "/bahasa", "/masuk", "/keluar", "/undangan", "/meja/", "/lapor", "/kepala", "/aturan",
    "/penarikan.", "/cek-warga", "/salinan/", "/robots.txt", "/panduan/", "/layanan/kirim/",
)  # fmt: skip

STATIC_URL = "/static/"
STATIC_ROOT = LUMBUNG_HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Bahasa Indonesia")), ("en", _("Inggris"))]
LOCALE_PATHS = [Path(__file__).resolve().parents[1] / "locale"]
USE_THOUSAND_SEPARATOR = False
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True

# Log lines say what happened, never a value and never a file name.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"bare": {"()": "lumbung.config.logs.Bare"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["bare"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "axes": {"level": "WARNING"},
        "fido2": {"level": "WARNING"},  # it would log the name of every passkey
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
    },
}
