"""Django's settings, put together from the table in `env`. Parts that only one package needs stand beside it."""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from portal.project.connections import database, email
from portal.project.env import Environment

BASE_DIR = Path(__file__).resolve().parents[2]
ENV = Environment(os.environ)
PRODUCTION = ENV.production
DATA_DIR = ENV.data_dir
DATA_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = ENV["DEBUG"]
SECRET_KEY = ENV.secret("SECRET_KEY")
FIELD_KEYS = ENV.secret("FIELD_KEYS").split(",")
ALLOWED_HOSTS = ENV["ALLOWED_HOSTS"]
SITE_URL = (ENV["SITE_URL"] or f"http://{ENV['HOST']}:{ENV['PORT']}").rstrip("/")
PROXIES = ENV["PROXIES"]
PAGE_CACHE = ENV["PAGE_CACHE"]
CLAMAV_SOCKET = ENV["CLAMAV_SOCKET"]
OPEN_DATA_LICENCE = ENV["OPEN_DATA_LICENCE"]

INSTALLED_APPS = [
    "modeltranslation",  # before anything whose models it translates
    "portal.project",
    "portal.demo",
    "portal.pages",
    "portal.dashboard",
    "portal.api",
    "chat",
    "kb",
    "portal.cases",
    "charter.feedback",
    "charter",
    "portal.registry",
    "portal.instruments",
    "portal.core",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "channels",
    "csp",
    "ninja",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.humanize",  # the list of passkeys counts days with it
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kb.search.middleware.OpenedMiddleware",  # before the page cache, which knows nothing of readers
    "portal.core.caching.PageCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.core.second_factor.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.core.csp.PolicyMiddleware",
    "portal.core.middleware.PersonalPagesMiddleware",
    "portal.core.middleware.BrakesMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "portal.project.urls"
ASGI_APPLICATION = "portal.project.asgi.application"
WSGI_APPLICATION = "portal.project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.core.context.furniture",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "portal.core.templatetags.parama",
                "portal.core.templatetags.swift",
            ],
        },
    }
]

# Data
DATABASES = {"default": database(ENV["DATABASE_URL"], data_dir=DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = ENV["REDIS_URL"]
CACHES = {
    "default": {
        "BACKEND": "portal.core.steady_cache.SteadyCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 1.0},
    }
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    }
}
CHANNEL_LAYERS = {
    "default": {
        # The layer carries hints only; the database is the truth.
        # Pub/sub lost nothing where the core layer lost a third.
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [REDIS_URL]},
    }
    if ENV["CHANNEL_LAYER"] == "redis"
    else {"BACKEND": "channels.layers.InMemoryChannelLayer"}
}
TASKS = {
    "default": {
        "BACKEND": {
            "database": "django_tasks_db.DatabaseBackend",
            "immediate": "django_tasks.backends.immediate.ImmediateBackend",
        }[ENV["TASK_BACKEND"]]
    }
}

# Parts that can be exchanged: {alias: {BACKEND, OPTIONS}}, resolved by portal.core.backends
ELASTICSEARCH_URL = ENV["ELASTICSEARCH_URL"]
_ENGINES = {
    "embedded": "kb.search.engines.embedded.EmbeddedEngine",
    "elasticsearch": "kb.search.engines.elasticsearch.ElasticsearchEngine",
    "dummy": "kb.search.engines.dummy.DummyEngine",
}
_EMBEDDED_SEARCH = {
    "BACKEND": _ENGINES["embedded"],
    "OPTIONS": {"directory": str(DATA_DIR / "search")},
}
SEARCH = {
    "default": {
        "embedded": _EMBEDDED_SEARCH,
        "elasticsearch": {
            "BACKEND": _ENGINES["elasticsearch"],
            "OPTIONS": {"url": ELASTICSEARCH_URL, "fallback": "embedded"},
        },
        "dummy": {"BACKEND": _ENGINES["dummy"]},
    }.get(ENV["SEARCH_ENGINE"], {"BACKEND": ENV["SEARCH_ENGINE"]}),
    "embedded": _EMBEDDED_SEARCH,
}
SEARCH_LOG_SECONDS = 2.0  # how long a remembered search may wait to be written; 0: until somebody asks
_REGISTRIES: dict[str, dict[str, object]] = {
    "reference": {"BACKEND": "portal.cases.registries.reference.ReferenceRegistry"},
    "dummy": {"BACKEND": "portal.cases.registries.dummy.DummyRegistry"},
    "zgw": {
        "BACKEND": "portal.cases.registries.zgw.ZgwRegistry",
        "OPTIONS": {
            "url": ENV["ZGW_URL"],
            "client_id": ENV["ZGW_CLIENT_ID"],
            "secret": ENV["ZGW_SECRET"],
            "organisation": ENV["ZGW_RSIN"],
            "case_type": ENV["ZGW_CASE_TYPE"],
            "waiting": ENV["ZGW_WAITING_STATUS"],
            "results": ENV["ZGW_RESULTS"],
        },
    },
}
LOOKS_AN_HOUR, LOOKS_ALONE_A_DAY, LOOKS_HOURS = ENV["LOOKS_AN_HOUR"], ENV["LOOKS_ALONE_A_DAY"], ENV["LOOKS_HOURS"]
VISIT_LATE_MINUTES, VISIT_SHORT_PERCENT = ENV["VISIT_LATE_MINUTES"], ENV["VISIT_SHORT_PERCENT"]
VISIT_ABSENT_DAYS = ENV["VISIT_ABSENT_DAYS"]
LAW_PROFILE = ENV["LAW_PROFILE"]
KEEP_YEARS = {"money": ENV["KEEP_MONEY_YEARS"], "file": ENV["KEEP_FILE_YEARS"]}
CASE_REGISTRIES = {"default": _REGISTRIES.get(ENV["CASE_REGISTRY"], {"BACKEND": ENV["CASE_REGISTRY"]})}

