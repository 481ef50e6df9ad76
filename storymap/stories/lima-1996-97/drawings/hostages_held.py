"""How many hostages were still held: all 126 days, and the first twelve enlarged. What is not known is hatched."""

from __future__ import annotations

from dataclasses import dataclass

from canvas import INNER, MARGIN, WIDTH, Canvas
from facts import Facts, Figure
from hostages_words import WORDS
from ink import ACCENT, INK, RULE, SECOND, SOFT, TINT

FIGURES = {
    "low": Figure(490, "hostages-taken"),
    "high": Figure(600, "hostages-taken"),
    "night": Figure(170, "first-half-released"),
    "third": Figure(38, "release-38", "Thirty-eight"),
    "fifth": Figure(225, "release-255"),
    "after_fifth": Figure(140, "release-255"),
    "ninth": Figure(103, "release-20"),
    "eleventh": Figure(20, "release-20", "Twenty"),
    "after_eleventh": Figure(83, "release-20"),
    "rest": Figure(72, "women-released-72-remain", "Seventy-two"),
    "freed": Figure(71, "hostages-freed", "Seventy-one"),
}
EVENTS_OF_DAYS = {
    "third": "release-38",
    "fifth": "release-255",
    "ninth": "explosion-animal",
    "eleventh": "release-20",
    "rest": "women-released-72-remain",
    "end": "hostages-freed",
}
TOP_OF_SCALE = 660  # hostages
ENLARGED = 12  # days
LEFT, RIGHT = 138, WIDTH - MARGIN - 30  # of the charts


@dataclass(frozen=True)
class Panel:
    """A chart's rectangle, with days from 0 across and hostages from 0 upwards."""

    left: float
    top: float
    right: float
    bottom: float
    days: float

    def x(self, day: float) -> float:
        return round(self.left + min(day, self.days) / self.days * (self.right - self.left))

    def y(self, count: float) -> float:
        return round(self.bottom - count / TOP_OF_SCALE * (self.bottom - self.top))


class Chart:
    """The picture while it is being drawn."""

    def __init__(self, facts: Facts, language: str) -> None:
        self.canvas, self.language = Canvas(language), language
        self.numbers = {name: figure.value for name, figure in FIGURES.items()}
        self.day = {name: facts.day(event) for name, event in EVENTS_OF_DAYS.items()}

    def words(self, name: str) -> str:
        return WORDS[name][self.language].format(**self.numbers)

    def ranges(self) -> list[tuple[float, float, float, float]]:
        """What lies between two counts: first day, last day, lowest and highest number of hostages."""
        n, day = self.numbers, self.day
        night, third = n["night"], n["night"] + n["third"]
        return [
            (0, 1, n["low"], n["high"]),
            (1, day["third"], n["low"] - night, n["high"] - night),
            (day["third"], day["fifth"], n["low"] - third, n["high"] - third),
            (day["fifth"], day["ninth"], n["ninth"], n["after_fifth"]),
            (day["eleventh"], day["rest"], n["rest"], n["after_eleventh"]),
        ]

    def counts(self) -> list[tuple[float, float, float]]:
        """What was counted: first day, last day, number of hostages."""
        n, day = self.numbers, self.day
        return [
            (day["ninth"], day["eleventh"], n["ninth"]),
            (day["rest"], day["end"], n["rest"]),
        ]

    def grid(self, panel: Panel) -> None:
        for count in range(0, TOP_OF_SCALE, 200):
            y = panel.y(count)
            self.canvas.bar(panel.left, y - 1, panel.right, y + 1, INK if count == 0 else RULE)
            self.canvas.text(panel.left - 16, y - self.canvas.leading(36) / 2, str(count), fill=SOFT, anchor="r")

    def curve(self, panel: Panel) -> None:
        for first, last, low, high in self.ranges():
            if first < panel.days:
                self.canvas.hatch(panel.x(first), panel.y(high), panel.x(last), panel.y(low), SECOND)
        for first, last, count in self.counts():
            if first < panel.days:
                y = panel.y(count)
                self.canvas.bar(panel.x(first), y - 4, panel.x(last), y + 4, ACCENT)
                self.canvas.disc((panel.x(first), y), 11, ACCENT)

    def ticks(self, panel: Panel, days: list[int]) -> float:
        """The days below a chart; returns the y below them."""
        top = panel.bottom + 14
        for day in days:
            x = panel.x(day)
            self.canvas.bar(x - 1, panel.bottom, x + 2, top, INK)
            self.canvas.text(x, top, str(day), anchor="m")
        self.canvas.text(panel.left - 34, top, self.words("days"), fill=SOFT, anchor="r")
        return top + self.canvas.leading(36)


