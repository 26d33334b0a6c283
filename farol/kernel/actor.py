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
    role: str = ""  # of the staff
    is_onlooker: bool = False  # of the staff, and shown no more than the customer is
    behind: int = 0  # who really acts, when somebody acts as this person

    @property
    def subject(self) -> str:
        return f"person:{self.person_id}" if self.person_id else "house"

    @property
    def is_staff(self) -> bool:
        return self.side is not Side.CUSTOMER

    @property
    def reads_inner(self) -> bool:
        """Whether notes and the like exist for the actor."""
        return self.is_staff and not self.is_onlooker


HOUSE = Actor(Side.HOUSE, Channel.HOUSE)
