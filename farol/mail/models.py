from __future__ import annotations

from django.db import models
from django.db.models import Q

from farol.mail.rules.decisions import CLOSED_CASES, NAMES, WORDS, Decision, Why


class Received(models.Model):
    """A mail that came in, and what became of it. The original, byte for byte, is the file of subject `mail:ID`."""

    class Source(models.TextChoices):
        PIPE = "pipe"
        IMAP = "imap"

    message_id = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    source = models.CharField(max_length=4, choices=Source.choices)
    envelope_from = models.CharField(max_length=320, null=True)  # "" is the null path; None when nobody told
    envelope_to = models.TextField(default="")  # addresses, one a line
    sender = models.CharField(max_length=320, default="")
    sender_name = models.CharField(max_length=120, default="")
    subject = models.CharField(max_length=200, default="")
    received_at = models.DateTimeField()
    copies = models.PositiveIntegerField(default=1)  # times that it came
    decision = models.CharField(max_length=9, choices=[(d.value, d.value) for d in Decision], default=Decision.WAITING)
    why = models.CharField(max_length=16, choices=[(w.value, w.value) for w in Why], default="")
    words = models.CharField(max_length=500, default="")  # what a person or a server said of it
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    ticket = models.ForeignKey("tickets.Ticket", models.PROTECT, null=True, related_name="+")
    entry_id = models.BigIntegerField(null=True)  # the journal's entry with its words, or with the answer to it
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message_id", "digest"], name="mail_taken_once")]
        indexes = [
            models.Index(fields=["sender", "received_at"], name="mail_by_sender"),
            models.Index(fields=["-id"], condition=Q(decision__in=["set_aside", "waiting"]), name="mail_for_people"),
            models.Index(fields=["decision", "-id"], name="mail_by_decision"),
        ]

    @property
    def is_settled(self) -> bool:
        return self.decision in CLOSED_CASES

    @property
    def decision_word(self) -> str:
        """Marked for translation, as the next one is; whoever shows them translates."""
        return NAMES[Decision(self.decision)]

    @property
    def why_words(self) -> str:
        return WORDS[Why(self.why)] if self.why else ""

    @property
    def recipients(self) -> list[str]:
        """To whom the envelope said it went."""
        return self.envelope_to.splitlines()
