"""Finding events by their date: typed as people write it, or as EDTF."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from places.models import Event
from places.typed_dates import understand
from places.when import DateProblem, parse


def events_on(term: str) -> QuerySet[Event]:
    """The events that may have happened on the day, or in the span, that the term names; none where it is no date."""
    try:
        edtf = understand(term).edtf
        if not edtf:
            return Event.objects.none()
        span = parse(edtf)
    except DateProblem:
        return Event.objects.none()
    overlapping = Q()
    if span.latest is not None:
        overlapping &= Q(earliest__lte=span.latest) | Q(earliest=None)
    if span.earliest is not None:
        overlapping &= Q(latest__gte=span.earliest) | Q(latest=None)
    return Event.objects.filter(overlapping).exclude(earliest=None, latest=None)
