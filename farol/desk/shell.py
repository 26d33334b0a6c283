"""The side navigation: the person's queues, and the other areas, each with its count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from farol.desk.kept import Kept
from farol.kernel.actor import Actor
from farol.people import queries as people
from farol.people.models import Area, Person
from farol.people.rules.presence import PauseReason, Presence
from farol.people.rules.staff import CLOSED_KINDS, Right, Sight, sight_of
from farol.tickets import queries as tickets
from farol.ui.shell import Entry, Group, Shell

ICONS = {
    Area.Kind.SUPPORT: "headset",
    Area.Kind.SUSTAINING: "wrench",
    Area.Kind.FACTORY: "branch",
    Area.Kind.INNOVATION: "chart",
    Area.Kind.CONSULTING: "case",
    Area.Kind.ADMINISTRATIVE: "building",
    Area.Kind.OMBUDSMAN: "megaphone",
    Area.Kind.ADVISORY: "people",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands: their areas, the others, and the counts of all."""

    team: Sequence[Area]
    others: Sequence[Area]
    counts: tickets.Counts

    @property
    def team_ids(self) -> list[int]:
        return [area.pk for area in self.team]


@dataclass(frozen=True, slots=True)
class Known:
    """A person's standing, and the shells made of it, by language."""

    standing: Standing
    shells: dict[str, Shell]


_known: Kept[Known] = Kept()


def standing(request: HttpRequest, by: Actor, person: Person) -> Standing:
    return _of(request, by, person).standing


def of(request: HttpRequest, by: Actor, person: Person) -> Shell:
    known = _of(request, by, person)
    language = get_language() or ""
    if (shell := known.shells.get(language)) is None:
        shell = known.shells[language] = _shell(known.standing, person)
    return shell


def has_just_acted(request: HttpRequest) -> bool:
    """The page that follows what one has done brings news of it, and must show it everywhere."""
    return bool(len(get_messages(request)))


def _of(request: HttpRequest, by: Actor, person: Person) -> Known:
    return _known.get(by.person_id, lambda: Known(_standing(by, person), {}), anew=has_just_acted(request))


def _shell(found: Standing, person: Person) -> Shell:
    more = [Group(_("Telefone"), tuple(_telephone()))] if person.may(Right.WORK) else []
    more += [Group(_("Outras áreas"), tuple(_others(found)))] if found.others and person.may(Right.WORK) else []
    if management := _management(person):
        more.append(Group(_("Gestão"), tuple(management)))
    return Shell(
        home_url=reverse("desk:first"),
        person=person.name,
        place=_presence(person) or person.title or ", ".join(area.name for area in found.team[:2]),
        presence=person.presence if person.presence != Presence.OFF else "",
        sign_out_url=reverse("portal:sign_out"),
        search_url=reverse("desk:search"),
        calls_url=reverse("desk:call_at_hand"),
        groups=(Group("", tuple(_own(found, person))), *more),
        has_shortcuts=person.has_shortcuts,
        links=list(_links(person)),
    )


def _presence(person: Person) -> str:
    if person.presence == Presence.PAUSED:
        return (
            _("Pausa: {reason}").format(reason=_(PauseReason(person.pause_reason).words))
            if person.pause_reason
            else _("Pausa")
        )
    return _("Disponível") if person.presence == Presence.AVAILABLE else ""


def _standing(by: Actor, person: Person) -> Standing:
    member = {area.pk for area in people.areas_of(person)}
    areas = [area for area in people.areas() if area.pk in member or _is_seen(area, person)]
    mine = member or {area.pk for area in areas}
    counts = tickets.counts(by, areas=[area.pk for area in areas], team=list(mine))
    return Standing(
        team=[area for area in areas if area.pk in mine],
        others=[area for area in areas if area.pk not in mine],
        counts=counts,
    )


def _is_seen(area: Area, person: Person) -> bool:
    """Though the person is no member of the area."""
    sight = sight_of(person.role)
    return sight is Sight.ALL or (sight is Sight.OPEN and area.kind not in CLOSED_KINDS)


