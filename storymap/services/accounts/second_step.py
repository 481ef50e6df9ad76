"""Two-step sign-in: beside the password a code of an authenticator app, or one of the backup codes.

django-otp keeps the secrets, takes each code once, and makes everybody wait longer after each wrong guess.
"""

from __future__ import annotations

from math import ceil

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

Somebody = User | AnonymousUser
BACKUP_CODES = 10
RIGHTS_THAT_ASK_FOR_IT = (
    *("storymap.publish_story", "storymap.view_auditentry"),
    *(f"auth.{verb}_{model}" for verb in ("add", "change", "delete") for model in ("user", "group")),
)


class WrongCode(Exception):
    """Says what to do next. `guessed`: it was compared and wrong; else it was not even looked at."""

    def __init__(self, message: str, *, guessed: bool = False) -> None:
        self.guessed = guessed
        super().__init__(message)


def is_on(user: Somebody) -> bool:
    return TOTPDevice.objects.filter(user_id=user.pk, confirmed=True).exists()


def is_verified(user: Somebody) -> bool:
    """Whether this session has passed it; django-otp's middleware knows."""
    return getattr(user, "otp_device", None) is not None


def is_asked_of(user: Somebody) -> bool:
    """The operator asks it of those who publish or manage people."""
    return settings.STORYMAP_REQUIRE_SECOND_STEP and any(user.has_perm(right) for right in RIGHTS_THAT_ASK_FOR_IT)


def unconfirmed(user: Somebody) -> TOTPDevice | None:
    return TOTPDevice.objects.filter(user_id=user.pk, confirmed=False).first()


def codes_left(user: Somebody) -> int:
    return StaticToken.objects.filter(device__user_id=user.pk).count()


@transaction.atomic
def begin(user: Somebody) -> None:
    """A new secret. It counts for nothing until a code made with it has come back."""
    TOTPDevice.objects.filter(user_id=user.pk, confirmed=False).delete()
    if not is_on(user):
        TOTPDevice.objects.create(user_id=user.pk, name="app", confirmed=False)


def confirm(*, user: Somebody, code: str) -> tuple[Device, list[str]]:
    """On from now: the device and the backup codes, which nobody can be shown again. Raises WrongCode."""
    device = _device_for_code(TOTPDevice.objects.filter(user_id=user.pk, confirmed=False), _plain(code))
    with transaction.atomic():
        TOTPDevice.objects.filter(pk=device.pk).update(confirmed=True)
        return TOTPDevice.objects.get(pk=device.pk), _new_codes(user)


def accept(*, user: Somebody, code: str) -> Device:
    """The device that the code is of. It cannot be used again. Raises WrongCode."""
    plain = _plain(code)
    if plain.isdecimal() and len(plain) == 6:
        return _device_for_code(TOTPDevice.objects.filter(user_id=user.pk, confirmed=True), plain)
    return _device_for_code(StaticDevice.objects.filter(user_id=user.pk, confirmed=True), plain)


def renew_codes(*, user: Somebody, code: str) -> list[str]:
    """New backup codes; the old ones are worth nothing. Raises WrongCode."""
    accept(user=user, code=code)
    return _new_codes(user)


def switch_off(*, user: Somebody, code: str) -> None:
    """Raises WrongCode."""
    accept(user=user, code=code)
    forget(user)


@transaction.atomic
def forget(user: Somebody) -> bool:
    """Without asking for a code: for an operator, when telephone and backup codes are lost."""
    devices = [model.objects.filter(user_id=user.pk).delete()[0] for model in (TOTPDevice, StaticDevice)]
    return any(devices)


def _device_for_code(devices: object, plain: str) -> Device:
    """The row is locked, so two requests cannot both use one code; a wrong guess is counted and stays counted."""
    with transaction.atomic():
        device = devices.select_for_update().first()  # type: ignore[attr-defined]
        allowed, why_not = device.verify_is_allowed() if device else (True, {})
        right = bool(device) and allowed and device.verify_token(plain)
    if not allowed:
        seconds = max(1, ceil((why_not["locked_until"] - timezone.now()).total_seconds()))
        raise WrongCode(_wait(seconds))
    if not right:
        raise WrongCode(_("This code is not right. Each code works once; take the next one."), guessed=True)
    return device


def _wait(seconds: int) -> str:
    minutes = -(-seconds // 60)
    if seconds > 90:
        return ngettext(
            "Too many wrong codes. Try again in %(n)s minute.",
            "Too many wrong codes. Try again in %(n)s minutes.",
            minutes,
        ) % {"n": minutes}
    return ngettext(
        "The last code was wrong. Try again in %(n)s second.",
        "The last code was wrong. Try again in %(n)s seconds.",
        seconds,
    ) % {"n": seconds}


@transaction.atomic
def _new_codes(user: Somebody) -> list[str]:
    device, _created = StaticDevice.objects.get_or_create(user_id=user.pk, defaults={"name": "backup"})
    device.token_set.all().delete()
    codes = [StaticToken.random_token() for _number in range(BACKUP_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return [f"{code[:4]}-{code[4:]}" for code in codes]


def _plain(code: str) -> str:
    """As people type it: 123 456, ABCD-EFGH."""
    return "".join(char for char in code if char.isalnum()).lower()