# Where residents sign in, if anywhere
OIDC = {
    "issuer": ENV["OIDC_ISSUER"],
    "client_id": ENV["OIDC_CLIENT_ID"],
    "secret": ENV["OIDC_SECRET"],
    "scope": ENV["OIDC_SCOPE"],
    "claims": ENV["OIDC_CLAIMS"],
    "levels": ENV["OIDC_LEVELS"],
}

# Short messages to phones
SMS_BACKENDS = {
    "default": {"BACKEND": "portal.core.sms.gateway.GatewaySms", "OPTIONS": {"url": ENV["SMS_URL"]}}
    if ENV["SMS_URL"]
    else {"BACKEND": "portal.core.sms.files.FileSms", "OPTIONS": {"folder": str(DATA_DIR / "sms")}}
}

# The mailbox residents write to
MAILBOX_URL = ENV["MAILBOX_URL"]
MAILBOX_ADDRESS = ENV["MAILBOX_ADDRESS"]

# Notices of the telephone exchange
CTI_SECRET = ENV["CTI_SECRET"]

# What one resident's browser may do in a conversation
CHAT_LIMITS = {"characters": 4000, "messages_a_minute": 20, "sockets": 3, "frames_a_minute": 120}

# Languages
LANGUAGE_CODE = "lt"
LANGUAGES = [
    ("lt", "Lietuvių"),
    ("ru", "Русский"),
    ("en", "English"),
    ("uk", "Українська"),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["portal.core.formats"]
USE_I18N = True
TIME_ZONE = "Europe/Vilnius"
USE_TZ = True
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
MODELTRANSLATION_DEFAULT_LANGUAGE = "lt"
MODELTRANSLATION_LANGUAGES = ("lt", "ru", "en", "uk")
MODELTRANSLATION_FALLBACK_LANGUAGES = ("lt",)
MODELTRANSLATION_CUSTOM_FIELDS = ("StreamField", "RichTextField")

# People who work here
AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
]
STAFF_MFA = ENV["STAFF_MFA"] or ("required" if PRODUCTION else "off")
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "core:workplace"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_ADAPTER = "portal.core.accounts.StaffAccountAdapter"
ACCOUNT_FORMS = {"login": "portal.core.accounts.SignInForm"}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True

# Wagtail
WAGTAIL_SITE_NAME = "Parama"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_I18N_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # the default sends hashes of staff e-mails abroad
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_FRONTEND_LOGIN_URL = "/account/login/"
WAGTAILADMIN_LOGIN_URL = "/account/login/"
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILADMIN_PERMITTED_LANGUAGES = [
    ("lt", _("Lithuanian")),
    ("en", _("English")),
    ("ru", _("Russian")),
    ("uk", _("Ukrainian")),
]
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "odt"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"

# Files
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# Letters
globals().update(email(ENV["EMAIL_URL"], data_dir=DATA_DIR))
DEFAULT_FROM_EMAIL = ENV["EMAIL_FROM"]
SERVER_EMAIL = ENV["EMAIL_FROM"]

# Guarding the doors
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF, SITE_URL.replace("http", "ws", 1)],  # older Safari does not count sockets as 'self'
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
        "worker-src": [SELF],
    }
}
HTTPS = SITE_URL.startswith("https://")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"  # Wagtail lifts it for its previews
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "portal.core.errors.csrf_failure"
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_REDIRECT_EXEMPT = [r"^health/"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"masked": {"()": "portal.core.privacy.MaskingFilter"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["masked"],
        }
    },
    "root": {"handlers": ["console"], "level": ENV["LOG_LEVEL"]},
    "loggers": {
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # strangers try names all day and get a 400
        "django.server": {"propagate": True},
        "httpx": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},  # two lines a task would hide everything else
    },
}
