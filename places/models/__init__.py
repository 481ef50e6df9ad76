"""The record. place ← event → source; nothing here knows of stories."""

from places.models.event import Citation, ClaimStatus, Event, FurtherPlace, Involvement, Person, Sensitivity
from places.models.finds import Finds
from places.models.gazetteer import CachedAnswer, GazetteerName, GeocodingTurn
from places.models.place import Place, Precision, Toponym
from places.models.source import Source, SourceType
from places.models.versioned import Stale, Versioned

__all__ = [
    "CachedAnswer",
    "GazetteerName",
    "GeocodingTurn",
    "Citation",
    "ClaimStatus",
    "Event",
    "Finds",
    "FurtherPlace",
    "Involvement",
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
