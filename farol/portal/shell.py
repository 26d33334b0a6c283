"""Where a customer can go from every page."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from farol.access import queries as access
from farol.people.models import Person
from farol.ui.shell import Entry, Shell


def of(person: Person, *, on: date | None = None) -> Shell:
    """With the notice of a debt that shuts doors on that day."""
    if person.is_staff_member:
        return _of_staff(person)
    is_blocked = on is not None and access.is_blocked(person.organization, on=on)
    home = Entry("home", _("Início"), reverse("portal:home"), "home")
    tickets = Entry("tickets", _("Chamados"), reverse("portal:tickets"), "list")
    opening = Entry("opening", _("Abrir"), reverse("portal:opening"), "plus")
    billing = Entry("billing", _("Faturamento"), reverse("portal:billing"), "file")
    contacts = Entry("contacts", _("Contatos"), reverse("portal:contacts"), "people")
    kept = (contacts,) if person.is_administrator else ()
    return Shell(
        home_url=home.url,
        person=person.name,
        place=person.organization.name if person.organization else "",
        sign_out_url=reverse("portal:sign_out"),
        entries=(home, tickets, billing, *kept),
        tabs=(home, tickets, opening, billing, *kept),
        links=[
            billing,
            *kept,
            Entry("standing", _("Situação financeira"), reverse("portal:standing"), "building"),
            Entry("tools", _("Ferramentas"), reverse("portal:tools"), "wrench"),
            Entry("preferences", _("Preferências"), reverse("portal:preferences"), "person"),
            Entry("account", _("Segurança da conta"), reverse("portal:account"), "shield"),
        ],
        notice_url=reverse("portal:standing") if is_blocked else "",
    )


def _of_staff(person: Person) -> Shell:
    """On the few pages that both doors share."""
    return Shell(
        home_url="/mesa/",
        person=person.name,
        place=person.title,
        sign_out_url=reverse("portal:sign_out"),
        links=[
            Entry("account", _("Segurança da conta"), reverse("portal:account"), "shield"),
            Entry("change_password", _("Trocar senha"), reverse("portal:change_password"), "key"),
        ],
    )


def outside() -> Shell:
    """For whoever is not known yet."""
    return Shell(home_url="/")
