"""The record. place ← event → source; nothing here knows of stories."""

from places.models.base import Finds, Stale, Versioned
from places.models.event import (
    AlsoThere,
    Citation,
    Event,
    Involvement,
    JourneyMode,
    JourneyStop,
    Person,
    Sensitivity,
)
from places.models.gazetteer import CachedAnswer, GazetteerName, GeocodingTurn
from places.models.place import Place, Precision, Toponym
from places.models.source import Source, SourceType
from places.statuses import ClaimStatus

__all__ = [
    "AlsoThere",
    "CachedAnswer",
    "GazetteerName",
    "GeocodingTurn",
    "Citation",
    "ClaimStatus",
    "Event",
    "Finds",
    "Involvement",
    "JourneyMode",
    "JourneyStop",
    "Person",
    "Place",
    "Precision",
    "Sensitivity",
    "Source",
    "SourceType",
    "Stale",
    "Toponym",
    "Versioned",
]
