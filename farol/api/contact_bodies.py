"""A customer's contacts, as calls ask for them and as they are answered."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from farol.api import answers, asked

Grantable = Literal["support", "consulting", "downloads", "cst", "ombudsman", "licences"]
GRANTABLE: tuple[Grantable, ...] = ("support", "consulting", "downloads", "cst", "ombudsman", "licences")


class Contact(answers.Answer):
    """`state` is `active`, `invited` or `deactivated`; `services` of the administrator are all."""

    id: int
    name: str
    email: str
    title: str
    administrator: bool
    state: str
    invited_until: answers.Instant | None
    services: list[Grantable]


class Contacts(answers.Answer):
    """All of them, and how many more there may be (R-010)."""

    items: list[Contact]
    next: str | None
    limit: int
    used: int


class Invitation(asked.Body):
    """Staff who keep customers say for which `organization`."""

    name: asked.Text
    email: asked.Text
    title: asked.Text = ""
    language: str = "pt-br"
    services: Annotated[list[Grantable], Field(max_length=20)] = ["support", "downloads", "cst", "ombudsman"]
    organization: asked.Id | None = None


class Granted(asked.Body):
    services: Annotated[list[Grantable], Field(max_length=20)]
