"""Two who changed the same chapter: the question is answered on a phone, by keyboard and without script."""

from __future__ import annotations

from tests.browser.axe import violations
from tests.browser.conftest import Desks
from tests.conftest import Site


def test_the_question_is_answered_on_a_phone_without_script(site: Site, desk_of: Desks) -> None:
    ana = desk_of(site, "versions-ana")
    bea = desk_of(site, "versions-bea", viewport={"width": 390, "height": 844}, java_script_enabled=False)
    ana.goto(f"{site.url}/admin/storymap/chapter/")
    chapter = site.url + str(ana.locator("#result_list tbody th a").first.get_attribute("href"))
    for page in (ana, bea):
        page.goto(chapter)
    before = bea.input_value("[name=narration]")
    ana.fill("[name=narration]", f"Ana wrote. {before}")
    ana.click("[name=_continue]")
    bea.fill("[name=narration]", f"Bea wrote. {before}")
    bea.click("[name=_continue]")
    assert bea.locator("ins").all_inner_texts() == ["Ana wrote. ", "Bea wrote. "]
    assert bea.locator("[name=narration]").bounding_box()["width"] <= 390  # type: ignore[index]
    merged = bea.get_by_label("The text to save")
    assert merged.input_value() == f"Bea wrote. {before}"
    merged.fill(f"Both wrote. {before}")
    bea.get_by_role("button", name="Save the texts").press("Enter")
    assert bea.input_value("[name=narration]") == f"Both wrote. {before}"
    ana.fill("[name=title]", "By Ana")
    ana.click("[name=_continue]")
    assert ana.input_value("[name=narration]") == f"Both wrote. {before}", "what did not touch is put together"
    ana.click("text=History")
    ana.click("text=Compare the two")
    assert ana.locator("ins", has_text="By Ana").count() == 1
    assert violations(ana) == []
    for page, title in ((ana, "By Ana again"), (bea, "By Bea")):
        page.goto(chapter)
        page.fill("[name=title]", title)
    for page in (bea, ana):
        page.click("[name=_continue]")
    assert ana.get_by_label("The text to save").input_value() == "By Ana again"
    assert violations(ana) == []
