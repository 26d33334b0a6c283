"""Who does something, and through which door.

>>> HOUSE.side, HOUSE.subject
(<Side.HOUSE: 'house'>, 'house')
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Channel(StrEnum):
    PORTAL = "portal"
    PHONE = "phone"
    EMAIL = "email"
    API = "api"
    HOUSE = "house"


class Side(StrEnum):
    """Whose interest the actor speaks for."""

    CUSTOMER = "customer"
    STAFF = "staff"
    HOUSE = "house"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person acting through a channel, from an address; or the house itself."""

    side: Side
    channel: Channel
    person_id: int = 0
    organization_id: int = 0
    name: str = ""
    is_manager: bool = False
    address: str = ""

    @property
    def subject(self) -> str:
        return f"person:{self.person_id}" if self.person_id else "house"

    @property
    def is_staff(self) -> bool:
        return self.side is not Side.CUSTOMER


HOUSE = Actor(Side.HOUSE, Channel.HOUSE)
