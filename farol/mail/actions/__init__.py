"""Everything that can be done to a mail. Nothing else writes its table."""

from farol.mail.actions.by_hand import discard, join_by_hand
from farol.mail.actions.receiving import receive
from farol.mail.actions.sorting import sort_mail

__all__ = ["discard", "join_by_hand", "receive", "sort_mail"]
