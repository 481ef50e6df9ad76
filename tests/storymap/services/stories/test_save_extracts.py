"""Basemap extracts belong to a story and go wherever it goes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.storage import default_storage

from places.geo import Bounds
from places.models import Stale
from storymap.models import BasemapExtract, Story, Trashed
from storymap.services.history.differences import changes_between, differences
from storymap.services.history.entries import restore
from storymap.services.history.trash import move_to_trash, put_back
from storymap.services.media.extracts import ExtractProblem
from storymap.services.publishing.publish import publish
from storymap.services.stories.copies import copy_chapter, copy_story
from storymap.services.stories.save_extracts import set_extract
from storymap.services.stories.save_story_file import CannotSave, save_story_file
from storymap.story.document import from_json
from storymap.story.extract_head import Credit, ExtractHead, head_of
from storymap.story.from_models import story_file_of
from storymap.story.storyfile import ExtractEntry, StoryFile, from_json as story_from_json, to_json
from tests.factories import (
    AROUND_THE_SQUARE,
    extract_file,
    make_published_story,
    make_story,
    make_story_with_streets,
    make_user,
    story_file,
    with_streets,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_storage")]
NAME = hashlib.sha256(extract_file()).hexdigest()[:32] + ".json"
HEAD = ExtractHead(Bounds(*AROUND_THE_SQUARE), 12.0, Credit("© Street mappers", "ODbL-1.0", date="2013"))


def said(story: Story) -> StoryFile:
    return story_file_of(Story.objects.get(pk=story.pk))


def test_a_story_without_extracts_says_nothing_of_them() -> None:
    story = make_published_story()
    document = story.editions.get().documents.get().document
    assert b"extracts" not in to_json(said(story)) and '"extracts"' not in document
    assert StoryFile(slug="x", default_language="en", languages=("en",), title={}, extracts=()) == StoryFile(
        slug="x", default_language="en", languages=("en",), title={}
    )


def test_a_story_file_brings_its_extracts() -> None:
    story = make_story_with_streets()
    assert said(story).extracts == (ExtractEntry(slug="centre", file=NAME, head=HEAD),)
    with default_storage.open(NAME) as stored:
        assert stored.read() == extract_file()
    file = said(story)
    assert story_from_json(to_json(file)) == file
    again = save_story_file(file=file, media={NAME: extract_file()})
    assert (again.created, again.changed) == (0, 0)


def test_what_the_file_says_of_itself_wins() -> None:
    other = ExtractHead(Bounds(0, 0, 1, 1), 3, Credit("Somebody else"))
    entry = ExtractEntry(slug="centre", file="streets.json", head=other)
    assert said(make_story_with_streets(extracts=(entry,))).extracts == (
        ExtractEntry(slug="centre", file=NAME, head=HEAD),
    )


def test_extracts_are_changed_and_taken_away() -> None:
    story = make_story_with_streets()
    content = extract_file(min_zoom=14)
    save_story_file(file=with_streets(), media={"streets.json": content})
    assert [row.head["min_zoom"] for row in story.extracts.all()] == [14]
    save_story_file(file=story_file(), media={})
    assert not story.extracts.exists()


def with_head(credit: dict[str, Any] | None = None, **head: Any) -> bytes:
    file = json.loads(extract_file())
    return json.dumps({**file, **head, "credit": file["credit"] | (credit or {})}).encode()


BAD = [
    (b"{}", "format"),
    (b"streets", "not a basemap extract"),
    (b" " * 4_000_001, "at most 4000000"),
    (with_head(format="atlas/1"), "atlas/1"),
    (with_head(bounds=[-77.01, -12.07, -77.05, -12.03]), "bounds: west"),
    (with_head(bounds=[0, 0, 0, 1]), "bounds: they have no width"),
    (with_head(bounds=[0, 0, 1, 95]), "bounds: north"),
    (with_head(bounds=[0, 0, 1, 89]), "bounds: a map reaches"),
    (with_head(minZoom=40), "minZoom"),
    (with_head({"attribution": " "}), "credit.attribution is empty"),
    (with_head({"attribution": "a\x00b"}), "credit.attribution cannot be stored"),
    (with_head({"date": "last year"}), "credit.date"),
    (with_head({"licence": "x" * 61}), "licence"),
]


@pytest.mark.parametrize(("content", "why"), BAD)
def test_a_bad_file_is_refused_by_its_name_and_field(content: bytes, why: str) -> None:
    with pytest.raises(CannotSave) as refused:
        make_story_with_streets(content=content)
    [problem] = refused.value.problems
    assert problem.where == "extracts/centre/file" and problem.what.startswith("streets.json: ") and why in problem.what
    assert default_storage.listdir("")[1] == []


def test_what_is_missing_or_named_twice_is_refused() -> None:
    with pytest.raises(CannotSave, match=r"extracts/centre/file: media/streets.json is missing"):
        save_story_file(file=with_streets(), media={})
    twice = (ExtractEntry(slug="centre", file="streets.json"),) * 2
    with pytest.raises(CannotSave, match="extracts/centre: occurs twice"):
        make_story_with_streets(extracts=twice)
    with pytest.raises(CannotSave, match=r"extracts/No slug/slug"):
        make_story_with_streets(extracts=(ExtractEntry(slug="No slug", file="streets.json"),))


def test_readers_are_told_where_streets_are_and_whose() -> None:
    story = make_story_with_streets()
    publish(story=story, by=None)
    [extract] = from_json(story.editions.get().documents.get().document).extracts or ()
    assert (extract.slug, extract.file, extract.bounds, extract.min_zoom) == ("centre", NAME, HEAD.bounds, 12)
    assert extract.credit == HEAD.credit


def test_history_tells_of_them_and_brings_them_back() -> None:
    story = make_story()
    before = said(story)
    set_extract(story=story, name="Centre", content=extract_file(), by=make_user("ana"))
    after = said(story)
    assert story.revisions.first().what == "Streets “centre” laid under the map"
    assert changes_between(before, after) == [("added", "extracts", "centre")]
    assert [(part.verb, part.kind) for part in differences(after, before)] == [("removed", "extracts")]
    restore(story=story, file=before, by=None)
    assert to_json(said(story)) == to_json(before)
    restore(story=story, file=after, by=None)
    assert said(story) == after
    default_storage.delete(NAME)
    restore(story=story, file=before, by=None)
    with pytest.raises(CannotSave, match="extracts/centre/file: is no longer stored"):
        restore(story=story, file=after, by=None)


def test_one_is_set_replaced_and_refused() -> None:
    story = make_story()
    row = set_extract(story=story, name="Around the square", content=extract_file(), by=None)
    assert (row.slug, row.file, row.head) == ("around-the-square", NAME, HEAD.column())
    again = set_extract(story=story, name="Around the square", content=extract_file(min_zoom=13), by=None)
    assert (again.pk, again.head["min_zoom"], story.extracts.count()) == (row.pk, 13, 1)
    with pytest.raises(ExtractProblem, match="not a basemap extract"):
        set_extract(story=story, name="Broken", content=b"{", by=None)
    with pytest.raises(ExtractProblem, match="at most 4000000"):
        set_extract(story=story, name="Large", content=b" " * 4_000_001, by=None)
    seen = Story.objects.get(pk=story.pk).version
    set_extract(story=story, name="Another", content=extract_file(), by=None)
    with pytest.raises(Stale):
        set_extract(story=story, name="Third", content=extract_file(), by=None, seen=seen)


def test_the_trash_holds_one_for_thirty_days() -> None:
    story = make_story_with_streets()
    before = said(story)
    thrown = move_to_trash(story.extracts.get(), by=make_user("ana"))
    assert (said(story).extracts or ()) == () and (thrown.title, thrown.kind) == ("centre", "extracts")
    put_back(thrown, by=None)
    assert (said(story), Trashed.objects.count()) == (before, 0)
    thrown = move_to_trash(story.extracts.get(), by=None)
    set_extract(story=story, name="centre", content=extract_file(min_zoom=15), by=None)
    with pytest.raises(CannotSave, match="something else now"):
        put_back(thrown, by=None)


def test_a_deleted_chapter_takes_no_streets_along() -> None:
    story = make_story_with_streets()
    before = said(story)
    thrown = move_to_trash(story.chapters.get(), by=None)
    assert "extracts" not in thrown.source and story.extracts.count() == 1
    put_back(thrown, by=None)
    assert said(story) == before


def test_a_deleted_story_comes_back_with_its_streets() -> None:
    story = make_story_with_streets()
    before = said(story)
    thrown = move_to_trash(story, by=None)
    assert not BasemapExtract.objects.exists()
    assert said(put_back(thrown, by=None)) == before


def test_a_copied_story_has_its_own() -> None:
    story = make_story_with_streets()
    copy = copy_story(story=story, by=None)
    assert said(copy).extracts == said(story).extracts
    story.extracts.all().delete()
    assert copy.extracts.count() == 1
    copy_chapter(chapter=copy.chapters.get(), by=None)
    assert copy.extracts.count() == 1


def test_extracts_are_kept_in_the_order_of_their_slugs() -> None:
    names: Any = [ExtractEntry(slug=slug, file="streets.json") for slug in ("river", "centre")]
    story = make_story_with_streets(extracts=tuple(names))
    assert [entry.slug for entry in said(story).extracts or ()] == ["centre", "river"]


def test_the_head_is_read_as_it_was_written() -> None:
    assert head_of(extract_file()) == HEAD
    simple = head_of(extract_file(simplified=True, source="https://example.org/streets"))
    assert simple == replace(HEAD, credit=replace(HEAD.credit, simplified=True, source="https://example.org/streets"))
