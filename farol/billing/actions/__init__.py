"""Everything that can be done to bills and debts. Nothing else writes their tables."""

from farol.billing.actions.charging import charge
from farol.billing.actions.debt import announce_blocks, set_terms
from farol.billing.actions.settling import break_agreement, register_payment, sign_agreement
from farol.billing.actions.sheets import bring_sheet, forget_sheets, keep_sheet
from farol.billing.actions.titles import bring_titles
from farol.billing.actions.turning_away import turn_away

__all__ = [
    "announce_blocks",
    "break_agreement",
    "bring_sheet",
    "bring_titles",
    "charge",
    "forget_sheets",
    "keep_sheet",
    "register_payment",
    "set_terms",
    "sign_agreement",
    "turn_away",
]
