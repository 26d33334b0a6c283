"""Django's settings. Whatever differs from one machine to another comes from `environment`."""

from __future__ import annotations

import os
from datetime import timedelta
from email.utils import parseaddr
from ipaddress import ip_network
from pathlib import Path

from csp.constants import NONE, SELF

from farol.house import environment

SECRET_KEY = environment.secret_key()
DEBUG = os.environ.get("FAROL_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("FAROL_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
PUBLIC_URL = os.environ.get("FAROL_URL", f"http://127.0.0.1:{environment.PORT}").rstrip("/")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
IS_HTTPS = PUBLIC_URL.startswith("https://")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "django_htmx",
    "csp",
    *(
        f"farol.{room}"
        for room in (
            "house", "portal", "desk", "api", "mail", "phone", "ui", "survey", "notify", "playbook", "automation",
            "tickets", "access", "billing", "contracts", "catalog", "hours", "people", "journal", "search", "files",
            "audit",
        )
    ),
]  # fmt: skip

PROXIES = [str(ip_network(one, strict=False)) for one in os.environ.get("FAROL_PROXIES", "").replace(",", " ").split()]
MIDDLEWARE = [
    *(["farol.house.proxies.Behind"] if PROXIES else []),
    *(["farol.house.proxies.ByTls"] if IS_HTTPS else []),
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "farol.house.frame.Private",
    "django.middleware.locale.LocaleMiddleware",
    "farol.api.frame.Frame",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "farol.house.denials.Denials",
    "farol.house.acting.Acting",
    "farol.house.frame.Language",
    "farol.house.frame.SignedIn",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "farol.house.frame.Refusals",
]
ROOT_URLCONF = "farol.house.urls"
APPEND_SLASH = False
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": DEBUG,
        "OPTIONS": {
            **(
                {}
                if DEBUG
                else {"loaders": [("farol.ui.folding.Loader", ["django.template.loaders.app_directories.Loader"])]}
            ),
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "farol.ui.kept.left_over",
            ],
        },
    }
]
WSGI_APPLICATION = "farol.house.wsgi.application"

