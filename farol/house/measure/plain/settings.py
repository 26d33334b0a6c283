"""As little of Django as answers a request from the database; the connection is the house's own kind."""

from __future__ import annotations

from farol.house import environment

SECRET_KEY = "plain"
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = ["farol.house.measure.plain"]
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "farol.house.measure.plain.site"
DATABASES = {"default": environment.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
USE_I18N = False
