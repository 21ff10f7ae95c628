"""Django's settings, all from the variables of `environment`."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from gongkai.settings import environment, keys

PACKAGE = Path(__file__).resolve().parent.parent
HOME = Path(environment.read("GONGKAI_HOME")).expanduser().resolve()
MODE = environment.mode()
PRODUCTION = MODE == "production"
HTTPS = environment.read("GONGKAI_HTTPS") == "1" if environment.read("GONGKAI_HTTPS") else PRODUCTION

DEBUG = environment.read("GONGKAI_DEBUG") == "1"
SECRET_KEY = environment.read("GONGKAI_SECRET_KEY") or keys.session_key(HOME)
ALLOWED_HOSTS = environment.listed("GONGKAI_ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = environment.listed("GONGKAI_TRUSTED_ORIGINS")
CSRF_FAILURE_VIEW = "gongkai.screens.portal.errors.csrf_failure"

# The portal beneath a host site, which 国办公开办函〔2019〕61号 asks for: the proxy takes the prefix off.
PATH_PREFIX = environment.read("GONGKAI_PATH_PREFIX").strip("/")
FORCE_SCRIPT_NAME = f"/{PATH_PREFIX}" if PATH_PREFIX else None

SITE_NAME = environment.read("GONGKAI_SITE_NAME")
SITE_DOMAIN = environment.read("GONGKAI_SITE_DOMAIN")
SITE_ID_CODE = environment.read("GONGKAI_SITE_CODE")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "django_tasks",
    "django_tasks_db",
    "gongkai.bureau.ledger",
    "gongkai.bureau.orgs",
    "gongkai.bureau.jobs",
    "gongkai.bureau.publishing",
    "gongkai.bureau.casework",
    "gongkai.bureau.remedies",
    "gongkai.bureau.annual",
    "gongkai.screens.ui",
    "gongkai.screens.portal",
    "gongkai.screens.desk",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "gongkai.screens.desk.middleware.NoZeroBytes",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "gongkai.screens.portal.middleware.WrongMethod",
]

ROOT_URLCONF = "gongkai.screens.urls"
WSGI_APPLICATION = "gongkai.screens.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "screens/portal/jinja2", PACKAGE / "screens/ui/jinja2"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "gongkai.screens.portal.jinja.environment"},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Before APP_DIRS: the account pages in the house's own look replace allauth's.
        "DIRS": [PACKAGE / "screens/desk/templates", PACKAGE / "screens/ui/templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

DATABASES = {"default": environment.database(HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SILENCED_SYSTEM_CHECKS: list[str] = []

# django-tasks keeps its results in the database; the lease on top is bureau.jobs.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
SEAL_COMMAND = environment.read("GONGKAI_SEAL_COMMAND")
JOB_LEASE_SECONDS = int(environment.read("GONGKAI_JOB_LEASE_SECONDS"))

# --- accounts ---------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "orgs.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
ACCOUNT_ADAPTER = "gongkai.bureau.orgs.accounts.ClosedAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "portal:home"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = SITE_NAME
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5  # hours
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "gongkai.screens.desk.views.locked.page"
# The lock ends when the page says so: trying again meanwhile does not lengthen it, else anybody could keep it shut.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# --- the browser ------------------------------------------------------------------------------------------------------
SESSION_COOKIE_NAME = "gongkai_session"
SESSION_COOKIE_AGE = 8 * 60 * 60  # a working day
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = f"/{PATH_PREFIX}"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
if environment.read("GONGKAI_BEHIND_PROXY") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    AXES_IPWARE_META_PRECEDENCE_ORDER = ("HTTP_X_FORWARDED_FOR", "REMOTE_ADDR")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        # the QR code of the second factor is drawn into the page by the server
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

# --- files ------------------------------------------------------------------------------------------------------------
UPLOAD_LIMIT = int(environment.read("GONGKAI_UPLOAD_LIMIT_MB")) * 1024 * 1024
# Nothing of an anonymous check may touch the disk: uploads stay in memory up to their limit.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_LIMIT * 4
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
FILES = HOME / "files"
STATIC_URL = "static/"  # relative: Django puts the path prefix before it
STATIC_ROOT = HOME / "static"
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": FILES}},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# --- mail -------------------------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = environment.read("GONGKAI_EMAIL_FROM")
_mail = urlsplit(environment.read("GONGKAI_EMAIL_URL"))
if _mail.hostname:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.hostname, _mail.port or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
    EMAIL_USE_SSL = _mail.scheme == "smtps"
    EMAIL_TIMEOUT = 20  # seconds
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = HOME / "mail"

# --- words and days ---------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "screens/portal/locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = USE_TZ = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"without_links": {"()": "gongkai.settings.lines.WithoutLinks"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_links"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # a refusal is an answer, not a fault of the platform: the journal has what matters
    "loggers": {"django.request": {"level": "ERROR"}, "django.security.csrf": {"level": "ERROR"}},
}
