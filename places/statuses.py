"""Claim statuses: how well it is established that an event happened. The one list that every page, form and file reads.

A new status is a member here and its translations in the catalogues. Its mark is drawn in the colours of the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


DOT = '<circle cx="8" cy="8" r="6" fill="currentColor"/>'


class ClaimStatus(models.TextChoices):
    """Code, explanation for readers, mark (what is inside an SVG symbol of 16 by 16), word."""

    explanation: Promise | str
    mark: str
    is_dot: bool  # pages draw a dot without an element for each: most events have one, and the page is there sooner

    def __new__(cls, code: str, explanation: Promise | str = "", mark: str = "") -> ClaimStatus:
        status = str.__new__(cls, code)
        status._value_ = code
        status.explanation, status.mark, status.is_dot = explanation, mark, mark == DOT
        return status

    DOCUMENTED = (
        "documented",
        _("The record states it without naming a doubt."),
        DOT,
        _("documented"),
    )
    REPORTED = (
        "reported",
        _("A named person or medium says so."),
        '<circle cx="8" cy="8" r="5.2" fill="var(--paper)" stroke="currentColor" stroke-width="1.8"/>'
        '<path d="M8 2.8a5.2 5.2 0 0 0 0 10.4z" fill="currentColor"/>',
        _("reported"),
    )
    ALLEGED = (
        "alleged",
        _("An accusation or claim that was not established at the time."),
        '<path d="M8 2.2 14.4 13.4H1.6z" fill="var(--paper)" stroke="currentColor" stroke-width="1.8"'
        ' stroke-linejoin="round"/>',
        _("alleged"),
    )
    DISPUTED = (
        "disputed",
        _("Sources contradict each other about it."),
        '<path d="M8 1.4 14.6 8 8 14.6 1.4 8z" fill="var(--paper)" stroke="currentColor" stroke-width="1.8"'
        ' stroke-linejoin="round"/>',
        _("disputed"),
    )
    DENIED = (
        "denied",
        _("It is denied or withdrawn by someone who was there."),
        '<path d="m3 3 10 10M13 3 3 13" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round"/>',
        _("denied"),
    )


def claim_status_choices() -> Iterable[tuple[str, StrOrPromise]]:
    """The choices of a model's field. A migration names this function, so that a new status needs no migration;
    its code has at most 10 letters."""
    return ClaimStatus.choices
