"""The folder of letters: a mail backend that keeps each message as one `.eml` file."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class FolderBackend(BaseEmailBackend):
    """Writes into `EMAIL_FILE_PATH`. The name follows from the Message-ID and the file appears whole or not at all.

    A letter posted twice, because a worker was killed before it could note the first time, is one file.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            mime = message.message()
            _write(folder / file_name(str(mime["Message-ID"])), mime.as_bytes())
        return len(email_messages)


def file_name(message_id: str) -> str:
    """The part before the @, with nothing in it that a folder could take for a path."""
    local = message_id.strip("<> ").partition("@")[0]
    return re.sub(r"[^A-Za-z0-9_-]+", "-", local).strip("-") + ".eml"


def _write(path: Path, content: bytes) -> None:
    fresh = path.with_name(f".{uuid4().hex}")
    try:
        with fresh.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
