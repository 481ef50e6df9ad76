"""CSV in the forms in which people have it; and written so that it is harmless and comes back the same."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import assume, given, strategies as st

from storymap.formats.tables.csv_text import (
    MAX_BYTES,
    MAX_COLUMNS,
    MAX_ROWS,
    csv_bytes,
    decoded,
    guarded_cell,
    plain_cell,
    read_table,
)
from storymap.story.problem import CannotRead

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)


def cells(text: str) -> list[tuple[str, ...]]:
    return [row.cells for row in read_table(text).rows]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    text = f"name{delimiter}lat{delimiter}lng\nA, or; B{delimiter}1{delimiter}2\n".replace("A, or; B", '"A, or; B"')
    assert cells(text) == [("A, or; B", "1", "2")]


def test_a_delimiter_inside_a_quoted_name_counts_for_nothing() -> None:
    assert read_table('"a;b;c;d",lat\n1,2').delimiter == ","


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_is_found(encoding: str) -> None:
    assert decoded("nombre,año\nÑaña,1997".encode(encoding)) == "nombre,año\nÑaña,1997"


def test_japanese_of_old_spreadsheets_is_read() -> None:
    assert decoded("名前,緯度\nリマの広場,-12".encode("cp932")) == "名前,緯度\nリマの広場,-12"


def test_rows_know_their_line_and_empty_ones_are_passed_over() -> None:
    table = read_table('name,note\r\n\r\nA,"two\r\nlines"\r\n,\r\nB,x\r\n')
    assert [(row.line, row.cells[0]) for row in table.rows] == [(3, "A"), (6, "B")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("\n ,\n", "is empty"),
        ('name\nA\n"B', "Line 3: a quote is not closed"),
        ('name\n"A"B', "Line 2: a quote is not closed, or something follows"),
        ("," * MAX_COLUMNS + "x", "more than 60 columns"),
        ("name\n" + "A\n" * (MAX_ROWS + 1), "more than 5000 rows"),
        ("name\n" + "x" * 200_000, "Line 2"),
    ],
)
def test_what_is_no_table_is_refused_with_the_line(text: str, said: str) -> None:
    with pytest.raises(CannotRead, match=said):
        read_table(text)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"x" * (MAX_BYTES + 1), "larger than 5 MB"),
        (b"PK\x03\x04rest", "workbook"),
        (b"\xd0\xcf\x11\xe0rest", "workbook"),
        (b"name\x00\n", "no text"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(CannotRead, match=said):
        decoded(data)


@given(st.binary(max_size=300))
def test_any_file_is_a_table_or_refused(data: bytes) -> None:
    try:
        read_table(decoded(data))
    except CannotRead as refused:
        assert refused.problems[0].what


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-x", "@sum", "\t=1", "\r=1", "'=1", "''@x", "-12.09.1"])
def test_what_a_spreadsheet_would_reckon_begins_with_an_apostrophe(text: str) -> None:
    assert guarded_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-12.09139", "+51", "-77", "'til then", "A = B", "", "12°S", "-12,09"])
def test_numbers_and_plain_texts_stay_as_they_are(text: str) -> None:
    assert guarded_cell(text) == text and plain_cell(text) == text


@given(TEXT)
def test_reading_takes_away_exactly_what_writing_added(text: str) -> None:
    assert plain_cell(guarded_cell(text)) == text


@given(st.lists(st.lists(TEXT, min_size=3, max_size=3), max_size=5))
def test_what_is_written_is_read_again(rows: list[list[str]]) -> None:
    said = [row for row in rows if any(cell.strip() for cell in row)]
    assume(said)
    table = read_table(decoded(csv_bytes(["a", "b", "c"], rows)))
    assert [list(row.cells) for row in table.rows] == said


@given(st.lists(TEXT, min_size=1, max_size=5))
def test_no_cell_that_is_written_is_a_formula(row: list[str]) -> None:
    text = csv_bytes(["h"] * len(row), [row]).decode("utf-8-sig")
    for cell in list(csv.reader(io.StringIO(text, newline="")))[-1]:
        assert not cell.startswith(("=", "@", "\t", "\r")) and not (
            cell[:1] in "+-" and not cell[1:2].isdigit() and cell
        )
