"""As little of Django as answers a request from the database; pooled connections, all else Django's own choice."""

from __future__ import annotations

from farol.house import environment

SECRET_KEY = "plain"
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = ["farol.house.measure.plain"]
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "farol.house.measure.plain.site"
DATABASES = {"default": {**environment.database(), "OPTIONS": {"pool": True}}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
USE_I18N = False
