"""Settings of the site. What differs between machines is an environment variable, see .env.example.

Without SORB_ENV=development (which only `make` sets) nothing has a default that could be unsafe:
the site refuses to start and names what is missing.
"""

import secrets
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

import environ
from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(BASE_DIR / ".env")

IS_DEVELOPMENT = env("SORB_ENV", default="production") == "development"
VAR = Path(env("SORB_VAR", default="") or BASE_DIR / "var").resolve()

REQUIRED = ("SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "DATABASE_URL")


def required(name: str, development: str) -> str:
    """The environment variable of this name; in development the given value stands in for it."""
    return str(env(name, default=development)) if IS_DEVELOPMENT else str(env(name))


def networks(name: str) -> list[IPv4Network | IPv6Network]:
    """The network addresses of a variable, parted by commas."""
    try:
        return [ip_network(text.strip()) for text in env.list(name, default=[])]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: {error}") from error


def kept_secret() -> str:
    """A random key of this installation, made once and kept in var/ (development only)."""
    path = VAR / "secret-key"
    if not path.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


if not IS_DEVELOPMENT and (missing := [name for name in REQUIRED if not env(name, default="")]):
    raise ImproperlyConfigured(
        f"Sorb does not start: {', '.join(missing)} not set. "
        "See .env.example, or use `make run` for a trial on this machine."
    )

DEBUG = IS_DEVELOPMENT and env.bool("SORB_DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY", default="") or kept_secret()
ALLOWED_HOSTS = required("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
SITE_URL = required("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
if not SITE_URL.startswith(("http://", "https://")):
    raise ImproperlyConfigured(f"SITE_URL is {SITE_URL!r}: it must start with https://")

# The site and who publishes it
SITE_NAME = _("National Association of Municipalities")
SITE_SHORT_NAME = _("NAM")
SITE_DOMAIN = SITE_URL.split("://", 1)[1].split(":")[0].split("/")[0]

# Apps, from the ground up
INSTALLED_APPS = [
    "modeltranslation",
    "sorb.admin.apps.SorbAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "ckeditor",
    "csp",
    "sorb.accounts",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "sorb",
    "sorb.postgres",
    "sorb.publishing",
    "sorb.media",
    "sorb.desk",
    "events",
    "news",
    "calendar_app",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "sorb.middleware.security_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "sorb.middleware.WordsWhenDatabaseIsAway",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "sorb.accounts.middleware.second_step",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "sorb.urls"
WSGI_APPLICATION = "sorb.wsgi.application"
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
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# PostgreSQL: the server of DATABASE_URL, else one of our own in var/postgres
if database_url := env("DATABASE_URL", default=""):
    DATABASES = {"default": env.db_url_config(database_url)}
else:
    DATABASES = {"default": {"ENGINE": "sorb.postgres", "NAME": "sorb", "VAR": VAR}}
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Calendars to subscribe to: a cancelled event as CANCELLED, which Google hides, or by words alone
CALENDAR_KEEPS_CANCELLED = env.bool("CALENDAR_KEEPS_CANCELLED", default=False)

# Two languages: Bulgarian is the source, English the translation
LANGUAGE_CODE = "bg"
LANGUAGES = [("bg", "Български"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "sorb" / "locale"]
FORMAT_MODULE_PATH = ["sorb.locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Sofia"
MODELTRANSLATION_DEFAULT_LANGUAGE = "bg"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("bg",)

# Accounts (decision 0009)
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    f"django.contrib.auth.hashers.{name}"
    for name in ("Argon2PasswordHasher", "PBKDF2PasswordHasher")  # the second for older ones
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"sorb.accounts.passwords.{name}"}
    for name in ("LongEnough", "NotCommon", "NotOneself", "NotJustDigits")
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
SECOND_FACTOR = env.bool("SECOND_FACTOR", default=not IS_DEVELOPMENT)
OTP_TOTP_ISSUER = SITE_DOMAIN
PASSWORD_RESET_TIMEOUT = 3600

# Refusal after repeated failure
AXES_HANDLER = "sorb.accounts.failures.FailureHandler"
AXES_LOCKOUT_CALLABLE = "sorb.accounts.refusal.too_many_failures"
AXES_CLIENT_IP_CALLABLE = "sorb.accounts.addresses.client_address"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "csrfmiddlewaretoken"]
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True  # the site's own log has it
TRUSTED_PROXIES = networks("TRUSTED_PROXIES")

# Letters: to the console in development, elsewhere by EMAIL_URL; without one there is no reset
HAS_MAIL = IS_DEVELOPMENT or bool(env("EMAIL_URL", default=""))
vars().update(
    env.email_url_config(
        env("EMAIL_URL", default="") or ("consolemail://" if IS_DEVELOPMENT else "dummymail://")
    )
)
EMAIL_TIMEOUT = 10  # seconds
DEFAULT_FROM_EMAIL = env("MAIL_FROM", default="") or f"no-reply@{SITE_DOMAIN}"

# Files: ours with hashed names, uploads under var/
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_FINDERS = ["sorb.richtext.finders.UsedFilesFinder"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env("MEDIA_ROOT", default="") or VAR / "media")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_PERMISSIONS = 0o644
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
DATA_UPLOAD_MAX_NUMBER_FILES = 100

# What browsers are told
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
# CKEditor 4 sets style and on… attributes; scripts themselves stay files of ours (decision 0001)
ADMIN_CONTENT_SECURITY_POLICY = {
    **CONTENT_SECURITY_POLICY["DIRECTIVES"],
    "script-src-attr": [UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
}
IS_HTTPS = SITE_URL.startswith("https://")
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if proxy_header := env("TRUSTED_PROXY_HTTPS_HEADER", default=""):
    SECURE_PROXY_SSL_HEADER = (proxy_header, "https")
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_NAME = "__Host-sorb" if IS_HTTPS else "sorb"
CSRF_COOKIE_NAME = "__Host-sorb-csrf" if IS_HTTPS else "sorb-csrf"
SESSION_COOKIE_AGE = 8 * 3600

SILENCED_SYSTEM_CHECKS = ["ckeditor.W001"]  # the risk is closed as decision 0001 says

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"axes": {"level": "ERROR"}},  # `sorb.accounts` says the same, escaped
}
CSRF_FAILURE_VIEW = "sorb.errors.csrf_failure"
