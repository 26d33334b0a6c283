"""What a door tells the shell about itself: who is in, where one can go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Entry:
    """One place to go. `key` is compared with the page's `here`; `shortcut` is as in ``"g f"``."""

    key: str
    label: str
    url: str
    icon: str
    count: int | str | None = None
    shortcut: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Entries of the desk's side navigation under one title ("" for the first group)."""

    title: str
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class Shell:
    """Given to every page as `shell`. The portal reads `entries`, the desk reads `groups`."""

    home_url: str
    person: str = ""
    place: str = ""
    sign_out_url: str = ""
    search_url: str = ""
    entries: Sequence[Entry] = ()
    tabs: Sequence[Entry] = ()  # of the phone's bar; the entries if left out
    groups: Sequence[Group] = ()
    links: Sequence[Entry] = field(default=())
    has_shortcuts: bool = True
    calls_url: str = ""  # where the banner of a call is read anew
    presence: str = ""  # whether calls are taken: the dot beside `place`
    notice_url: str = ""  # of what every page must say first: the customer is in debt
