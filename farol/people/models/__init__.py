from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower, Now

from farol.kernel import documents
from farol.people.models.keys import CodeApp as CodeApp
from farol.people.models.keys import Pace as Pace
from farol.people.models.keys import Passkey as Passkey
from farol.people.models.keys import RecoveryCode as RecoveryCode
from farol.people.models.keys import Vouched as Vouched
from farol.people.models.links import AccessRequest as AccessRequest
from farol.people.models.links import Link as Link
from farol.people.models.portfolio import Assignment as Assignment
from farol.people.models.portfolio import Executive as Executive
from farol.people.models.portfolio import Portfolio as Portfolio
from farol.people.rules.presence import Presence
from farol.people.rules.staff import Right, may
from farol.people.rules.staff import Role as StaffRole


class Organization(models.Model):
    """A customer of the vendor."""

    name = models.CharField(max_length=120)
    legal_name = models.CharField(max_length=160)
    cnpj = models.CharField(max_length=14, unique=True)  # text, letters included
    city = models.CharField(max_length=80, default="")
    state = models.CharField(max_length=2, default="")
    financial_email = models.EmailField(default="")
    blocked_from = models.DateField(null=True)  # the day on which debt shuts doors; the bills room keeps it
    max_contacts = models.PositiveSmallIntegerField(null=True)  # when other than everybody's
    created_at = models.DateTimeField(db_default=Now())
    keypad = models.GeneratedField(  # the CNPJ as it is keyed on a telephone; the database keeps it
        expression=models.Func(
            models.F("cnpj"), models.Value(documents.LETTERS), models.Value(documents.KEYS), function="translate"
        ),
        output_field=models.CharField(max_length=14),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(cnpj__regex=r"^[0-9A-Z]{12}[0-9]{2}$"), name="cnpj_well_formed"),
        ]
        indexes = [models.Index(fields=["keypad"], name="organization_by_keypad")]

    def __str__(self) -> str:
        return self.name


class Area(models.Model):
    """A team with a queue of its own."""

    class Kind(models.TextChoices):
        SUPPORT = "support"
        SUSTAINING = "sustaining"
        FACTORY = "factory"
        INNOVATION = "innovation"
        CONSULTING = "consulting"
        ADMINISTRATIVE = "administrative"
        OMBUDSMAN = "ombudsman"
        ADVISORY = "advisory"

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    with_name = models.CharField(max_length=80)  # as in "Com a Fábrica": article and name
    kind = models.CharField(max_length=16, choices=Kind.choices)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class Office(models.Model):
    """Who serves customers of a region on site: the vendor's own unit or a franchise (R-096)."""

    class Kind(models.TextChoices):
        UNIT = "unit"
        FRANCHISE = "franchise"

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=9, choices=Kind.choices)
    states = ArrayField(models.CharField(max_length=2))
    telephone = models.CharField(max_length=30, default="")
    email = models.EmailField(default="")

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email=(username or "").strip().lower())