DATABASES = {"default": environment.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
LOGIN_URL = "portal:sign_in"
AUTHENTICATION_BACKENDS = ["farol.house.frame.People"]
CSRF_FAILURE_VIEW = "farol.house.wrong.forged"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
SESSION_ENGINE = "farol.house.sessions"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE, LANGUAGE_COOKIE_HTTPONLY = IS_HTTPS, True
MESSAGE_STORAGE = "farol.house.cookies.Messages"
MESSAGE_COOKIE_NAME, OPENID_COOKIE_NAME = "farol-messages", "farol-openid"
if IS_HTTPS:  # a browser takes these from this host alone, by TLS alone
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-farol", "__Host-farol-csrf"
    LANGUAGE_COOKIE_NAME, OPENID_COOKIE_NAME = "__Host-farol-language", "__Host-farol-openid"
    MESSAGE_COOKIE_NAME = "__Host-farol-messages"
SESSION_IDLE = timedelta(hours=float(os.environ.get("FAROL_SESSION_IDLE_HOURS", "72")))
SESSION_LONGEST = timedelta(days=float(os.environ.get("FAROL_SESSION_DAYS", "14")))
SESSION_COOKIE_AGE = int(SESSION_LONGEST.total_seconds())
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "connect-src": [SELF, *environment.live_sources(ALLOWED_HOSTS, is_https=IS_HTTPS)],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_IMPORT_PATHS = ["farol.house.timetable"]

USE_TZ = True
TIME_ZONE = "America/Sao_Paulo"
USE_I18N = True
LANGUAGE_CODE = "pt-br"
LANGUAGES = [("pt-br", "Português"), ("en", "English"), ("es", "Español")]
LOCALE_PATHS = [environment.ROOT / "farol" / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = environment.HOME / "static"
FILES_BUCKET = os.environ.get("FAROL_S3_BUCKET", "")
STORAGES = {
    "default": (
        {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": FILES_BUCKET,
                "endpoint_url": os.environ.get("FAROL_S3_ENDPOINT"),
                "default_acl": "private",
                "file_overwrite": False,
            },
        }
        if FILES_BUCKET
        else {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": environment.HOME / "files", "file_permissions_mode": 0o600},
        }
    ),
    "staticfiles": {"BACKEND": "farol.ui.bundle.BundledStorage"},
}
STAFF_SECOND_FACTOR = os.environ.get("FAROL_STAFF_SECOND_FACTOR", str(int(IS_HTTPS))) == "1"
CONTACT_SECOND_FACTOR = os.environ.get("FAROL_CONTACT_SECOND_FACTOR", "0") == "1"
OPENID_PROVIDERS = environment.openid_providers()
MAX_CONTACTS = int(os.environ.get("FAROL_MAX_CONTACTS", "5"))
"""Contacts of a customer besides its administrator (R-010), unless it has another number of its own."""
ACTIVATION_HOURS = int(os.environ.get("FAROL_ACTIVATION_HOURS", "72"))
PASSWORD_LINK_HOURS = int(os.environ.get("FAROL_PASSWORD_LINK_HOURS", "2"))
PASSWORD_MAX_AGE_DAYS = int(os.environ.get("FAROL_PASSWORD_MAX_AGE_DAYS", "90"))
"""After which whoever may agree to consulting changes the password (R-017); 0 never."""
PASSWORD_REMINDER_DAYS = int(os.environ.get("FAROL_PASSWORD_REMINDER_DAYS", "7"))
LIVE_ADDRESS = environment.live_address()
MAX_FILE_BYTES = 50 * 1024 * 1024
HOOK_NETWORKS = [
    str(ip_network(one, strict=False)) for one in os.environ.get("FAROL_HOOK_NETWORKS", "").replace(",", " ").split()
]
TRAY_DAYS = int(os.environ.get("FAROL_TRAY_DAYS", "30"))
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

SCANNER = os.environ.get("FAROL_SCANNER", "")
SCANNER_SECONDS = float(os.environ.get("FAROL_SCANNER_SECONDS", "20"))
PHONE_PEERS = [
    str(ip_network(one, strict=False)) for one in os.environ.get("FAROL_PHONE_PEERS", "").replace(",", " ").split()
]
PHONE_SECRET = os.environ.get("FAROL_PHONE_SECRET", "")
PHONE_TEST = os.environ.get("FAROL_PHONE_TEST") == "1"  # a call may say what time it is
PHONE_SOUNDS = os.environ.get("FAROL_PHONE_SOUNDS", "ura")  # the folder of the prompts, as Asterisk knows it
PHONE_TWIML_TOKEN = os.environ.get("FAROL_TWIML_TOKEN", "")
PHONE_ON_CALL = os.environ.get("FAROL_PHONE_ON_CALL", "")  # dialled by a carrier when no roster names a number
PHONE_UNWRITTEN = environment.HOME / "phone" / "unwritten.jsonl"
MAIL_FROM = os.environ.get("FAROL_MAIL_FROM", "Farol <suporte@farol.example>")
DEFAULT_FROM_EMAIL = MAIL_FROM
_smtp = os.environ.get("FAROL_SMTP_HOST", "")
MAIL_IN = os.environ.get("FAROL_MAIL_IN", "" if _smtp else parseaddr(MAIL_FROM)[1])
"""The address that mail comes in by; where letters really leave, answers are asked for only when it was given."""
MAIL_HOURLY = int(os.environ.get("FAROL_MAIL_HOURLY", "30"))
MAIL_AUTHORITY = os.environ.get("FAROL_MAIL_AUTHORITY", "")  # whose Authentication-Results are believed
IMAP_HOST = os.environ.get("FAROL_IMAP_HOST", "")
IMAP_PORT = int(os.environ.get("FAROL_IMAP_PORT", "0"))
IMAP_TLS = os.environ.get("FAROL_IMAP_TLS", "ssl")  # "ssl", "1" for STARTTLS, "0"
IMAP_USER = os.environ.get("FAROL_IMAP_USER", "")
IMAP_PASSWORD = os.environ.get("FAROL_IMAP_PASSWORD", "")
IMAP_FOLDER = os.environ.get("FAROL_IMAP_FOLDER", "INBOX")
IMAP_DONE = os.environ.get("FAROL_IMAP_DONE", "")  # taken mails move there, if it is named
EMAIL_FILE_PATH = environment.HOME / "mail"
EMAIL_BACKEND = os.environ.get("FAROL_MAIL_BACKEND", "farol.notify.outbox.FolderBackend")
if _smtp:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = _smtp
    EMAIL_PORT = int(os.environ.get("FAROL_SMTP_PORT", "587"))
    EMAIL_HOST_USER = os.environ.get("FAROL_SMTP_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("FAROL_SMTP_PASSWORD", "")
    EMAIL_USE_TLS = os.environ.get("FAROL_SMTP_TLS", "1") == "1"  # STARTTLS
    EMAIL_USE_SSL = os.environ.get("FAROL_SMTP_TLS") == "ssl"  # from the first byte
    EMAIL_TIMEOUT = 20

RECORDINGS = Path(os.environ.get("FAROL_RECORDINGS", str(environment.HOME / "recordings")))  # left by the switchboard
PHONE_AMI = os.environ.get("FAROL_AMI", "")  # host:port of the switchboard's manager interface; without it doors alone
PHONE_AMI_USER = os.environ.get("FAROL_AMI_USER", "farol")
PHONE_AMI_SECRET = os.environ.get("FAROL_AMI_SECRET", "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "filters": {"discreet": {"()": "farol.house.discreet.Discreet"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["discreet"]}},
    "root": {"handlers": ["console"], "level": os.environ.get("FAROL_LOG", "WARNING")},
}
