"""Drawings in the cache: made once, forgotten when they are old, and drawn again when they are asked for."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from places.geo import Bounds
from storymap.maps import atlas, render_cache

LIMA = Bounds(-77.2, -12.2, -76.9, -12.0)
THEN, NOW = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    os.symlink(settings.STORYMAP_DATA_DIR / "atlas", tmp_path / "atlas")
    settings.STORYMAP_DATA_DIR = tmp_path
    return tmp_path / "drawings"


def test_a_drawing_is_made_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = render_cache.extract("50m", LIMA, "en")
    monkeypatch.setattr(atlas, "extract", lambda detail, bounds, language: 1 / 0)
    assert render_cache.extract("50m", LIMA, "en") == first


def test_what_is_old_or_of_another_release_is_forgotten_and_drawn_again(folder: Path) -> None:
    first = render_cache.extract("50m", LIMA, "en")
    (file,) = folder.rglob("*.json")
    (folder / "an-older-release").mkdir()
    (folder / "an-older-release" / "map.webp").touch()
    os.utime(file, (NOW.timestamp(), NOW.timestamp()))
    render_cache.sweep(before=THEN)
    assert list(folder.rglob("*.*")) == [file]
    os.utime(file, (0, 0))
    render_cache.extract("50m", LIMA, "en")
    render_cache.sweep(before=THEN)
    assert file.exists(), "it was asked for"
    os.utime(file, (0, 0))
    render_cache.sweep(before=THEN)
    assert not file.exists()
    assert render_cache.extract("50m", LIMA, "en") == first


def test_the_folder_of_older_releases_is_removed(folder: Path) -> None:
    older = folder.parent / "kept" / "a-release"
    older.mkdir(parents=True)
    (older / "map.webp").touch()
    (folder.parent / "media").mkdir()
    render_cache.sweep(before=NOW)
    assert sorted(path.name for path in folder.parent.iterdir()) == ["atlas", "media"]


def test_nothing_to_forget(folder: Path) -> None:
    render_cache.sweep(before=NOW)
    assert not folder.exists()
