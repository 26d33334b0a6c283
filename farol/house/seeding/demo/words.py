"""What people say around a case: greetings, patience, thanks."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import datetime

from farol.tickets.rules.windows import ZONE

RECEIVED = (
    "Recebi o chamado e já estou olhando. Volto com uma posição ainda hoje.",
    "Estou com o seu chamado. Vou repetir o passo a passo aqui e te conto o que encontrar.",
    "Peguei o caso agora. Primeiro vou comparar com o ambiente padrão, para saber se é parâmetro ou correção.",
    "Li a descrição e o que você mandou. Vou reproduzir na mesma versão, {versao}, e já volto.",
)
ANY_NEWS = (
    "Alguma novidade? Aqui o problema continua igual.",
    "Conseguiram reproduzir? Se ajudar, posso abrir acesso remoto à tarde.",
    "Aconteceu de novo agora há pouco, com outro usuário.",
    "Só para registrar: o contorno que usamos está tomando quase uma hora por dia.",
    "Posso testar em homologação assim que vocês tiverem alguma coisa.",
)
SOON = (
    "Consegui reproduzir e estou na reta final do teste. Mando a solução assim que confirmar.",
    "Obrigado pelo retorno. O que você contou confirma o que eu tinha visto aqui.",
    "Anotado. Falta só conferir um detalhe da sua configuração, que já recebi.",
)
READY = (
    "Correção pronta e validada na base de teste. Devolvo para o atendimento orientar o cliente.",
    "Pacote gerado e assinado. Testei com o exemplo do chamado.",
)
BACK = (
    "Correção liberada: falta orientar o cliente.",
    "Análise concluída; a orientação fica com quem acompanha o cliente.",
)
RECLASSIFIED = (
    "Confirmado com o cliente: o contorno toma tempo demais para esta época do mês.",
    "Depois da análise o impacto é maior do que o informado na abertura.",
    "O cliente tem um contorno simples, que já está em uso.",
)
CANCELLED = (
    "Resolvemos internamente: era um cadastro nosso.",
    "Abri dois chamados do mesmo assunto sem querer. Podem seguir no outro.",
    "A área decidiu esperar a virada de versão. Obrigado pela atenção.",
)
DECLINED = (
    "A diretoria preferiu deixar para o ano que vem.",
    "Vamos fazer com a equipe interna. Obrigado pelo detalhamento.",
)


class Words:
    """The words of one story, with its names and numbers filled in."""

    def __init__(self, details: Mapping[str, str], rng: random.Random) -> None:
        self.details = details
        self._rng = rng

    def say(self, text: str) -> str:
        return text.format_map(self.details)

    def greet(self, at: datetime, text: str) -> str:
        hour = at.astimezone(ZONE).hour
        greeting = "Bom dia" if 5 <= hour < 12 else "Boa tarde" if 12 <= hour < 18 else "Boa noite"
        return f"{greeting}, {self.details['contato']}. {text}"

    def received(self) -> str:
        return self._one_of(RECEIVED)

    def any_news(self) -> str:
        return self._one_of(ANY_NEWS)

    def soon(self) -> str:
        return self._one_of(SOON)

    def ready(self) -> str:
        return self._one_of(READY)

    def back(self) -> str:
        return self._one_of(BACK)

    def reclassified(self) -> str:
        return self._one_of(RECLASSIFIED)

    def cancelled(self) -> str:
        return self._one_of(CANCELLED)

    def declined(self) -> str:
        return self._one_of(DECLINED)

    def _one_of(self, texts: tuple[str, ...]) -> str:
        return self.say(self._rng.choice(texts))
