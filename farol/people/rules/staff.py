"""What each member of the staff may see and do: one table, role by role; what is not in it is refused.

An executive of relationship looks on: at the tickets of their customers and no
others, without what is internal, and without a hand in them (R-003).

>>> may("analyst", Right.WORK), may("ear", Right.WORK), may("", Right.READ)
(True, False, False)
>>> sight_of("gar"), sight_of("nobody we know")
(<Sight.PORTFOLIO: 'portfolio'>, <Sight.NONE: 'none'>)
"""

from __future__ import annotations

from enum import StrEnum

from farol.kernel.errors import Refusal, gettext_noop


class Role(StrEnum):
    ANALYST = "analyst"
    CONSULTANT = "consultant"
    CST = "cst"
    OMBUDSMAN = "ombudsman"
    GAR = "gar"
    EAR = "ear"
    KNOWLEDGE_EDITOR = "knowledge_editor"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"


class Right(StrEnum):
    READ = "read"  # tickets that one may see, and a search among them
    WORK = "work"  # queues, and every verb of a ticket
    INNER = "inner"  # notes, and whatever else the customer is not shown
    ANSWERS = "answers"  # ready answers and macros
    EXPORT = "export"  # lists as a spreadsheet
    MAIL = "mail"
    FINANCE = "finance"
    RECORDINGS = "recordings"
    PORTFOLIO = "portfolio"  # one's own customers
    CUSTOMERS = "customers"  # registering customers and their administrators
    MANAGE = "manage"  # hours, automation, surveys, simulation
    PORTFOLIOS = "portfolios"  # who looks after which customer
    STAFF = "staff"  # roles, areas and skills
    ACT_AS = "act_as"
    TRAIL = "trail"
    PRIVACY = "privacy"


class Sight(StrEnum):
    """Which tickets exist for somebody of the staff."""

    ALL = "all"
    OPEN = "open"  # every area's but those of closed ones, and whatever is one's own
    AREAS = "areas"  # of one's own areas, and whatever is one's own
    PORTFOLIO = "portfolio"  # of one's customers
    NONE = "none"


CLOSED_KINDS = frozenset({"ombudsman"})
"""Kinds of areas whose tickets only their members see: a complaint is not read by whom it is about (R-112)."""

_WORKS = frozenset({Right.READ, Right.WORK, Right.INNER})
RIGHTS: dict[Role, frozenset[Right]] = {
    Role.ANALYST: _WORKS | {Right.ANSWERS, Right.EXPORT, Right.MAIL, Right.RECORDINGS},
    Role.CONSULTANT: _WORKS | {Right.ANSWERS, Right.EXPORT},
    Role.CST: _WORKS | {Right.FINANCE, Right.MAIL, Right.CUSTOMERS},
    Role.OMBUDSMAN: _WORKS | {Right.EXPORT, Right.RECORDINGS},
    Role.GAR: frozenset({Right.READ, Right.PORTFOLIO}),
    Role.EAR: frozenset({Right.READ, Right.PORTFOLIO}),
    Role.KNOWLEDGE_EDITOR: frozenset({Right.READ, Right.INNER, Right.ANSWERS}),
    Role.MANAGER: frozenset(Right) - {Right.PORTFOLIO},
    Role.ADMINISTRATOR: frozenset(Right) - {Right.PORTFOLIO},
}
SIGHTS: dict[Role, Sight] = {
    Role.ANALYST: Sight.OPEN,
    Role.CONSULTANT: Sight.OPEN,
    Role.CST: Sight.AREAS,
    Role.OMBUDSMAN: Sight.ALL,
    Role.GAR: Sight.PORTFOLIO,
    Role.EAR: Sight.PORTFOLIO,
    Role.KNOWLEDGE_EDITOR: Sight.OPEN,
    Role.MANAGER: Sight.OPEN,
    Role.ADMINISTRATOR: Sight.ALL,
}
RELATIONSHIP = frozenset({Role.GAR, Role.EAR})
GRAVE = frozenset({Role.MANAGER, Role.ADMINISTRATOR})
"""Roles that only an administrator gives and takes away."""

WORDS = {
    Role.ANALYST: gettext_noop("Analista"),
    Role.CONSULTANT: gettext_noop("Consultor"),
    Role.CST: gettext_noop("CST"),
    Role.OMBUDSMAN: gettext_noop("Ouvidor"),
    Role.GAR: gettext_noop("Gerente de relacionamento (GAR)"),
    Role.EAR: gettext_noop("Executivo de relacionamento (EAR)"),
    Role.KNOWLEDGE_EDITOR: gettext_noop("Editor de conhecimento"),
    Role.MANAGER: gettext_noop("Gestor"),
    Role.ADMINISTRATOR: gettext_noop("Administrador"),
}


class NotYourRole(Refusal):
    """One's role looks on, or does other work."""

    code = "staff.not_your_role"
    status = 403
    message = gettext_noop("O seu papel na equipe não permite isso.")
    remedy = gettext_noop("Peça a um gestor, ou a quem responde pelo chamado.")


class LastAdministrator(Refusal):
    """Somebody must be able to give the roles."""

    code = "staff.last_administrator"
    message = gettext_noop("É preciso que reste um administrador.")
    remedy = gettext_noop("Dê antes o papel de administrador a outra pessoa.")


class NotYourself(Refusal):
    """Nobody gives a role to themselves, or takes away their own."""

    code = "staff.not_yourself"
    message = gettext_noop("Ninguém muda o próprio papel.")
    remedy = gettext_noop("Peça a outro administrador.")


def may(role: str, right: Right) -> bool:
    return role in RIGHTS and right in RIGHTS[Role(role)]


def sight_of(role: str) -> Sight:
    return SIGHTS[Role(role)] if role in SIGHTS else Sight.NONE


def may_give(giver: str, role: str) -> bool:
    """Whether somebody of the role `giver` may give or take away `role`."""
    return may(giver, Right.STAFF) and (role not in GRAVE or giver == Role.ADMINISTRATOR)
