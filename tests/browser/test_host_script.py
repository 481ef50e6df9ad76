"""The script that articles load: embeds as tall as they are, led by the article, and deaf to everybody else."""

from __future__ import annotations

import base64
import hashlib

import pytest
from playwright.sync_api import Page, expect

from storymap.pages.embed_codes import NEWEST_HOST_SCRIPT, Embedded, frame_code
from tests.browser.axe import violations
from tests.browser.conftest import Readers
from tests.browser.holder import Holder
from tests.conftest import Site

EMBED = "/embed/lima-1996-97/"
# Speaks the protocol as an embed does, and writes down what it hears.
FAKE = """<p>embed</p><script>
  const id = new URLSearchParams(location.hash.slice(1)).get("storymap");
  const tell = (said) => parent.postMessage({ v: 1, id, ...said }, "*");
  window.heard = [];
  addEventListener("message", ({ source, data }) => {
    if (source !== parent) return;
    heard.push(data);
    if (data.type === "storymap:hello") tell({ type: "storymap:height", height: 321 });
    if (data.type === "storymap:goto") 
      tell({ type: "storymap:step", chapter: data.chapter, moment: data.moment ?? null });
  });
</script>"""
STEPS = """document.addEventListener("stepchange", ({ target, detail: { chapter, moment } }) =>
  steps.push([target.id, chapter, moment]))"""
FORGERIES = """(name) => {
  const frame = document.getElementById(name).shadowRoot.querySelector("iframe").contentWindow;
  const shapes = [null, 0, "", [], {}, { v: 1 }, { v: 2 }];
  const heights = [NaN, Infinity, -1, 0, 99, 20001, 1e9, "300", "300px", null, [300], {}, 300.5];
  for (const height of heights) shapes.push({ type: "storymap:height", v: 1, id: "1", height });
  for (const id of ["", "2", "x", null, 1]) shapes.push({ type: "storymap:height", v: 1, id, height: 999 });
  const step = { type: "storymap:step", v: 1, id: "1", chapter: "a", moment: null };
  for (const chapter of [null, 5, {}, "x".repeat(300)]) shapes.push({ ...step, chapter });
  for (const moment of [5, {}, "x".repeat(300)]) shapes.push({ ...step, moment });
  for (const data of shapes) frame.postMessage({ forge: data }, "*");  // said by the frame itself
  for (const type of ["height", "step"]) {  // and by somebody else: the article, and another frame
    const said = { type: `storymap:${type}`, v: 1, id: "1", height: 777, chapter: "a", moment: null };
    window.postMessage(said, "*");
    document.getElementById("foreign").contentWindow.postMessage({ forge: said }, "*");
  }
  return shapes.length + 4;
}"""
FORGER = """<script>
  addEventListener("message", ({ data }) => "forge" in (data ?? {}) && parent.postMessage(data.forge, "*"));
</script>"""
HEIGHT = "(name) => document.getElementById(name).shadowRoot.querySelector('iframe')?.getBoundingClientRect().height"


def article(holder: Holder, site: Site, path: str, body: str) -> str:
    newest = f"{site.url}/embed.{NEWEST_HOST_SCRIPT}.js"
    script = f'<script>window.steps = []; {STEPS}</script><script async src="{newest}"></script>'
    return holder.page(path, script + body)


def is_high(page: Page, name: str, height: int) -> None:
    page.wait_for_function(f"([name, height]) => ({HEIGHT})(name) === height", arg=[name, height])


COLUMN = (
    "<style>main > * { max-width: 400px; margin-inline: auto } main { width: 900px }</style>"  # as a theme of blocks
)
STRICT = "<meta http-equiv=Content-Security-Policy content=\"style-src 'sha256-{digest}'\">"  # no style of others


