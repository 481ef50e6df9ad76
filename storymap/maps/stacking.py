"""Pins that would hide each other are moved apart; pins outside the picture are named at its edge."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from storymap.maps.sheet import ACCENT, MUTED, PAPER, At, Sheet, fade

ROUNDS = 80  # of pushing apart
CROWD = 150  # pins: more have no room to be moved apart, and their pairs take a minute
EDGE = 44.0  # pixels from the edge of the picture to a pin there
PIN_ROOM, EDGE_ROOM = 18.0, 36.0  # pixels round a pin; one at the edge has its distance written below
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))  # pins on one point start in different directions
ARROW = ((28.0, 0.0), (18.0, 0.38), (18.0, -0.38))  # polar, round its pin


@dataclass(frozen=True)
class Marker:
    number: int
    pixel: At  # where the place is; outside the picture, a point on the way there
    rest: At  # where the pin would like to be: there, or at the edge of the picture
    outside: bool = False
    length: str = ""  # how far away it is, in words; empty when that is not known or not asked


def spread(markers: Sequence[Marker], frame: At) -> list[At]:
    """A position for each marker, near its place or at the edge towards it, where no two overlap if there is room."""
    room = [EDGE_ROOM if marker.outside else PIN_ROOM for marker in markers]
    at = [_start(marker, index) for index, marker in enumerate(markers)]
    if len(markers) > CROWD:
        return [_inside(pixel, frame, r + 8) for pixel, r in zip(at, room, strict=True)]
    for _ in range(ROUNDS):
        pushed = [_push(at, i, j, room[i] + room[j]) for i in range(len(at)) for j in range(i)]
        at = [_inside(pixel, frame, r + 8) for pixel, r in zip(at, room, strict=True)]
        if not any(pushed):
            break
    return at


def _start(marker: Marker, index: int) -> At:
    angle = index * GOLDEN_ANGLE
    return marker.rest[0] + 0.01 * math.cos(angle), marker.rest[1] + 0.01 * math.sin(angle)


def _push(at: list[At], i: int, j: int, apart: float) -> bool:
    away = math.dist(at[i], at[j])
    if away >= apart - 0.1:
        return False
    if away == 0:  # two were pressed into one corner
        away, at[i] = 0.01, (at[i][0] + 0.01, at[i][1])
    x, y = ((at[i][k] - at[j][k]) / away * (apart - away) / 2 for k in (0, 1))
    at[i], at[j] = (at[i][0] + x, at[i][1] + y), (at[j][0] - x, at[j][1] - y)
    return True


def _inside(pixel: At, frame: At, margin: float) -> At:
    return min(max(pixel[0], margin), frame[0] - margin), min(max(pixel[1], margin), frame[1] - margin)


def draw_leader(sheet: Sheet, marker: Marker, at: At) -> None:
    """From a pin that was moved aside to its place."""
    if math.dist(at, marker.pixel) > 3:
        sheet.line([marker.pixel, at], fade(PAPER, 0.9), 4.0)
        sheet.line([marker.pixel, at], ACCENT, 1.5)
        sheet.disc(marker.pixel, 5.0, PAPER)
        sheet.disc(marker.pixel, 3.2, ACCENT)


def draw_pointer(sheet: Sheet, marker: Marker, at: At) -> None:
    """From a pin at the edge on towards its place, and how far that is when it is known."""
    angle = math.atan2(marker.pixel[1] - at[1], marker.pixel[0] - at[0])
    sheet.shape([(at[0] + r * math.cos(angle + t), at[1] + r * math.sin(angle + t)) for r, t in ARROW], ACCENT)
    below = -26 if math.sin(angle) > 0.3 else 26
    if marker.length:
        sheet.words((at[0], at[1] + below), marker.length, 12, MUTED, halo=PAPER)
