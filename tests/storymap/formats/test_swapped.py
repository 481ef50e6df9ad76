"""Whether latitude and longitude of a table seem to have changed seats."""

from __future__ import annotations

import pytest

from storymap.formats.tables.columns import guessed_fields
from storymap.formats.tables.csv_text import read_table
from storymap.formats.tables.swapped import exchanged_cells, seem_exchanged


def seem(text: str) -> bool:
    table = read_table(text)
    return seem_exchanged(table, guessed_fields(table.header, "places"))


@pytest.mark.parametrize(
    "text",
    [
        "name,lat,lon\nLima,-77.04,-12.05\nTokyo,139.69,35.68",
        'name,coordinates\nLima,"-77.04, -12.05"\nTokyo,"139.69, 35.68"',
        "name,lat,lon,country\nLima,-77.04,-12.05,PE",
        "name,lat,lon\nLima,-77.04,-12.05\nCusco,-71.97,-13.53\nPuno,-70.02,-15.84",
    ],
)
def test_numbers_that_make_sense_only_the_other_way_round(text: str) -> None:
    assert seem(text)


@pytest.mark.parametrize(
    "text",
    [
        "name,lat,lon\nLima,-12.05,-77.04\nTokyo,35.68,139.69",
        "name,lat,lon\nTokyo,35.68,139.69\nWrong,139.69,35.68",  # one row is wrong, the table is not
        "name,lat,lon,country\nLima,-12.05,-77.04,PE",
        "name,lat,lon,country\nLima,-12.05,-77.04,PE\nCusco,-13.53,-71.97,PE\nWrong,-97.3,-77,PE",
        "name,lat,lon\nLima,-12.05,-77.04\nCusco,-13.53,-71.97\nWrong,-97.3,-77",
        "name,lat,lon\nA station,-77.85,-12.05",  # one row may well lie in the Antarctic
        "name,lat,lon\nNull,0,0",
        "name,lat,lon\nShips,12.05 S,77.04 W",
        "name\nNowhere",
    ],
)
def test_numbers_that_make_sense_as_they_are_written(text: str) -> None:
    assert not seem(text)


def test_a_row_is_turned_round_and_nothing_else_of_it() -> None:
    assert exchanged_cells({"name": "1, 2", "latitude": "1", "longitude": "2"}) == {
        "name": "1, 2",
        "latitude": "2",
        "longitude": "1",
    }
    assert exchanged_cells({"coordinates": "1.5, 2"}) == {"coordinates": "2, 1.5"}
    assert exchanged_cells({"coordinates": "12 S 77 W"}) == {"coordinates": "12 S 77 W"}