def _legend(chart: Chart, top: float) -> float:
    canvas, middle = chart.canvas, top + chart.canvas.leading(36) / 2
    canvas.bar(MARGIN, middle - 4, MARGIN + 60, middle + 4, ACCENT)
    canvas.disc((MARGIN + 11, middle), 11, ACCENT)
    x = canvas.text(MARGIN + 76, top, chart.words("counted")) + 56
    canvas.hatch(x, middle - 17, x + 60, middle + 17, SECOND)
    canvas.text(x + 76, top, chart.words("range"))
    return top + canvas.leading(36)


def _overview(chart: Chart, top: float) -> float:
    """All days; the long flat line is the point of it."""
    canvas, rest = chart.canvas, chart.numbers["rest"]
    panel = Panel(LEFT, top, RIGHT, top + 290, chart.day["end"])
    canvas.bar(panel.left, panel.top, panel.x(ENLARGED), panel.bottom, TINT)
    chart.grid(panel)
    chart.curve(panel)
    end, line = panel.x(chart.day["end"]), canvas.leading(36)
    canvas.bar(end - 4, panel.y(rest) - 4, end + 4, panel.bottom, ACCENT)
    canvas.text(panel.x(chart.day["rest"]) - 10, panel.y(rest) - line - 12, chart.words("long"), bold=True, fill=ACCENT)
    level = panel.y(470)
    canvas.text(end + 4, level - line / 2, chart.words("end"), anchor="r")
    canvas.bar(end - 1, level + line / 2 + 4, end + 1, panel.y(rest) - 10, SOFT)
    return chart.ticks(panel, [0, chart.day["rest"], chart.day["end"]])


def _enlarged(chart: Chart, top: float) -> float:
    canvas, day = chart.canvas, chart.day
    top = canvas.block(MARGIN, top, chart.words("enlarged"), INNER, size=40, bold=True) + 16
    panel = Panel(LEFT, top, RIGHT, top + 680, ENLARGED)
    canvas.bar(panel.left, panel.top, panel.right, panel.bottom, TINT)
    chart.grid(panel)
    chart.curve(panel)
    _steps(chart, panel)
    return chart.ticks(panel, [0, 1, day["third"], day["fifth"], day["ninth"], day["eleventh"]])


def _steps(chart: Chart, panel: Panel) -> None:
    """The labels of the first days: what was counted beside its dot, who left to the right of the step."""
    canvas, n, day, line = chart.canvas, chart.numbers, chart.day, chart.canvas.leading(36)
    room = panel.right - panel.x(1) - 30
    canvas.block(panel.x(1) + 20, panel.y(n["high"]) + 2, chart.words("start"), room, bold=True, fill=SECOND)
    held = n["high"] - n["night"]
    canvas.text(panel.x(1) + 20, panel.y(held) - line - 22, chart.words("night"))
    canvas.text(panel.x(day["third"]) + 20, panel.y(held - n["third"]) - line - 10, chart.words("third"))
    canvas.text(panel.x(day["fifth"]) + 20, panel.y(315) - line / 2, chart.words("fifth"))
    for name, count in (("fifth", "after_fifth"), ("ninth", "ninth"), ("eleventh", "after_eleventh")):
        x, y = panel.x(day[name]), panel.y(n[count])
        canvas.disc((x, y), 11, ACCENT)
        canvas.text(x + 8, y - line - 10, str(n[count]), size=40, bold=True, fill=ACCENT)
    _falls(chart, panel)
    x, level = panel.x(day["eleventh"]), panel.y(228)
    canvas.text(panel.right - 8, level - line / 2, chart.words("eleventh"), anchor="r")
    canvas.bar(x - 1, level + line / 2 + 2, x + 1, panel.y(n["ninth"]) - 8, SOFT)


def _falls(chart: Chart, panel: Panel) -> None:
    """A thin line joins the levels where they lie apart; a triangle says that the first range is open above."""
    canvas, n, day = chart.canvas, chart.numbers, chart.day
    low = n["low"] - n["night"] - n["third"]
    for x, top, bottom in (
        (panel.x(1), n["low"], n["high"] - n["night"]),
        (panel.x(day["fifth"]), low, n["after_fifth"]),
    ):
        canvas.bar(x - 1, panel.y(top), x + 1, panel.y(bottom), SECOND)
    x, y = (panel.x(0) + panel.x(1)) / 2, panel.y(n["high"]) - 6
    canvas.shape([(x - 16, y), (x, y - 22), (x + 16, y)], SECOND)


def draw(facts: Facts, language: str) -> bytes:
    chart = Chart(facts, language)
    y = chart.canvas.heading(chart.words("title"), chart.words("subtitle"))
    y = _overview(chart, _legend(chart, y + 20) + 24)
    y = _enlarged(chart, y + 40)
    y = chart.canvas.block(MARGIN, y + 26, chart.words("note"), INNER, fill=SOFT)
    return chart.canvas.webp(y + MARGIN)
