"""Pictures of a chapter's map and of a whole story's, for readers without the live map, for print and for cards."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from places.geo import Camera, LatLng, distance, is_length_known, unwrapped
from storymap.maps.cities import are_named, draw_cities, named_cities
from storymap.maps.furniture import (
    BAND,
    draw_edge,
    draw_graticule,
    draw_rings,
    draw_scale,
    ground,
    length_words,
    ring_lengths,
)
from storymap.maps.ground.drawing import stored_extracts
from storymap.maps.ground.lettering import stands_of, write
from storymap.maps.picture import WORLD, bounds_of, picture_ground, position
from storymap.maps.projection import (
    EDGE,
    Marker,
    Viewport,
    circle,
    draw_leader,
    draw_pointer,
    metres_per_pixel,
    spread,
    viewport_of,
)
from storymap.maps.scene import (
    Drawn,
    Leg,
    Pin,
    arc_line,
    camera_of,
    drawn_in,
    extracts_in,
    is_established,
    is_flown,
    legs_of,
    outlines_of,
    pins_of,
    spots_of,
    story_camera,
)
from storymap.maps.sheet import ACCENT, INK, LAND, MUTED, OWN_LAND, PAPER, At, Sheet, fade
from storymap.maps.topology import Box, Points, cut_line
from storymap.stage import WHOLE, Frame
from storymap.story.document import ChapterDocument, EventDocument, PlaceDocument, StageDocument, StoryDocument

CHAPTER_SIZE = 960, 640
STORY_SIZE = 960, 540
PADDING = 40  # pixels round an extent
FRAME = 12  # pixels round a picture that takes the place of the map
LOWEST, HIGHEST = 320, 1400  # pixels of such a picture
CLOSEST_ON_PICTURE = math.log2(WORLD / 256) + 1  # zoom at which one of its pixels has become four
CLOSE = 11.5  # from this zoom on the atlas says nothing more, and distances are drawn instead
PIN = 13.0  # pixels, radius
ARROWHEAD = ((7.0, 0.0), (-4.5, 4.6), (-2.5, 0.0), (-4.5, -4.6))


def chapter_picture(document: StoryDocument, chapter_slug: str) -> bytes:
    """WebP, as large as `chapter_size` says. Raises KeyError when there is no such chapter."""
    chapter = document.chapter(chapter_slug)
    if chapter is None:
        raise KeyError(chapter_slug)
    return chapter_sheet(document, chapter, chapter_size(chapter)).webp()


def chapter_size(chapter: ChapterDocument) -> tuple[int, int]:
    """In pixels: 960 x 640; of a part of a picture in its own shape, within reason."""
    if not chapter.stage:
        return CHAPTER_SIZE
    frame = _still_frame(chapter)
    wide, high = (frame.right - frame.left) * chapter.stage.size[0], (frame.bottom - frame.top) * chapter.stage.size[1]
    room = CHAPTER_SIZE[0] - 2 * FRAME
    return CHAPTER_SIZE[0], round(max(LOWEST, min(HIGHEST, room * high / wide + 2 * FRAME)))


def _still_frame(chapter: ChapterDocument) -> Frame:
    """Of a picture that nobody can move: where a moment lies beside the chapter's frame, the whole is shown."""
    frame = chapter.frame or WHOLE
    at = [point for _moment, spot in spots_of(chapter) for point in spot.points]
    inside = all(frame.left <= x <= frame.right and frame.top <= y <= frame.bottom for x, y in at)
    return frame if inside else WHOLE


def chapter_sheet(document: StoryDocument, chapter: ChapterDocument, size: tuple[int, int]) -> Sheet:
    """The chapter's map as its camera shows it, in width x height pixels."""
    if chapter.stage:
        return _picture_sheet(document, chapter, chapter.stage, size)
    view = _view(document, chapter, size)
    pins = pins_of(document, chapter)
    places = [document.places[pin.place] for pin in pins]
    markers = _markers(document, pins, view)
    positions = spread(markers, (view.width, view.height))
    close, main = view.zoom >= CLOSE, _main(document, pins, view)
    extracts = stored_extracts(one.file for one in extracts_in(document, view))
    image = ground(view, () if close else {place.country for place in places}, extracts)
    middle = _pixel(view, main.at) if main else (view.width / 2, view.height / 2)
    around = [_around_pin(at) for at in positions]
    for stand in stands_of(view, extracts, [*around, _scale_box(view)], middle):
        write(image, stand, LAND if close else OWN_LAND)
    sheet = Sheet(image)
    if not _has_streets(document, view):
        draw_graticule(sheet, view)
        if close and main:
            draw_rings(sheet, view, main.at, main.radius, positions)
        numbers = [_scale_box(view), *_degrees(view)]
        draw_cities(image, named_cities(view, document.language, extracts, around, numbers), OWN_LAND)
    for one in sorted(drawn_in(chapter), key=lambda one: ("area", "line", "point").index(one.kind)):
        _draw(sheet, view, one)
    for place in places:
        _draw_precision(sheet, view, place)
    _draw_journeys(sheet, view, document, (document.events[moment.event] for moment in chapter.moments))
    if view.zoom >= CLOSE - 3:
        _draw_neighbours(sheet, view, document, {place.at for place in places})
    _draw_pins(sheet, markers, positions, pins)
    draw_scale(sheet, view)
    draw_edge(sheet, view)
    return sheet


