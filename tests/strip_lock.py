"""Take addresses out of package-lock.json: they name hosts, and the integrity digests are what counts."""

import json
from pathlib import Path

LOCK = Path(__file__).resolve().parent.parent / "package-lock.json"

if __name__ == "__main__":
    lock = json.loads(LOCK.read_text())
    for package in lock["packages"].values():
        for key in ("resolved", "funding"):
            package.pop(key, None)
    LOCK.write_text(json.dumps(lock, indent=2) + "\n")
