"""Two addresses, one mistake: the residence where it happened, and the embassy whose name the crisis was given."""

from __future__ import annotations

import math

from canvas import INNER, MARGIN, WIDTH, Canvas, Point
from facts import Facts, Words
from ink import ACCENT, INK, PAPER, SECOND, SOFT, TINT
from places.geo import LatLng, distance

RESIDENCE, EMBASSY, EVENT = "residence", "embassy-japan-lima", "embassy-or-residence"
PER_METRE = 0.58  # px
HOME = (790, 650)  # where the residence stands on the plan, px from its left and top edge
PLAN_HEIGHT = 920
SCALE_BAR = 500  # metres

WORDS: dict[str, Words] = {
    "title": {
        "en": "The residence, not the embassy",
        "es": "La residencia, no la embajada",
        "ja": "大使館ではなく|大使公邸",
    },
    "subtitle": {
        "en": "Two addresses in Lima; a plan without streets",
        "es": "Dos direcciones en Lima; un plano sin calles",
        "ja": "リマの|二つの|施設(道路を|省いた|略図)",
    },
    "residence": {"en": "Residence: here", "es": "Residencia: aquí", "ja": "大使公邸(現場)"},
    "here": {
        "en": "The ambassador's home in San\u00a0Isidro, pulled down in October 1997",
        "es": "La casa del embajador, en San\u00a0Isidro, demolida en octubre de 1997",
        "ja": "サン・イシドロ区にあった|大使の住まい。|1997年10月に|取り壊された。",
    },
    "embassy": {"en": "Embassy: not here", "es": "Embajada: aquí no", "ja": "大使館(現場ではない)"},
    "there": {
        "en": "Today's building in Jesús María",
        "es": "El edificio actual, en Jesús María",
        "ja": "ヘスス・マリア区にある|現在の建物",
    },
    "apart": {"en": "about {km} km", "es": "unos {km} km", "ja": "約{km}キロ"},
    "circles": {
        "en": "Each circle: how exactly the position is known.",
        "es": "Cada círculo: la precisión con que se conoce la posición.",
        "ja": "円は|位置の|精度を|示す。",
    },
}


def offset(a: LatLng, b: LatLng) -> tuple[float, float]:
    """How many metres b lies east and north of a; good for places of one city."""
    east = distance(a, LatLng(a.lat, b.lng)) * math.copysign(1, b.lng - a.lng)
    north = distance(a, LatLng(b.lat, a.lng)) * math.copysign(1, b.lat - a.lat)
    return east, north


def kilometres(facts: Facts) -> float:
    """To one decimal place."""
    return round(facts.metres(RESIDENCE, EMBASSY) / 1000, 1)


def _number(value: float, language: str) -> str:
    return str(value).replace(".", "," if language == "es" else ".")


def _mark(canvas: Canvas, center: Point, radius: float, colour: str, *, full: bool) -> None:
    """A square in the circle in which the place lies; the full one is where it happened."""
    x, y = center
    canvas.ring(center, radius, colour, 4, TINT)
    canvas.bar(x - 19, y - 19, x + 19, y + 19, colour)
    if not full:
        canvas.bar(x - 12, y - 12, x + 12, y + 12, PAPER)


def _places(canvas: Canvas, facts: Facts, top: float) -> tuple[Point, Point]:
    east, north = offset(facts.at(RESIDENCE), facts.at(EMBASSY))
    home = (MARGIN + HOME[0], top + HOME[1])
    embassy = (home[0] + east * PER_METRE, home[1] - north * PER_METRE)
    canvas.line([home, embassy], INK, 4)
    _mark(canvas, home, facts.places[RESIDENCE]["radius"] * PER_METRE, ACCENT, full=True)
    _mark(canvas, embassy, facts.places[EMBASSY]["radius"] * PER_METRE, SECOND, full=False)
    return home, embassy


def _labels(canvas: Canvas, facts: Facts, home: Point, embassy: Point) -> None:
    language, line = canvas.language, canvas.leading(40)
    x, right = embassy[0] + 84, WIDTH - MARGIN - 28
    canvas.text(x, embassy[1] - line, WORDS["embassy"][language], size=40, bold=True, fill=SECOND)
    canvas.block(x, embassy[1], WORDS["there"][language], right - x)
    y = home[1] + 78
    canvas.text(right, y, WORDS["residence"][language], size=40, bold=True, fill=ACCENT, anchor="r")
    canvas.block(right, y + line, WORDS["here"][language], 800, anchor="r")
    middle = ((home[0] + embassy[0]) / 2 + 26, (home[1] + embassy[1]) / 2 - line)
    words = WORDS["apart"][language].format(km=_number(kilometres(facts), language))
    canvas.text(*middle, words, size=44, bold=True)


def _north_and_scale(canvas: Canvas, top: float) -> None:
    x, y = MARGIN + 56, top + HOME[1] - 150
    canvas.shape([(x, y - 56), (x + 22, y), (x, y - 12), (x - 22, y)], INK)
    canvas.text(x, y + 4, "N", bold=True, anchor="m")
    x, y = MARGIN + 34, top + HOME[1] + 16
    end = x + SCALE_BAR * PER_METRE
    canvas.bar(x, y - 2, end, y + 2, INK)
    for edge in (x, end - 4):
        canvas.bar(edge, y - 12, edge + 4, y + 2, INK)
    canvas.text((x + end) / 2, y - canvas.leading(36) - 8, f"{SCALE_BAR} m", anchor="m")


def draw(facts: Facts, language: str) -> bytes:
    canvas = Canvas(language)
    top = canvas.heading(WORDS["title"][language], WORDS["subtitle"][language]) + 28
    canvas.bar(MARGIN, top, WIDTH - MARGIN, top + PLAN_HEIGHT, TINT)
    home, embassy = _places(canvas, facts, top)
    _labels(canvas, facts, home, embassy)
    _north_and_scale(canvas, top)
    bottom = canvas.block(MARGIN, top + PLAN_HEIGHT + 22, WORDS["circles"][language], INNER, fill=SOFT)
    return canvas.webp(bottom + MARGIN)
