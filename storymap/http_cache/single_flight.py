"""What takes a while to make is made once: whoever asks for it meanwhile waits for it, and does not make it again.

`functools.lru_cache` lets every thread make it that asks before the first is done: after a publication all readers of
the moment would.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import update_wrapper
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")
_NOTHING = object()


class Once(Generic[Value]):
    """A function of hashable arguments, whose `most` newest values are kept. What it raises is raised and not kept."""

    def __init__(self, make: Callable[..., Value], most: int) -> None:
        update_wrapper(self, make)
        self.make, self.most = make, most
        self.kept: OrderedDict[tuple[Hashable, ...], Value] = OrderedDict()
        self.making: dict[tuple[Hashable, ...], Lock] = {}
        self.lock = Lock()

    def __call__(self, *key: Hashable) -> Value:
        found = self.kept.get(key, _NOTHING)
        return self._wait_or_make(key) if found is _NOTHING else found  # type: ignore[return-value]

    def _wait_or_make(self, key: tuple[Hashable, ...]) -> Value:
        with self.lock:
            own = self.making.setdefault(key, Lock())
        try:
            with own:
                if (found := self.kept.get(key, _NOTHING)) is _NOTHING:
                    found = self.make(*key)
                    self._keep(key, found)
                return found  # type: ignore[return-value]
        finally:
            with self.lock:
                self.making.pop(key, None)

    def _keep(self, key: tuple[Hashable, ...], value: Value) -> None:
        with self.lock:
            self.kept[key] = value
            while len(self.kept) > self.most:
                self.kept.popitem(last=False)

    def cache_clear(self) -> None:
        with self.lock:
            self.kept.clear()


def made_once(most: int) -> Callable[[Callable[..., Value]], Once[Value]]:
    """Decorates a function; `make` of what comes of it is the function itself."""
    return lambda make: Once(make, most)
