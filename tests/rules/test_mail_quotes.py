"""What a reply says, beside what it drags along."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farol.mail.rules.html import text_of
from farol.mail.rules.quotes import said

REPLIES = {
    "gmail pt": "Segue.\n\nEm seg., 23 de nov. de 2026 às 10:12, Farol <a@b.example> escreveu:\n\n> Qual?\n> Obrigado",
    "gmail pt, broken over lines": "Segue.\n\nEm seg., 23 de nov. de 2026 às 10:12, Suporte Horizonte Sistemas <\n"
    "suporte+118402.12.abcdefgh@farol.example> escreveu:\n\n> Qual o XML?",
    "gmail en": "Segue.\n\nOn Mon, Nov 23, 2026 at 10:12 AM Farol <a@b.example> wrote:\n> Qual o XML?",
    "gmail es": "Segue.\n\nEl lun, 23 nov 2026 a las 10:12, Farol (<a@b.example>) escribió:\n> Qual o XML?",
    "thunderbird": "Segue.\n\nEm 23/11/2026 10:12, Farol escreveu:\n> Qual o XML?\n>> Mais fundo\n>\n",
    "thunderbird, answered below": "Em 23/11/2026 10:12, Farol escreveu:\n> Qual o XML?\n\nSegue.",
    "outlook pt": "Segue.\n\n________________________________\nDe: Farol <a@b.example>\nEnviado: segunda-feira, 23 de "
    "novembro de 2026 10:12\nPara: Marina <m@x.example>\nAssunto: Chamado 1\n\nQual o XML?",
    "outlook pt, many headers": "Segue.\n\nDe: Farol <a@b.example>\nEnviada em: segunda\nPara: Marina\nCc: João\n"
    "Prioridade: Alta\nAssunto: Chamado 1\n\nQual o XML?",
    "outlook en": "Segue.\n\nFrom: Farol <a@b.example>\nSent: Monday\nTo: Marina\nSubject: Chamado 1\n\nQual o XML?",
    "outlook, old": "Segue.\n\n-----Mensagem original-----\nDe: Farol\nQual o XML?",
    "only marks": "Segue.\n\n> Qual o XML?\n>\n> Obrigado",
    "signature": "Segue.\n\n-- \nMarina Prado\nLaticínios Serra Azul\n(54) 3333-0000",
    "signature and history": "Segue.\n--\nMarina\n\nEm seg., Farol escreveu:\n> Qual o XML?",
    "iphone": "Segue.\n\nEnviado do meu iPhone",
    "outlook for a telephone": "Segue.\n\nObter o Outlook para Android",
}
WHOLE = {
    "answered between the lines": "Em seg., Farol escreveu:\n> Qual o XML?\nO da nota 5.\n> Qual a filial?\nA 2.",
    "only a quotation": "> Qual o XML?",
    "a sentence that looks like one": "Em resumo, o fiscal escreveu: não transmite.\nE parou.",
    "a dash in a list": "Fizemos:\n-- limpamos o cache\n-- reiniciamos",
    "a long text below two dashes": "Log:\n--\n" + "\n".join(f"linha {n}" for n in range(30)),
    "an address in words": "De: 10 a 20 unidades\nmudou o cálculo.",
    "empty": "",
}


@pytest.mark.parametrize("text", REPLIES.values(), ids=REPLIES)
def test_history_and_signature_are_left_out(text: str) -> None:
    assert said(text) == "Segue."


@pytest.mark.parametrize("text", WHOLE.values(), ids=WHOLE)
def test_what_may_be_somebodys_own_words_stays(text: str) -> None:
    assert said(text) == text


def test_a_text_that_looks_like_a_quotation_throughout_is_read_in_time() -> None:
    for line in (
        "Em " * 20_000,
        "Em a\n" * 20_000,
        "De: x\n" * 20_000,
        "> a\nb\n" * 10_000,
        "_" * 100_000,
        "\n" * 99_999,
    ):
        said(line)


@pytest.mark.parametrize(
    "quotation",
    [
        '<div class="gmail_quote"><div>Em seg., Farol escreveu:</div><blockquote>Qual?</blockquote></div>',
        '<blockquote type="cite">Qual?</blockquote>',
        '<div class="moz-cite-prefix">Em seg., Farol escreveu:</div><blockquote type="cite">Qual?</blockquote>',
        '<div id="divRplyFwdMsg">De: Farol<br>Enviado: segunda<br>Para: Marina<br>Assunto: 1</div><div>Qual?</div>',
        '<div class="yahoo_quoted">Qual?</div>',
    ],
)
def test_html_without_its_quotation(quotation: str) -> None:
    assert said(text_of(f"<p>Segue.</p>{quotation}", is_whole=False)) == "Segue."
    assert "Qual?" in text_of(f"<p>Segue.</p>{quotation}", is_whole=True)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<script>x()</script><style>p{}</style><p>Oi&nbsp;&amp;<br>tchau</p>", "Oi &\ntchau"),
        ("<div>" * 1000 + "fundo" + "</div>" * 1000, "fundo"),
        ("", ""),
        ("<", "<"),
        ("<!-- só comentário -->", ""),
        ("<p>\x00a\ud800</p>", "a"),
        ("<table><tr><td>1</td><td>2</td></tr></table>", "1 2"),
    ],
)
def test_html_becomes_text_whatever_it_is(markup: str, text: str) -> None:
    assert text_of(markup, is_whole=True) == text


LINES = st.one_of(
    st.text(max_size=20).filter(lambda text: "\n" not in text),
    st.sampled_from(
        [
            "> citado",
            "",
            "-- ",
            "Em seg., Farol",
            "Farol escreveu:",
            "De: Farol",
            "Para: Marina",
            "Assunto: x",
            "______________",
        ]
    ),
)


@given(st.lists(LINES, max_size=20))
def test_nothing_is_said_that_was_not_written_and_something_always_is(lines: list[str]) -> None:
    text = "\n".join(lines)
    own = said(text)
    assert bool(own) == bool(text.strip())
    assert {line.strip() for line in own.split("\n")} <= {line.strip() for line in text.split("\n")} | {""}
