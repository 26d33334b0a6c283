from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from farol.hours.rules.oncall import Level
from farol.phone.rules.hops import HopOutcome
from farol.phone.rules.recordings import Obligation, RecordingState


class MenuVersion(models.Model):
    """What the telephone says and where its keys lead, from `valid_from` on (R-020); a draft until it is published."""

    data = models.JSONField()  # as script.menus reads it
    note = models.CharField(max_length=200, default="")
    valid_from = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, valid_from__isnull=True)
                | Q(published_at__isnull=False, valid_from__isnull=False),
                name="published_menus_begin",
            ),
            models.UniqueConstraint(
                fields=["published_at"], condition=Q(published_at=None), nulls_distinct=False, name="one_draft_of_menus"
            ),
        ]
        indexes = [models.Index(fields=["-valid_from", "-id"], name="menus_by_day")]


class Call(models.Model):
    """One call, from the first tone to the last; what happened in it is in its steps."""

    class Door(models.TextChoices):
        AGI = "agi"
        TWIML = "twiml"
        BROWSER = "browser"  # a call that was tried out

    class State(models.TextChoices):
        SCRIPT = "script"  # hears menus
        QUEUED = "queued"
        RINGING = "ringing"
        TALKING = "talking"
        ENDED = "ended"

    class Outcome(models.TextChoices):
        SERVED = "served"  # spoke with somebody
        ABANDONED = "abandoned"  # hung up while waiting
        UNFINISHED = "unfinished"  # hung up in the menus
        CLOSED = "closed"  # heard the opening hours
        LOST = "lost"  # nobody knows: the switchboard fell silent

    door = models.CharField(max_length=7, choices=Door.choices)
    key = models.CharField(max_length=64)  # what the switchboard calls it
    caller = models.CharField(max_length=32, default="")  # empty when hidden
    dialled = models.CharField(max_length=32, default="")
    language = models.CharField(max_length=5, default="pt-br")
    state = models.CharField(max_length=7, choices=State.choices, default=State.SCRIPT)
    place = models.CharField(max_length=40, default="")  # where in the menus
    script = models.JSONField(default=dict)  # the machine's state, never with a PIN
    menus = models.ForeignKey(MenuVersion, models.PROTECT, null=True, related_name="+")
    organization = models.ForeignKey("people.Organization", models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    document = models.CharField(max_length=20, default="")  # as it was keyed
    service = models.CharField(max_length=40, default="")
    area = models.ForeignKey("people.Area", models.PROTECT, null=True, related_name="+")
    route_kind = models.CharField(max_length=8, default="")  # fila, telefone, fim
    route_target = models.CharField(max_length=60, default="")
    route_reason = models.CharField(max_length=30, default="")
    ticket = models.ForeignKey("tickets.Ticket", models.PROTECT, null=True, related_name="+")
    agent = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    recording = models.CharField(max_length=120, default="")
    held_at = models.DateTimeField(null=True)  # since when the caller hears music
    passed_by = ArrayField(models.BigIntegerField(), default=list, db_default=[])  # who would not take it: people
    score = models.PositiveSmallIntegerField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default="")
    started_at = models.DateTimeField()
    routed_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["door", "key"], condition=Q(ended_at=None), name="one_call_a_key"),
            models.CheckConstraint(condition=Q(score=None) | Q(score__range=(1, 5)), name="scores_from_1_to_5"),
        ]
        indexes = [
            models.Index(fields=["started_at"], condition=Q(ended_at=None), name="call_going_on"),
            models.Index(fields=["-started_at"], name="call_by_start"),
            models.Index(fields=["ticket"], name="call_by_ticket"),
            models.Index(fields=["organization", "-started_at"], name="call_by_organization"),
        ]


class Step(models.Model):
    """One turn of a call. Never changed, never deleted (the database refuses it); a PIN is not in it (R-028)."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    place = models.CharField(max_length=40)
    heard = models.CharField(max_length=20, default="")  # keys; dots where they are secret
    said = models.CharField(max_length=200, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "number"], name="one_step_a_number")]


class Answer(models.Model):
    """The document given to one request of a carrier, to be given again when it is repeated."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    document = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "number"], name="one_answer_a_request")]


class CallBack(models.Model):
    """Somebody is to be called: they hung up while waiting, or nobody could answer (R-237)."""

    class Why(models.TextChoices):
        ABANDONED = "abandoned"
        DROPPED = "dropped"
        UNANSWERED = "unanswered"

    call = models.OneToOneField(Call, models.PROTECT, related_name="+")
    ticket = models.ForeignKey("tickets.Ticket", models.PROTECT, null=True, related_name="+")
    area = models.ForeignKey("people.Area", models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=10, choices=Why.choices)
    raised_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=200, default="")

    class Meta:
        indexes = [models.Index(fields=["raised_at"], condition=Q(done_at=None), name="call_back_waiting")]


class Recording(models.Model):
    """A person's voice in the place of a synthetic one, for one prompt in one language."""

    language = models.CharField(max_length=5)
    prompt = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)  # SHA-256 of the sound, and its name in the store
    seconds = models.DecimalField(max_digits=5, decimal_places=1)
    recorded_at = models.DateTimeField()
    by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "prompt"], name="one_recording_a_prompt")]


class Hop(models.Model):
    """One telephone of the on-call chain that a call went to, and whether somebody answered it (R-121)."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="hops")
    number = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=10, choices=[(level.value, level.value) for level in Level])
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    telephone = models.CharField(max_length=30, default="", db_default="")  # that rang, if a roster names one
    at = models.DateTimeField()
    outcome = models.CharField(
        max_length=20, choices=[(each.value, each.value) for each in HopOutcome], default=HopOutcome.RINGING
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "number"], name="one_hop_a_number")]


class Tape(models.Model):
    """The recording of a call: asked for by name, and matched when it arrives, late or never."""

    call = models.OneToOneField(Call, models.PROTECT, related_name="tape")
    name = models.CharField(max_length=120)
    obligation = models.CharField(max_length=9, choices=[(each.value, each.value) for each in Obligation])
    state = models.CharField(
        max_length=8, choices=[(each.value, each.value) for each in RecordingState], default=RecordingState.AWAITED
    )
    digest = models.CharField(max_length=64, default="")  # SHA-256 of the sound, kept when the sound is gone
    storage_key = models.CharField(max_length=120, default="")
    media_type = models.CharField(max_length=40, default="")
    size = models.BigIntegerField(default=0)
    ended_at = models.DateTimeField()  # of the call
    arrived_at = models.DateTimeField(null=True)
    kept_until = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["ended_at"], condition=Q(state=RecordingState.AWAITED), name="tape_awaited"),
            models.Index(fields=["kept_until"], condition=Q(state=RecordingState.ARRIVED), name="tape_to_expire"),
            models.Index(fields=["name"], name="tape_by_name"),
        ]
