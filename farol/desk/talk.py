"""The conversation as HTML, made in Python like the rows of the queue: a long one must not be slow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.html import conditional_escape as escaped
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from farol.access import queries as access
from farol.contracts.queries import Cover
from farol.desk import rows
from farol.desk.door import Visit
from farol.tickets.models import Ticket
from farol.tickets.queries import Line
from farol.tickets.rules.windows import day_of
from farol.ui import pieces, talk, words
from farol.ui.talk import Item, Said, Told

SECTION = (
    '<details class="context-section" open data-remember="{key}"><summary>{avatar}<span>{title}</span>'
    '<span class="end">{about}</span>{glyph}</summary><div class="context-body">'
)

OTHER = '<li>{tower}<a href="{url}" title="{number}">{subject}</a><span class="end">{state}</span></li>'


def others(lines: Iterable[Line], visit: Visit) -> SafeString:
    """The company's other tickets."""
    address = rows.ticket_address()
    return mark_safe("".join(
        OTHER.format(
            tower=rows.tower(line.severity, visit.language), url=address(line.number), number=line.number,
            subject=escaped(line.subject), state=pieces.situation_word(line.state),
        )
        for line in lines
    ))  # fmt: skip


def section(key: str, title: str, about: str = "", *, is_company: bool = False) -> SafeString:
    """The beginning of a section that folds and remembers; whoever uses it closes its two elements."""
    avatar = pieces.avatar(title, size=24, company=True) if is_company else ""
    return mark_safe(SECTION.format(
        key=key, avatar=avatar, title=escaped(title), about=escaped(about), glyph=pieces.icon("chevron-down")
    ))  # fmt: skip


def customer(ticket: Ticket, cover: Cover | None, visit: Visit) -> SafeString:
    """Who asks, under which contract, about which product, and who cares for it."""
    faint = '{} <span class="faint">{}</span>'
    contact, nobody = ticket.contact, format_html('<span class="muted">{}</span>', _("ninguém ainda"))
    role = _("administra o portal") if contact.is_administrator else contact.title
    version = format_html(' <span class="mono">{}</span>', ticket.version.name) if ticket.version else ""
    pairs: list[tuple[str, str]] = [
        (_("Contato"), format_html(faint, contact.name, role) if role else contact.name),
        (_("Contrato"), _contract(cover, visit)),
        (_("Financeiro"), _finance(ticket, visit)),
        (_("Produto"), format_html("{}{}", ticket.product.name, version)),
        *([(_("Módulo"), ticket.module.name)] if ticket.module else []),
        (_("Área"), ticket.area.name),
        (_("Responsável"), ticket.assignee.name if ticket.assignee else nobody),
    ]
    cnpj = format_html('<dt>{}</dt><dd class="mono">{}</dd>', _("CNPJ"), words.cnpj(ticket.organization.cnpj))
    return cnpj + format_html_join("", "<dt>{}</dt><dd>{}</dd>", pairs)


def _contract(cover: Cover | None, visit: Visit) -> SafeString:
    if cover is None:
        return pieces.badge(_("Sem contrato ativo"), "red", "lock")
    if cover.valid_until is None:
        return format_html("{}", cover.plan)
    day = words.bare_day(cover.valid_until, language=visit.language)
    until = _("até {day} {year}").format(day=day, year=cover.valid_until.year)
    return format_html('{} <span class="faint">{}</span>', cover.plan, until)


def _finance(ticket: Ticket, visit: Visit) -> SafeString:
    if access.is_blocked(ticket.organization, on=day_of(visit.now)):
        return pieces.badge(_("Pendência"), "red", "lock")
    return pieces.badge(_("Em dia"), "green", "check")


def thread(items: Iterable[Item], visit: Visit) -> SafeString:
    return mark_safe("\n".join(_made(items, visit)))


def _made(items: Iterable[Item], visit: Visit) -> Iterator[str]:
    for place, item in enumerate(items):
        yield _event(item, place, visit) if isinstance(item, Told) else _message(item, visit)


def _message(item: Said, visit: Visit) -> str:
    return talk.message(
        id=f"e{item.id}",
        at=item.at,
        author=item.author,
        role=item.role,
        body=item.body,
        files=item.files,
        is_internal=item.is_internal,
        is_new=item.is_new,
        of=item.of,
        now=visit.now,
        language=visit.language,
    )


def _event(item: Told, place: int, visit: Visit) -> str:
    return talk.event(
        id=f"e{item.id}-{place}",
        at=item.at,
        glyph=item.glyph,
        text=item.text,
        is_new=item.is_new,
        of=item.of,
        now=visit.now,
        language=visit.language,
    )
