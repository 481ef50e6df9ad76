"""What takes a while to compute is computed once: whoever asks for it meanwhile waits for it.

`functools.lru_cache` lets every thread compute it that asks before the first is done: after a publication all readers
of the moment would.
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
    """A function of hashable arguments, whose `most` newest values are stored; what it raises is not."""

    def __init__(self, make: Callable[..., Value], most: int) -> None:
        update_wrapper(self, make)
        self.make, self.most = make, most
        self.values: OrderedDict[tuple[Hashable, ...], Value] = OrderedDict()
        self.computing: dict[tuple[Hashable, ...], Lock] = {}
        self.lock = Lock()

    def __call__(self, *key: Hashable) -> Value:
        value = self.values.get(key, _NOTHING)
        return self._wait_or_compute(key) if value is _NOTHING else value  # type: ignore[return-value]

    def _wait_or_compute(self, key: tuple[Hashable, ...]) -> Value:
        with self.lock:
            own = self.computing.setdefault(key, Lock())
        try:
            with own:
                if (value := self.values.get(key, _NOTHING)) is _NOTHING:
                    value = self.make(*key)
                    self._store(key, value)
                return value  # type: ignore[return-value]
        finally:
            with self.lock:
                self.computing.pop(key, None)

    def _store(self, key: tuple[Hashable, ...], value: Value) -> None:
        with self.lock:
            self.values[key] = value
            while len(self.values) > self.most:
                self.values.popitem(last=False)

    def cache_clear(self) -> None:
        with self.lock:
            self.values.clear()


def computed_once(most: int) -> Callable[[Callable[..., Value]], Once[Value]]:
    """Decorates a function; `make` of what comes of it is the function itself."""
    return lambda make: Once(make, most)
