"""Refusals and errors as `application/problem+json` (RFC 9457), in the reader's language."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus

from django.http import HttpResponse
from django.utils.translation import gettext as _

from farol.kernel.errors import FieldsRefused, Refusal, gettext_noop

MEDIA_TYPE = "application/problem+json"
EXPLAINED_AT = "/api/v1/docs#"

TITLES = {
    400: gettext_noop("O pedido não pôde ser lido."),
    401: gettext_noop("É preciso um token válido."),
    403: gettext_noop("Isto não cabe a você."),
    404: gettext_noop("Não encontrado."),
    405: gettext_noop("Este endereço não aceita este método."),
    409: gettext_noop("A situação atual não permite."),
    411: gettext_noop("Falta o tamanho do pedido."),
    413: gettext_noop("O pedido é grande demais."),
    415: gettext_noop("Formato não aceito."),
    416: gettext_noop("O arquivo não tem esta parte."),
    422: gettext_noop("Há campos para corrigir."),
    429: gettext_noop("Pedidos demais em pouco tempo."),
    500: gettext_noop("Algo falhou do nosso lado."),
    503: gettext_noop("O serviço não está disponível."),
}


class Malformed(Refusal):
    code = "request.malformed"
    status = 400
    message = gettext_noop("O corpo não é JSON bem formado.")
    remedy = gettext_noop("Confira aspas, vírgulas e a codificação UTF-8.")


class CursorMalformed(Refusal):
    code = "request.cursor_malformed"
    status = 400
    message = gettext_noop("Este cursor não foi dado por esta lista.")
    remedy = gettext_noop("Use o valor de next como veio, com a mesma ordem, ou recomece sem cursor.")


class KeyMalformed(Refusal):
    code = "idempotency.key_malformed"
    status = 400
    message = gettext_noop("A chave de idempotência tem de 1 a 200 caracteres visíveis, sem acentos.")
    remedy = gettext_noop("Um UUID novo para cada pedido serve bem.")


class TokenNeeded(Refusal):
    code = "token.needed"
    status = 401
    message = gettext_noop("Falta um token, ou ele não vale mais.")
    remedy = gettext_noop("Envie Authorization: Bearer TOKEN com um token em vigor.")


class NotYours(Refusal):
    code = "request.not_yours"
    status = 403
    message = gettext_noop("Esta ação não cabe a você.")


class NotFound(Refusal):
    code = "request.not_found"
    status = 404
    message = gettext_noop("Não há nada neste endereço.")
    remedy = gettext_noop("Confira o endereço em /api/v1/docs.")


class MethodRefused(Refusal):
    code = "request.method_refused"
    status = 405
    message = gettext_noop("Este endereço não aceita este método.")
    remedy = gettext_noop("O cabeçalho Allow diz quais aceita.")


class LengthNeeded(Refusal):
    code = "request.length_needed"
    status = 411
    message = gettext_noop("Diga o tamanho do corpo em Content-Length.")
    remedy = gettext_noop("Envie o corpo inteiro, sem Transfer-Encoding: chunked.")


class BodyTooLarge(Refusal):
    code = "request.too_large"
    status = 413
    message = gettext_noop("O corpo do pedido passa do limite.")
    remedy = gettext_noop("Envie textos longos e arquivos por POST /attachments.")


class MediaTypeRefused(Refusal):
    code = "request.media_type_refused"
    status = 415
    message = gettext_noop("Este endereço lê {wanted}.")
    remedy = gettext_noop("Diga o formato no cabeçalho Content-Type.")


class RangeRefused(Refusal):
    code = "request.range_refused"
    status = 416
    message = gettext_noop("O arquivo não tem a parte pedida.")
    remedy = gettext_noop("O cabeçalho Content-Range diz o tamanho do arquivo.")


class Unavailable(Refusal):
    code = "server.unavailable"
    status = 503
    message = gettext_noop("O serviço não está disponível agora. Nada foi feito.")
    remedy = gettext_noop("Tente de novo em instantes; com a mesma Idempotency-Key nada acontece duas vezes.")


class Failed(Refusal):
    code = "server.failed"
    status = 500
    message = gettext_noop("Algo falhou do nosso lado, e foi registrado.")
    remedy = gettext_noop("Tente de novo em instantes; com a mesma Idempotency-Key nada acontece duas vezes.")


BY_STATUS: dict[int, type[Refusal]] = {
    refusal.status: refusal
    for refusal in (
        *(Malformed, TokenNeeded, NotYours, NotFound, MethodRefused, BodyTooLarge, MediaTypeRefused),
        *(RangeRefused, Failed, Unavailable),
    )
}


def answer(refusal: Refusal) -> HttpResponse:
    """The refusal, for a program and for the person who reads its log."""
    response = HttpResponse(json.dumps(body(refusal)), MEDIA_TYPE, refusal.status)
    if refusal.status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = 'Bearer realm="Farol"'
    if refusal.retry_after:
        response["Retry-After"] = str(refusal.retry_after)
    return response


def body(refusal: Refusal) -> dict[str, object]:
    errors = refusal.errors if isinstance(refusal, FieldsRefused) else {}
    return {
        "type": EXPLAINED_AT + refusal.code,
        "title": _(TITLES.get(refusal.status, TITLES[409])),
        "status": refusal.status,
        "detail": _said(refusal.message, refusal.facts),
        "code": refusal.code,
        "rule": refusal.rule or None,
        "remedy": _said(refusal.remedy, refusal.facts) or None,
        "errors": {field: _all_said(messages) for field, messages in errors.items()},
    }


def _said(text: str, facts: Mapping[str, object]) -> str:
    if not text:
        return ""
    translated = {name: _(fact) if type(fact) is str and fact else fact for name, fact in facts.items()}
    return _(text).format(**translated)


def _all_said(messages: Sequence[str]) -> list[str]:
    return [_(message) for message in messages if message]
