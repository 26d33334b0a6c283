"""Mail servers at which a worker dies, at the two instants that matter."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence

from django.core.mail import EmailMessage

from farol.notify.outbox import FolderBackend


class BeforeSending(FolderBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        os.kill(os.getpid(), signal.SIGKILL)
        return 0


class AfterSending(FolderBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        super().send_messages(email_messages)
        os.kill(os.getpid(), signal.SIGKILL)
        return 0
