"""Who may sign in, and what each was appointed to do where, from a day until a day."""

from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from tongrong.records.models.append_only import AppendOnly
from tongrong.records.models.derived import Derived
from tongrong.records.models.versions import HASH_LENGTH, check
from tongrong.vocabulary.roles import Role

CODE_LENGTH = 64
LOGIN_LENGTH = 60
ROLES = tuple(role.value for role in Role)
ADMINISTRATORS = tuple(role.value for role in Role if role.administers)
OUTCOMES = (
    "signed_in", "wrong", "locked", "signed_out", "half_way", "wrong_code", "unlocked", "refused",
)  # fmt: skip
WAYS = ("password", "oidc")


class Account(AbstractBaseUser):
    """Somebody who may sign in. `label` is how the page addresses them: no real name is asked.

    `cleared` lets them see units abroad (五不公开). `one_time` says that somebody else knows the
    password: it is good for nothing but choosing another. `list_columns` are the columns chosen of
    lists, by the code of the ledger.
    """

    last_login = None

    account_id = models.BigAutoField(primary_key=True)
    login = models.CharField("账户名", max_length=LOGIN_LENGTH, unique=True)
    label = models.CharField("称呼", max_length=LOGIN_LENGTH)
    active = models.BooleanField(default=True)
    cleared = models.BooleanField(default=False)
    one_time = models.BooleanField(default=False)
    list_columns = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[BaseUserManager[Self]] = BaseUserManager()

    class Meta:
        db_table = "accounts"


class Appointment(models.Model):
    """A role somebody holds in a unit and all below it; administrators hold theirs in none.

    `until` is the first day it no longer holds.
    """

    appointment_id = models.BigAutoField(primary_key=True)
    account = models.ForeignKey(Account, models.CASCADE, related_name="appointments")
    role = models.CharField(max_length=20)
    unit = models.CharField(max_length=CODE_LENGTH, blank=True)
    from_on = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        db_table = "appointments"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "role", "unit", "from_on"], name="appointments_once"
            ),
            check("appointments_role_known", Q(role__in=ROLES)),
            check("appointments_in_order", Q(until__isnull=True) | Q(until__gt=F("from_on"))),
            check(
                "appointments_admins_have_no_unit",
                Q(role__in=ADMINISTRATORS, unit="")
                | (~Q(role__in=ADMINISTRATORS) & Q(unit__gt="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.unit}"


class SignIn(AppendOnly):
    """One attempt to sign in, or one sign-out: when, under which name, and what came of it.

    An attempt is wrong until password or code proves right; nothing else of it is set again.
    Half way is who still owes a code; unlocked, whose wrong attempts count no more.
    """

    settable: ClassVar[frozenset[str]] = frozenset({"outcome"})

    sign_in_id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    login = models.CharField(max_length=LOGIN_LENGTH)
    outcome = models.CharField(max_length=10)

    class Meta:
        db_table = "sign_ins"
        constraints = (check("sign_ins_outcome_known", Q(outcome__in=OUTCOMES)),)
        indexes: ClassVar = [models.Index(fields=["login", "at"], name="sign_ins_of_a_login")]


class OpenSession(models.Model):
    """A session somebody has open, and by what: only the digest of its key is kept."""

    digest = models.CharField(max_length=HASH_LENGTH, primary_key=True)
    account = models.ForeignKey(Account, models.CASCADE, related_name="sessions")
    opened_at = models.DateTimeField()
    way = models.CharField(max_length=10, default="password")

    class Meta:
        db_table = "open_sessions"
        constraints = (check("open_sessions_way_known", Q(way__in=WAYS)),)

    def __str__(self) -> str:
        return self.digest


class SecondFactor(models.Model):
    """What somebody's codes are computed from, sealed with the key of the server.

    Not asked for until it is confirmed. No code is taken twice: `last_step` is the time step of
    the last one taken, a number of half minutes.
    """

    account = models.OneToOneField(
        Account, models.CASCADE, primary_key=True, related_name="second_factor"
    )
    sealed = models.TextField()
    begun_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.PositiveBigIntegerField(default=0)

    class Meta:
        db_table = "second_factors"

    def __str__(self) -> str:
        return f"{self.account_id}"


class RecoveryCode(models.Model):
    """A code that stands in for the second factor once: only its digest is kept."""

    recovery_code_id = models.BigAutoField(primary_key=True)
    account = models.ForeignKey(Account, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=HASH_LENGTH)
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "recovery_codes"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "digest"], name="recovery_codes_once"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}"


class Place(Derived):
    """Where a unit stands: `path` names every unit from the top down to it, `/QY01/QY02/`.

    `answering` is the unit that answers for it in the roll-up: the enterprise a Party
    organization is attached to, else itself. `hidden` says that it is abroad (五不公开).
    """

    unit = models.CharField(max_length=CODE_LENGTH, primary_key=True)
    name = models.TextField()
    enterprise = models.BooleanField()
    leads = models.BooleanField()
    upper = models.CharField(max_length=CODE_LENGTH, blank=True)
    path = models.TextField(db_index=True)
    answering = models.CharField(max_length=CODE_LENGTH)
    hidden = models.BooleanField()

    class Meta:
        db_table = "places"
        indexes: ClassVar = [
            models.Index(fields=["answering"], name="places_answering"),
            models.Index(fields=["upper"], name="places_upper"),
        ]
