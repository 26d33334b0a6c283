"""A program that calls the API, as tests need one."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse
from django.test import Client

from farol.people.actions import issue_token
from farol.people.models import Person

BASE = "/api/v1"
STOPPED = {"usability": "unusable", "workaround": "no", "critical_operation": True, "data_corruption": "no"}
ANNOYING = {"usability": "minor", "workaround": "yes", "critical_operation": False, "data_corruption": "no"}


@dataclass
class Program:
    """Holds one token. `expect` is the status that the test counts on."""

    token: str
    client: Client = field(default_factory=Client)

    @classmethod
    def of(cls, person: Person, *scopes: str) -> Program:
        return cls(issue_token(person, now=datetime.now(UTC), scopes=scopes))

    def get(self, path: str, *, expect: int = 200, headers: dict[str, str] | None = None, **query: Any) -> Any:
        return self.call("GET", path, expect=expect, headers=headers, query=query)

    def post(self, path: str, body: Any = None, *, expect: int = 201, **options: Any) -> Any:
        return self.call("POST", path, body, expect=expect, **options)

    def put(self, path: str, body: Any = None, *, expect: int = 200, **options: Any) -> Any:
        return self.call("PUT", path, body, expect=expect, **options)

    def call(self, method: str, path: str, body: Any = None, *, expect: int, **options: Any) -> Any:
        response = self.send(method, path, body, **options)
        assert response.status_code == expect, (response.status_code, response.text)
        return json.loads(response.content)

    def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        headers: dict[str, str] | None = None,
        query: dict[str, Any] | None = None,
        content_type: str = "application/json",
    ) -> HttpResponse:
        data = body if isinstance(body, str | bytes) else "" if body is None else json.dumps(body)
        answer: HttpResponse = self.client.generic(
            method,
            f"{BASE}{path}",
            data,
            content_type,
            query_params=query,
            headers={"Authorization": f"Bearer {self.token}"} | (headers or {}),
        )  # type: ignore[assignment]
        return answer
