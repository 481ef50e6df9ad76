"""The site of the golden paths with its people, and stories that are there already. Nothing here is counted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import APIResponse, Browser, BrowserContext

from tests.conftest import Site
from tests.golden.first_story import Answers
from tests.golden.furnish import PASSWORD

FURNISH = "from tests.golden.furnish import furnish; furnish()"
LIMA = "lima-1996-97"


def opened(data: Path, answers: Answers) -> Site:
    """The site over a data directory, not running yet, with that geocoder."""
    return Site(data, STORYMAP_GEOCODER_URL=answers.url, STORYMAP_GEOCODER_CONTACT="editors@example.org")


@dataclass(frozen=True)
class Story:
    """One that is published, with its chapters and its address in the admin."""

    slug: str
    admin: str
    public: str


@dataclass(frozen=True)
class Desk:
    """Somebody's browser, signed in."""

    context: BrowserContext
    url: str

    def get(self, path: str, **headers: str) -> APIResponse:
        return self.context.request.get(f"{self.url}{path}", headers=headers, fail_on_status_code=False)

    def send(self, path: str, **fields: str) -> APIResponse:
        """A form; the answer is the page it leads to."""
        token = next(str(c.get("value")) for c in self.context.cookies() if c.get("name") == "csrftoken")
        answer = self.context.request.post(f"{self.url}{path}", form={"csrfmiddlewaretoken": token, **fields})
        assert answer.ok, f"{path}: {answer.status}"
        return answer

    def published_copy(self) -> Story:
        """A story of one's own to work on: the first one, duplicated."""
        listed = self.get(f"/admin/storymap/story/?q={LIMA}").text()
        key = min(map(int, re.findall(r"/admin/storymap/story/(\d+)/tell/", listed)))
        copy = self.send(f"/admin/storymap/story/{key}/copy/")
        admin = copy.url.removeprefix(self.url).removesuffix("change/")
        self.send(f"{admin}tell/", publish="1", anyway="on")
        slug = _first(r'name="slug" value="([^"]+)"', copy.text())
        return Story(slug, admin, f"/stories/{slug}/")

    def chapter_form(self, story: Story, title: str) -> str:
        return _first(
            rf'href="(/admin/storymap/chapter/\d+/change/)">{title}<', self.get(f"{story.admin}change/").text()
        )


def _first(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    assert found, pattern
    return found[1]


def desk_of(browser: Browser, site: Site, name: str, **options: Any) -> Desk:
    desk = Desk(browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options}), site.url)
    if "storage_state" not in options:
        desk.get("/admin/login/")
        desk.send("/admin/login/", username=name, password=PASSWORD, next="/admin/")
    return desk
