"""What is said on the telephone: each prompt by its base name, with its first words in Portuguese.

A question is heard as one file made of its prompts, in this order:

>>> file_of(("saudacao", "menu.principal"))
'saudacao+menu-principal'
"""

from __future__ import annotations

from collections.abc import Sequence

from farol.kernel.errors import gettext_noop

TEXTS: dict[str, str] = {
    "saudacao": gettext_noop("Bem-vindo à central de relacionamento."),
    "menu.principal": gettext_noop(
        "Para software, tecle dois. Para serviços de valor agregado, tecle três. "
        "Para serviços administrativos e financeiros, tecle quatro. Para ouvidoria, tecle cinco."
    ),
    "menu.software": gettext_noop(
        "Para suporte técnico, tecle dois. Para consultoria técnica, tecle três. Para voltar, tecle asterisco."
    ),
    "id.documento": gettext_noop(
        "Digite o C N P J da empresa ou o seu C P F, e depois a tecla jogo da velha. "
        "Se o C N P J tem letras, use a tecla do telefone em que a letra está."
    ),
    "id.senha": gettext_noop("Digite a senha de atendimento, e depois a tecla jogo da velha."),
    "id.incorreto": gettext_noop("Dados não conferem."),
    "id.falhou": gettext_noop("Vamos transferir para a assessoria, que vai ajudar."),
    "menu.destino": gettext_noop(
        "Se você tem o código de acesso mostrado pelo produto, tecle um. Para escolher a área, tecle dois."
    ),
    "menu.area": gettext_noop("Para folha de pagamento, tecle um. Para fiscal, tecle dois."),
    "rota.codigo": gettext_noop("Digite o código de acesso, e depois a tecla jogo da velha."),
    "codigo-invalido": gettext_noop("Código não encontrado."),
    "opcao-invalida": gettext_noop("Opção inválida."),
    "nao-ouvi": gettext_noop("Não recebemos a sua opção."),
    "pendencia": gettext_noop("Há uma pendência administrativa. Vamos transferir para o C S T."),
    "sem-contrato": gettext_noop("Este serviço não consta do contrato. Vamos transferir para o C S T."),
    "aviso.gravacao": gettext_noop("Esta ligação será gravada."),
    "rota.plantao": gettext_noop("Fora do horário comercial, vamos transferir para o plantão."),
    "pesquisa": gettext_noop("De um a cinco, que nota você dá a este atendimento?"),
    "obrigado": gettext_noop("Obrigado."),
    "retorno": gettext_noop("Ninguém pôde atender agora. Registramos o seu contato e vamos retornar."),
    "chamado": gettext_noop("O número do seu chamado é:"),
    "rota.suporte": gettext_noop("Transferindo para suporte. Aguarde."),
    "rota.consultoria": gettext_noop("Transferindo para consultoria. Aguarde."),
    "rota.ouvidoria": gettext_noop("Transferindo para ouvidoria. Aguarde."),
    "rota.cst": gettext_noop("Transferindo para o C S T. Aguarde."),
    "rota.datacenter": gettext_noop("Transferindo para datacenter. Aguarde."),
    "rota.assessoria": gettext_noop("Transferindo para assessoria. Aguarde."),
    "fechado.suporte": gettext_noop("O atendimento de suporte está fechado agora. Consulte os horários no portal."),
    "fechado.consultoria": gettext_noop(
        "O atendimento de consultoria está fechado agora. Consulte os horários no portal."
    ),
    "fechado.ouvidoria": gettext_noop("O atendimento de ouvidoria está fechado agora. Consulte os horários no portal."),
    "fechado.cst": gettext_noop("O atendimento de C S T está fechado agora. Consulte os horários no portal."),
    "fechado.datacenter": gettext_noop(
        "O atendimento de datacenter está fechado agora. Consulte os horários no portal."
    ),
    "fechado.assessoria": gettext_noop(
        "O atendimento de assessoria está fechado agora. Consulte os horários no portal."
    ),
}


def text_of(name: str) -> str:
    """The words of a prompt in Portuguese; one that nobody wrote is told by its name."""
    return TEXTS.get(name, name)


def file_of(names: Sequence[str]) -> str:
    """The name of the one file in which these prompts follow each other."""
    return "+".join(names).replace(".", "-")