def _own(found: Standing, person: Person) -> list[Entry]:
    if not person.may(Right.WORK):
        looks_after = person.may(Right.PORTFOLIO)
        return [Entry("portfolio", _("Carteira"), reverse("desk:portfolio"), "building")] if looks_after else []
    counts = found.counts
    team = sum(counts.areas[area.pk] for area in found.team)
    return [
        Entry("mine", _("Minha fila"), reverse("desk:mine"), "inbox", _shown(counts.mine), "g f"),
        Entry("team", _("Fila da equipe"), reverse("desk:team"), "people", _shown(team), "g e"),
        Entry("unassigned", _("Sem responsável"), reverse("desk:unassigned"), "nobody", _shown(counts.unassigned)),
        Entry(
            "awaiting",
            _("Aguardando cliente"),
            reverse("desk:awaiting"),
            "pause-ring",
            _shown(counts.awaiting_customer),
        ),
        Entry(
            "proposed", _("Solução enviada"), reverse("desk:proposed"), "check-ring", _shown(counts.awaiting_acceptance)
        ),
        Entry("followed", _("Acompanho"), reverse("desk:followed"), "eye"),
        Entry("tasks", _("Pendências"), reverse("desk:tasks"), "bell"),
        *([Entry("mails", _("Correio"), reverse("desk:mails"), "letter")] if person.may(Right.MAIL) else []),
        Entry("customers", _("Clientes"), reverse("desk:customers"), "building"),
        Entry("rosters", _("Plantão"), reverse("desk:rosters"), "phone"),
    ]


def _telephone() -> list[Entry]:
    return [
        Entry("calls", _("Chamadas"), reverse("desk:calls"), "headset", shortcut="g t"),
        Entry("menus", _("URA"), reverse("desk:flow"), "flow"),
    ]


def _others(found: Standing) -> list[Entry]:
    return [
        Entry(
            f"area:{area.code}",
            area.name,
            reverse("desk:area", args=[area.code]),
            ICONS[Area.Kind(area.kind)],
            _shown(found.counts.areas[area.pk]),
        )
        for area in found.others
    ]


def _management(person: Person) -> list[Entry]:
    entries = [
        (Right.FINANCE, Entry("finance", _("Financeiro"), reverse("desk:finance"), "building")),
        (Right.MANAGE, Entry("hours", _("Horários"), reverse("desk:hours"), "calendar")),
        (Right.MANAGE, Entry("prices", _("Preços"), reverse("desk:prices"), "case")),
        (Right.MANAGE, Entry("offices", _("Regionais"), reverse("desk:offices"), "building")),
        (Right.MANAGE, Entry("surveys", _("Satisfação"), reverse("desk:surveys"), "speech")),
        (Right.MANAGE, Entry("automation", _("Automação"), reverse("desk:rules"), "branch")),
        (Right.MANAGE, Entry("simulation", _("Simulação"), reverse("desk:simulation"), "gauge")),
        (Right.STAFF, Entry("staff", _("Equipe"), reverse("desk:staff"), "people")),
        (Right.PORTFOLIOS, Entry("portfolios", _("Carteiras"), reverse("desk:portfolios"), "building")),
        (Right.ACT_AS, Entry("acting", _("Agir por um contato"), reverse("desk:acting"), "person")),
        (Right.PRIVACY, Entry("privacy", _("Privacidade"), reverse("desk:privacy"), "shield")),
        (Right.TRAIL, Entry("trail", _("Trilha"), reverse("desk:trail"), "search")),
    ]
    return [entry for right, entry in entries if person.may(right)]


def _links(person: Person) -> Iterator[Entry]:
    if person.may(Right.WORK):
        yield Entry("presence", _("Atender ligações"), reverse("desk:presence"), "headset")
    if person.may(Right.ANSWERS):
        yield Entry("playbook", _("Modelos"), reverse("desk:playbook"), "copy")
    yield Entry("preferences", _("Preferências"), reverse("desk:preferences"), "person")
    yield Entry("account", _("Segurança da conta"), reverse("portal:account"), "shield")


def _shown(number: int) -> int | str:
    return number if number < tickets.CAP else f"{tickets.CAP - 1}+"
