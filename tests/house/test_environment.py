"""What the machine says becomes settings."""

from __future__ import annotations

from typing import Any

import pytest

from farol.house import environment


def options(url: str) -> dict[str, Any]:
    found = environment.database(url)["OPTIONS"]
    assert isinstance(found, dict)
    return found


def test_statements_are_prepared_unless_the_url_says_not() -> None:
    assert options("postgresql://u@db/farol")["prepare_threshold"] == 2
    assert options("postgresql://u@db/farol?prepare_threshold=0")["prepare_threshold"] is None


def test_what_else_the_url_says_goes_to_the_driver() -> None:
    assert options("postgresql://u@db/farol?sslmode=require")["sslmode"] == "require"


def test_another_database_is_refused_by_name() -> None:
    with pytest.raises(SystemExit, match="mysql"):
        environment.database("mysql://u@db/farol")


def test_providers_of_identities_are_named_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAROL_OPENID", "acme, Other")
    for name, said in {"ACME_ISSUER": "https://id.acme.example", "ACME_CLIENT": "farol", "ACME_NAME": "Acme",
                       "ACME_DOMAINS": "Acme.example acme.com.example", "OTHER_ISSUER": "https://other.example/",
                       "OTHER_CLIENT": "f"}.items():  # fmt: skip
        monkeypatch.setenv(f"FAROL_OPENID_{name}", said)
    acme, other = environment.openid_providers()
    assert (acme.name, acme.domains) == ("Acme", ("acme.example", "acme.com.example"))
    assert (other.id, other.name, other.issuer, other.domains) == ("other", "other", "https://other.example/", ())


@pytest.mark.parametrize(
    ("named", "said"), [("acme", "FAROL_OPENID_ACME_ISSUER is missing"), ("a-b", "'a-b' is no name")]
)
def test_a_provider_of_whom_something_is_missing_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, named: str, said: str
) -> None:
    monkeypatch.setenv("FAROL_OPENID", named)
    with pytest.raises(SystemExit, match=said):
        environment.openid_providers()
