"""What a log must not say: the secret of a link opens an account for whoever reads it there.

>>> without_secrets("Unprocessable Entity: /acesso/4rX0cWmJ1c2Zk9TtQeYbLh7uVn3oPd8sAg5iEwRqF6x/senha")
'Unprocessable Entity: /acesso/…/senha'
"""

from __future__ import annotations

import logging
import re

SECRET = re.compile(r"(?<=/)[\w-]{40,}")
"""Of an address: as long as no word of ours is."""


def without_secrets(text: str) -> str:
    return SECRET.sub("…", text)


class Discreet(logging.Filter):
    """Every line goes through it before it is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = without_secrets(record.getMessage()), None
        return True
