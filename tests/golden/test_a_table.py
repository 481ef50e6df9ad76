"""A table with mistakes: the good rows come in, and each of the others says what is wrong with it."""

from __future__ import annotations

from tests.golden.editor import Editor
from tests.golden.table import BAD, bring_in
from tests.golden.workshop import Story


def test_two_hundred_places_come_in_with_five_clicks_and_the_bad_rows_are_explained(
    editor: Editor, story: Story
) -> None:
    bring_in(editor, story)
    assert editor.tally.clicks <= 5
    rows = [row.split("\t") for row in editor.page.locator("#content tbody tr").all_inner_texts()]
    assert [int(line) for line, _name, _why in rows] == list(BAD)
    for (_line, name, why), (cells, said) in zip(rows, BAD.values(), strict=True):
        assert name == cells[0] and said in why, why