def _picture_sheet(
    document: StoryDocument, chapter: ChapterDocument, stage: StageDocument, size: tuple[int, int]
) -> Sheet:
    """The same where a picture takes the place of the earth: pins at their spots, and nothing that measures."""
    view = viewport_of(Camera(bounds=bounds_of(stage.size, _still_frame(chapter))), *size, FRAME, CLOSEST_ON_PICTURE)
    sheet = Sheet(picture_ground(view, stage.file))
    for spot, slugs in outlines_of(chapter):
        outline = [view.pixel(position(stage.size, at)) for at in spot.points]
        stroke = sheet.line if is_established(document, slugs) else sheet.dashes
        if spot.kind == "area":
            sheet.shape(outline, fade(ACCENT, 0.05))
            stroke([*outline, outline[0]], fade(ACCENT, 0.5), 1.2)
        else:
            sheet.line(outline, fade(PAPER, 0.8), 4.0)
            stroke(outline, fade(ACCENT, 0.85), 2.2)
    pins = pins_of(document, chapter)
    markers = [Marker(pin.number, view.pixel(pin.spot), view.pixel(pin.spot)) for pin in pins if pin.spot]
    _draw_pins(sheet, markers, spread(markers, (view.width, view.height)), pins)
    return sheet


def measured_from(document: StoryDocument, chapter: ChapterDocument) -> Pin | None:
    """The place from which the chapter's picture measures, by rings and by lengths at its edge; None when it does not.

    The picture has no words: whoever shows it says this beside it.
    """
    if chapter.stage:
        return None
    view, pins = _view(document, chapter, CHAPTER_SIZE), pins_of(document, chapter)
    main = _main_pin(document, pins, view)
    if main is None:
        return None
    place = document.places[main.place]
    has_rings = view.zoom >= CLOSE and not _has_streets(document, view)
    rings = ring_lengths(view, place.at, place.radius) if has_rings else []
    return main if rings or any(marker.length for marker in _markers(document, pins, view)) else None


def _has_streets(document: StoryDocument, view: Viewport) -> bool:
    """Whether an extract lies under the middle of the picture: streets say more than rings and a graticule."""
    lat, lng = view.center.lat, view.center.lng
    bounds = (one.bounds for one in extracts_in(document, view))
    return any(b.holds(LatLng(lat, unwrapped(lng, b.center.lng))) for b in bounds)


def _around_pin(at: At) -> Box:
    return at[0] - PIN - 2, at[1] - PIN - 2, at[0] + PIN + 2, at[1] + PIN + 2


def _scale_box(view: Viewport) -> Box:
    return 0.0, view.height - 56, 220.0, view.height


def _degrees(view: Viewport) -> list[Box]:
    """Where the graticule's numbers stand."""
    return [(0.0, view.height - 24, view.width, view.height), (view.width - 50, 0.0, view.width, view.height)]


def names_cities(document: StoryDocument, chapter: ChapterDocument | None, size: tuple[int, int]) -> bool:
    """Whether the chapter's picture in this size, or the story's, names cities, whose credit must then be said."""
    if chapter is None:
        return are_named(_story_view(document, size))
    view = _view(document, chapter, size)
    return not chapter.stage and are_named(view) and not _has_streets(document, view)


def _view(document: StoryDocument, chapter: ChapterDocument, size: tuple[int, int]) -> Viewport:
    return _on_the_map(viewport_of(camera_of(document, chapter), *size, PADDING))


def story_picture(document: StoryDocument) -> bytes:
    """WebP of 960 x 540 pixels."""
    return story_sheet(document, STORY_SIZE).webp()


