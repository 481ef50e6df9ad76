"""Times as people type them, in a zone whose clocks may be changed: some never come, some come twice. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo


class NoSuchTime(ValueError):
    """The clocks are put forward over it. `instead` is what they show then."""

    def __init__(self, instead: datetime) -> None:
        self.instead = instead
        super().__init__(f"there is no such time; {instead} instead")


class TwiceThatDay(ValueError):
    """The clocks are put back: it comes as `first` and again as `second`."""

    def __init__(self, first: datetime, second: datetime) -> None:
        self.first, self.second = first, second
        super().__init__(f"there is this time twice: {first.isoformat()}, {second.isoformat()}")


def moment_at(local: datetime, zone: tzinfo, which: str = "") -> datetime:
    """The moment at which clocks of the zone show `local`; `which` is "first" or "second" of two.

    Raises NoSuchTime, or TwiceThatDay unless `which` says which.
    """
    first, second = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first.astimezone(zone).replace(tzinfo=None, fold=0) != local:
        raise NoSuchTime(first.astimezone(zone))
    if first != second and which not in ("first", "second"):
        raise TwiceThatDay(first.astimezone(zone), second.astimezone(zone))
    return second if which == "second" else first


def in_words(moment: datetime, zone: tzinfo) -> str:
    """In the zone and in UTC: 2026-10-25 02:30 Europe/Berlin (00:30 UTC)."""
    local, universal = moment.astimezone(zone), moment.astimezone(UTC)
    if str(zone) == "UTC":
        return f"{universal:%Y-%m-%d %H:%M} UTC"
    day = "" if local.date() == universal.date() else f"{universal:%Y-%m-%d} "
    return f"{local:%Y-%m-%d %H:%M} {zone} ({day}{universal:%H:%M} UTC)"
