"""The tests bring their own PostgreSQL, or use the one of `DATABASE_URL`; nothing needs to be running."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import pytest_django
from django.conf import settings
from django.db import connection, connections
from django.test.utils import override_settings

from farol.house.embedded.server import Server


@pytest.fixture(scope="session", autouse=True)
def _own_folders() -> Iterator[Path]:
    """Files, mail and static files of a test run never touch those of the copy it runs in."""
    home = Path(tempfile.mkdtemp(prefix="farol-test-"))
    storages = {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": home / "files", "file_permissions_mode": 0o600},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with override_settings(
        STORAGES=storages,
        STATIC_ROOT=home / "static",
        EMAIL_FILE_PATH=home / "mail",
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        WHITENOISE_AUTOREFRESH=True,
    ):
        yield home
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(_own_folders: Path) -> Iterator[None]:
    """Before Django makes its test database: a server to make it on."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    home = _own_folders / "postgres"
    with Server(home, home / "run", durable=False):
        for known in (settings.DATABASES["default"], connections["default"].settings_dict):
            known["HOST"] = str(home / "run")
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """After the last test: give back the pooled connections, or the test database cannot be dropped."""
    yield
    for used in connections.all(initialized_only=True):
        used.close()
        used.close_pool()


@pytest.fixture(autouse=True)
def _no_job_outlives_its_test(
    request: pytest.FixtureRequest, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[None]:
    """What a test commits is flushed after it, but for the jobs: their table is not Django's to empty."""
    yield
    marker = request.node.get_closest_marker("django_db")
    commits = {"transactional_db", "live_server"} & set(request.fixturenames)
    if commits or (marker and marker.kwargs.get("transaction")):
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("delete from procrastinate_jobs")
