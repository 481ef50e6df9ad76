"""Section above plan of the residence, on one sheet: the stage of three chapters. One state shows the house before
22 April 1997, the other what was done that afternoon. Schematic after written accounts, not to scale.

Each stroke names the event that tells of it. It is whole where that event is documented, and broken where a newspaper
or a witness tells it. What no source tells stays white; "?" is by what was there, nobody tells where exactly.
Numbers and names of moments are the page's: its pins stand on the spots given here. No people, no weapons.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from canvas import Canvas, Point
from facts import Facts, Words
from ink import ACCENT, EARTH, INK, INSIDE, PAPER, RULE, SOFT

WIDTH, HEIGHT = 2640, 2140
LABEL, HEAD = 74, 84  # px of letters
THIN, THICK = 6, 16

# Across, the same in section and plan.
FRONT_WALL, HOUSE_LEFT, HOUSE_RIGHT, REAR_WALL = 270, 700, 1700, 2210
NEIGHBOUR = (2320, 2590)
STAIRS = (920, 1050)
CHARGES = (1190, 1390, 1590)  # the second lies below the football
EXITS = (1880, 2080)  # of the tunnels, in the garden

# Down the section: from the roof to the depth of the drawing.
ROOF, FLOOR, GROUND, DEPTH = 350, 605, 860, 1130
WALL_TOP = GROUND - 190
GALLERY = (945, 1015)
UNKNOWN = (915, 1045)  # the course of the tunnels

# Down the plan.
PLOT = (1320, 1970)
HOUSE = (1430, 1880)
DOOR = (1650, 1740)
WAITING = (HOUSE_LEFT, 1560, 1070, 1810)
ROOMS = ((1110, 1535, 1270, 1623), (1230, 1640, 1550, 1795), (1510, 1470, 1670, 1560))
LADDERS = (1600, 1790)
EXITS_IN_PLAN = ((EXITS[0], 1695), (EXITS[1], 1850))

# What tells of a stroke.
HOME, WALL, UPSTAIRS = "residence-fortified", "residence-fortified", "second-floor"
HALL, DIGGING, BEHIND, RAID = "front-door", "tunnels-reported", "ogura-saw-cruz", "garden-tunnels-roof"


def _box(left: float, top: float, right: float, bottom: float) -> tuple[Point, ...]:
    return (left, top), (right, top), (right, bottom), (left, bottom)


Spot = tuple[str, tuple[Point, ...]]  # "point", "line" or "area", and its points in px

# Where no source says where exactly, the spot is the whole of what it may be.
RESIDENCE: Spot = ("area", _box(FRONT_WALL, PLOT[0], REAR_WALL, PLOT[1]))
IN_THE_HOUSE: Spot = ("area", _box(HOUSE_LEFT, HOUSE[0], HOUSE_RIGHT, HOUSE[1]))
UPPER_FLOOR: Spot = ("area", _box(HOUSE_LEFT, ROOF, HOUSE_RIGHT, FLOOR))

# Moments by the state of the sheet on which they are told. Those that are missing happened elsewhere.
BEFORE: dict[str, Spot] = {
    "talks-called-off": ("area", _box(HOUSE_LEFT, FLOOR, HOUSE_RIGHT, GROUND)),  # heard it below the floor
    "tunnels-reported": ("line", ((HOUSE_RIGHT - 60, sum(GALLERY) / 2), (HOUSE_LEFT + 100, sum(GALLERY) / 2))),
    "giampietri-radio": IN_THE_HOUSE,
    "bugs-smuggled": IN_THE_HOUSE,
    "light-clothes": IN_THE_HOUSE,
    "second-floor": UPPER_FLOOR,
    "football-routine": ("area", _box(*ROOMS[1])),
}
THE_DAY: dict[str, Spot] = {
    "raid-begins": ("area", _box(FRONT_WALL, ROOF, REAR_WALL, UNKNOWN[1])),  # everywhere at once
    "three-charges": ("point", ((CHARGES[1], GROUND + 4),)),  # the first of them
    "thirty-enter": ("point", ((CHARGES[2], GROUND - 110),)),
    "front-door": ("line", ((HOUSE_LEFT - 300, sum(DOOR) / 2), (STAIRS[0], sum(DOOR) / 2))),
    "ladders": ("point", ((HOUSE_RIGHT + 55, LADDERS[0]),)),
    "garden-tunnels-roof": (
        "line",
        (
            (EXITS[0], UNKNOWN[0]),
            (EXITS[0], GROUND - 60),
            (HOUSE_RIGHT + 90, ROOF - 30),
            (HOUSE_RIGHT - 245, ROOF - 30),
            (HOUSE_RIGHT - 245, ROOF + 30),
        ),
    ),
    "hostages-freed": UPPER_FLOOR,  # where they were; the way they took is not told
    "raid-toll": RESIDENCE,
    "giusti-dies": RESIDENCE,
    "officers-die": RESIDENCE,
}


def fractions(spot: Spot) -> tuple[str, tuple[Point, ...]]:
    """As a story file has it: from the left and from the top of the sheet."""
    kind, points = spot
    return kind, tuple((round(x / WIDTH, 4), round(y / HEIGHT, 4)) for x, y in points)


WORDS: dict[str, Words] = {
    "section": {"en": "Section", "es": "Corte", "ja": "断面"},
    "plan": {"en": "Plan, ground floor", "es": "Planta baja", "ja": "1階の平面"},
    "schematic": {
        "en": "schematic after written accounts, not to scale",
        "es": "esquema según relatos escritos, sin escala",
        "ja": "記述に基づく模式図、縮尺なし",
    },
    "upper": {"en": "upper floor", "es": "piso alto", "ja": "上の階"},
    "ground": {"en": "ground floor", "es": "planta baja", "ja": "1階"},
    "hostages": {"en": "72 hostages", "es": "72 rehenes", "ja": "人質72人"},
    "wall": {"en": "wall", "es": "muro", "ja": "塀"},
    "door": {"en": "front door", "es": "puerta principal", "ja": "正面玄関"},
    "waiting": {"en": "waiting room", "es": "sala de espera", "ja": "待合室"},
    "football": {"en": "football", "es": "fútbol", "ja": "サッカー"},
    "garden": {"en": "rear garden", "es": "jardín trasero", "ja": "裏庭"},
    "neighbours": {"en": "neighbouring houses", "es": "casas vecinas", "ja": "隣接|住宅"},
    "unknown": {"en": "not known", "es": "no se sabe", "ja": "不明"},
    "documented": {"en": "documented", "es": "documentado", "ja": "資料に記載"},
    "reported": {"en": "newspapers, witnesses", "es": "diarios, testigos", "ja": "新聞・証言"},
    "somewhere": {"en": "place not known", "es": "lugar no conocido", "ja": "位置は不明"},
}


@dataclass(frozen=True)
class Sheet:
    """The sheet in one language; `raid` is its state of 22 April."""

    facts: Facts
    canvas: Canvas
    raid: bool

    def draw(self) -> bytes:
        self._section()
        self._plan()
        self._key()
        return self.canvas.webp(HEIGHT, INSIDE, EARTH)

    # --- strokes and words -----------------------------------------------------------------------------------
    def _stroke(self, event: str, points: Sequence[Point], width: float = THIN, colour: str = INK) -> None:
        documented = self.facts.events[event]["status"] == "documented"
        for a, b in zip(points[:-1], points[1:], strict=True):
            (self.canvas.line if documented else self.canvas.dashes)([a, b], colour, width)

    def _frame(self, event: str, left: float, top: float, right: float, bottom: float, width: float = THIN) -> None:
        reach = width / 2  # so that its corners are full
        for y in (top, bottom):
            self._stroke(event, ((left - reach, y), (right + reach, y)), width)
        for x in (left, right):
            self._stroke(event, ((x, top - reach), (x, bottom + reach)), width)

    def _word(self, x: float, y: float, name: str, *, fill: str = SOFT, anchor: str = "l", bold: bool = False) -> None:
        self.canvas.text(x, y, WORDS[name][self.canvas.language], size=LABEL, fill=fill, anchor=anchor, bold=bold)

    def _words(self, x: float, y: float, name: str, width: float, *, anchor: str = "l") -> None:
        self.canvas.block(x, y, WORDS[name][self.canvas.language], width, size=LABEL, fill=SOFT, anchor=anchor)

    def _unsure(self, x: float, y: float) -> None:
        self.canvas.text(x, y, "?", size=LABEL, fill=SOFT, bold=True, anchor="m")

    def _arrow(self, x: float, bottom: float, top: float) -> None:
        self.canvas.line([(x, bottom), (x, top)], ACCENT, THIN)
        self.canvas.line([(x - 22, top + 30), (x, top), (x + 22, top + 30)], ACCENT, THIN)

    # --- the section -----------------------------------------------------------------------------------------
    def _section(self) -> None:
        canvas, language = self.canvas, self.canvas.language
        end = canvas.text(90, 56, WORDS["section"][language], size=HEAD, bold=True)
        canvas.text(end + 50, 60, WORDS["schematic"][language], size=LABEL, fill=SOFT)
        canvas.bar(0, GROUND, WIDTH, DEPTH, EARTH)
        self._tunnels()
        canvas.bar(HOUSE_LEFT, ROOF, HOUSE_RIGHT, GROUND, INSIDE)
        canvas.bar(0, GROUND - THIN / 2, WIDTH, GROUND + THIN / 2, INK)
        self._stroke(HOME, ((HOUSE_LEFT, GROUND), (HOUSE_LEFT, ROOF)))
        self._stroke(HOME, ((HOUSE_RIGHT, ROOF), (HOUSE_RIGHT, GROUND)))
        self._stroke(HOME, ((HOUSE_LEFT - 50, ROOF), (HOUSE_RIGHT + 50, ROOF)), 12)
        self._stroke(UPSTAIRS, ((HOUSE_LEFT, FLOOR), (HOUSE_RIGHT, FLOOR)))
        for x in (FRONT_WALL, REAR_WALL):
            self._stroke(WALL, ((x, WALL_TOP), (x, GROUND)), THICK)
        self._stairs_in_section()
        canvas.bar(HOUSE_LEFT - THIN, GROUND - 150, HOUSE_LEFT + THIN, GROUND - THIN / 2, PAPER)  # the front door
        self._stroke(HALL, ((HOUSE_LEFT - 24, GROUND - 150), (HOUSE_LEFT + 24, GROUND - 150)))
        self._neighbour_in_section()
        self._word(HOUSE_LEFT - 45, ROOF + 50, "upper", anchor="r")
        self._words(HOUSE_LEFT - 45, FLOOR + 20, "ground", 350, anchor="r")
        self._word(FRONT_WALL - 30, WALL_TOP, "wall", anchor="r")
        if self.raid:
            self._raid_in_section()

    def _tunnels(self) -> None:
        """Their course is white; newspapers wrote of digging below the house."""
        canvas, shaft = self.canvas, (NEIGHBOUR[0] + 100, NEIGHBOUR[0] + 180)
        canvas.bar(HOUSE_LEFT + 60, UNKNOWN[0], shaft[1], UNKNOWN[1], PAPER)
        canvas.bar(shaft[0], GROUND, shaft[1], UNKNOWN[1], PAPER)
        for y in GALLERY:
            self._stroke(DIGGING, ((HOUSE_LEFT + 80, y), (HOUSE_RIGHT - 40, y)))
        self._word(HOUSE_RIGHT + 60, UNKNOWN[0] + 20, "unknown")

    def _stairs_in_section(self) -> None:
        left, right = STAIRS
        steps = 6
        wide, high = (right - left) / steps, (GROUND - FLOOR) / steps
        points: list[Point] = [(left, GROUND)]
        for n in range(steps):
            x, y = left + n * wide, GROUND - (n + 1) * high
            points += [(x, y), (x + wide, y)]
        self._stroke(HALL, points, 4, SOFT)

    def _neighbour_in_section(self) -> None:
        left, right = NEIGHBOUR
        top, peak = GROUND - 190, GROUND - 280
        self._stroke(BEHIND, ((left, GROUND), (left, top), ((left + right) / 2, peak), (right, top), (right, GROUND)))
        self._unsure((left + right) / 2, GROUND - 160)
        lines = self.canvas.wrapped(WORDS["neighbours"][self.canvas.language], 500, size=LABEL)
        y = peak - 30 - len(lines) * self.canvas.leading(LABEL)
        self._words(WIDTH - 40, y, "neighbours", 500, anchor="r")

    def _raid_in_section(self) -> None:
        canvas = self.canvas
        for x in CHARGES:  # openings in the floor, made by charges from below
            canvas.bar(x - 45, GROUND - THIN / 2, x + 45, UNKNOWN[0], PAPER)
            for side in (x - 45, x + 45):
                self._stroke("three-charges", ((side, GROUND), (side, UNKNOWN[0])))
            canvas.ring((x, GROUND + 4), 24, ACCENT, THIN)
            self._arrow(x, GROUND - 30, GROUND - 120)
        for x in EXITS:
            canvas.bar(x - 32, GROUND - THIN / 2, x + 32, UNKNOWN[0], PAPER)
            for side in (x - 32, x + 32):
                self._stroke(RAID, ((side, GROUND), (side, UNKNOWN[0])))
            self._arrow(x, UNKNOWN[0] - 20, GROUND - 60)
        self._ladder_in_section()
        for left in (1050, 1410):  # openings in the roof
            canvas.bar(left, ROOF - 8, left + 90, ROOF + 8, PAPER)
            for edge in (left, left + 90):
                self._stroke(RAID, ((edge, ROOF - 34), (edge, ROOF + 10)))
        self._unsure(1275, ROOF - 120)
        left, right, top = HOUSE_RIGHT - 130, HOUSE_RIGHT - 60, FLOOR - 150  # the door upstairs
        canvas.bar(left, top, right, FLOOR - THIN / 2, PAPER)
        self._stroke(RAID, ((left, FLOOR), (left, top), (right, top), (right, FLOOR)))
        self._unsure(left - 50, top + 25)
        self._word(HOUSE_LEFT + 30, FLOOR - 120, "hostages", fill=INK, bold=True)

    def _ladder_in_section(self) -> None:
        foot, head = (HOUSE_RIGHT + 130, GROUND), (HOUSE_RIGHT + 12, ROOF + 90)
        for shift in (0, 26):
            self._stroke("ladders", ((foot[0] + shift, foot[1]), (head[0] + shift, head[1])), 5)
        for n in range(1, 9):
            x, y = (a + (b - a) * n / 9 for a, b in zip(foot, head, strict=True))
            self._stroke("ladders", ((x, y), (x + 26, y)), 4)

    # --- the plan --------------------------------------------------------------------------------------------
    def _plan(self) -> None:
        canvas = self.canvas
        canvas.text(90, PLOT[0] - 155, WORDS["plan"][canvas.language], size=HEAD, bold=True)
        for x in (HOUSE_RIGHT, REAR_WALL):  # from the section down
            canvas.bar(x - 1, DEPTH + 20, x + 2, PLOT[0] if x == REAR_WALL else HOUSE[0], RULE)
        self._frame(WALL, FRONT_WALL, PLOT[0], REAR_WALL, PLOT[1], THICK)
        for room in (WAITING, *ROOMS[1 - self.raid : 3 if self.raid else 2]):
            canvas.bar(*room, INSIDE)
        self._frame(HOME, HOUSE_LEFT, HOUSE[0], HOUSE_RIGHT, HOUSE[1])
        canvas.bar(HOUSE_LEFT - THIN, DOOR[0], HOUSE_LEFT + THIN, DOOR[1], PAPER)
        for y in DOOR:
            self._stroke(HALL, ((HOUSE_LEFT - 24, y), (HOUSE_LEFT + 24, y)))
        for n in range(7):
            tread = STAIRS[0] + n * (STAIRS[1] - STAIRS[0]) / 6
            self._stroke(HALL, ((tread, WAITING[1] + 40), (tread, WAITING[3] - 40)), 4, SOFT)
        self._word(HOUSE_LEFT + 25, HOUSE[0] + 20, "waiting")
        self._words(HOUSE_LEFT - 45, DOOR[1] + 24, "door", 340, anchor="r")
        self._word(HOUSE_RIGHT - 30, HOUSE[1] - 100, "unknown", anchor="r")
        self._word(CHARGES[1], ROOMS[1][1] + (-6 if self.raid else 29), "football", anchor="m")
        self._words(REAR_WALL - 40, PLOT[0] + 24, "garden", 440, anchor="r")
        self._frame(BEHIND, NEIGHBOUR[0], 1540, NEIGHBOUR[1], 1780)
        self._unsure(sum(NEIGHBOUR) / 2, 1612)
        if self.raid:
            self._raid_in_plan()

    def _raid_in_plan(self) -> None:
        for left, top, right, bottom in ROOMS:
            center = ((left + right) / 2, (top + bottom) / 2 + (44 if left == ROOMS[1][0] else 0))
            self.canvas.ring(center, 24, ACCENT, THIN, INSIDE)
        for y in LADDERS:
            for rail in (y - 22, y + 22):
                self._stroke("ladders", ((HOUSE_RIGHT, rail), (HOUSE_RIGHT + 110, rail)), 5)
            for x in range(HOUSE_RIGHT + 20, HOUSE_RIGHT + 110, 22):
                self._stroke("ladders", ((x, y - 22), (x, y + 22)), 4)
        for x, y in EXITS_IN_PLAN:
            self._frame(RAID, x - 32, y - 32, x + 32, y + 32)
        self._unsure(sum(EXITS) / 2, sum(y for _x, y in EXITS_IN_PLAN) / 2 - 60)

    # --- how to read it --------------------------------------------------------------------------------------
    def _key(self) -> None:
        canvas, language, y = self.canvas, self.canvas.language, 2026
        middle = y + canvas.leading(LABEL) / 2
        x: float = 90
        canvas.line([(x, middle), (x + 120, middle)], INK, THIN)
        x = canvas.text(x + 150, y, WORDS["documented"][language], size=LABEL, fill=SOFT) + 110
        canvas.dashes([(x, middle), (x + 120, middle)], INK, THIN)
        x = canvas.text(x + 150, y, WORDS["reported"][language], size=LABEL, fill=SOFT) + 110
        x = canvas.text(x, y, "?", size=LABEL, fill=SOFT, bold=True) + 30
        canvas.text(x, y, WORDS["somewhere"][language], size=LABEL, fill=SOFT)


def before(facts: Facts, language: str) -> bytes:
    return Sheet(facts, Canvas(language, WIDTH), raid=False).draw()


def on_the_day(facts: Facts, language: str) -> bytes:
    return Sheet(facts, Canvas(language, WIDTH), raid=True).draw()
