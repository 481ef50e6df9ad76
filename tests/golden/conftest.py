"""One site for all golden paths, and people who have signed in once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.conftest import Site
from tests.golden.editor import Editor
from tests.golden.first_story import Answers
from tests.golden.furnish import ANA
from tests.golden.workshop import FURNISH, Desk, Story, desk_of, opened


@pytest.fixture(scope="session")
def answers() -> Iterator[Answers]:
    service = Answers()
    yield service
    service.server.shutdown()


@pytest.fixture(scope="session")
def workshop(prepared: Path, tmp_path_factory: pytest.TempPathFactory, answers: Answers) -> Iterator[Site]:
    site = opened(shutil.copytree(prepared, tmp_path_factory.mktemp("golden") / "data"), answers)
    site.manage("shell", "-c", FURNISH)
    site.start()
    yield site
    site.stop()


@pytest.fixture
def newcomer(workshop: Site, chromium: Browser, answers: Answers, request: pytest.FixtureRequest) -> Iterator[Editor]:
    """Somebody who has not signed in yet."""
    options = {"mouse": True, **getattr(request, "param", {})}
    answers.tired = options.pop("tired", False)
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    yield Editor(context.new_page(), workshop.url, **options)
    context.close()


@pytest.fixture(scope="session")
def signed_in(workshop: Site, chromium: Browser) -> Any:
    desk = desk_of(chromium, workshop, ANA)
    state = desk.context.storage_state()
    desk.context.close()
    return state


@pytest.fixture
def desk(workshop: Site, chromium: Browser, signed_in: Any) -> Iterator[Desk]:
    desk = desk_of(chromium, workshop, ANA, storage_state=signed_in)
    yield desk
    desk.context.close()


@pytest.fixture
def editor(desk: Desk) -> Editor:
    return Editor(desk.context.new_page(), desk.url)


@pytest.fixture
def story(desk: Desk) -> Story:
    return desk.published_copy()
