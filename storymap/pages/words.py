"""The strings the reading page's scripts put on the page: they arrive as JSON, in the page's language."""

from __future__ import annotations

from django.utils.formats import get_format
from django.utils.translation import gettext


def words() -> dict[str, str]:
    """By key. `{name}` stands for a value the script fills in."""
    return {
        "dayOf": gettext("Day {day} of {last}"),
        "liveChapter": gettext("Chapter {number} of {total}: {title}"),
        "livePlace": gettext("The map shows {place}"),
        "hiddenOne": gettext("1 moment hidden by your filter"),
        "hiddenMany": gettext("{number} moments hidden by your filter"),
        "pin": gettext("{number}: {place}"),
        "pinAside": gettext("{number}: {place}, also concerned"),
        "pinEvents": gettext("{pin}, {count} events"),
        "tilesFailed": gettext("The detailed map cannot be reached. The built-in map is shown."),
        "mapFailed": gettext("The interactive map could not be loaded. Each chapter shows a picture of it."),
        "schematic": gettext("{name} (schematic)"),
        "stop": gettext("Stop"),
        "metres": gettext("{number} m"),
        "kilometres": gettext("{number} km"),
        "distanceFrom": gettext("{place} · {length} from {number}"),
        "about": gettext("about {length}"),
        "decimal": get_format("DECIMAL_SEPARATOR"),
        "thousands": get_format("THOUSAND_SEPARATOR"),
        "zoomIn": gettext("Zoom in"),
        "zoomOut": gettext("Zoom out"),
    }
