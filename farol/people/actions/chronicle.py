"""What happens to access is told twice: in the customer's history, for those who work there, and on the trail."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from farol.audit.actions import record
from farol.audit.rules import Act
from farol.journal import actions as journal
from farol.journal.models import Entry
from farol.kernel.actor import Actor

ACTS = {
    "contact.invited": Act.CONTACT_INVITED,
    "contact.activated": Act.CONTACT_ACTIVATED,
    "contact.corrected": Act.SERVICES_CHANGED,
    "contact.service_granted": Act.SERVICES_CHANGED,
    "contact.service_revoked": Act.SERVICES_CHANGED,
    "contact.deactivated": Act.CONTACT_DEACTIVATED,
    "contact.reactivated": Act.CONTACT_REACTIVATED,
    "contact.password_asked": Act.PASSWORD_ASKED,
    "contact.password_changed": Act.PASSWORD_CHANGED,
    "customer.registered": Act.CUSTOMER_REGISTERED,
    "customer.corrected": Act.CUSTOMER_CORRECTED,
    "customer.contacts_allowed": Act.CUSTOMER_CORRECTED,
    "customer.administrator_replaced": Act.ADMINISTRATOR_REPLACED,
    "customer.access_granted": Act.ACCESS_ANSWERED,
    "customer.access_confirmed": Act.ACCESS_ANSWERED,
    "customer.access_declined": Act.ACCESS_ANSWERED,
}


def tell(
    name: str,
    *,
    about: str,
    by: Actor,
    at: datetime,
    facts: Mapping[str, object],
    body: str = "",
    is_internal: bool = False,
) -> Entry:
    """It is in the history of `about`, and on the trail where it changed who may do what."""
    entry = journal.tell(name, about=about, by=by, at=at, body=body, is_internal=is_internal, facts=facts)
    if act := ACTS.get(name):
        person = facts.get("person")
        told = {key: fact for key, fact in facts.items() if key not in {"link", "person"}}
        record(act, by, f"person:{person}" if person else about, {**told, "about": about}, at=at)
    return entry
