"""From signing in to a published story, by mouse and by keyboard, with a geocoder and without."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.conftest import Site
from tests.golden.editor import Editor

pytestmark = pytest.mark.xdist_group("browser")
PASSWORD = "correct horse battery staple"
STEPS = (
    ("The square", "Plaza Mayor, Lima", -12.0464, -77.0300),
    ("The bridge", "Puente de Piedra, Lima", -12.0432, -77.0289),
    ("The harbour", "Callao", -12.0566, -77.1181),
)


class Answers:
    """A Nominatim on the loopback that knows three places, until it has had enough."""

    def __init__(self) -> None:
        self.tired = False
        answers = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                known = [s for s in STEPS if s[1].split(",")[0].split()[0] in self.path]
                body = json.dumps([_found(*step[1:]) for step in known]).encode()
                self.send_response(429 if answers.tired else 200)
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Retry-After", "1")  # the other paths are not to wait for it
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, daemon=True).start()


def _found(name: str, lat: float, lng: float) -> dict[str, Any]:
    return {"display_name": f"{name}, Peru", "lat": str(lat), "lon": str(lng), "address": {"country_code": "pe"}}


@pytest.fixture(scope="module")
def answers() -> Iterator[Answers]:
    service = Answers()
    yield service
    service.server.shutdown()


@pytest.fixture(scope="module")
def workshop(prepared: Path, tmp_path_factory: pytest.TempPathFactory, answers: Answers) -> Iterator[Site]:
    """A site of its own with a geocoder and one publisher."""
    data = shutil.copytree(prepared, tmp_path_factory.mktemp("golden") / "data")
    service = {"STORYMAP_GEOCODER_URL": answers.url, "STORYMAP_GEOCODER_CONTACT": "editors@example.org"}
    site = Site(data, DJANGO_SUPERUSER_PASSWORD=PASSWORD, **service)
    site.manage("createsuperuser", "--noinput", "--username", "ana", "--email", "ana@example.org")
    site.start()
    yield site
    site.stop()


@pytest.fixture
def editor(workshop: Site, chromium: Browser, answers: Answers, request: pytest.FixtureRequest) -> Iterator[Editor]:
    options = {"mouse": True, **getattr(request, "param", {})}
    answers.tired = options.pop("tired", False)
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    editor = Editor(context.new_page(), workshop.url, **options)
    yield editor
    context.close()


def photograph() -> bytes:
    data = io.BytesIO()
    Image.radial_gradient("L").resize((640, 400)).save(data, "PNG")
    return data.getvalue()


def tell(editor: Editor, title: str, where: str) -> None:
    """One chapter in the form that has just opened, its title field focused."""
    expect(editor.page.get_by_label("Title", exact=False).first).to_be_focused()
    editor.type(title)
    editor.tab_until("Narration", "What one sees here, and *why* it is so.")
    editor.tab_until("What happened", f"{title} is built")
    editor.tab_until("When", "about 1610")
    editor.tab_until("Source", "Archivo municipal, book 7")
    editor.tab_until("Where", where)
    editor.page.keyboard.press("Enter")
    expect(editor.page.locator("[name=moment-place]:checked")).to_be_focused()


def path(editor: Editor, title: str, places: tuple[str, ...]) -> None:
    editor.sign_in("ana", PASSWORD)
    editor.go_to("Title")
    editor.type(title, then="Tab")
    editor.type("Three steps through a town. Each has its reason.", then="Tab")
    editor.page.keyboard.press("Enter")
    for number, (chapter, where) in enumerate(zip([step[0] for step in STEPS], places, strict=True)):
        if number:
            editor.press("Add a chapter")
        tell(editor, chapter, where)
        if number == 0:
            editor.choose_file("Picture", "IMG_0001.png", photograph())
            editor.tab_until("Alternative text", "A round light that fades towards the edges")
            editor.tab_until("Credit", "Ana Quispe")
            editor.tab_until("Licence", "CC-BY-4.0")
        editor.press("Save the chapter")
        editor.sees(f"“{chapter}” is kept.")
    editor.press("Publish")
    editor.sees("Published as edition 1.")
    editor.press("Open the published page")
    editor.page.wait_for_selector("html[data-ready]", state="attached")


def assert_published(editor: Editor) -> None:
    page = editor.page
    assert page.locator("article[data-chapter]").count() == len(STEPS)
    assert page.locator("article[data-chapter] [data-event]").count() == len(STEPS)
    expect(page.get_by_alt_text("A round light that fades towards the edges")).to_have_count(1)


ADDRESSES = tuple(step[1] for step in STEPS)


def test_a_first_story_takes_few_clicks_and_no_coordinate(editor: Editor) -> None:
    path(editor, "Three steps", ADDRESSES)
    assert_published(editor)
    assert editor.tally.clicks <= 30
    assert editor.tally.loads <= 4


@pytest.mark.parametrize("editor", [{"mouse": False}], indirect=True)
def test_a_first_story_by_keyboard_only(editor: Editor) -> None:
    path(editor, "Three steps by keyboard", ADDRESSES)
    assert_published(editor)
    assert editor.tally.clicks == 0


@pytest.mark.parametrize("editor", [{"tired": True}], indirect=True)
def test_a_first_story_while_maps_and_geocoder_fail(editor: Editor) -> None:
    """A link pasted from any map will do."""
    editor.page.route("**/leaflet*", lambda route: route.abort())
    links = tuple(f"https://www.openstreetmap.org/#map=17/{lat}/{lng}" for _title, _name, lat, lng in STEPS)
    editor.sign_in("ana", PASSWORD)
    editor.go_to("Title")
    editor.type("Three steps in bad weather", then="Tab")
    editor.type("The service is tired.", then="Tab")
    editor.page.keyboard.press("Enter")
    expect(editor.page.get_by_label("Title", exact=False).first).to_be_focused()
    editor.type(STEPS[0][0])
    editor.tab_until("Narration", "It goes on all the same.")
    editor.tab_until("What happened", "A bridge is built")
    editor.tab_until("Source", "Archivo municipal, book 7")
    editor.tab_until("Where", "Nowhere in particular")
    editor.page.keyboard.press("Enter")
    editor.sees("The search service is busy")
    editor.page.fill("[name=moment-asked]", "")
    editor.go_to("Where")
    editor.type(links[0], then="Enter")
    expect(editor.page.locator("[name=moment-place]:checked")).to_be_focused()
    editor.tab_until("Its name for readers", "The square")
    editor.page.get_by_label("Country").select_option("PE")
    editor.press("Save the chapter")
    editor.sees(f"“{STEPS[0][0]}” is kept.")
    editor.press("Publish")
    editor.sees("Published as edition 1.")


def test_a_typo_in_a_published_story_is_mended_in_five_clicks(editor: Editor) -> None:
    path(editor, "A story with a typo", ADDRESSES)
    editor.page.goto(f"{editor.url}/admin/storymap/story/?q=a-story-with-a-typo")
    editor.tally.clicks = 0
    editor.press("Tell")
    editor.press("The bridge")
    editor.page.get_by_label("Narration").select_text()
    editor.type("Mended now.")
    editor.press("Save the chapter")
    editor.sees("“The bridge” is kept.")
    editor.press("Publish")
    editor.sees("Published as edition 2.")
    assert editor.tally.clicks <= 5
    answer = editor.page.request.get(f"{editor.url}/stories/a-story-with-a-typo/")
    assert "Mended now." in answer.text()
