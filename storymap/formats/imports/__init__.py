"""The formats of maps that can be imported, and a file of any of them as a table.

A new format is a module with an IMPORTER, named in IMPORTERS: the upload and its help text read the list.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from storymap.formats.imports import geojson, kml, storymapjs
from storymap.formats.imports.map_table import ImportedTable, MapFile, table_of
from storymap.formats.problems import NO_ARCHIVE, CannotRead
from storymap.formats.tables.csv_text import MAX_BYTES, decoded
from storymap.story.problem import Problem

_JSON = re.compile(r'\s*\{\s*["}]')


IMPORTERS = (storymapjs.IMPORTER, geojson.IMPORTER, kml.IMPORTER)  # the first that knows a file reads it


def format_names() -> list[str]:
    """As people call the formats, in the order of the alphabet."""
    return sorted(name for importer in IMPORTERS for name in importer.names)


def table_of_file(data: bytes, kind: str = "") -> ImportedTable:
    """The text of a table, made from a map's features where the file is a map. `kind` is what is wanted of a file that
    holds both: places or events; events unless it is said. Raises CannotRead."""
    text = decoded(_unzipped(data))
    file = MapFile(text, _json(text) if _JSON.match(text) else None)
    for importer in IMPORTERS:
        if importer.sniff(file):
            table = table_of(importer.read(file), kind)
            return replace(table, notes=(*table.notes, *filter(None, [importer.leaves_out()])))
    if file.tree is not None:
        said = _("This JSON is no map: GeoJSON has features, and a StoryMapJS has slides.")
        raise CannotRead([Problem("file", said)])
    return ImportedTable(text)


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
