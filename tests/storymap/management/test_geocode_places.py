"""`manage.py geocode_places` finds positions for a table of addresses."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from places.models import GazetteerName
from storymap.formats.tables.csv_text import decoded, read_table

pytestmark = pytest.mark.django_db


@pytest.fixture
def gazetteer() -> None:
    for name, country, lat in (("Lima", "PE", -12.04), ("Tokyo", "JP", 35.69), ("Lima", "US", 40.74)):
        row = {"name": name, "country": country, "latitude": lat, "longitude": 1.5, "population": 9 if lat < 40 else 1}
        GazetteerName.objects.create(folded=name.casefold(), **row)


def found(tmp_path: Path, text: str, **options: str) -> tuple[list[list[str]], str]:
    file = tmp_path / "places.csv"
    file.write_text(text, encoding="utf-8")
    told = StringIO()
    call_command("geocode_places", str(file), stdout=told, stderr=told, **options)
    table = read_table(decoded((tmp_path / "places.positions.csv").read_bytes()))
    return [list(table.header), *(list(row.cells) for row in table.rows)], told.getvalue()


@pytest.mark.usefixtures("gazetteer")
def test_positions_are_written_into_a_copy(tmp_path: Path) -> None:
    rows, told = found(tmp_path, "name,country\nTokyo,\nLima,PE\nNowhere,\n")
    assert rows == [
        ["name", "country", "latitude", "longitude", "found as", "precision", "radius"],
        ["Tokyo", "", "35.690000", "1.500000", "Tokyo, Japan", "city", "10000"],
        ["Lima", "PE", "-12.040000", "1.500000", "Lima, Peru", "city", "10000"],
        ["Nowhere", "", "", "", "", "", ""],
    ]
    assert "2 of 3 rows have a position." in told and "] 3/3" in told and "line 4: Not in the built-in" in told
    assert (tmp_path / "places.csv").read_text() == "name,country\nTokyo,\nLima,PE\nNowhere,\n"


@pytest.mark.usefixtures("gazetteer")
def test_what_has_a_position_keeps_it_and_the_columns_stay(tmp_path: Path) -> None:
    rows, _told = found(tmp_path, "Latitud;Longitud;Nombre\n1;2;Tokyo\n;;Tokyo\n")
    assert rows == [
        ["Latitud", "Longitud", "Nombre", "found as", "precision", "radius"],
        ["1", "2", "Tokyo", "", "", ""],
        ["35.690000", "1.500000", "Tokyo", "Tokyo, Japan", "city", "10000"],
    ]


@pytest.mark.usefixtures("gazetteer")
def test_a_name_of_several_places_is_pointed_out(tmp_path: Path) -> None:
    _rows, told = found(tmp_path, "name\nLima\n")
    assert "line 2: the first of 2 places was taken, Lima, Peru" in told


@pytest.mark.parametrize("text", ["", "colour\nred", 'name\n"x'])
def test_what_cannot_be_read_is_said(tmp_path: Path, text: str) -> None:
    with pytest.raises(CommandError):
        found(tmp_path, text)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("geocode_places", str(tmp_path / "none.csv"))
