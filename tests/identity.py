"""A real OpenID provider of a package of the registry, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import requests

from tests.house.running import eventually, free_port


@contextmanager
def identity_provider() -> Iterator[str]:
    """Its issuer. It lets anybody be anybody, and says of them what it was told."""
    port = free_port()
    issuer = f"http://localhost:{port}"
    process = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        eventually(lambda: _answers(issuer), "an OpenID provider")
        yield issuer
    finally:
        process.terminate()
        process.wait(10)


def tell(issuer: str, subject: str, **claims: object) -> None:
    """From now on the provider says this of `subject`."""
    requests.put(f"{issuer}/users/{subject}", json=claims, timeout=10).raise_for_status()


def _answers(issuer: str) -> bool:
    try:
        return requests.get(f"{issuer}/.well-known/openid-configuration", timeout=5).ok
    except requests.ConnectionError:
        return False
