"""A first story while the scripts of the maps do not arrive and the geocoder has had enough: three ways to a place."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.golden.editor import Editor
from tests.golden.first_story import NAME, PASSWORD, STEPS, begin, publish

ADDRESS = "Jirón Ucayali 363, Lima"
MAPS = ("**/leaflet*", "**/protomaps*", "**/map.*.js")
_TITLE, _NAME, LAT, LNG = STEPS[2]
LINK = f"https://www.openstreetmap.org/#map=17/{LAT + 0.01:.4f}/{LNG}"  # a kilometre from a place of the other paths


def block_maps(page: Page) -> None:
    for pattern in MAPS:
        page.route(pattern, lambda route: route.abort())


def story_in_bad_weather(editor: Editor, title: str) -> None:
    editor.sign_in(NAME, PASSWORD)
    begin(editor, title)
    _tell(editor, "The house", ADDRESS)
    editor.sees("Its town is known")
    _save(editor, "The house")
    editor.press("Add a chapter")
    _tell(editor, "The house again", ADDRESS)
    expect(editor.page.locator("[name=moment-place]:checked + *, label:has(:checked)")).to_contain_text(ADDRESS)
    _save(editor, "The house again")
    editor.press("Add a chapter")
    _tell(editor, "The harbour", LINK)
    editor.tab_until("Its name for readers", "Callao")
    editor.page.get_by_label("Country").select_option("PE")
    _save(editor, "The harbour")
    publish(editor)


def _tell(editor: Editor, title: str, where: str) -> None:
    expect(editor.page.get_by_label("Title", exact=False).first).to_be_focused()
    editor.type(title)
    editor.tab_until("Narration", "It goes on all the same.")
    editor.tab_until("What happened", f"{title} is seen")
    editor.tab_until("Source", "Archivo municipal, book 7")
    editor.tab_until("Where", where)
    editor.page.keyboard.press("Enter")
    expect(editor.page.locator("[name=moment-place]:checked")).to_be_focused()


def _save(editor: Editor, title: str) -> None:
    editor.press("Save the chapter")
    editor.sees(f"“{title}” is saved.")
