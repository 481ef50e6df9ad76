"""Typed times where the clocks are changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from storymap.admin.story.publish_form import NoSuchTime, TwiceThatDay, in_words, moment_at

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = ["Europe/Berlin", "America/Lima", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "UTC"]


def test_an_ordinary_time_is_that_of_the_zone() -> None:
    assert moment_at(datetime(2026, 4, 22, 15, 23), ZoneInfo("America/Lima")) == datetime(
        2026, 4, 22, 20, 23, tzinfo=UTC
    )


def test_a_time_that_never_comes_is_refused_with_what_the_clocks_show_then() -> None:
    with pytest.raises(NoSuchTime) as gap:
        moment_at(datetime(2026, 3, 29, 2, 30), BERLIN)
    assert f"{gap.value.instead:%H:%M}" == "03:30"


def test_a_time_that_comes_twice_is_asked_about() -> None:
    local = datetime(2026, 10, 25, 2, 30)
    with pytest.raises(TwiceThatDay) as twice:
        moment_at(local, BERLIN)
    assert twice.value.second.astimezone(UTC) - twice.value.first.astimezone(UTC) == timedelta(hours=1)
    assert moment_at(local, BERLIN, "first") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert moment_at(local, BERLIN, "second") == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    with pytest.raises(TwiceThatDay):
        moment_at(local, BERLIN, "third")


@given(st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)), st.sampled_from(ZONES))
def test_every_moment_is_found_by_what_the_clocks_show(moment: datetime, zone: str) -> None:
    local = moment.astimezone(ZoneInfo(zone))
    which = "second" if local.fold else "first"
    assert moment_at(local.replace(tzinfo=None, fold=0), ZoneInfo(zone), which) == moment


def test_words_name_the_zone_and_utc() -> None:
    moment = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert in_words(moment, BERLIN) == "2026-10-25 02:30 Europe/Berlin (00:30 UTC)"
    assert in_words(moment, ZoneInfo("America/Lima")) == "2026-10-24 19:30 America/Lima (2026-10-25 00:30 UTC)"
    assert in_words(moment, UTC) == "2026-10-25 00:30 UTC"
