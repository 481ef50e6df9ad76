"""Finding events by their date: typed as people write it, or as EDTF."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from places.models import Event
from places.typed_dates import understand
from places.when import DateProblem, parse


def events_on(term: str) -> QuerySet[Event]:
    """The events that may have happened on the day, or in the span, that the term names; none where it is no date."""
    try:
        span = parse(understand(term).edtf)
    except DateProblem:
        return Event.objects.none()
    overlapping = Q()
    if span.latest:
        overlapping &= Q(earliest__lte=span.latest)
    if span.earliest:
        overlapping &= Q(latest__gte=span.earliest)
    return Event.objects.filter(overlapping, earliest__isnull=False, latest__isnull=False)
