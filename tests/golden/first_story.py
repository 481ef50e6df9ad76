"""A first story, from signing in to its published page, and the geocoder that knows its three places."""

from __future__ import annotations

import io
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from PIL import Image
from playwright.sync_api import expect

from tests.golden.editor import Editor
from tests.golden.furnish import ANA as NAME, PASSWORD

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
        Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()


def _found(name: str, lat: float, lng: float) -> dict[str, Any]:
    return {"display_name": f"{name}, Peru", "lat": str(lat), "lon": str(lng), "address": {"country_code": "pe"}}


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


def begin(editor: Editor, title: str) -> None:
    """On the first page of the workshop."""
    editor.go_to("Title")
    editor.type(title, then="Tab")
    editor.type("Three steps through a town. Each has its reason.", then="Tab")
    editor.page.keyboard.press("Enter")


def publish(editor: Editor) -> None:
    editor.tick("Publish all the same: I have seen the warnings")  # no licence is named
    editor.press("Publish")
    editor.sees("Published as edition 1.")
    editor.press("Open the published page")


def first_story(editor: Editor, title: str) -> None:
    editor.sign_in(NAME, PASSWORD)
    begin(editor, title)
    for number, (chapter, where) in enumerate(step[:2] for step in STEPS):
        if number:
            editor.press("Add a chapter")
        tell(editor, chapter, where)
        if number == 0:
            editor.choose_file("Picture", "IMG_0001.png", photograph())
            editor.tab_until("Alternative text", "A round light that fades towards the edges")
            editor.tab_until("Credit", "Ana Quispe")
            editor.tab_until("Licence", "CC-BY-4.0")
        editor.press("Save the chapter")
        editor.sees(f"“{chapter}” is saved.")
    publish(editor)
    editor.page.wait_for_selector("html[data-ready]", state="attached")
