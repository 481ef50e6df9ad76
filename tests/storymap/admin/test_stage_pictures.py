"""Editors bring pictures that take the place of the map, describe them, and take them away."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from storymap.admin.editing.words import kind_words, part_words
from storymap.models import StagePicture, Story
from storymap.services.history.differences import KINDS
from storymap.services.publishing.checklist import checklist_of
from storymap.services.publishing.publish import publish
from storymap.services.publishing.rules import problems_of
from storymap.services.stories.save_story_file import save_story_file
from storymap.stage import tiles_of
from storymap.story.from_models import story_file_of
from storymap.story.storyfile import MomentEntry
from tests.factories import chapter_entry, event_entry, make_story, make_user, photograph, staged_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_storage")]
WORDS = {"name": "The plan", "language": "en", "alt": "A plan", "caption": "", "credit": "Ana", "licence": "CC0-1.0"}


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(make_user("ana", "editor"))
    return client


def address(story: Story, more: str = "") -> str:
    return f"/admin/storymap/story/{story.pk}/pictures/{more}"


def sent(desk: Client, story: Story, content: bytes | None = None, **fields: Any) -> Any:
    file = {"file": SimpleUploadedFile("plan.jpg", content)} if content else {}
    story.refresh_from_db()
    return desk.post(address(story), {**WORDS, "version": story.version, **file, **fields})


def test_a_picture_is_uploaded_with_its_words_and_cut_into_tiles(desk: Client) -> None:
    story = make_story()
    assert sent(desk, story, photograph(700, 300)).status_code == 302
    row = story.stages.get()
    row.set_current_language("en")
    assert (row.slug, row.alt, row.credit, row.licence) == ("the-plan", "A plan", "Ana", "CC0-1.0")
    for tile in tiles_of((700, 300)):
        assert desk.get(f"/media/{tile.name(row.file)}").status_code == 200
    page = desk.get(address(story)).content.decode()
    assert "700 × 300" in page and "the-plan" in page


def test_its_words_are_changed_and_its_file_stays(desk: Client) -> None:
    story = make_story()
    sent(desk, story, photograph(700, 300))
    before = story_file_of(Story.objects.get())
    sent(desk, story, language="es", alt="Un plano")
    after = story_file_of(Story.objects.get())
    assert (after.stages or ())[0].alt == {"en": "A plan", "es": "Un plano"}
    assert (after.stages or ())[0].file == (before.stages or ())[0].file


def test_the_form_opens_with_the_picture_that_the_checklist_names(desk: Client) -> None:
    story = make_story()
    sent(desk, story, photograph(70, 30))
    page = desk.get(address(story, "?picture=the-plan&language=en")).content.decode()
    assert 'value="the-plan"' in page and ">\nA plan</textarea>" in page


@pytest.mark.parametrize(
    ("content", "fields", "words"),
    [
        (None, {}, "choose a file"),
        (b"<svg/>", {}, "SVG drawings"),
        (photograph(20, 20), {"alt": ""}, "required"),
        (photograph(20, 20), {"language": "xx"}, "valid choice"),
    ],
)
def test_what_cannot_be_taken_is_said_beside_its_field(
    desk: Client, content: bytes | None, fields: dict[str, str], words: str
) -> None:
    story = make_story()
    answer = sent(desk, story, content, **fields)
    assert answer.status_code == 200 and words in answer.content.decode()
    assert not StagePicture.objects.exists()


def test_what_somebody_else_has_changed_meanwhile_is_not_overwritten(desk: Client) -> None:
    story = make_story()
    sent(desk, story, photograph(20, 20))
    seen = Story.objects.get().version
    other = Client()
    other.force_login(make_user("bea", "author"))
    sent(other, story, alt="Theirs")
    answer = desk.post(address(story), {**WORDS, "alt": "Mine", "version": seen})
    assert "were changed elsewhere" in answer.content.decode()
    assert (story_file_of(Story.objects.get()).stages or ())[0].alt == {"en": "Theirs"}


def test_a_picture_that_no_chapter_needs_is_removed_and_history_brings_it_back(desk: Client) -> None:
    story = make_story()
    sent(desk, story, photograph(20, 20))
    row = StagePicture.objects.get()
    desk.post(address(story, f"{row.pk}/remove/"), {"version": Story.objects.get().version})
    assert not StagePicture.objects.exists()


def test_a_picture_on_which_a_chapter_stands_stays(desk: Client) -> None:
    story = save_story_file(file=staged_file(), media={"plan.jpg": photograph(70, 30)}).story
    row = story.stages.get()
    answer = desk.post(address(story, f"{row.pk}/remove/"), {"version": story.version}, follow=True)
    assert "stands on this picture" in answer.content.decode()
    assert StagePicture.objects.exists()


def test_who_may_not_change_the_story_gets_nothing(client: Client) -> None:
    story = make_story()
    client.force_login(make_user("eve"))
    assert client.get(address(story)).status_code in (302, 403)


def test_the_checklist_asks_for_words_credit_and_spots() -> None:
    file = staged_file()
    (plan,) = file.stages or ()
    bare = chapter_entry("house", stage="plan", moments=(MomentEntry(event="step"),), overlay={"features": []})
    poor = replace(plan, alt={}, credit="", licence="")
    found = {p.where: p for p in problems_of(replace(file, stages=(poor,), chapters=(chapter_entry(), bare)))}
    assert {where for where, p in found.items() if p.is_error} == {
        "stages/plan/alt",
        "stages/plan/credit",
        "stages/plan/licence",
    }
    assert not found["chapters/house/moments"].is_error and "no spot" in found["chapters/house/moments"].what


def test_every_problem_of_a_picture_leads_to_its_page(desk: Client) -> None:
    file = staged_file()
    story = save_story_file(file=file, media={"plan.jpg": photograph(70, 30)}).story
    StagePicture.objects.update(credit="")
    assert checklist_of(story_file_of(Story.objects.get())).errors == 1
    desk.force_login(make_user("pia", "publisher"))
    page = desk.get(f"/admin/storymap/story/{story.pk}/publish/").content.decode()
    assert f"{address(story)}?picture=plan&amp;language=en#id_credit" in page


def test_a_chapter_on_a_picture_needs_no_place() -> None:
    event = event_entry("step", place=None)
    file = staged_file(events=(event_entry(), event, event_entry("way", place=None)))
    assert {p.where for p in problems_of(file) if p.where.startswith("chapters/house")} <= {"chapters/house/narration"}


def test_the_history_names_pictures_that_came_and_changed(desk: Client) -> None:
    story = make_story()
    sent(desk, story, photograph(20, 20))
    sent(desk, story, credit="Bea")
    page = desk.get(f"/admin/storymap/story/{story.pk}/history/").content.decode()
    assert "Stage picture “the-plan” saved" in page
    versions = [revision.version for revision in story.revisions.order_by("version")]
    marks = {"from": f"r{versions[0]}", "to": f"r{versions[-1]}"}
    compared = desk.get(f"/admin/storymap/story/{story.pk}/history/compare/", marks).content.decode()
    assert "Stage picture “the-plan”" in compared and "Bea" in compared


def test_every_kind_of_part_has_a_name_for_editors() -> None:
    for kind in KINDS:
        assert part_words(kind, "some") and kind_words(kind, "slug")


def test_the_public_history_names_them_too(desk: Client) -> None:
    story = make_story()
    publish(story=story, by=None)
    sent(desk, story, photograph(20, 20))
    publish(story=Story.objects.get(), by=None, note="With a plan.")
    page = desk.get("/stories/a-story/editions/").content.decode()
    assert "Stage picture “the-plan”: added" in page
