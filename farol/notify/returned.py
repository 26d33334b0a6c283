"""The letter to whoever wrote a mail that became no message: why, and what now."""

from __future__ import annotations

from email.utils import format_datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from farol.catalog import queries as catalog
from farol.notify.models import Letter
from farol.notify.rules import TITLES, Kind
from farol.notify.writing import as_text


def message(letter: Letter) -> EmailMultiAlternatives:
    """The mail in the reader's language; it answers theirs, and says to every robot that nobody wrote it."""
    facts = letter.entry.facts
    with translation.override(letter.language):
        context = {
            "language": letter.language,
            "title": _(TITLES[Kind.RETURNED]),
            "person": letter.reader,
            "vendor": catalog.vendor(),
            "url": settings.PUBLIC_URL + str(facts["path"]),
            "told": facts,
            "ticket": {"subject": facts["mail_subject"] or _("(sem assunto)")},
        }
        mail = EmailMultiAlternatives(
            subject=_("Sobre o seu e-mail: {subject}").format(subject=context["ticket"]["subject"]),
            body=as_text(render_to_string("notify/returned.html", context | {"base": "notify/base.txt"})),
            from_email=settings.MAIL_FROM,
            to=[letter.address],
            headers=_headers(letter),
        )
        html = render_to_string("notify/returned.html", context | {"base": "notify/base.html"})
        mail.attach_alternative(html, "text/html")
    return mail


def _headers(letter: Letter) -> dict[str, str]:
    answered = str(letter.entry.facts["in_reply_to"])
    return {
        "Message-ID": letter.message_id,
        "Date": format_datetime(letter.composed_at),
        **({"In-Reply-To": answered, "References": answered} if answered else {}),
        "Auto-Submitted": "auto-replied",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": letter.language,
    }
