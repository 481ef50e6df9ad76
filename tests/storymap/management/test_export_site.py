"""All published stories as files: every page, with everything that it links to and that is no program."""

from __future__ import annotations

import io
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from django.core.management import CommandError, call_command

from storymap.management.site_files import LEFT_OUT, Links
from tests.factories import make_published_story, make_story

SITE = "http://testserver"
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def exported(folder: Path) -> str:
    out = io.StringIO()
    call_command("export_site", str(folder), stdout=out)
    return out.getvalue()


def missing(folder: Path) -> set[str]:
    """Own addresses in the pages at which no file lies."""
    found = set()
    for page in folder.rglob("*.html"):
        here = f"{SITE}/{page.relative_to(folder).as_posix().removesuffix('index.html')}"
        parser = Links()
        parser.feed(page.read_text("utf-8"))
        for link in parser.found:
            parts = urlsplit(urljoin(here, link))
            if f"{parts.scheme}://{parts.netloc}" == SITE and not parts.path.startswith(LEFT_OUT):
                there = folder / parts.path.lstrip("/")
                if not (there / "index.html" if parts.path.endswith("/") else there).is_file():
                    found.add(parts.path)
    return found


def test_every_link_leads_to_a_file(tmp_path: Path) -> None:
    make_published_story(title={"en": "A story", "es": "Una historia"}, languages=("en", "es"))
    make_story("draft")
    said = exported(tmp_path / "site")
    assert missing(tmp_path / "site") == set()
    for name in (
        *("index.html", "es/stories/a-story/beginning/index.html", "embed/a-story/beginning/index.html", "404.html"),
        *("sitemap.xml", "feed.atom", "robots.txt", "embed.1.js", "stories/a-story/downloads/zip"),
    ):
        assert (tmp_path / "site" / name).is_file(), name
    for late in ("listen", "picture-stage", "tile-layers"):
        assert list((tmp_path / "site").rglob(f"{late}*.js")), "what a script imports later"
    assert not list((tmp_path / "site").rglob("*draft*")) and "files" in said
    assert list(tmp_path.iterdir()) == [tmp_path / "site"]


def test_what_is_there_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "mine").touch()
    with pytest.raises(CommandError, match="not an empty folder"):
        exported(tmp_path / "site")
    assert [file.name for file in (tmp_path / "site").iterdir()] == ["mine"]


def test_an_export_that_fails_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CommandError, match="Nothing was written"):
        exported(tmp_path / "file" / "site")
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]
