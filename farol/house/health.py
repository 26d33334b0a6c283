"""Whether this process lives, and whether it can do its work."""

from __future__ import annotations

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

WORKER_SILENCE = 30
"""Seconds after the last heartbeat for which a worker counts as reachable."""


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """GET /healthz: the process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """GET /readyz: database and worker reachable, migrations applied."""
    checks = {"database": False, "migrations": False, "worker": False}
    try:
        checks["worker"] = _worker_is_alive()
        checks["database"] = True
        checks["migrations"] = _is_migrated()
    except Error:
        connection.close()
    is_ready = all(checks.values())
    return JsonResponse({"status": "ok" if is_ready else "unavailable", **checks}, status=200 if is_ready else 503)


def _worker_is_alive() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select to_regclass('procrastinate_workers') is not null")
        if not (cursor.fetchone() or [False])[0]:
            return False
        cursor.execute(
            "select exists (select from procrastinate_workers where last_heartbeat > now() - %s * interval '1 s')",
            [WORKER_SILENCE],
        )
        return bool((cursor.fetchone() or [False])[0])


def _is_migrated() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
