"""With what a person proves who they are, beside the password; and how often somebody has tried."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now


class Pace(models.Model):
    """Up to when the tries of somebody have been paid for; a row in the past says nothing and may go."""

    digest = models.CharField(max_length=64, primary_key=True)  # SHA-256 of the limit's name and of who tries
    paid_until = models.DateTimeField(db_index=True)


class CodeApp(models.Model):
    """An application that shows codes: its secret, sealed, and the steps whose codes were used."""

    person = models.OneToOneField("people.Person", models.PROTECT, related_name="+")
    sealed = models.TextField()
    spent = ArrayField(models.BigIntegerField(), default=list)
    created_at = models.DateTimeField(db_default=Now())
    used_at = models.DateTimeField(null=True)


class RecoveryCode(models.Model):
    """A code on paper, for when the telephone is gone: kept as a keyed digest, gone when used."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "digest"], name="recovery_code_once")]


class Passkey(models.Model):
    """A key in a device of the person: we know only its public half."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    credential_id = models.CharField(max_length=1400, unique=True)  # base64url
    credential = models.BinaryField()  # attested credential data, as WebAuthn lays it out
    name = models.CharField(max_length=60)
    uses = models.BigIntegerField(default=0)  # the device's own counter; some always say 0
    created_at = models.DateTimeField(db_default=Now())
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person"], name="passkey_by_person")]


class Vouched(models.Model):
    """A person as a provider of identities knows them: an address given to somebody else there opens nothing here."""

    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="subject_once_an_issuer"),
            models.UniqueConstraint(fields=["issuer", "person"], name="person_once_an_issuer"),
        ]
