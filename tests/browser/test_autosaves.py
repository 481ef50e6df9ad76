"""Autosave and company in Chromium: rows that come back, a network that goes, two people in one story."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.axe import violations_in_both_schemes
from tests.browser.conftest import sign_in, signed_in
from tests.conftest import Site

KEPT = "**/admin/autosaves/"


@pytest.fixture
def contexts(chromium: Browser) -> Iterator[list[BrowserContext]]:
    made: list[BrowserContext] = []
    yield made
    for context in made:
        context.close()


@pytest.fixture
def ana(chromium: Browser, contexts: list[BrowserContext], site: Site) -> Page:
    contexts.append(chromium.new_context(viewport={"width": 1280, "height": 800}))
    return signed_in(contexts[-1], site, "ana")


def opened(page: Page, site: Site, model: str, query: str) -> str:
    """The form of the first row that is found; its address."""
    page.goto(f"{site.url}/admin/{model}/?q={query}")
    page.locator("#result_list tbody th a").first.click()
    expect(page.locator("[data-autosave-status]")).to_be_attached()
    return page.url


def typed(page: Page, field: str, text: str) -> None:
    """Type and wait until the server has answered that it is stored."""
    with page.expect_response(KEPT) as answer:
        page.fill(field, text)
    assert answer.value.status == 200, answer.value.text()


def test_rows_that_were_added_come_back(ana: Page, site: Site) -> None:
    form = opened(ana, site, "places/place", "residence")
    new = int(ana.input_value("#id_toponyms-TOTAL_FORMS"))
    ana.click("#toponyms-group .add-row a")
    typed(ana, f"#id_toponyms-{new}-name", "La casa grande")
    ana.goto(form)
    expect(ana.locator(".autosave-offer")).to_contain_text("La casa grande")
    ana.click("text=Take it")
    expect(ana.locator(f"#id_toponyms-{new}-name")).to_have_value("La casa grande")
    with ana.expect_navigation():
        ana.goto(form)
    ana.click("text=Discard it")
    expect(ana.locator(".autosave-offer")).to_have_count(0)


def test_what_was_typed_before_taking_is_not_lost_to_it(ana: Page, site: Site) -> None:
    form = opened(ana, site, "places/person", "")
    typed(ana, "#id_name", "First thought")
    ana.goto(form)
    typed(ana, "#id_name", "Second thought")
    ana.click("text=Take it")
    expect(ana.locator("#id_name")).to_have_value("First thought")
    expect(ana.locator(".autosave-offer [role=status]")).to_contain_text("Nothing is saved yet")
    ana.wait_for_load_state("networkidle")
    ana.goto(form)
    for left in (2, 1):
        expect(ana.locator(".autosave-offer")).to_have_count(left)
        ana.locator("text=Discard it").first.click()
    expect(ana.locator(".autosave-offer")).to_have_count(0)


def test_leaving_within_the_second_loses_nothing(ana: Page, site: Site) -> None:
    form = opened(ana, site, "places/person", "")
    ana.fill("#id_name", "Somebody in a hurry")
    ana.goto(f"{site.url}/admin/")
    while not ana.locator(".unsaved-work").count():  # a browser shows nobody the requests of a page that is gone
        ana.reload()
    ana.goto(form)
    expect(ana.locator(".autosave-offer")).to_contain_text("in a hurry")
    ana.click("text=Discard it")
    expect(ana.locator(".autosave-offer")).to_have_count(0)


def test_without_a_network_it_is_said_and_leaving_is_asked_about(ana: Page, site: Site) -> None:
    opened(ana, site, "places/source", "")
    asked: list[str] = []
    ana.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    ana.context.set_offline(True)
    ana.locator("#id_container").press_sequentially("x")
    expect(ana.locator("[data-autosave-status]")).to_contain_text("Could not be autosaved: no connection, trying again")
    ana.evaluate("location.reload()")
    ana.context.set_offline(False)
    expect(ana.locator("[data-autosave-status]")).to_contain_text("Autosaved")
    assert asked == ["beforeunload"]
    ana.reload()
    expect(ana.locator(".autosave-offer")).to_be_visible()
    assert asked == ["beforeunload"]  # what is stored is nothing to ask about
    ana.click("text=Discard it")


def test_signing_in_again_elsewhere_is_enough_to_go_on(ana: Page, site: Site) -> None:
    opened(ana, site, "storymap/illustration", "")
    ana.context.clear_cookies()
    ana.fill("#id_credit", "Somebody else")
    expect(ana.locator("[data-autosave-status]")).to_contain_text("you are signed out")
    sign_in(ana.context.new_page(), site, "ana").close()
    ana.fill("#id_credit", "Somebody else again")
    expect(ana.locator("[data-autosave-status]")).to_contain_text("Autosaved")
    ana.click("[name=_continue]")
    expect(ana.locator(".messagelist .success")).to_be_visible()


def test_a_save_waits_for_the_draft_that_is_on_its_way(ana: Page, site: Site) -> None:
    opened(ana, site, "storymap/story", "lima")
    held: list[Route] = []
    ana.route(KEPT, lambda route: held.append(route))
    with ana.expect_request(KEPT):
        ana.fill("#id_byline", "By hand")
    ana.click("[name=_continue]", no_wait_after=True)
    expect(ana.locator(".messagelist .success")).to_have_count(0)
    held[0].continue_()
    expect(ana.locator(".messagelist .success")).to_be_visible()
    ana.unroute(KEPT)
    assert ana.input_value("#id_byline") == "By hand"
    ana.goto(f"{site.url}/admin/")
    expect(ana.locator(".unsaved-work")).to_have_count(0)


def test_two_people_in_one_story_see_each_other(
    ana: Page, chromium: Browser, contexts: list[BrowserContext], site: Site
) -> None:
    opened(ana, site, "storymap/chapter", "demands")
    contexts.append(chromium.new_context())
    bea = signed_in(contexts[-1], site, "bea")
    opened(bea, site, "storymap/story", "lima")
    company = bea.locator("[data-presence]")
    expect(company).to_contain_text("ana is also here: chapter “")
    assert company.get_attribute("aria-live") == "polite"
    ana.reload()
    expect(ana.locator("[data-presence]")).to_contain_text("bea is also here: story “")


def test_the_box_and_the_list_have_no_barrier(ana: Page, site: Site) -> None:
    form = opened(ana, site, "places/event", "")
    typed(ana, "#id_title", "Another title")
    for path, part in ((form, ".desk"), (f"{site.url}/admin/", ".unsaved-work")):
        ana.goto(path)
        expect(ana.locator(f"{part} h2").first).to_be_visible()
        assert violations_in_both_schemes(ana, part) == [], path
    ana.goto(form)
    ana.click("text=Discard it")
    expect(ana.locator(".autosave-offer")).to_have_count(0)


def test_without_a_script_the_server_fills_the_form(
    ana: Page, chromium: Browser, contexts: list[BrowserContext], site: Site
) -> None:
    form = opened(ana, site, "places/event", "")
    typed(ana, "#id_title", "A title to take")
    contexts.append(chromium.new_context(java_script_enabled=False))
    plain = signed_in(contexts[-1], site, "ana")
    plain.goto(form)
    plain.click("text=Take it")
    expect(plain.locator("#id_title")).to_have_value("A title to take")
    expect(plain.locator(".autosave-taken")).to_contain_text("Nothing is saved yet")
    plain.click("[name=_save]")
    ana.goto(f"{site.url}/admin/")
    expect(ana.locator(".unsaved-work")).to_have_count(0)
