"""Texts of the grammar of EDTF, for tests that hold for every form: levels 0 and 1, and of level 2 what is accepted."""

from __future__ import annotations

from hypothesis import strategies as st

_signs = st.sampled_from(["", "", "", "?", "~", "%"])
_years = st.one_of(
    st.integers(0, 9999).map("{:04}".format),
    st.integers(1, 4999).map("-{:04}".format),
    st.sampled_from(
        ["185X", "18XX", "1XXX", "XXXX", "180X", "000X", "00XX", "-004X", "-04XX", "-1XXX", "1X96", "X9X6"]
    ),
)
_long_years = st.integers(10_000, 999_999_999).map("Y{}".format) | st.integers(10_000, 999_999).map("Y-{}".format)
_months = st.integers(1, 12).map("{:02}".format) | st.sampled_from(["XX", "0X", "1X", "X1", "X2"])
_parts = st.integers(21, 41).map(str)
_days = st.integers(1, 31).map("{:02}".format) | st.sampled_from(["XX", "0X", "1X", "2X", "3X", "X5"])

plain = st.one_of(
    st.builds("{:04}".format, st.integers(0, 9999)),
    st.builds("{:04}-{:02}".format, st.integers(0, 9999), st.integers(1, 12)),
    st.dates().map(str),
    st.builds("-{:04}-{:02}-{:02}".format, st.integers(1, 4000), st.integers(1, 12), st.integers(1, 28)),
)
dates = st.one_of(
    plain,
    st.builds("{}{}".format, plain, _signs),
    st.builds("{}{}{}".format, _signs, _years, _signs),
    st.builds("{}{}{}-{}{}{}".format, _signs, _years, _signs, _signs, _months, _signs),
    st.builds("{}{}-{}{}-{}{}{}".format, _years, _signs, _months, _signs, _signs, _days, _signs),
    st.builds("{}-{}{}".format, _years, _parts, _signs),
    _long_years,
)
moments = st.builds(
    "{}T{:02}:{:02}:00{}".format,
    st.dates(),
    st.integers(0, 23),
    st.integers(0, 59),
    st.sampled_from(["", "Z", "+01:00", "-05"]),
)
intervals = st.builds("{}/{}".format, st.just("..") | st.just("") | dates, st.just("..") | st.just("") | dates)
_members = st.one_of(
    dates, st.builds("{}..{}".format, plain, plain), plain.map("..{}".format), plain.map("{}..".format)
)
choices = st.builds(
    lambda brackets, members: brackets[0] + ",".join(members) + brackets[1],
    st.sampled_from(["[]", "{}"]),
    st.lists(_members, min_size=1, max_size=4),
)
texts = st.one_of(dates, moments, intervals, choices)
