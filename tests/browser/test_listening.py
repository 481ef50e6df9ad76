"""The story read aloud by a stand-in for the browser's voice, which is the browser's and not ours."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations_in_both_schemes
from tests.browser.conftest import DESKTOP, PHONE, STILL, Readers
from tests.browser.reader import CHAPTERS, STORY, Reader

VOICE = (Path(__file__).parent / "voice.js").read_text("utf-8")
SPOKEN = "[...(CSS.highlights.get('spoken') ?? [])].map(String).join()"
# The first event to which the paragraph that is spoken links.
SPOKEN_OF = """() => {
  const [range] = CSS.highlights.get("spoken");
  const link = range.startContainer.parentElement.closest("p, li")?.querySelector("a[href^='#']");
  return link?.hash.slice(1);
}"""
IN_HAND = """["a.mark.here, .mark li a.here", ".fact a"]
  .every((part) => document.querySelector(part)?.hash === `#${it}`)"""
# What lies over the lines of the sentence that is spoken, or beyond which edge of the window they are.
UNSEEN = """() => [...[...CSS.highlights.get("spoken")][0].getClientRects()].filter(({ x, y, width, height }) => {
  const top = document.elementFromPoint(x + width / 2, y + 1);
  const bottom = document.elementFromPoint(x + width / 2, y + height - 1);
  return ![top, bottom].every((element) => element?.closest(".narration, .chapter-head"));
}).map(({ x, y }) => [x, y])"""
# A recording of the chapter in hand that is played without a sound.
RECORDING = """() => {
  const recording = (globalThis.recording = document.createElement("audio"));
  let isPlaying = false;
  recording.play = async () => {
    isPlaying = true;
    recording.onplay();
  };
  recording.pause = () => {
    if (!isPlaying) return;
    isPlaying = false;
    recording.onpause?.();
  };
  document.querySelector("article[aria-current=step] .narration").before(recording);
}"""
# What of the buttons, and of the pager and the map, is covered or too small for a thumb.
OUT_OF_REACH = """() => {
  const parts = [...document.querySelectorAll(".listening button, .pager :is(.step, summary)")];
  const covered = parts.filter((part) => {
    const { left, right, top, bottom, width, height } = part.getBoundingClientRect();
    const corners = [[left + 2, top + 2], [right - 2, top + 2], [left + 2, bottom - 2], [right - 2, bottom - 2]];
    return width < 44 || height < 44 || !corners.every(([x, y]) => part.contains(document.elementFromPoint(x, y)));
  });
  const map = document.querySelector(".map-frame").getBoundingClientRect();
  const bar = document.querySelector(".listening").getBoundingClientRect();
  const [title] = document.querySelectorAll(".listening b");
  const apart = map.bottom <= bar.top || map.right <= bar.left;
  const others = [apart || "map", title.offsetWidth > 44 || "title"];
  return [...covered.map((part) => part.className || part.localName), ...others.filter((wrong) => wrong !== true)];
}"""


def with_voice(reader: Reader) -> Reader:
    reader.page.add_init_script(VOICE)
    return reader


def speak_to_the_end(reader: Reader) -> list[str]:
    """The sentences said until the voice falls silent."""
    reader.page.evaluate("() => { while (voice.utterance) voice.finish(); }")
    return [said["text"] for said in reader.page.evaluate("voice.said.splice(0)")]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("language", ["en", "es", "ja"])
def test_a_chapter_is_spoken_whole_sentence_by_sentence_in_its_language(reader_of: Readers, language: str) -> None:
    prefix = "" if language == "en" else f"/{language}"
    reader = with_voice(reader_of(**STILL)).open(f"{prefix}{STORY}asylum/")
    reader.at("asylum", language=prefix)
    reader.find("#chapter-asylum .narration a").first.click()
    expect(reader.find(".event-card")).to_be_visible()  # and is no part of the narration
    reader.find("#chapter-asylum [data-listen-button]").click()
    assert reader.page.evaluate("voice.said[0].lang") == language
    sentences = speak_to_the_end(reader)
    assert len(sentences) > 8
    assert max(map(len, sentences)) <= 220
    text = reader.find("#title-asylum").text_content() + "".join(
        reader.find("#chapter-asylum .narration p:not(.event-card *)").all_text_contents()
    )
    assert squeezed("".join(sentences)) == squeezed(text)
    assert reader.page.evaluate("voice.said.length") == 0, "one chapter is not the story"


def test_the_sentence_being_spoken_is_marked(reader_of: Readers) -> None:
    reader = with_voice(reader_of(**STILL)).open(f"{STORY}asylum/")
    reader.at("asylum")
    button = reader.find("#chapter-asylum [data-listen-button]")
    words = button.inner_text()
    button.click()
    expect(button).to_have_text("Stop")
    for _ in range(5):
        said = reader.page.evaluate("voice.said.at(-1).text")
        assert reader.page.evaluate(SPOKEN) == said
        reader.page.evaluate("voice.finish()")
    button.click()
    assert reader.page.evaluate(SPOKEN) == ""
    assert reader.page.evaluate("voice.utterance") is None
    expect(button).to_have_text(words)


def test_the_story_plays_on_from_chapter_to_chapter_to_its_end(reader_of: Readers) -> None:
    first = CHAPTERS[-3]
    reader = with_voice(reader_of(**STILL)).open(f"{STORY}{first}/")
    reader.at(first)
    reader.find("[data-play]").dispatch_event("click")  # at the top, and a page that scrolls there is read there
    for chapter in CHAPTERS[-3:]:
        reader.wait("voice.said.length > 0")
        reader.at(chapter, camera=False)
        assert speak_to_the_end(reader)[0] == reader.find(f"#title-{chapter}").text_content()
    expect(reader.find("[data-play]")).to_have_text("Play the story")
    assert reader.page.evaluate(SPOKEN) == ""


@pytest.mark.parametrize("hand", ["key", "wheel", "touch"])
def test_any_key_wheel_or_touch_pauses_and_the_story_goes_on_with_the_same_sentence(
    reader_of: Readers, hand: str
) -> None:
    reader = with_voice(reader_of(**STILL, has_touch=True)).open()
    reader.at("")
    reader.find("[data-play]").click()
    reader.wait("voice.said.length > 0")
    reader.at("reception", camera=False)
    for _ in range(3):
        reader.page.evaluate("voice.finish()")
    if hand == "key":
        reader.page.keyboard.press("Shift")
    elif hand == "wheel":
        reader.page.mouse.move(300, 500)
        reader.page.mouse.wheel(0, 10)
    else:
        reader.page.touchscreen.tap(300, 700)
    reader.wait("voice.cancelled > 0 && !voice.utterance")
    said = reader.page.evaluate("voice.said.splice(0).at(-1).text")
    reader.scroll_to("#chapter-reception .narration p:last-of-type", at=0.45)
    reader.wait("document.querySelector('#chapter-reception .narration').getBoundingClientRect().top < 0")
    reader.find(".listening >> text=Go on").click()
    assert reader.page.evaluate("voice.said[0].text") == said == reader.page.evaluate(SPOKEN)
    assert reader.page.evaluate(UNSEEN) == []


def test_who_steps_to_another_chapter_goes_on_there(reader_of: Readers) -> None:
    reader = with_voice(reader_of(**STILL)).open(f"{STORY}asylum/")
    reader.at("asylum")
    reader.find("#chapter-asylum [data-listen-button]").click()
    reader.find("a[rel=next]").click()
    reader.at("under-the-floor")
    assert reader.page.evaluate("voice.utterance") is None
    expect(reader.find(".listening b")).to_have_text(reader.find("#title-under-the-floor").inner_text())
    reader.find(".listening >> text=Go on").click()
    assert reader.page.evaluate("voice.utterance.text") == reader.find("#title-under-the-floor").inner_text()
    reader.page.keyboard.press("Escape")
    expect(reader.find(".listening")).to_be_hidden()
    assert reader.page.evaluate("voice.utterance") is None
    assert reader.page.evaluate(SPOKEN) == ""


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_passage_that_is_spoken_is_in_hand_and_its_sentence_in_sight(
    reader_of: Readers, screen: dict[str, Any]
) -> None:
    reader = with_voice(reader_of(**STILL, **screen)).open(f"{STORY}demands/")
    reader.at("demands")
    reader.find("#chapter-demands [data-listen-button]").click()
    came_to = []
    while reader.page.evaluate("Boolean(voice.utterance)"):
        assert reader.page.evaluate(UNSEEN) == []
        event = reader.page.evaluate(SPOKEN_OF)
        if event and event not in came_to:
            came_to.append(event)
            reader.wait(IN_HAND, event)
        reader.page.evaluate("voice.finish()")
    assert len(came_to) > 3
    assert reader.page.evaluate(f"(it) => {IN_HAND}", came_to[-1]), "it stays there"


def test_a_recording_is_paused_by_its_own_button_too_and_leads_to_the_next_chapter(reader_of: Readers) -> None:
    reader = with_voice(reader_of(**STILL)).open(f"{STORY}asylum/")
    reader.at("asylum")
    reader.page.evaluate(RECORDING)
    reader.find("[data-play]").dispatch_event("click")
    expect(reader.find(".listening .turning")).to_have_text("Pause")
    reader.page.evaluate("recording.pause()")
    expect(reader.find(".listening .turning")).to_have_text("Go on")
    reader.page.evaluate("recording.play()")
    expect(reader.find(".listening .turning")).to_have_text("Pause")
    assert reader.page.evaluate("voice.said.length") == 0
    reader.page.evaluate("recording.onended()")
    reader.wait("voice.said.length > 0")
    reader.at("under-the-floor", camera=False)


@pytest.mark.parametrize("language", ["", "/es", "/ja"])
def test_pause_and_stop_are_in_reach_on_every_screen_and_cover_nothing(reader_of: Readers, language: str) -> None:
    reader = with_voice(reader_of(**STILL, **PHONE)).open(f"{language}{STORY}asylum/")
    reader.at("asylum", language=language)
    reader.find("#chapter-asylum [data-listen-button]").click()
    for width, height in ((320, 568), (320, 400), (390, 844), (568, 280), (1280, 800)):
        reader.page.set_viewport_size({"width": width, "height": height})
        reader.wait("innerWidth === it", width)
        assert reader.page.evaluate(OUT_OF_REACH) == [], (width, height)
        assert reader.overflow() == 0
    assert violations_in_both_schemes(reader.page, ".listening") == []
    reader.find(".listening .stopping").tap()
    expect(reader.find(".listening")).to_be_hidden()


def test_without_a_voice_nothing_is_offered(reader_of: Readers) -> None:
    reader = reader_of(**STILL)
    reader.page.add_init_script("delete globalThis.speechSynthesis; delete Window.prototype.speechSynthesis;")
    reader.open()
    assert reader.page.evaluate("'speechSynthesis' in globalThis") is False
    assert reader.find("[data-listen-button]").count() == len(CHAPTERS)
    assert reader.find("[data-listen-button] >> visible=true").count() == 0
    expect(reader.find("[data-play]")).to_be_hidden()


def test_a_voice_of_another_language_is_not_offered(reader_of: Readers) -> None:
    reader = reader_of(**STILL)
    reader.page.add_init_script(VOICE.replace('"es-PE", ', ""))
    reader.open(f"/es{STORY}")
    assert reader.find("[data-listen-button] >> visible=true").count() == 0
    expect(reader.find("[data-play]")).to_be_hidden()


def test_a_voice_that_comes_late_is_offered_when_it_comes(reader_of: Readers) -> None:
    reader = with_voice(reader_of(**STILL))
    reader.page.add_init_script("globalThis.late = speechSynthesis.getVoices; speechSynthesis.getVoices = () => [];")
    reader.open()
    expect(reader.find("[data-play]")).to_be_hidden()
    reader.page.evaluate("speechSynthesis.getVoices = late; speechSynthesis.dispatchEvent(new Event('voiceschanged'))")
    expect(reader.find("[data-play]")).to_be_visible()
    assert reader.find("[data-listen-button] >> visible=true").count() == len(CHAPTERS)