def story_sheet(document: StoryDocument, size: tuple[int, int]) -> Sheet:
    """All places and all journeys, in width x height pixels."""
    view = _story_view(document, size)
    narrated = [document.events[moment.event] for chapter in document.chapters for moment in chapter.moments]
    often = Counter(event.place for event in narrated if event.place)
    image = ground(view, {document.places[slug].country for slug, _ in often.most_common(1)})
    sheet = Sheet(image)
    draw_graticule(sheet, view, labels=False)
    places = sorted(document.places.values(), key=lambda place: often[place.slug])
    dots = [(place, _pixel(view, place.at), 4.0 + 1.3 * math.sqrt(often[place.slug])) for place in places]
    taken = [(x - radius, y - radius, x + radius, y + radius) for _, (x, y), radius in dots]
    draw_cities(image, named_cities(view, document.language, (), taken), OWN_LAND)
    _draw_journeys(sheet, view, document, narrated)
    for place, at, radius in dots:
        sheet.disc(at, radius + 1.5, fade(PAPER, 0.95))
        sheet.disc(at, radius, fade(ACCENT, 1.0 if often[place.slug] else 0.55))
    draw_edge(sheet, view)
    return sheet


def _story_view(document: StoryDocument, size: tuple[int, int]) -> Viewport:
    return _on_the_map(viewport_of(story_camera(document), *size))


def _on_the_map(view: Viewport) -> Viewport:
    """Not so far away nor so near a pole that the picture would show more than the world is high."""
    zoom = max(view.zoom, math.log2(view.height / 256))
    nearer = replace(view, zoom=zoom)
    _, north, _, south = nearer.box
    beyond = min(0.0, north) + max(0.0, south - 1)
    if not beyond:
        return nearer
    y = (north + south) / 2 - beyond
    return replace(nearer, center=LatLng(math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y)))), view.center.lng))


def _pixel(view: Viewport, at: LatLng) -> At:
    """Where a place lies in the picture, going the short way round from its middle."""
    return view.pixel(LatLng(at.lat, unwrapped(at.lng, view.center.lng)))


def _inside(view: Viewport, at: At) -> bool:
    return 0 <= at[0] <= view.width and 0 <= at[1] <= view.height


def _main_pin(document: StoryDocument, pins: Iterable[Pin], view: Viewport) -> Pin | None:
    """That of the place in view of which the chapter tells most."""
    seen = [pin for pin in pins if _inside(view, _pixel(view, document.places[pin.place].at))]
    return max(seen, key=lambda pin: len(pin.events), default=None)


def _main(document: StoryDocument, pins: Iterable[Pin], view: Viewport) -> PlaceDocument | None:
    pin = _main_pin(document, pins, view)
    return document.places[pin.place] if pin else None


def _draw_precision(sheet: Sheet, view: Viewport, place: PlaceDocument) -> None:
    """The circle in which the place lies; left out where it is hidden by its pin or would hide the map."""
    radius = place.radius / metres_per_pixel(place.lat, view.zoom)
    most = (0.4 if view.zoom >= CLOSE else 0.22) * view.height
    if not PIN + 3 < radius < most:
        return
    center = LatLng(place.lat, unwrapped(place.lng, view.center.lng))
    around = [view.pixel(point) for point in circle(center, place.radius)]
    sheet.shape(around, fade(ACCENT, 0.07))
    sheet.dashes([*around, around[0]], fade(ACCENT, 0.55), 1.1, dash=4.5)


def _draw(sheet: Sheet, view: Viewport, one: Drawn) -> None:
    """An area is filled, a line is a line, a point is a mark; strokes are broken where it is schematic."""
    stroke = sheet.dashes if one.schematic else sheet.line
    parts = one.coordinates if one.type.startswith("Multi") else [one.coordinates]
    for part in parts:
        if one.kind == "point":
            _draw_mark(sheet, _pixel(view, LatLng(part[1], part[0])))
        elif one.kind == "line":
            stroke(_line_in_pixels(view, part), fade(ACCENT, 0.85), 2.2)
        else:
            sheet.shape(_line_in_pixels(view, part[0]), fade(ACCENT, 0.12))
            for ring in part:
                stroke(_line_in_pixels(view, ring), fade(ACCENT, 0.7), 1.4)


def _draw_mark(sheet: Sheet, at: At) -> None:
    sheet.disc(at, 6.0, fade(PAPER, 0.9))
    sheet.disc(at, 4.5, ACCENT)
    sheet.disc(at, 1.8, PAPER)


def _line_in_pixels(view: Viewport, line: Iterable[Iterable[float]]) -> list[At]:
    points: list[At] = []
    near = view.center.lng
    for lng, lat, *_ in line:
        near = unwrapped(lng, near)
        points.append(view.pixel(LatLng(lat, near)))
    return points


def _draw_journeys(sheet: Sheet, view: Viewport, document: StoryDocument, events: Iterable[EventDocument]) -> None:
    for event in events:
        for leg in legs_of(document, event):
            _draw_leg(sheet, view, leg, flown=is_flown(event))


