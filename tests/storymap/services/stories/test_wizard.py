"""A chapter with what happens in it, in one save: all of it or nothing."""

from __future__ import annotations

import io

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from places.geo import LatLng
from places.models import Event, Place, Source, Stale
from storymap.models import Chapter, Illustration, Story
from storymap.services.history.versions import changing, story_at
from storymap.services.media.pictures import encoded
from storymap.services.publishing.publish import publish
from storymap.services.publishing.rules import problems_of
from storymap.services.stories.wizard import ChapterWords, NewMoment, NewPlace, PictureWords, begin_story, save_chapter
from storymap.story.from_models import story_file_of
from tests.factories import make_story, make_user

pytestmark = pytest.mark.django_db


def place(**fields: object) -> NewPlace:
    return NewPlace(
        **{"name": "The square", "at": LatLng(-12.05, -77.03), "country": "PE", "precision": "building", **fields}
    )  # type: ignore[arg-type]


def moment(**fields: object) -> NewMoment:
    told = {"title": "A meeting", "summary": "", "date": "1996-12-17", "time": "20:20", "status": "documented"}
    rest = {"attributed_to": "", "place": place(), "source": "La República, page 3"}
    return NewMoment(**{**told, **rest, **fields})  # type: ignore[arg-type]


def words(**fields: object) -> ChapterWords:
    return ChapterWords(**{"language": "en", "title": "The square", "narration": "It begins.", **fields})  # type: ignore[arg-type]


def begun(title: str = "Three steps") -> Story:
    return begin_story(title=title, standfirst="Each has its reason.", language="en", by=make_user("ana"))


def tell(story: Story, told: ChapterWords, chapter: Chapter | None = None) -> Chapter:
    return save_chapter(story=story, words=told, chapter=chapter, by=None, seen=story.version)


def test_a_story_told_on_one_page_can_be_published() -> None:
    story = begun()
    tell(story, words(moment=moment()))
    assert [p for p in problems_of(story_file_of(story)) if p.is_error] == []
    assert publish(story=story, by=None).number == 1


def test_the_moment_stands_where_and_when_it_was_said_to() -> None:
    chapter = tell(begun(), words(moment=moment()))
    event = chapter.moments.get().event
    assert (event.date, event.time, event.place.latitude, event.place.country) == ("1996-12-17", "20:20", -12.05, "PE")
    assert event.citations.get().source.title == "La República, page 3"


def test_chapters_come_one_after_another_and_names_are_never_taken_twice() -> None:
    story = begun()
    chapters = [tell(story, words()) for _ in range(3)]
    assert [(c.slug, c.position) for c in chapters] == [("the-square", 1), ("the-square-2", 2), ("the-square-3", 3)]


@pytest.mark.parametrize(
    ("title", "slug"), [("首都", "story"), ("¿Qué pasó en_Lima?", "que-paso-en-lima"), ("--", "story")]
)
def test_every_title_makes_an_address(title: str, slug: str) -> None:
    assert begun(title).slug == slug


def test_a_chapter_never_takes_an_address_of_the_site() -> None:
    assert tell(begun(), words(title="Editions")).slug == "chapter-editions"


def test_the_same_source_is_cited_and_not_made_anew() -> None:
    story = begun()
    for address in ("https://example.org/a", "https://example.org/a", "https://example.org/b"):
        tell(story, words(moment=moment(source=address)))
    assert sorted(Source.objects.values_list("url", flat=True)) == ["https://example.org/a", "https://example.org/b"]


def test_what_is_wrong_leaves_nothing_behind() -> None:
    story = begun()
    with pytest.raises(ValidationError):
        tell(story, words(moment=moment(place=place(country="Peru"))))
    assert not (Chapter.objects.exists() or Event.objects.exists() or Place.objects.exists() or Source.objects.exists())


def test_words_written_on_an_outdated_view_are_refused() -> None:
    story = make_story()
    chapter, seen = story.chapters.get(), story.version
    tell(story, words(narration="Theirs."), chapter)
    with pytest.raises(Stale):
        save_chapter(story=story, words=words(narration="Mine."), chapter=chapter, by=None, seen=seen)
    assert Chapter.objects.get().narration == "Theirs."


def test_a_picture_comes_with_its_words_and_may_get_others_later() -> None:
    data = io.BytesIO()
    Image.radial_gradient("L").save(data, "PNG")
    story, described = (
        begun(),
        {"alt": "A light", "decorative": False, "caption": "", "credit": "Ana", "licence": "CC0-1.0"},
    )
    chapter = tell(story, words(picture=PictureWords(encoded(data.getvalue()), **described)))  # type: ignore[arg-type]
    tell(story, words(picture=PictureWords(None, **{**described, "caption": "Mended"})), chapter)  # type: ignore[arg-type]
    row = Illustration.objects.get()
    assert (row.alt, row.caption, row.slug, bool(row.file)) == ("A light", "Mended", "the-square", True)


def with_picture(story: Story, caption: str = "", chapter: Chapter | None = None, **how: object) -> Chapter:
    data = None
    if chapter is None:
        data = io.BytesIO()
        Image.radial_gradient("L").save(data, "PNG")
    picture = PictureWords(encoded(data.getvalue()) if data else None, "A light", False, caption, "Ana", "CC0-1.0")
    seen = {"by": None, "seen": story.version, **how}
    return save_chapter(story=story, words=words(picture=picture), chapter=chapter, **seen)  # type: ignore[arg-type]


def test_another_story_with_the_same_picture_gets_a_revision_too() -> None:
    story, other = begun(), make_story()
    chapter = with_picture(story)
    with changing(other, by=None):
        other.chapters.update(illustration=chapter.illustration)
    with_picture(story, "Mended", chapter, by=make_user("bea"))
    newest = other.revisions.order_by("-version").first()
    assert (newest.by, story_at(other, newest.version).illustrations[0].caption) == ("bea", {"en": "Mended"})


def test_what_somebody_else_changed_elsewhere_in_the_story_is_no_conflict() -> None:
    story = make_story()
    chapter, seen = story.chapters.get(), story.version
    tell(story, words(title="Another chapter"))
    save_chapter(story=story, words=words(narration="Mine."), chapter=chapter, by=make_user("ana"), seen=seen)
    assert Chapter.objects.get(pk=chapter.pk).narration == "Mine."


def test_new_words_of_the_picture_are_not_overwritten_unseen() -> None:
    story = begun()
    chapter = with_picture(story)
    seen = story.version
    with_picture(story, "Theirs", chapter)
    with pytest.raises(Stale):
        with_picture(story, "Mine", chapter, by=make_user("bea"), seen=seen)
    assert Illustration.objects.get().caption == "Theirs"
