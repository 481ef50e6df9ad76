"""The audit log: one row for each deed, and the same as one line of JSON on the logger `storymap.audit`.

The address comes from the request that is being answered (`storymap.middleware` sets it), so that no service needs to
know of requests. At a command line there is none, and nobody signed in.
"""

from __future__ import annotations

import json
import logging
from contextvars import ContextVar
from datetime import datetime
from functools import partial
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction

from storymap.models import AuditEntry, Story, Verb
from storymap.services.accounts import Actor

LOG = logging.getLogger("storymap.audit")
asked_from: ContextVar[str] = ContextVar("asked_from", default="")


def record(
    *, verb: Verb, by: Actor, story: Story | None = None, about: models.Model | None = None, **details: Any
) -> AuditEntry:
    """Write down what was done, in the transaction that does it. The line is printed once that is certain."""
    entry = AuditEntry.objects.create(
        who=by.get_username() if by else "",
        verb=verb,
        story=story.slug if story else "",
        about=_name_of(about)[:200] if about else "",
        address=asked_from.get(),
        details=details,
    )
    transaction.on_commit(partial(LOG.info, "%s", line_of(entry)))
    return entry


def line_of(entry: AuditEntry) -> str:
    """ASCII on one line whatever people have typed: JSON escapes the rest."""
    fields = ("who", "verb", "story", "about", "address", "details")
    told = {"when": entry.when, **{name: getattr(entry, name) for name in fields}}
    return json.dumps(told, cls=DjangoJSONEncoder)


def forget_entries(*, before: datetime) -> int:
    """Those from before then; says how many. The database refuses to let younger ones go (migration 0014)."""
    return AuditEntry.objects.filter(when__lt=before).delete()[0]


def _name_of(row: models.Model) -> str:
    return f"{row._meta.label_lower} {row.pk} {row}"