def _draw_leg(sheet: Sheet, view: Viewport, leg: Leg, *, flown: bool) -> None:
    """A whole line only for a flight: of other ways it is not known where they led."""
    path = _arc_in_pixels(view, leg.start.at, leg.end.at)
    if math.dist(path[0], path[-1]) < 2 * PIN:
        return
    for part in cut_line(path, (BAND, BAND, view.width - BAND, view.height - BAND)):
        sheet.line(part.tolist(), fade(PAPER, 0.8), 3.4)
        if flown:
            sheet.line(part.tolist(), fade(ACCENT, 0.85), 1.6)
        else:
            sheet.dashes(part.tolist(), fade(ACCENT, 0.85), 1.8, dash=7.0)
        _draw_arrowhead(sheet, part)


def _draw_arrowhead(sheet: Sheet, path: Points) -> None:
    """Half way along, where no pin hides it."""
    walked = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))))
    if walked[-1] < 3 * PIN:
        return
    x, y = (np.interp(walked[-1] / 2 + np.array((-1.0, 0.0)), walked, path[:, k]) for k in (0, 1))
    angle = math.atan2(y[1] - y[0], x[1] - x[0])
    cos, sin = math.cos(angle), math.sin(angle)
    sheet.shape([(x[1] + u * cos - v * sin, y[1] + u * sin + v * cos) for u, v in ARROWHEAD], ACCENT)


def _plain(view: Viewport, lng: float, lat: float) -> At:
    x, y = view.pixel(LatLng(lat, 0.0))
    return x + lng / 360 * view.scale, y


def _draw_neighbours(sheet: Sheet, view: Viewport, document: StoryDocument, taken: set[LatLng]) -> None:
    for at in dict.fromkeys(place.at for place in document.places.values() if place.at not in taken):
        pixel = _pixel(view, at)
        if _inside(view, pixel):
            sheet.disc(pixel, 4.2, fade(PAPER, 0.9))
            sheet.disc(pixel, 2.8, fade(MUTED, 0.9))


def _markers(document: StoryDocument, pins: Iterable[Pin], view: Viewport) -> list[Marker]:
    main = _main(document, pins, view)
    return [_marker(view, pin.number, document.places[pin.place], main) for pin in pins]


def _marker(view: Viewport, number: int, place: PlaceDocument, main: PlaceDocument | None) -> Marker:
    """A place outside the picture is met at its edge, on the shortest way from the main place or the middle."""
    pixel = _pixel(view, place.at)
    if _inside(view, pixel):
        return Marker(number, pixel, pixel)
    way = _arc_in_pixels(view, main.at if main else view.center, place.at)
    seen = cut_line(way, (EDGE, EDGE, view.width - EDGE, view.height - EDGE))
    (ax, ay), (bx, by) = seen[0][-2:] if seen else way[:2]
    far = 1000 / max(math.hypot(bx - ax, by - ay), 1e-9)
    beyond = bx + far * (bx - ax), by + far * (by - ay)
    return Marker(number, beyond, (bx, by), outside=True, length=_length(main, place) if main else "")


def _length(main: PlaceDocument, place: PlaceDocument) -> str:
    metres = distance(main.at, place.at)
    return length_words(metres) if is_length_known(metres, main.radius, place.radius) else ""


def _arc_in_pixels(view: Viewport, a: LatLng, b: LatLng) -> Points:
    """The arc from a to b in pixels, shifted round the globe so that it begins as near as it can to the middle."""
    line = arc_line([a, b])
    turn = unwrapped(line[0][0], view.center.lng) - line[0][0]
    return np.array([_plain(view, lng + turn, lat) for lng, lat in line])


def _draw_pins(sheet: Sheet, markers: list[Marker], positions: list[At], pins: Sequence[Pin]) -> None:
    """Each with its number, and with how many events are narrated there when that is more than one."""
    for marker, at in zip(markers, positions, strict=True):
        if marker.outside:
            draw_pointer(sheet, marker, at)
        else:
            draw_leader(sheet, marker, at)
    for pin, at in zip(pins, positions, strict=True):
        _draw_pin(sheet, at, pin.number, aside=pin.aside)
        if len(pin.events) > 1:
            sheet.words((at[0] + PIN, at[1] - PIN), f"×{len(pin.events)}", 12, ACCENT, halo=PAPER, anchor="lm")


def _draw_pin(sheet: Sheet, at: At, number: int, *, aside: bool) -> None:
    """A place that is only also concerned is hollow."""
    sheet.disc((at[0], at[1] + 1.5), PIN + 2.2, fade(INK, 0.16))
    sheet.disc(at, PIN + 1.6, PAPER)
    sheet.disc(at, PIN, ACCENT)
    if aside:
        sheet.disc(at, PIN - 1.8, PAPER)
    sheet.words((at[0], at[1] + 0.5), str(number), 15 if number < 10 else 13, ACCENT if aside else PAPER)