@pytest.mark.parametrize("policy", [False, True])
def test_it_stays_in_the_column_of_its_article(reader_of: Readers, holder: Holder, site: Site, *, policy: bool) -> None:
    """A theme gives the blocks of an article their width; the element is one of them, whatever the article's policy."""
    fake = holder.page("/fake", FAKE)
    embedded = Embedded("lima-1996-97", "en")
    code = frame_code(embedded, "Map").replace(embedded.address, fake).replace("<iframe ", '<iframe id="frame" ')
    rules = COLUMN.removeprefix("<style>").removesuffix("</style>")
    digest = base64.b64encode(hashlib.sha256(rules.encode()).digest()).decode()
    body = f'<main><story-map id="one" src="{fake}" title="Map"></story-map>{code}</main>'
    page = reader_of(quiet=not policy).page
    page.goto(article(holder, site, "/column", (STRICT.format(digest=digest) if policy else "") + COLUMN + body))
    is_high(page, "one", 321)
    assert page.evaluate("document.getElementById('one').getBoundingClientRect().width") == 400
    if not policy:  # which has no word for the style of the plain frame: then the theme's own is all it has
        assert page.evaluate("document.getElementById('frame').getBoundingClientRect().width") == 400
    page.evaluate("document.getElementById('one').hidden = true")
    assert page.evaluate("document.getElementById('one').getBoundingClientRect().width") == 0


def test_an_embed_is_as_tall_as_it_says_and_goes_where_the_article_says(
    reader_of: Readers, holder: Holder, site: Site
) -> None:
    src = f"{site.url}{EMBED}?map=only"
    body = f'<story-map id="lima" src="{src}" title="Lima"><a href="{site.url}">Lima</a></story-map>'
    page = reader_of().page
    page.goto(article(holder, site, "/real", body))
    page.wait_for_function(f"() => ![640, undefined].includes(({HEIGHT})('lima'))")
    frame = page.frames[1]
    frame.wait_for_selector("html[data-ready]", state="attached")
    inner = "document.documentElement.getBoundingClientRect().height"
    page.wait_for_function(f"(inner) => Math.abs(({HEIGHT})('lima') - inner) <= 2", arg=frame.evaluate(inner))
    page.evaluate("document.getElementById('lima').goto('echoes', 'mexico-protest')")
    page.wait_for_function("() => steps.some((step) => step.join() === 'lima,echoes,mexico-protest')")
    expect(page.frame_locator("story-map iframe").locator("#chapter-echoes")).to_be_visible()
    assert page.get_by_role("link", name="Lima").count() == 0, "the link is for those who have no script"


def test_each_hears_its_own_frame_and_forged_messages_do_nothing(
    reader_of: Readers, holder: Holder, site: Site
) -> None:
    fake = holder.page("/fake", FAKE + FORGER)
    foreign = holder.page("/foreign", FORGER)
    both = "".join(f'<story-map id="{name}" src="{fake}" title="Map"></story-map>' for name in ("one", "two"))
    page = reader_of().page
    page.goto(article(holder, site, "/two", f'{both}<iframe id="foreign" src="{foreign}" title="Ad"></iframe>'))
    for name in ("one", "two"):
        is_high(page, name, 321)
    assert page.evaluate(FORGERIES, "one") >= 36
    page.evaluate("document.getElementById('two').goto('after')")  # messages come in order: when this one is told
    page.wait_for_function("() => steps.some((step) => step[0] === 'two')")
    page.evaluate("document.getElementById('one').goto('after')")
    page.wait_for_function("() => steps.some((step) => step[0] === 'one')")
    assert page.evaluate("steps") == [["two", "after", None], ["one", "after", None]]
    assert [page.evaluate(HEIGHT, name) for name in ("one", "two")] == [321, 321]


