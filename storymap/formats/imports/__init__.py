"""The formats of maps that can be imported, and a file of any of them as a table.

A new format is a module with an IMPORTER, named in IMPORTERS: the upload and its help text read the list.
"""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from storymap.formats.imports import geojson, kml, storymapjs
from storymap.formats.imports.map_table import ImportedTable, MapFile, table_of
from storymap.formats.tables.csv_text import check_size, decoded
from storymap.story.problem import CannotRead, Problem

IMPORTERS = (storymapjs.IMPORTER, geojson.IMPORTER, kml.IMPORTER)  # the first that knows a file reads it


def format_names() -> list[str]:
    """As people call the formats, in the order of the alphabet."""
    return sorted(name for importer in IMPORTERS for name in importer.names)


def table_of_file(data: bytes, kind: str = "") -> ImportedTable:
    """The text of a table, made from a map's features where the file is a map. `kind` is what is wanted of a file that
    holds both: places or events; events unless it is said. Raises CannotRead."""
    check_size(data)
    file = MapFile(data)
    for importer in IMPORTERS:
        if importer.sniff(file):
            table = table_of(importer.read(file), kind)
            return replace(table, notes=(*table.notes, *filter(None, [importer.leaves_out()])))
    if file.tree is not None:
        said = _("This JSON is no map: GeoJSON has features, and a StoryMapJS has slides.")
        raise CannotRead([Problem("file", said)])
    return ImportedTable(decoded(data))
