"""Everything that can be done about calls and menus. Nothing else writes their tables."""

from farol.phone.actions.calls import (
    CallBackDone,
    connect,
    end_call,
    finish_call_back,
    lose_silent_calls,
    raise_call_back,
    ring,
    score,
)
from farol.phone.actions.carrying import Carried, carry
from farol.phone.actions.hops import first_hop, hop_on, note_hops
from farol.phone.actions.menus import MenusForManagers, NoDraft, discard_menus, publish_menus, save_menus
from farol.phone.actions.opening import ticket_of_call
from farol.phone.actions.port import Lookups
from farol.phone.actions.sharing import CHANNEL
from farol.phone.actions.writing import Snapshot, StepLine, write_down

__all__ = [
    "CHANNEL",
    "CallBackDone",
    "Carried",
    "Lookups",
    "MenusForManagers",
    "NoDraft",
    "Snapshot",
    "StepLine",
    "carry",
    "connect",
    "discard_menus",
    "end_call",
    "finish_call_back",
    "first_hop",
    "hop_on",
    "lose_silent_calls",
    "note_hops",
    "publish_menus",
    "raise_call_back",
    "ring",
    "save_menus",
    "score",
    "ticket_of_call",
    "write_down",
]
