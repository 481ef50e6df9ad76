"""A server of files on loopback, which sends parts of them and notes what it was asked."""

from __future__ import annotations

import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class FileServer:
    """Files by path; other answers by path as (status, headers, body)."""

    def __init__(self, *, sends_parts: bool = True) -> None:
        self.files: dict[str, bytes] = {}
        self.answers: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.asked: list[str] = []  # paths with their queries
        self.sent = 0  # bytes
        server = self

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.asked.append(self.path)
                status, headers, body = server.answer(
                    self.path.split("?")[0], self.headers.get("Range", ""), sends_parts
                )
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_arguments: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def answer(self, path: str, asked: str, sends_parts: bool) -> tuple[int, dict[str, str], bytes]:
        if path in self.answers:
            return self.answers[path]
        if path not in self.files:
            return 404, {}, b""
        status, body = 200, self.files[path]
        if sends_parts and (span := re.fullmatch(r"bytes=(\d+)-(\d+)", asked)):
            status, body = 206, body[int(span[1]) : int(span[2]) + 1]
        self.sent += len(body)
        return status, {}, body

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()
