"""A site of somebody else, whose pages hold embeds."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Holder:
    """Somebody else's site: pages by path, on an origin and a site of its own."""

    def __init__(self) -> None:
        self.pages: dict[str, str] = {}
        pages = self.pages

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = pages.get(self.path, "").encode()
                self.send_response(200 if body else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_arguments: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.url = f"http://localhost:{self.server.server_port}"  # not 127.0.0.1, which is the site's
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def page(self, path: str, body: str) -> str:
        head = '<meta charset="utf-8"><link rel="icon" href="data:,"><meta name="color-scheme" content="light dark">'
        self.pages[path] = f"<!doctype html><html lang=en><head>{head}<title>News</title></head><body>{body}</body>"
        return self.url + path