def test_it_comes_late_moves_and_goes_without_a_trace(reader_of: Readers, holder: Holder, site: Site) -> None:
    """As pages do that are made by programs: inserted, moved, taken out; loaded twice; told too early where to go."""
    fake = holder.page("/fake", FAKE)
    page = reader_of().page
    names = "Object.keys(window).filter((name) => /story|map/i.test(name))"
    page.goto(holder.page("/plain", "nothing"))
    without = page.evaluate(names)
    again = f"{site.url}/embed.{NEWEST_HOST_SCRIPT}.js?again"
    page.goto(article(holder, site, "/late", f'<script async src="{again}"></script><main></main>'))
    page.wait_for_function("() => customElements.get('story-map')")
    assert page.evaluate(names) == without
    page.evaluate(
        """(src) => {
          const map = Object.assign(document.createElement("story-map"), { id: "late", title: "Map" });
          map.setAttribute("src", src);
          document.querySelector("main").append(map);
          map.goto("early", "moment");
        }""",
        fake,
    )
    is_high(page, "late", 321)
    page.wait_for_function("() => steps.join() === 'late,early,moment'")
    page.evaluate("document.body.append(document.getElementById('late'))")  # another place, another frame
    is_high(page, "late", 321)
    page.evaluate("window.gone = document.getElementById('late'); gone.remove()")
    assert page.evaluate("gone.shadowRoot.childNodes.length") == 0
    assert len(page.frames) == 1


def test_with_consent_nothing_is_asked_before_the_click(reader_of: Readers, holder: Holder, site: Site) -> None:
    fake = holder.page("/fake", FAKE)
    body = f'<story-map id="ask" consent="click" label="Show it" src="{fake}" title="Map"></story-map>'
    reader = reader_of()
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    reader.page.goto(article(holder, site, "/consent", body))
    button = reader.page.get_by_role("button", name="Show it")
    expect(button).to_be_visible()
    assert [url for url in asked if "/fake" in url] == []
    button.press("Enter")
    is_high(reader.page, "ask", 321)


@pytest.mark.parametrize("src", ["", "javascript:alert(1)", "data:text/html,x", "http://["])
def test_an_address_that_is_none_leaves_the_link(reader_of: Readers, holder: Holder, site: Site, src: str) -> None:
    body = f'<story-map id="wrong" src="{src}"><a href="{site.url}">The story</a></story-map>'
    page = reader_of().page
    page.goto(article(holder, site, "/wrong", body))
    page.wait_for_function("() => document.getElementById('wrong').shadowRoot")
    expect(page.get_by_role("link", name="The story")).to_be_visible()
    assert len(page.frames) == 1


def test_the_example_article_leads_the_map_and_follows_it(reader_of: Readers) -> None:
    reader = reader_of()
    page = reader.page
    page.goto(f"{reader.site}/about/embedding/example/")
    embed = page.frame_locator("story-map iframe")
    expect(embed.locator("html[data-ready]")).to_be_attached()
    last = page.locator("[data-moment=iacourt-judgment]")
    last.evaluate("(element) => element.scrollIntoView({ block: 'center' })")
    expect(embed.locator("#chapter-since-then")).to_be_visible()
    expect(page.locator("[data-here]")).to_have_attribute("data-chapter", "since-then")


def test_sharing_by_keyboard_alone(reader_of: Readers) -> None:
    """From the story to a code that is copied; no barrier, and nothing wider than the screen."""
    reader = reader_of(permissions=["clipboard-read", "clipboard-write"], viewport={"width": 390, "height": 844})
    page = reader.page
    page.goto(f"{reader.site}/stories/lima-1996-97/echoes/")
    expect(page.locator("html[data-ready]")).to_be_attached()
    page.get_by_role("link", name="Share").press("Enter")
    page.wait_for_url("**/share/?chapter=echoes**")
    page.get_by_label("Colours").press("d")  # dark
    expect(page.locator("#frame")).to_contain_text("theme=dark")
    expect(page.get_by_label("Colours")).to_be_focused()
    page.locator("[data-copy=frame]").press("Enter")
    expect(page.get_by_role("status")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f'<iframe src="{reader.site}/embed/lima-1996-97/echoes/?theme=dark"')
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert violations(page, "main > :not([data-result] iframe)") == []
