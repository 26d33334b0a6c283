from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from farol.people import actions
from tests.world import World


@pytest.mark.rule("R-011")
def test_a_customer_has_one_active_administrator(world: World) -> None:
    assert world.marina.is_administrator
    with pytest.raises(IntegrityError, match="one_administrator_a_customer"), transaction.atomic():
        actions.register_contact(
            name="Outra Pessoa",
            email="outra@serra-azul.example",
            organization=world.serra_azul,
            password="uma-senha-bem-longa",
            is_administrator=True,
        )
