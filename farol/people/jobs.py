"""What is done for strangers after they were answered, so that the time it takes tells them nothing."""

from __future__ import annotations

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from farol.people.actions import links, requests


@app.task(name=links.FORGOTTEN, queue="journal")
def forget_password(email: str, address: str) -> None:
    """Somebody says to have forgotten the password of this address. Safe to repeat: the second letter is withheld."""
    links.forget_password(email, address=address, now=datetime.now(UTC))


@app.task(name=requests.WISHED, queue="journal")
def ask_access(cnpj: str, name: str, email: str, address: str) -> None:
    """Somebody says to belong to the customer with this CNPJ. Safe to repeat: the second letter is withheld."""
    requests.ask_access(cnpj=cnpj, name=name, email=email, address=address, now=datetime.now(UTC))
