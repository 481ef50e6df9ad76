"""What `make test` does when something fails."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.everything import ROOT, Part, outcomes_of, static_checks

GOOD, BAD = (sys.executable, "-c", ""), (sys.executable, "-c", "raise SystemExit(1)")


def ended(lines: list[list[Part]]) -> dict[str, str]:
    return {outcome.name: outcome.ended for outcome in outcomes_of(lines)}


def test_a_failed_static_check_stops_the_long_tests_and_not_the_other_static_checks(tmp_path: Path) -> None:
    done = tmp_path / "done"
    long = Part("long", (sys.executable, "-c", f"import time; time.sleep(60); open({str(done)!r}, 'w')"))
    checks = [Part("lint", BAD, decides=True), Part("types", GOOD, decides=True), Part("later", GOOD)]
    assert ended([[long], checks]) == {"long": "stopped", "lint": "FAILED", "types": "", "later": "stopped"}
    assert not done.exists()


def test_any_other_failure_stops_nothing() -> None:
    assert ended([[Part("tests", GOOD)], [Part("lint", BAD), Part("types", GOOD)]]) == {
        "tests": "",
        "lint": "FAILED",
        "types": "",
    }


def test_every_linter_is_a_hook_before_a_commit_too() -> None:
    """Of the same program; tests of JavaScript are left to `make check`."""
    from_make = {part.name: part.command for part in static_checks() if part.name != "JavaScript"}
    hooks = (ROOT / ".pre-commit-config.yaml").read_text()
    for name, command in from_make.items():
        program = next(word.rsplit("/", 1)[-1] for word in command if word.rsplit("/", 1)[-1] in PROGRAMS)
        assert f"/{program}" in hooks, name


PROGRAMS = {"ruff", "djlint", "biome", "lint-imports", "mypy"}
