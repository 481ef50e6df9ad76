"""The story read aloud by a stand-in for the browser's voice, which is the browser's and not ours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import STILL, Readers
from tests.browser.reader import CHAPTERS, STORY, Reader

VOICE = (Path(__file__).parent / "voice.js").read_text("utf-8")
SPOKEN = "[...(CSS.highlights.get('spoken') ?? [])].map(String).join()"


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
    reader.find("#chapter-asylum [data-listen-button]").click()
    assert reader.page.evaluate("voice.said[0].lang") == language
    sentences = speak_to_the_end(reader)
    assert len(sentences) > 8
    assert max(map(len, sentences)) <= 220
    text = reader.find("#title-asylum").text_content() + "".join(
        reader.find("#chapter-asylum .narration p").all_text_contents()
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
def test_playing_stops_at_any_key_wheel_or_touch(reader_of: Readers, hand: str) -> None:
    reader = with_voice(reader_of(**STILL, has_touch=True)).open()
    reader.at("")
    reader.find("[data-play]").click()
    reader.wait("voice.said.length > 0")
    reader.at("reception", camera=False)
    if hand == "key":
        reader.page.keyboard.press("Shift")
    elif hand == "wheel":
        reader.page.mouse.move(300, 500)
        reader.page.mouse.wheel(0, 10)
    else:
        reader.page.touchscreen.tap(300, 700)
    reader.wait("voice.cancelled > 0 && !voice.utterance")
    expect(reader.find("[data-play]")).to_have_text("Play the story")
    assert reader.page.evaluate(SPOKEN) == ""


def test_a_step_silences_the_chapter_that_was_left(reader_of: Readers) -> None:
    reader = with_voice(reader_of(**STILL)).open(f"{STORY}asylum/")
    reader.at("asylum")
    reader.find("#chapter-asylum [data-listen-button]").click()
    reader.find("a[rel=next]").click()
    reader.at("under-the-floor")
    assert reader.page.evaluate("voice.utterance") is None
    assert reader.page.evaluate(SPOKEN) == ""


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
