"""What is slow to make is made once, however many ask for it at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from typing import Any

import pytest

from storymap.http_cache.single_flight import computed_once

MANY = 8


def test_who_asks_meanwhile_waits_and_gets_the_same() -> None:
    begun, go_on, made = Event(), Event(), []

    @computed_once(4)
    def slow(name: str) -> object:
        begun.set()
        go_on.wait(20)
        made.append(name)
        return object()

    together = Barrier(MANY)

    def ask(_number: int) -> object:
        together.wait(20)
        return slow("page")

    with ThreadPoolExecutor(MANY) as pool:
        asked = [pool.submit(ask, number) for number in range(MANY)]
        assert begun.wait(20)
        go_on.set()
        assert len({id(one.result(20)) for one in asked}) == 1
    assert made == ["page"] and not slow.computing


def test_another_is_made_while_the_first_takes_its_time() -> None:
    go_on = Event()

    @computed_once(4)
    def page(name: str) -> str:
        return name if name == "quick" or go_on.wait(20) else "never"

    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(page, "slow")
        assert page("quick") == "quick"
        go_on.set()
        assert slow.result(20) == "slow"


def test_the_oldest_goes_and_what_is_raised_is_not_kept() -> None:
    made: list[Any] = []

    @computed_once(2)
    def page(number: int) -> int:
        made.append(number)
        return 10 // number

    assert [page(number) for number in (1, 2, 1, 5, 2, 1)] == [10, 5, 10, 2, 5, 10]
    assert made == [1, 2, 5, 1]
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            page(0)
    assert made[-2:] == [0, 0]
    page.cache_clear()
    page(1)
    assert made[-1] == 1
