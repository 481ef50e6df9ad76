"""A bare page to measure against: Leaflet, raster tiles of one colour and the story's text; served from loopback."""

from __future__ import annotations

import gzip
import io
import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from PIL import Image

LEAFLET = Path(__file__).resolve().parents[2] / "node_modules" / "leaflet" / "dist"
SCRIPT = """
addEventListener("DOMContentLoaded", () => {
  const map = L.map("map").setView([-12.09139, -77.04944], 12);
  const tiles = L.tileLayer("/tiles/{z}/{x}/{y}.png", {maxZoom: 18}).addTo(map);
  L.circleMarker([-12.09139, -77.04944]).addTo(map);
  tiles.once("load", () => { document.documentElement.dataset.ready = "1"; });
});
"""
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Reference</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<style>body{margin:0}main{width:min(30rem,100%%)}#map{position:fixed;inset:0 0 0 30rem}</style>
<link rel="stylesheet" href="/leaflet.css">
<script defer src="/leaflet.js"></script><script defer src="/page.js"></script>
</head><body><main>%s</main><div id="map"></div></body></html>"""


def tile() -> bytes:
    data = io.BytesIO()
    Image.effect_noise((256, 256), 40).convert("P").save(data, "PNG")
    return data.getvalue()


class Quiet(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that closes a connection is no news."""


class Reference:
    """A server on a free port for as long as the context lasts."""

    def __init__(self, story_html: str) -> None:
        text = " ".join(re.findall(r"<p[ >].*?</p>", story_html, re.DOTALL))
        self.files = {
            "/": ("text/html", gzip.compress(PAGE.replace("%%", "%").replace("%s", text).encode())),
            "/page.js": ("text/javascript", gzip.compress(SCRIPT.encode())),
            "/leaflet.js": ("text/javascript", gzip.compress((LEAFLET / "leaflet.js").read_bytes())),
            "/leaflet.css": ("text/css", gzip.compress((LEAFLET / "leaflet.css").read_bytes())),
        }
        self.tile = tile()

    def __enter__(self) -> str:
        files, tile_bytes = self.files, self.tile

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                kind, body = files.get(self.path, ("image/png", tile_bytes))
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                if kind != "image/png":
                    self.send_header("Content-Encoding", "gzip")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                pass

        self.server = Quiet(("127.0.0.1", 0), Handler)
        Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_address[1]}/"

    def __exit__(self, *args: object) -> None:
        self.server.shutdown()
