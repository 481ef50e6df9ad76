"""Publishing: an edition is complete, numbered and never changes; readers see the newest that has appeared."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, connection, transaction

from storymap.models import Edition, EditionDocument, Story
from storymap.selectors.editions import NotPublished, edition_ref, public_editions, published_stories, published_story
from storymap.services.publishing.publish import CannotPublish, publish, withdraw
from storymap.services.publishing.rules import problems_of
from storymap.services.stories.save_story_file import save_story_file
from storymap.story import document
from storymap.story.from_models import story_file_of
from storymap.story.storyfile import from_json
from tests.factories import chapter_entry, event_entry, make_published_story, make_story, make_user, story_file

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 22, 15, 23, tzinfo=UTC)
HOUR = timedelta(hours=1)


def change(story: Story, **fields: object) -> Story:
    return save_story_file(file=story_file(story.slug, **fields), media={}).story


def seen(slug: str = "a-story", language: str = "en") -> str | None:
    """The title that readers see."""
    try:
        return published_story(slug, language).document.title
    except NotPublished:
        return None


def test_a_draft_is_seen_by_nobody() -> None:
    make_story()
    assert seen() is None
    assert published_stories("en") == []
    with pytest.raises(NotPublished):
        public_editions("a-story")


def test_an_edition_holds_the_whole_story_in_every_language_with_its_digests() -> None:
    story = make_story(title={"en": "A story", "ja": "物語"}, standfirst={"en": "About.", "ja": "概要"})
    edition = publish(story=story, by=None, note="First.")
    assert from_json(edition.source) == story_file_of(story)
    assert edition.digest == hashlib.sha256(edition.source.encode()).hexdigest()
    documents = {row.language: row for row in edition.documents.all()}
    assert set(documents) == {"en", "ja"}
    for language, row in documents.items():
        assert row.digest == hashlib.sha256(row.document.encode()).hexdigest()
        assert document.from_json(row.document).language == language
    assert (seen(language="en"), seen(language="ja"), seen(language="es")) == ("A story", "物語", None)


def test_editing_shows_nothing_until_the_next_edition() -> None:
    story = make_published_story()
    change(story, title={"en": "Changed"})
    assert seen() == "A story"
    publish(story=story, by=None)
    assert seen() == "Changed"


def test_editions_are_numbered_per_story_without_holes() -> None:
    one, other = make_published_story(), make_published_story("another-story")
    publish(story=one, by=None)
    withdraw(story=one, by=None)
    publish(story=one, by=None)
    assert sorted(one.editions.values_list("number", flat=True)) == [1, 2, 3]
    assert list(other.editions.values_list("number", flat=True)) == [1]


@pytest.mark.parametrize("model", [Edition, EditionDocument])
def test_the_database_refuses_to_change_an_edition(model: type[Edition] | type[EditionDocument]) -> None:
    make_published_story()
    row = model.objects.get()
    statements = [
        lambda: model.objects.update(digest="0" * 64),
        lambda: row.save(),
        lambda: connection.cursor().execute(f"UPDATE {model._meta.db_table} SET digest = 'x'"),  # noqa: S608
    ]
    for statement in statements:
        with pytest.raises(IntegrityError, match="editions are immutable"), transaction.atomic():
            statement()
    assert model.objects.get().digest == row.digest


def test_a_published_story_cannot_be_deleted_with_its_history() -> None:
    story = make_published_story()
    with pytest.raises(IntegrityError), transaction.atomic():
        story.delete()
    assert seen() == "A story"


def test_all_errors_are_told_at_once_and_nothing_is_written() -> None:
    story = make_story(
        standfirst={},
        chapters=(chapter_entry(narration={"en": "See [this](#nowhere)."}),),
        events=(event_entry(status="alleged", citations=()),),
    )
    user = make_user("ana", "publisher")
    with pytest.raises(CannotPublish) as refused:
        publish(story=story, by=user)
    assert {problem.where for problem in refused.value.problems} == {
        "standfirst",
        "chapters/beginning/narration",
        "events/meeting/citations",
        "events/meeting/attributed_to",
    }
    assert not Edition.objects.exists() and not EditionDocument.objects.exists() and not LogEntry.objects.exists()


def test_warnings_do_not_block() -> None:
    story = make_story(title={"en": "A story", "es": "Una historia"}, licence="")
    warnings = problems_of(story_file_of(story))
    assert {"licence", "standfirst", "chapters/beginning/title"} <= {w.where for w in warnings}
    assert not any(warning.is_error for warning in warnings)
    publish(story=story, by=None)
    assert seen(language="es") == "Una historia"


def test_errors_stand_before_warnings() -> None:
    story = make_story(title={"en": "A story", "es": "Una historia"}, events=(event_entry(citations=()),))
    flags = [problem.is_error for problem in problems_of(story_file_of(story))]
    assert flags == [True] + [False] * (len(flags) - 1) and len(flags) > 1


def test_texts_without_translation_are_shown_in_the_default_language_and_recorded() -> None:
    story = make_story(title={"en": "A story", "es": "Una historia"})
    publish(story=story, by=None)
    spanish = published_story("a-story", "es").document
    assert spanish.chapters[0].title == "The beginning"
    assert set(spanish.fallbacks) == {
        "standfirst",
        "chapters/beginning/title",
        "chapters/beginning/narration",
        "events/meeting/title",
        "events/meeting/summary",
        "places/square",
    }
    assert len(spanish.fallbacks) == len(set(spanish.fallbacks))
    assert published_story("a-story", "en").document.fallbacks == ()


def test_a_scheduled_edition_appears_by_itself() -> None:
    with time_machine.travel(NOW, tick=False):
        story = make_published_story()
        change(story, title={"en": "Tomorrow"})
        publish(story=story, by=None, at=NOW + HOUR)
        assert seen() == "A story"
        assert [edition.number for edition in public_editions("a-story")] == [1]
    with time_machine.travel(NOW + HOUR, tick=False):
        assert seen() == "Tomorrow"
        assert [edition.number for edition in public_editions("a-story")] == [2, 1]


def test_a_first_edition_that_is_scheduled_is_seen_by_nobody_before() -> None:
    with time_machine.travel(NOW, tick=False):
        publish(story=make_story(), by=None, at=NOW + HOUR)
        assert seen() is None
        assert published_stories("en") == []


def test_an_edition_cannot_be_dated_back() -> None:
    with time_machine.travel(NOW, tick=False):
        edition = publish(story=make_story(), by=None, at=NOW - HOUR)
        assert edition.publish_at == edition.created_at == NOW


def test_a_newer_edition_outlives_an_older_one_that_appears_after_it() -> None:
    with time_machine.travel(NOW, tick=False):
        story = make_story(title={"en": "Planned"})
        publish(story=story, by=None, at=NOW + HOUR)
        change(story, title={"en": "Sooner"})
        publish(story=story, by=None)
    with time_machine.travel(NOW + 2 * HOUR, tick=False):
        assert seen() == "Sooner"


def test_withdrawing_hides_everything_so_far_also_what_is_scheduled() -> None:
    with time_machine.travel(NOW, tick=False):
        story = make_published_story()
        publish(story=story, by=None, at=NOW + HOUR)
        withdraw(story=story, by=None)
        assert seen() is None
    with time_machine.travel(NOW + 2 * HOUR, tick=False):
        assert seen() is None
        assert published_stories("en") == []
        with pytest.raises(NotPublished):
            public_editions("a-story")


def test_a_withdrawn_story_published_again_is_visible_again_without_its_past() -> None:
    story = make_published_story()
    withdraw(story=story, by=None)
    publish(story=story, by=None)
    assert seen() == "A story"
    assert [edition.number for edition in public_editions("a-story")] == [2]


def test_a_language_that_the_new_edition_drops_is_gone() -> None:
    story = make_published_story(title={"en": "A story", "ja": "物語"})
    change(story)
    publish(story=story, by=None)
    assert (seen(language="en"), seen(language="ja")) == ("A story", None)
    assert edition_ref("a-story", "en").number == 2


def test_an_edition_says_what_changed_and_who_published_it() -> None:
    user = make_user("ana", "publisher")
    story = make_published_story()
    change(story, title={"en": "New"}, events=(event_entry(date="1996-12-18"),))
    edition = publish(story=story, by=user, note="The date is corrected.")
    edition.refresh_from_db()
    assert edition.changes == [["changed", "story", "title"], ["changed", "events", "meeting"]]
    assert (edition.by, edition.note) == ("ana", "The date is corrected.")
    assert story.editions.get(number=1).changes == []


def test_publishing_and_withdrawing_leave_entries_in_the_log() -> None:
    user, story = make_user("ana", "publisher"), make_story()
    publish(story=story, by=user)
    withdraw(story=story, by=user)
    entries = LogEntry.objects.order_by("pk")
    assert [entry.get_change_message() for entry in entries] == [
        "Published as edition 1.",
        "Withdrawn through edition 1.",
    ]
    assert {(entry.user_id, entry.object_id) for entry in entries} == {(user.pk, str(story.pk))}
