"""Maps that others have made, as a table: GeoJSON, Linked Places, KML, KMZ and StoryMapJS. Pure."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import Any

from django.utils.translation import gettext as _

from storymap.formats.imports import geojson, kml, storymapjs
from storymap.formats.imports.map_table import Brought, table_of
from storymap.formats.problems import NO_ARCHIVE, CannotRead, Problem
from storymap.formats.tables.csv_text import MAX_BYTES, decoded

_XML = re.compile(r"\s*<(\?xml|!DOCTYPE|!--|kml|gpx)")  # a table may begin with a < too
_JSON = re.compile(r'\s*\{\s*["}]')


def brought(data: bytes, kind: str = "") -> Brought:
    """The text of a table, made from a map's features where the file is a map. `kind` is what is wanted of a file that
    holds both: places or events; events unless it is said. Raises CannotRead."""
    text = decoded(_unzipped(data))
    if _XML.match(text):
        return table_of(kml.read(text), kind)
    return _of_json(_json(text), kind) if _JSON.match(text) else Brought(text)


def _unzipped(data: bytes) -> bytes:
    """A KMZ is an archive whose first KML file is the map (OGC 12-007r2, annex C)."""
    if not data.startswith(b"PK\x03\x04"):
        return data
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if name := next((name for name in archive.namelist() if name.lower().endswith(".kml")), ""):
                with archive.open(name) as file:
                    return file.read(MAX_BYTES + 1)
    except NO_ARCHIVE:
        pass
    return data


def _json(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=lambda name: None)
    except json.JSONDecodeError as error:
        said = _("Line %(line)d: this is no JSON: %(problem)s.") % {"line": error.lineno, "problem": error.msg}
        raise CannotRead([Problem("file", said)]) from None
    except (RecursionError, ValueError):  # nested beyond reason, or a number of thousands of digits
        raise CannotRead([Problem("file", _("This JSON cannot be read."))]) from None


def _of_json(whole: dict[str, Any], kind: str) -> Brought:
    if (slides := storymapjs.read(whole)) is not None:
        table = table_of(slides, kind)
        return Brought(table.text, (*table.notes, _("The title slide and the pictures were left out.")))
    if (features := geojson.read(whole)) is not None:
        return table_of(features, kind)
    said = _("This JSON is no map: GeoJSON has features, and a StoryMapJS has slides.")
    raise CannotRead([Problem("file", said)])
