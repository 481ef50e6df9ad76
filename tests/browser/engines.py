"""Firefox and WebKit, asked in the words of WebDriver: Firefox over Marionette, its own door, WebKit over HTTP.

Debian has no driver for Firefox, and a library for both would weigh more than these lines of the standard library.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

FIREFOX = Path("/usr/bin/firefox-esr")
WEBKIT = Path("/usr/bin/WebKitWebDriver")
XVFB = Path("/usr/bin/Xvfb")
PACKAGES = {"firefox": ["firefox-esr"], "webkit": ["webkit2gtk-driver", "xvfb"]}
PATIENCE = 120  # seconds; how busy the machine is says nothing about the page
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # how WebDriver names a reference to an element
KEYS = {"ArrowRight": "\ue014", "ArrowLeft": "\ue012", "Tab": "\ue004", "Escape": "\ue00c", "Enter": "\ue007"}
PREFERENCES = {
    "marionette.port": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "",
    "app.update.disabledForTesting": True,
    "extensions.getAddons.cache.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
}
COMPLAINTS = """return Services.console.getMessageArray()
  .filter((said) => said instanceof Ci.nsIScriptError && said.sourceName.startsWith("http"))
  .map((said) => said.errorMessage)"""


class Wire(Protocol):
    def ask(self, command: str, **parameters: Any) -> Any:
        """What the browser answers. Raises RuntimeError with its words when it refuses."""

    def complaints(self) -> list[str]:
        """What stands in the console."""


class Engine:
    """A window of a browser."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire

    def open(self, url: str) -> None:
        self.wire.ask("Navigate", url=url)

    def size(self, width: int, height: int) -> None:
        """Of the page itself, in CSS pixels."""
        self.wire.ask("SetWindowRect", width=width, height=height)
        wide, high = self.run("return [innerWidth, innerHeight]")
        self.wire.ask("SetWindowRect", width=2 * width - wide, height=2 * height - high)

    def run(self, script: str, *arguments: Any) -> Any:
        return self.wire.ask("ExecuteScript", script=script, args=list(arguments))

    def wait(self, condition: str, *arguments: Any) -> Any:
        """Until the expression holds. Raises AssertionError with it."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if found := self.run(f"return {condition}", *arguments):
                return found
            time.sleep(0.05)  # polling a process, not waiting for a behaviour
        raise AssertionError(f"{condition} {arguments}: {self.run('return document.body.innerText.slice(0, 300)')}")

    def press(self, key: str) -> None:
        code = KEYS.get(key, key)
        actions = [{"type": "keyDown", "value": code}, {"type": "keyUp", "value": code}]
        self.wire.ask("PerformActions", actions=[{"type": "key", "id": "keys", "actions": actions}])


class Marionette:
    """Firefox's own door: [0, number, command, parameters] as JSON after its length, the answer likewise."""

    def __init__(self, port: int) -> None:
        self.stream = socket.create_connection(("127.0.0.1", port), PATIENCE).makefile("rwb")
        self._read()  # its greeting
        self.number = 0
        self.ask("NewSession")

    def _read(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            length += self.stream.read(1)
        return json.loads(self.stream.read(int(length[:-1])))

    def _send(self, command: str, parameters: dict[str, Any]) -> Any:
        self.number += 1
        text = json.dumps([0, self.number, command, parameters]).encode()
        self.stream.write(b"%d:%s" % (len(text), text))
        self.stream.flush()
        _kind, _number, error, result = self._read()
        if error:
            raise RuntimeError(f"{command}: {error['message']}")
        return result["value"] if isinstance(result, dict) and set(result) == {"value"} else result

    def ask(self, command: str, **parameters: Any) -> Any:
        return self._send(f"WebDriver:{command}", parameters)

    def complaints(self) -> list[str]:
        self._send("Marionette:SetContext", {"value": "chrome"})
        said = self.ask("ExecuteScript", script=COMPLAINTS, args=[])
        self._send("Marionette:SetContext", {"value": "content"})
        return list(said)


PATHS = {
    "Navigate": "url",
    "SetWindowRect": "window/rect",
    "ExecuteScript": "execute/sync",
    "PerformActions": "actions",
    "SwitchToFrame": "frame",
}


class OverHttp:
    """WebKit's driver. What its pages say on the console it writes to the log."""

    def __init__(self, port: int, log: Path) -> None:
        self.url, self.log = f"http://127.0.0.1:{port}/session", log
        browser = {
            "binary": str(mini_browser()),
            "args": ["--automation", "--enable-write-console-messages-to-stdout=true"],
        }
        asked = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": browser}}}
        self.url += "/" + self._post("", asked)["sessionId"]

    def _post(self, path: str, body: dict[str, Any], method: str = "POST") -> Any:
        data = json.dumps(body).encode() if method == "POST" else None
        request = urllib.request.Request(f"{self.url}{path}", data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as refused:
            raise RuntimeError(f"{path}: {json.load(refused)['value']['message']}") from None

    def ask(self, command: str, **parameters: Any) -> Any:
        return self._post(f"/{PATHS[command]}", parameters)

    def complaints(self) -> list[str]:
        return [line for line in self.log.read_text("utf-8", "replace").splitlines() if "CONSOLE" in line]

    def close(self) -> None:
        self._post("", {}, "DELETE")


def mini_browser() -> Path | None:
    return next(Path("/usr/lib").glob("*/webkit2gtk-4*/MiniBrowser"), None)


def why_not(name: str) -> str:
    """Why the engine cannot be tried here, or nothing."""
    there = FIREFOX.exists() if name == "firefox" else WEBKIT.exists() and XVFB.exists() and mini_browser()
    return "" if there else f"not installed: apt-get install {' '.join(PACKAGES[name])}"


@contextlib.contextmanager
def process(command: list[str], log: Path, **environment: str) -> Iterator[subprocess.Popen]:
    with log.open("wb") as out:
        running = subprocess.Popen(command, stdout=out, stderr=out, env={**os.environ, **environment})
        try:
            yield running
        finally:
            running.terminate()
            try:
                running.wait(10)
            except subprocess.TimeoutExpired:
                running.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _listening(port: int, running: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and running.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)  # polling a process, not waiting for a behaviour
    raise RuntimeError(log.read_text("utf-8", "replace"))


@contextlib.contextmanager
def firefox(folder: Path) -> Iterator[Engine]:
    port, log = _free_port(), folder / "log"
    lines = [
        f"user_pref({json.dumps(key)}, {json.dumps(value)});"
        for key, value in (PREFERENCES | {"marionette.port": port}).items()
    ]
    profile = folder / "profile"
    profile.mkdir()
    (profile / "user.js").write_text("\n".join(lines))
    command = [
        str(FIREFOX),
        "--headless",
        "--no-remote",
        "--remote-allow-system-access",
        "--marionette",
        "--profile",
        str(profile),
        "about:blank",
    ]
    with process(command, log, HOME=str(folder), MOZ_HEADLESS_WIDTH="1400", MOZ_HEADLESS_HEIGHT="1000") as running:
        _listening(port, running, log)
        yield Engine(Marionette(port))


@contextlib.contextmanager
def webkit(folder: Path) -> Iterator[Engine]:
    log, port = folder / "log", _free_port()
    receive, send = os.pipe()
    screen = subprocess.Popen(
        [str(XVFB), "-displayfd", str(send), "-screen", "0", "1600x1200x24"], pass_fds=[send], stderr=subprocess.DEVNULL
    )
    try:
        select.select([receive], [], [], PATIENCE)
        display = f":{int(os.read(receive, 10))}"
        home = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CACHE_HOME": str(folder)}
        rendering = {"WEBKIT_DISABLE_DMABUF_RENDERER": "1", "LIBGL_ALWAYS_SOFTWARE": "1", "NO_AT_BRIDGE": "1"}
        command = [str(WEBKIT), f"--port={port}"]
        with process(command, log, DISPLAY=display, GDK_BACKEND="x11", **home, **rendering) as running:
            _listening(port, running, log)
            wire = OverHttp(port, log)
            yield Engine(wire)
            wire.close()
    finally:
        screen.terminate()
        screen.wait(10)
