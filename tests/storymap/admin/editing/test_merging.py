"""Two who changed one form: what is put together, and what is asked about."""

from __future__ import annotations

import random

from hypothesis import given, strategies as st

from storymap.admin.editing.form_state import pack, unpack
from storymap.admin.editing.merging import DELETE, Conflict, Row, State, merge


def equal(table: str, name: str, left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    return left == right


def state(*rows: tuple[str, str], **fields: str) -> State:
    table = [Row(key, {"name": (text,) if text else ()}) for key, text in rows]
    return State({name: (text,) for name, text in fields.items()}, {"rows": table})


def rows_of(merged: State) -> list[tuple[str, str, bool]]:
    return [(row.key, "".join(row.fields["name"]), row.deleted) for row in merged.tables["rows"]]


def test_changes_of_different_fields_are_put_together() -> None:
    merged = merge(state(a="1", b="1"), state(a="2", b="1"), state(a="1", b="3"), equal)
    assert (merged.state.fields, merged.conflicts) == ({"a": ("2",), "b": ("3",)}, [])
    assert merged.taken == [("", "a")]


def test_two_changes_of_one_field_are_a_question_and_mine_stays() -> None:
    merged = merge(state(a="1"), state(a="2"), state(a="3"), equal)
    assert merged.conflicts == [Conflict("", None, "a", ("1",), ("2",), ("3",))]
    assert merged.state.fields == {"a": ("3",)}


def test_the_same_change_twice_is_none() -> None:
    assert merge(state(a="1"), state(a="2"), state(a="2"), equal).conflicts == []


def test_rows_that_either_added_are_both_there_and_equal_ones_once() -> None:
    theirs = state(("1", "x"), ("2", "theirs"), ("3", "both"))
    merged = merge(state(("1", "x")), theirs, state(("1", "x"), ("", "mine"), ("", "both")), equal)
    assert rows_of(merged.state) == [
        ("1", "x", False),
        ("2", "theirs", False),
        ("3", "both", False),
        ("", "mine", False),
    ]
    assert merged.conflicts == []


def test_a_row_that_others_deleted_goes_unless_i_changed_it() -> None:
    base = state(("1", "x"), ("2", "y"))
    merged = merge(base, state(), state(("1", "x"), ("2", "changed")), equal)
    assert rows_of(merged.state) == [("", "changed", False)]
    assert [(c.row, c.name, c.theirs) for c in merged.conflicts] == [(0, DELETE, ("on",))]


def test_a_row_that_i_deleted_is_a_question_when_others_changed_it() -> None:
    mine = State({}, {"rows": [Row("1", {"name": ("x",)}, deleted=True)]})
    assert merge(state(("1", "x")), state(("1", "x")), mine, equal).conflicts == []
    merged = merge(state(("1", "x")), state(("1", "changed")), mine, equal)
    assert [(c.name, c.mine) for c in merged.conflicts] == [(DELETE, ("on",))]
    assert rows_of(merged.state) == [("1", "changed", True)]


def test_rows_stored_anew_under_other_keys_are_the_same_rows() -> None:
    """Loading a file stores the moments of a chapter anew."""
    merged = merge(
        state(("1", "x"), ("2", "y")), state(("8", "x"), ("9", "y")), state(("1", "x"), ("2", "mine")), equal
    )
    assert (rows_of(merged.state), merged.conflicts) == ([("8", "x", False), ("9", "mine", False)], [])


@given(st.integers(0, 10**6))
def test_nothing_of_mine_and_nothing_of_theirs_is_lost(seed: int) -> None:
    """Every field has my value where I changed it and theirs where only they did; both changed means a question."""
    chance = random.Random(seed)
    base = {name: str(chance.randrange(3)) for name in "abcdef"}
    theirs, mine = ({n: chance.choice([v, v, "7", "8"]) for n, v in base.items()} for _ in range(2))
    merged = merge(state(**base), state(**theirs), state(**mine), equal)
    asked = {conflict.name for conflict in merged.conflicts}
    for name, was in base.items():
        changed_by_me, changed_by_them = mine[name] != was, theirs[name] != was
        assert merged.state.fields[name] == ((mine if changed_by_me else theirs)[name],)
        assert (name in asked) == (changed_by_me and changed_by_them and mine[name] != theirs[name])


def test_what_was_shown_comes_back_from_the_hidden_field() -> None:
    shown = state(("1", "x"), a="«ñ» 日本")
    assert unpack(pack(shown)) == shown
    assert [unpack(text) for text in ("", "no", "bm8=", "=" * 9)] == [None] * 4
