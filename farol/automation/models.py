from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from farol.automation.rules.matching import Event, Mode, Outcome


class Rule(models.Model):
    """When `event` happens and all `conditions` hold, `effects` are done, in the name of the house."""

    name = models.CharField(max_length=80)
    event = models.CharField(max_length=40, choices=[(e.value, e.value) for e in Event])
    mode = models.CharField(max_length=10, choices=[(m.value, m.value) for m in Mode], default=Mode.REHEARSAL)
    conditions = models.JSONField(default=dict)
    effects = models.JSONField(default=dict)
    changed_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["event", "id"], condition=~Q(mode="off"), name="rule_by_event")]

    def __str__(self) -> str:
        return self.name


class Run(models.Model):
    """That a rule held for one entry of the journal, and what came of it."""

    rule = models.ForeignKey(Rule, models.PROTECT, related_name="+")
    entry_id = models.BigIntegerField()
    ticket = models.ForeignKey("tickets.Ticket", models.PROTECT, related_name="+", db_index=False)
    outcome = models.CharField(max_length=10, choices=[(o.value, o.value) for o in Outcome])
    words = models.CharField(max_length=300, default="")  # why not, as the refusal or the stop says it
    effects = models.JSONField(default=dict)  # as they stood
    ran_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rule", "entry_id"], name="one_run_an_entry")]
        indexes = [
            models.Index(fields=["rule", "-id"], name="run_by_rule"),
            models.Index(fields=["ticket", "rule", "ran_at"], name="run_by_ticket"),
            models.Index(fields=["ran_at"], name="run_by_age"),
        ]


class Hook(models.Model):
    """Another program that is told, by a signed POST, when some things happen."""

    name = models.CharField(max_length=80)
    url = models.CharField(max_length=500)
    secret = models.CharField(max_length=80)  # as given to the receiver; a signature needs it whole
    events = ArrayField(models.CharField(max_length=40, choices=[(e.value, e.value) for e in Event]))
    is_active = models.BooleanField(default=True)
    failures = models.PositiveSmallIntegerField(default=0)  # in a row
    changed_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """One message to one hook: its words as they were when it happened, and what came back."""

    class State(models.TextChoices):
        QUEUED = "queued"
        SENT = "sent"
        FAILED = "failed"

    hook = models.ForeignKey(Hook, models.PROTECT, related_name="+", db_index=False)
    entry_id = models.BigIntegerField(null=True)  # of the journal; none for a trial
    event = models.CharField(max_length=40)
    body = models.TextField()
    state = models.CharField(max_length=6, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    status = models.PositiveSmallIntegerField(null=True)  # of HTTP
    answer = models.CharField(max_length=600, default="")  # its beginning, or why there was none
    queued_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hook", "entry_id"], condition=Q(entry_id__isnull=False), name="one_delivery_an_entry"
            ),
        ]
        indexes = [
            models.Index(fields=["hook", "-id"], name="delivery_by_hook"),
            models.Index(fields=["hook", "id"], condition=Q(state="queued"), name="delivery_waiting"),
            models.Index(fields=["queued_at"], name="delivery_by_age"),
        ]
