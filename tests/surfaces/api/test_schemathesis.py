"""The API against its own description: whatever may be sent is answered as promised, whatever may not is refused.

`FAROL_EXAMPLES` makes more of them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from farol.api.door import api
from farol.people.actions import issue_token
from farol.tickets.models import Ticket
from tests.crowd import Crowd, gathered

EXAMPLES = int(os.environ.get("FAROL_EXAMPLES", "8"))
QUIET = settings(
    max_examples=EXAMPLES, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture
def crowd(db: None) -> Iterator[Crowd]:
    """The connection of the test outlives the requests that are made on it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield gathered(3)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.slow
@pytest.mark.parametrize("mode", list(GenerationMode))
def test_every_call_answers_as_its_description_says(crowd: Crowd, mode: GenerationMode) -> None:
    schema = schemathesis.openapi.from_dict(api.get_openapi_schema())
    schema.app = get_wsgi_application()
    numbers = [0, *Ticket.objects.values_list("pk", flat=True)[:6]]
    tokens = [issue_token(person, now=datetime.now(UTC)) for person in (crowd.world.marina, crowd.world.rafael)]
    wrong: list[str] = []

    def answer(case: Case, token: str, number: int) -> None:
        if number and "number" in (case.path_parameters or {}):
            case.path_parameters["number"] = number
        point = transaction.savepoint()
        try:
            case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, checks=CHECKS)
        finally:
            transaction.savepoint_rollback(point)

    for found in schema.get_all_operations():
        operation: Any = found.ok()
        strategy = st.tuples(
            operation.as_strategy(generation_mode=mode), st.sampled_from(tokens), st.sampled_from(numbers)
        )
        try:
            QUIET(given(strategy)(lambda drawn: answer(*drawn)))()
        except (Exception, FailureGroup) as failure:
            wrong.append(f"{operation.label}: {failure}")
    assert not wrong, "\n\n".join(wrong)