class Person(AbstractBaseUser):
    """Whoever signs in: a contact of a customer, or a member of the staff."""

    class Kind(models.TextChoices):
        CONTACT = "contact"
        STAFF = "staff"

    Role = StaffRole

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    is_administrator = models.BooleanField(default=False)  # of the customer's portal
    role = models.CharField(max_length=16, choices=[(role.value, role.value) for role in StaffRole], default="")
    title = models.CharField(max_length=80, default="")
    areas = models.ManyToManyField(Area, related_name="+")
    skills = ArrayField(models.CharField(max_length=40), default=list, db_default=[])
    services = ArrayField(models.CharField(max_length=20), default=list)  # granted by the administrator
    language = models.CharField(max_length=5, default="pt-br")
    has_shortcuts = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    cpf = models.CharField(max_length=11, null=True)
    pin_digest = models.CharField(max_length=64, default="", db_default="")  # of the telephone
    is_invited = models.BooleanField(default=False, db_default=False)  # and has not come in yet
    password_changed_at = models.DateTimeField(null=True)  # by themselves; of others the age is not known
    password_reminded_at = models.DateTimeField(null=True)
    unsent = ArrayField(models.BigIntegerField(), default=list, db_default=[])  # tickets with a message half written
    extension = models.CharField(max_length=40, default="", db_default="")  # where calls ring, as in PJSIP/2001
    presence = models.CharField(
        max_length=9,
        choices=[(each.value, each.value) for each in Presence],
        default=Presence.OFF,
        db_default=Presence.OFF.value,
    )
    pause_reason = models.CharField(max_length=12, default="", db_default="")
    presence_since = models.DateTimeField(null=True)
    call_at_hand = models.BigIntegerField(null=True)  # rings or is spoken; read along with the person
    created_at = models.DateTimeField(db_default=Now())

    behind, behind_name = 0, ""
    """The person of the staff who acts as this one in the present request; nobody, as a rule."""

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = PersonManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="contact", organization__isnull=False)
                | models.Q(kind="staff", organization__isnull=True),
                name="contacts_have_an_organization",
            ),
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="emails_in_lower_case"),
            models.UniqueConstraint(
                fields=["organization"],
                condition=models.Q(is_administrator=True, is_active=True),
                name="one_administrator_a_customer",
            ),
            models.UniqueConstraint(fields=["cpf"], condition=models.Q(kind="contact"), name="one_contact_a_cpf"),
            models.UniqueConstraint(
                fields=["organization", "pin_digest"], condition=~models.Q(pin_digest=""), name="one_contact_a_pin"
            ),
            models.UniqueConstraint(
                fields=["extension"], condition=~models.Q(extension=""), name="one_person_an_extension"
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "name"], name="person_by_organization"),
            models.Index(
                fields=["call_at_hand"], condition=models.Q(call_at_hand__isnull=False), name="person_by_call"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_staff_member(self) -> bool:
        return self.kind == self.Kind.STAFF

    @property
    def is_manager(self) -> bool:
        return may(self.role, Right.MANAGE)

    def may(self, right: Right) -> bool:
        """A member of the staff, by their role; a contact has no rights at the desk."""
        return self.kind == self.Kind.STAFF and may(self.role, right)

    def holds(self, service: str) -> bool:
        """The administrator of a customer's contacts holds what they may give."""
        return self.is_administrator or service in self.services

    @property
    def first_name(self) -> str:
        return self.name.split(" ", 1)[0]


class Session(AbstractBaseSession):
    """One browser's visit; it knows whose it is once somebody has signed in."""

    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    began_at = models.DateTimeField(db_default=Now())
    seen_at = models.DateTimeField(db_default=Now())  # to within some minutes: a page does not write
    address = models.CharField(max_length=60, default="", db_default="")
    agent = models.CharField(max_length=300, default="", db_default="")  # what the browser says it is


class Mistakes(models.Model):
    """Wrong passwords in a row for one address, whether or not anybody has it (R-013)."""

    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the address that was typed
    count = models.PositiveIntegerField()
    last_at = models.DateTimeField(db_index=True)


class Token(models.Model):
    """A key to the API: shown once, stored as its SHA-256."""

    IMPORT = "import"

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    name = models.CharField(max_length=80, default="")
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=40), default=list)
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)


class WrongPin(models.Model):
    """One wrong PIN of the telephone, once however often it was keyed: a guess (R-028)."""

    subject = models.CharField(max_length=40)  # "organization:7", "person:12", or a document that nobody has
    caller = models.CharField(max_length=32)  # digest of the number that called, empty when it was hidden
    guess = models.CharField(max_length=32)  # keyed digest
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "caller", "guess"], name="one_guess_a_caller")]
        indexes = [models.Index(fields=["caller", "at"], name="guess_by_caller")]


class KnownCaller(models.Model):
    """A number from which somebody of this customer has identified themselves before."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    caller = models.CharField(max_length=32)
    since = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "caller"], name="one_known_caller")]
