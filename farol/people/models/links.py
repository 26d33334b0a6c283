"""What lets somebody in for the first time: links, and the wishes of strangers."""

from __future__ import annotations

from django.db import models

from farol.people.rules.links import Purpose, Sent


class AccessRequest(models.Model):
    """Somebody says to belong to a customer; the customer's financial address judges it."""

    class State(models.TextChoices):
        WAITING = "waiting"
        CONFIRMED = "confirmed"  # and now waits for the administrator
        DECLINED = "declined"
        DONE = "done"

    organization = models.ForeignKey("people.Organization", models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    email = models.EmailField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "email"],
                condition=models.Q(state__in=["waiting", "confirmed"]),
                name="one_open_request_an_address",
            ),
        ]


class Link(models.Model):
    """One way in, sent by mail: used once, stored as the SHA-256 of its secret (R-012).

    The secret itself follows from `nonce` and the key of the house, which the database does not know:
    the letter is written with it when it leaves, and nothing that is stored opens anything.
    """

    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    request = models.ForeignKey(AccessRequest, models.PROTECT, null=True, related_name="+")
    purpose = models.CharField(max_length=10, choices=[(purpose.value, purpose.value) for purpose in Purpose])
    nonce = models.CharField(max_length=32)
    digest = models.CharField(max_length=64, unique=True)
    address = models.EmailField()  # the one that was registered when it was sent
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(purpose="request", request__isnull=False, person__isnull=True)
                | models.Q(purpose__in=["activation", "password"], request__isnull=True, person__isnull=False),
                name="a_link_is_somebodys",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-sent_at"], name="link_by_person"),
            models.Index(fields=["request", "-sent_at"], name="link_by_request"),
        ]

    @property
    def sent(self) -> Sent:
        return Sent(self.expires_at, self.used_at, self.replaced_at)
