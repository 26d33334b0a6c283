"""What a provider of identities says of a person, and when it is believed (OpenID Connect Core, 3.1.3.7).

>>> house = Provider("acme", "Acme", "https://id.acme.example", "farol", domains=("acme.example",))
>>> claims = {"iss": "https://id.acme.example", "aud": "farol", "sub": "7", "nonce": "n", "iat": 100, "exp": 400,
...     "email": "Ana@Acme.example", "email_verified": True}
>>> believed(claims, house, nonce="n", asked_at=90, now=110)
Said(subject='7', email='ana@acme.example', is_double=False)
>>> believed(claims | {"iat": 230, "exp": 530}, house, nonce="n", asked_at=90, now=110)
Traceback (most recent call last):
...
farol.people.rules.openid.ProviderClockWrong: O relógio de Acme difere 2 min do nosso, e o acesso não foi aceito.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from farol.kernel.errors import Refusal, gettext_noop

SKEW = 60
"""Seconds by which two clocks may differ without anybody being told."""


@dataclass(frozen=True, slots=True)
class Provider:
    """Whom the operator trusts to say who somebody is; `domains` limits for whose addresses, unless it is empty."""

    id: str
    name: str
    issuer: str
    client_id: str
    client_secret: str = ""
    domains: tuple[str, ...] = ()

    def vouches_for(self, email: str) -> bool:
        return not self.domains or email.rpartition("@")[2] in self.domains


@dataclass(frozen=True, slots=True)
class Said:
    """Who it is, and whether they gave two proofs there."""

    subject: str
    email: str
    is_double: bool


class OpenIdRefused(Refusal):
    """Coming in by a provider did not work; the page names the provider, the reason and the next step."""

    code = "openid.refused"
    status = 401


class ProviderDown(OpenIdRefused):
    code = "openid.provider_down"
    status = 503
    retry_after = 30
    message = gettext_noop("{provider} não responde agora, e sem resposta não sabemos quem é você.")
    remedy = gettext_noop("Tente de novo em um minuto, ou entre com e-mail e senha.")


class ProviderIsAnother(OpenIdRefused):
    code = "openid.wrong_issuer"
    message = gettext_noop("{provider} respondeu com o nome de outro emissor: {said}. Esperávamos {expected}.")
    remedy = gettext_noop("Entre com e-mail e senha, e mostre esta página a quem cuida do Farol na sua empresa.")


class ProviderClockWrong(OpenIdRefused):
    code = "openid.clock_wrong"
    message = gettext_noop("O relógio de {provider} difere {minutes} min do nosso, e o acesso não foi aceito.")
    remedy = gettext_noop("Entre com e-mail e senha, e peça a quem cuida do provedor que acerte a hora (NTP).")


class AnswerRefused(OpenIdRefused):
    code = "openid.answer_refused"
    message = gettext_noop("A resposta de {provider} não pôde ser aceita: {reason}.")
    remedy = gettext_noop("Comece de novo em Entrar. Se repetir, mostre esta página a quem cuida do Farol.")


class AnswerTooLate(OpenIdRefused):
    code = "openid.too_late"
    message = gettext_noop("O pedido de entrada por {provider} venceu, já foi usado ou começou em outro navegador.")
    remedy = gettext_noop("Comece de novo em Entrar.")


class EntryDenied(OpenIdRefused):
    code = "openid.denied"
    message = gettext_noop("{provider} não autorizou a entrada.")
    remedy = gettext_noop("Comece de novo e aceite, ou entre com e-mail e senha.")


class EmailNotVerified(OpenIdRefused):
    code = "openid.email_not_verified"
    message = gettext_noop("{provider} não confirma que o e-mail é seu, e só por ele sabemos qual conta abrir.")
    remedy = gettext_noop("Confirme o e-mail no provedor, ou entre com e-mail e senha.")


class NobodyHere(OpenIdRefused):
    """Said to somebody who has proved that the address is theirs: no stranger learns anything by it."""

    code = "openid.nobody_here"
    message = gettext_noop("Não há conta ativa no Farol para {email}, o e-mail confirmado por {provider}.")
    remedy = gettext_noop("Peça ao administrador de contatos da sua empresa que convide você, e entre de novo.")


class SomebodyElse(OpenIdRefused):
    code = "openid.somebody_else"
    message = gettext_noop("Em {provider}, {email} era de outra pessoa quando esta conta foi ligada.")
    remedy = gettext_noop("Entre com e-mail e senha, e fale com a Assessoria para ligar a conta de novo.")


NO_SIGNATURE = gettext_noop("a assinatura não confere")
NOT_FOR_US = gettext_noop("ela foi feita para outro sistema")
NOT_OUR_QUESTION = gettext_noop("ela não responde ao nosso pedido")
UNREADABLE = gettext_noop("ela está incompleta ou malformada")
NOT_EXCHANGED = gettext_noop("o código de entrada não foi trocado por uma identidade")


def believed(claims: Mapping[str, object], provider: Provider, *, nonce: str, asked_at: float, now: float) -> Said:
    """Who it is. The signature has been proved before. Raises OpenIdRefused."""
    check_issuer(claims.get("iss"), provider)
    audience = claims.get("aud")
    meant = audience if isinstance(audience, list) else [audience]
    if provider.client_id not in meant or (len(meant) > 1 and claims.get("azp") != provider.client_id):
        raise AnswerRefused(provider=provider.name, reason=NOT_FOR_US)
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise AnswerRefused(provider=provider.name, reason=NOT_OUR_QUESTION)
    _check_clock(claims, provider, asked_at, now)
    subject, email = claims.get("sub"), claims.get("email")
    if not isinstance(subject, str) or not 0 < len(subject) <= 255 or "\x00" in subject:
        raise AnswerRefused(provider=provider.name, reason=UNREADABLE)
    if not isinstance(email, str) or claims.get("email_verified") not in (True, "true") or "\x00" in email:
        raise EmailNotVerified(provider=provider.name)
    email = email.strip().lower()
    if not provider.vouches_for(email):
        raise EmailNotVerified(provider=provider.name)
    methods = claims.get("amr")
    return Said(subject, email, is_double=isinstance(methods, list) and "mfa" in methods)


def check_issuer(said: object, provider: Provider) -> None:
    """The name is compared letter by letter: one that looks alike is another."""
    if said != provider.issuer:
        raise ProviderIsAnother(provider=provider.name, said=str(said)[:120], expected=provider.issuer)


def _check_clock(claims: Mapping[str, object], provider: Provider, asked_at: float, now: float) -> None:
    """The answer was made after the question and before now, or the clocks differ; and it still holds."""
    made, holds_until = claims.get("iat"), claims.get("exp")
    if not isinstance(made, int | float) or not isinstance(holds_until, int | float):
        raise AnswerRefused(provider=provider.name, reason=UNREADABLE)
    ahead, behind = made - now, max(asked_at - made, now - holds_until)
    if max(ahead, behind) > SKEW:
        raise ProviderClockWrong(provider=provider.name, minutes=round(max(ahead, behind) / 60))
