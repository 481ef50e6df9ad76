"""Round lengths and angles for scale bars, rings and graticules, and how they are written in digits. Pure."""

from __future__ import annotations

import math

# seconds of arc
ANGLES = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 18_000, 36_000, 54_000, 108_000)


def nice_length(most: float) -> float:
    """The largest 1, 2 or 5 times a power of ten that is not above `most` metres."""
    power = 10 ** math.floor(math.log10(most))
    return float(next(n * power for n in (5, 2, 1) if n * power <= most * (1 + 1e-9)))


def nice_angle(least: float) -> int:
    """The smallest handsome angle, in seconds of arc, that is not below `least` degrees."""
    return next((angle for angle in ANGLES if angle >= least * 3600), ANGLES[-1])


def length_words(metres: float) -> str:
    """In the signs of the International System, which every language reads: "350 m", "1.5 km", "10 200 km"."""
    if metres < 995:
        return f"{round(metres, -1 if metres >= 100 else 0):.0f} m"
    kilometres = metres / 1000
    if kilometres < 9.95:
        return f"{kilometres:.1f}".removesuffix(".0") + " km"
    return f"{kilometres:,.0f} km".replace(",", " ")


def angle_words(seconds: int) -> str:
    """Without north or west, which are words; parts that are nought at the end are left out."""
    degrees, rest = divmod(abs(seconds), 3600)
    minutes, rest = divmod(rest, 60)
    words = f"{degrees}°"
    if minutes or rest:
        words += f"{minutes:02}'"
    return words + (f'{rest:02}"' if rest else "")
