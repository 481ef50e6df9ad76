"""Columns by their names in three languages, cells as they were meant."""

from __future__ import annotations

from typing import Any

import pytest

from storymap.formats.tables.batches import table_rows_of
from storymap.formats.tables.columns import EVENTS, FIELDS, LABELS, PLACES, guessed_fields, guessed_kind
from storymap.formats.tables.csv_text import read_table
from storymap.services.imports.table_rows import Mention, TableRow


def table_row(text: str, kind: str = "places") -> TableRow:
    table = read_table(text)
    (only,) = table_rows_of(table, kind, guessed_fields(table.header, kind))
    return only


@pytest.mark.parametrize(
    ("header", "kind", "fields"),
    [
        ("Name,Lat,Lng", "places", ["name", "latitude", "longitude"]),
        ("Nombre,Latitud,Longitud,Dirección,País", "places", ["name", "latitude", "longitude", "address", "country"]),
        ("名前,緯度,経度,住所,国", "places", ["name", "latitude", "longitude", "address", "country"]),
        ("Title,Date,Place,Claim status", "events", ["title", "date", "place", "status"]),
        ("Título,Fecha,Hora local,Lugar,Fuentes", "events", ["title", "date", "time", "place", "sources"]),
        ("Title,Place", "events", ["title", "place"]),
        ("題名,日付,場所,タイムゾーン", "events", ["title", "date", "place", ""]),
        ("Latitude (WGS84),LONGITUDE,time_zone", "places", ["latitude", "longitude", "time_zone"]),
        ("name,name,colour", "places", ["name", "", ""]),
    ],
)
def test_columns_are_known_by_their_names(header: str, kind: str, fields: list[str]) -> None:
    names = header.split(",")
    assert guessed_kind(names) == kind
    assert guessed_fields(names, kind) == fields


def test_every_field_is_known_by_its_own_name_and_has_a_label() -> None:
    for kind, fields in FIELDS.items():
        assert guessed_fields(list(fields), kind) == list(fields)
    assert LABELS.keys() == PLACES.keys() | EVENTS.keys()


@pytest.mark.parametrize(
    "row",
    [
        "A,-12.5,-77.25",
        'A,"-12,5","-77,25"',
        "A,12°30'S,77°15'W",
        "A,S 12.5,W 77.25",
    ],
)
def test_positions_are_read_in_any_way_people_write_them(row: str) -> None:
    values = table_row(f"name,lat,lng\n{row}").values
    assert (values["latitude"], values["longitude"]) == (-12.5, -77.25)


def test_a_position_may_stand_in_one_column() -> None:
    values = table_row('name,coordinates\nA,"-12.5, -77.25"').values
    assert (values["latitude"], values["longitude"]) == (-12.5, -77.25)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("lat,lng,name\n-12,,A", "one is missing"),
        ("lat,lng,name\n-99.13,19.43,A", "swapped"),
        ("lat,lng,name\nx,y,A", "“x, y” is no position"),
        ("lat,lng,name\n-12,-77,", "the name is missing"),
        ("lat,lng,name\n-12,-77,A,B", "has 4 cells for 3 columns"),
        ("name,country\nA,Atlantis", "“Atlantis” is no country"),
        ("name,precision\nA,roughly", "“roughly” is none of: point, building, block"),
        ("name,radius\nA,wide", "“wide” is no number of metres"),
    ],
)
def test_what_is_wrong_with_a_place_is_said(row: str, said: str) -> None:
    assert said in "; ".join(table_row(row).problems)


@pytest.mark.parametrize(
    ("written", "code"), [("PE", "PE"), ("pe", "PE"), ("Perú", "PE"), ("Japan", "JP"), ("日本", "JP")]
)
def test_countries_are_read_by_code_and_name(written: str, code: str) -> None:
    assert table_row(f"name,country\nA,{written}").values["country"] == code


@pytest.mark.parametrize(("written", "code"), [("Building", "building"), ("edificio", "building")])
def test_choices_are_read_by_their_names(written: str, code: str) -> None:
    assert table_row(f"name,precision\nA,{written}").values["precision"] == code


@pytest.mark.parametrize(
    ("row", "values"),
    [
        ("title,date\nA,22 April 1997 15:23", {"date": "1997-04-22", "time": "15:23"}),
        ("title,date,time\nA,22 April 1997 15:23,9.30 h", {"date": "1997-04-22", "time": "09:30"}),
        ("title,date\nA,hacia enero de 1997", {"date": "1997-01~"}),
        ("title,date\nA,1936-07-19 00:00:00", {"date": "1936-07-19"}),  # a day, as spreadsheets write it
        ("title,date\nA,19-Jul-1936", {"date": "1936-07-19"}),
        ("title,date\nA,1936-1939", {"date": "1936/1939"}),
        ("title,date\nA,before 1936", {"date": "[..1935-12-31]"}),
        ("title,date\nA,1850s", {"date": "185X"}),
        ("title,date\nA,1996?", {"date": "1996?"}),
        ('title,date\nA,"[1996,1997]"', {"date": "[1996,1997]"}),
        ("title,date\nA,-300", {"date": "-0300"}),
        ("title,date\nA,n.d.", {"date": ""}),
        ("title,status\nA,alleged", {"status": "alleged"}),
        (
            "title,sources\nA,gazette; https://a.example/b gazette",
            {"sources": (Mention(("gazette",)), Mention(("https://a.example/b",)))},
        ),
    ],
)
def test_what_an_event_says(row: str, values: dict[str, Any]) -> None:
    read = table_row(row, "events")
    assert read.problems == () and read.values == {"title": "A", **values}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("title,date\nA,03/04/1997", "can be read as"),
        ("title,date\nA,22/04/97", "write the year in full"),
        ("title,time\nA,25:00", "no time of day"),
        ("title,status\nA,surely", "is none of: documented"),
        ("title,lat,lng\nA,1,", "one is missing"),
        ("title,date\n,1997", "the title is missing"),
    ],
)
def test_what_is_wrong_with_an_event_is_said(row: str, said: str) -> None:
    assert said in "; ".join(table_row(row, "events").problems)


def test_the_place_of_an_event_is_named_or_new() -> None:
    named = table_row("title,place\nA,Lima", "events").place
    assert named is not None and named.values == {"name": "Lima"} and named.asked == "Lima"
    new = table_row("title,place,lat,lng,country\nA,Lima,-12,-77,PE", "events").place
    assert new is not None and new.values == {
        "name": "Lima",
        "latitude": -12.0,
        "longitude": -77.0,
        "country": "PE",
        "precision": "point",
        "radius": 60_000,
    }
    assert new.asked == ""
    assert table_row("title,place,country\nA,,PE", "events").place is None
