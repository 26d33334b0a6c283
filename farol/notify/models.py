from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from farol.notify.rules import Kind
from farol.people.models import Person


class Letter(models.Model):
    """One mail to one person about one entry of the journal. Its words follow from the entry; none are kept here."""

    class State(models.TextChoices):
        QUEUED = "queued"
        SENT = "sent"
        FAILED = "failed"
        WITHDRAWN = "withdrawn"  # overtaken by events before it was posted

    entry = models.ForeignKey("journal.Entry", models.PROTECT, related_name="+")
    subject = models.CharField(max_length=60)  # "ticket:118402"
    person = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="+"
    )  # nobody: an office of theirs
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in Kind])
    language = models.CharField(max_length=5)
    address = models.EmailField()
    message_id = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, default="")
    composed_at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(null=True)
    undelivered_at = models.DateTimeField(null=True)  # when a server told us that it did not arrive

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "person"], nulls_distinct=False, name="one_letter_a_reader")
        ]
        indexes = [
            models.Index(fields=["subject", "id"], name="letter_by_subject"),
            models.Index(fields=["id"], condition=models.Q(state="failed"), name="letter_failed"),
            models.Index(fields=["address", "id"], condition=models.Q(kind="returned"), name="letter_returned"),
        ]

    @property
    def reader(self) -> Person:
        """Whom a letter about a ticket is written to: always a person."""
        if self.person is None:
            raise LookupError(f"letter {self.pk} is written to an address")
        return self.person

    @property
    def ticket_number(self) -> int:
        return int(self.subject.partition(":")[2])
