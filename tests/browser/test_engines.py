"""The story in the two engines that are not Chromium: a few seconds each, to see that it works there at all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser import engines
from tests.browser.engines import Engine
from tests.browser.holder import Holder
from tests.browser.reader import CHAPTERS, STORY
from tests.conftest import Site

READY = "['ready', 'settled'].every((name) => name in document.documentElement.dataset)"
HEARD = """<script>
  addEventListener("message", ({ data }) => { if (data.type === "storymap:height") window.height = data.height; });
</script>"""
EMBED = "/embed/lima-1996-97/?map=only"


@pytest.fixture(scope="module", params=["firefox", "webkit"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    if why := engines.why_not(request.param):
        pytest.skip(why)
    with getattr(engines, request.param)(tmp_path_factory.mktemp(request.param)) as started:
        started.size(1280, 800)
        yield started
        assert started.wire.complaints() == []


def test_the_story_opens_at_its_beginning_and_a_key_steps_on(engine: Engine, site: Site) -> None:
    engine.open(site.url + STORY)
    engine.wait(READY)
    assert engine.run("return scrollY") == 0
    assert engine.run("return location.pathname") == STORY
    engine.press("ArrowRight")
    engine.wait("location.pathname === arguments[0]", f"{STORY}{CHAPTERS[0]}/")


def test_a_moment_deep_in_the_story_stands_where_one_reads(engine: Engine, site: Site) -> None:
    engine.open(f"{site.url}{STORY}#hashimoto-warning")
    engine.wait(READY)
    engine.wait("document.querySelector('.moment.here')?.id === 'hashimoto-warning'")
    engine.wait("document.querySelector('.mark.here') !== null")
    top, bottom = engine.run("""
      const { top, bottom } = document.getElementById("hashimoto-warning").getBoundingClientRect();
      return [top / innerHeight, bottom / innerHeight]""")
    assert top <= 0.5 <= bottom
    engine.wait("location.pathname === arguments[0]", f"{STORY}toronto/")


def test_an_embed_is_as_tall_as_its_text_also_in_a_sandbox(engine: Engine, site: Site, holder: Holder) -> None:
    script = f'<script async src="{site.url}/embed.1.js"></script>'
    element = f'<story-map src="{site.url}{EMBED}" title="Lima"><a href="{site.url}">Lima</a></story-map>'
    engine.open(holder.page("/engine", script + element))
    engine.wait(
        "![undefined, 640].includes("
        "document.querySelector('story-map').shadowRoot?.querySelector('iframe')?.getBoundingClientRect().height)"
    )
    frame = f'<iframe sandbox="allow-scripts" src="{site.url}{EMBED}" title="Lima"></iframe>'
    engine.open(holder.page("/engine-sandbox", HEARD + frame))
    engine.wait("window.height > 200")
