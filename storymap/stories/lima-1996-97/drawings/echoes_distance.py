"""How far from the residence the crisis was heard and dealt with: kilometres as bars, directions as compass needles."""

from __future__ import annotations

import math
from dataclasses import dataclass

from canvas import INNER, MARGIN, WIDTH, Canvas
from facts import Facts, Words
from ink import ACCENT, INK, RULE, SECOND, SOFT
from places.geo import LatLng

HOME = "residence"
LEFT, RIGHT = 372, 796  # where a bar of no length begins, where the longest ends
ROW = 66


@dataclass(frozen=True)
class Echo:
    """A place, the event that takes the story there, and the city's name."""

    place: str
    event: str
    city: Words


@dataclass(frozen=True)
class Group:
    title: Words
    colour: str
    echoes: tuple[Echo, ...]


GROUPS = (
    Group(
        {"en": "During the siege", "es": "Durante el asedio", "ja": "占拠の間"},
        SECOND,
        (
            Echo("southcom-panama", "nyt-us-participation", {"en": "Panama", "es": "Panamá", "ja": "パナマ"}),
            Echo(
                "santo-domingo",
                "asylum-refused",
                {"en": "Santo Domingo", "es": "Santo Domingo", "ja": "サントドミンゴ"},
            ),
            Echo("havana", "fujimori-castro", {"en": "Havana", "es": "La Habana", "ja": "ハバナ"}),
            Echo("toronto-four-seasons", "canada-meeting", {"en": "Toronto", "es": "Toronto", "ja": "トロント"}),
            Echo("london", "london-asylum", {"en": "London", "es": "Londres", "ja": "ロンドン"}),
            Echo("tokyo", "hashimoto-warning", {"en": "Tokyo", "es": "Tokio", "ja": "東京"}),
        ),
    ),
    Group(
        {"en": "Reactions in April 1997", "es": "Reacciones en abril de 1997", "ja": "1997年4月の反応"},
        ACCENT,
        (
            Echo("sucre", "andean-council", {"en": "Sucre", "es": "Sucre", "ja": "スクレ"}),
            Echo(
                "embassy-peru-santiago", "santiago-protest", {"en": "Santiago", "es": "Santiago", "ja": "サンティアゴ"}
            ),
            Echo(
                "embassy-peru-mexico",
                "mexico-protest",
                {"en": "Mexico City", "es": "Ciudad de México", "ja": "メキシコシティ"},
            ),
            Echo("new-york-times", "nyt-troika", {"en": "New York", "es": "Nueva York", "ja": "ニューヨーク"}),
            Echo("berlin-junge-welt", "junge-welt-interview", {"en": "Berlin", "es": "Berlín", "ja": "ベルリン"}),
        ),
    ),
    Group(
        {
            "en": "Afterwards: a petition, a judgment",
            "es": "Después: una petición, una sentencia",
            "ja": "その後の申し立てと判決",
        },
        INK,
        (
            Echo("san-jose-iacourt", "iacourt-judgment", {"en": "San José", "es": "San José", "ja": "サンホセ"}),
            Echo("washington-iachr", "iachr-petition", {"en": "Washington", "es": "Washington", "ja": "ワシントン"}),
        ),
    ),
)
WORDS: dict[str, Words] = {
    "title": {
        "en": "How far from San Isidro?",
        "es": "¿A qué distancia de San Isidro?",
        "ja": "サン・イシドロからの|距離",
    },
    "subtitle": {
        "en": "Kilometres from the residence, along the shortest line",
        "es": "Kilómetros desde la residencia, por la línea más corta",
        "ja": "公邸からの|最短距離|(キロメートル)",
    },
    "needle": {
        "en": "Needle: the direction in which that line leaves Lima; north is up.",
        "es": "Aguja: dirección en que esa línea sale de Lima; el norte está arriba.",
        "ja": "針は、|リマから|見た|最短経路の|方角を|示す|(上が北)。",
    },
}


def kilometres(facts: Facts, place: str) -> int:
    """Rounded to 10 km, as most points stand for a whole city."""
    return round(facts.metres(HOME, place) / 10_000) * 10


def number(value: int, language: str) -> str:
    """With a mark between thousands, as the language writes it."""
    return f"{value:,}".replace(",", "." if language == "es" else ",")


def bearing(a: LatLng, b: LatLng) -> float:
    """The direction in which the great circle from a to b begins, in radians clockwise from north."""
    lat, other, turn = math.radians(a.lat), math.radians(b.lat), math.radians(b.lng - a.lng)
    east = math.sin(turn) * math.cos(other)
    north = math.cos(lat) * math.sin(other) - math.sin(lat) * math.cos(other) * math.cos(turn)
    return math.atan2(east, north)


def _needle(canvas: Canvas, center: tuple[float, float], angle: float, colour: str) -> None:
    """A compass whose needle points to `angle` from a small round tail."""
    x, y = center
    canvas.ring(center, 25, colour, 3)
    ahead, aside = (math.sin(angle), -math.cos(angle)), (math.cos(angle), math.sin(angle))

    def at(forward: float, side: float) -> tuple[float, float]:
        return x + forward * ahead[0] + side * aside[0], y + forward * ahead[1] + side * aside[1]

    canvas.shape([at(20, 0), at(-13, 11), at(-6, 0), at(-13, -11)], colour)


def _row(canvas: Canvas, facts: Facts, echo: Echo, colour: str, y: float, longest: int) -> None:
    km, middle = kilometres(facts, echo.place), y + ROW / 2
    end = LEFT + km / longest * (RIGHT - LEFT)
    top = middle - canvas.leading(36) / 2
    canvas.text(LEFT - 20, top, echo.city[canvas.language], anchor="r")
    canvas.bar(LEFT, middle - 5, end - 20, middle + 5, colour)
    _needle(canvas, (end, middle), bearing(facts.at(HOME), facts.at(echo.place)), colour)
    canvas.text(end + 38, top, f"{number(km, canvas.language)} km", bold=True)


def draw(facts: Facts, language: str) -> bytes:
    canvas = Canvas(language)
    longest = max(kilometres(facts, echo.place) for group in GROUPS for echo in group.echoes)
    y = canvas.heading(WORDS["title"][language], WORDS["subtitle"][language]) + 10
    for group in GROUPS:
        y = canvas.block(MARGIN, y + 26, group.title[language], INNER, size=40, bold=True, fill=group.colour) + 4
        canvas.bar(MARGIN, y, WIDTH - MARGIN, y + 2, RULE)
        y += 12
        canvas.bar(LEFT - 1, y, LEFT + 1, y + ROW * len(group.echoes), SOFT)
        for echo in sorted(group.echoes, key=lambda echo: kilometres(facts, echo.place)):
            _row(canvas, facts, echo, group.colour, y, longest)
            y += ROW
    y = canvas.block(MARGIN, y + 30, WORDS["needle"][language], INNER, fill=SOFT)
    return canvas.webp(y + MARGIN)
