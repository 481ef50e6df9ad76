"""Several people at the very same time, each with a connection of their own. Run on databases that threads can share:
a SQLite file by test_elsewhere.py, PostgreSQL by tests/postgresql.py."""

from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.contrib.auth.models import User
from django.db import connection

from places.models import Stale
from storymap.models import Story
from storymap.services.stories.wizard import ChapterWords, PictureWords, save_chapter
from tests.factories import make_illustration, make_story
from tests.storymap.admin.editing.desks import Room
from tests.storymap.admin.editing.test_interleavings import people, room

pytestmark = pytest.mark.django_db(transaction=True)
DOORS = ("chapter", "event", "order", "import", "publish")
TURNS = 6


@pytest.fixture(autouse=True)
def log_that_can_be_emptied(transactional_db: None) -> Iterator[None]:
    """The audit log refuses to be emptied, as the end of such a test asks of every table."""
    yield
    if connection.vendor == "sqlite" and not connection.is_in_memory_db():
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'storymap_auditentry'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")


def work(here: Room, user: User, seed: int) -> list[tuple[str, bool]]:
    """A few changes, one after another, each on a fresh view; what was acknowledged is noted in `here.told`."""
    chance, done = random.Random(seed), []
    for turn in range(TURNS):
        door = chance.choice(DOORS)
        view = here.look(user, door)
        try:
            done.append((door, bool(getattr(here, f"_{door}")(user, view, f"{user.username}-{turn}"))))
        except Stale:
            done.append((door, False))
    connection.close()
    return done


def need_a_shared_database() -> None:
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("threads cannot share a database in memory: test_elsewhere.py runs this on a file")


@pytest.mark.parametrize("seed", range(2))
def test_nothing_that_was_acknowledged_at_the_same_time_vanishes(seed: int) -> None:
    need_a_shared_database()
    here, staff = room(random.Random(seed)), people("ana", "bea", "cai", "dan")
    before = Story.objects.get().version
    with ThreadPoolExecutor(len(staff)) as pool:
        done = list(pool.map(work, [here] * len(staff), staff, range(seed * 10, seed * 10 + len(staff))))
    acknowledged = sum(was for turns in done for _door, was in turns)
    assert acknowledged >= len(staff)
    assert here.lost() == []
    assert Story.objects.get().version - before == acknowledged, "every change took a version of its own"
    newest = here.story.revisions.first()
    assert newest.version <= Story.objects.get().version


def tell_on(story: Story, name: str) -> int:
    """Words of a chapter and of its picture, again and again; how often they were kept."""
    words, kept = PictureWords(None, alt="", decorative=True, caption="", credit=name, licence="CC0-1.0"), 0
    for turn in range(TURNS):
        story.refresh_from_db()
        told = ChapterWords("en", story.slug, f"{name} {turn}", picture=words)
        with suppress(Stale):  # the other one has changed the words of the picture meanwhile
            save_chapter(story=story, words=told, chapter=story.chapters.get(), by=None, seen=story.version)
            kept += 1
    connection.close()
    return kept


def test_two_who_tell_of_the_same_picture_in_two_stories_do_not_wait_for_each_other() -> None:
    """Each writes into a story of their own, and both into the picture that both stories show."""
    need_a_shared_database()
    stories = [make_story(slug=slug) for slug in ("one", "two")]
    picture = make_illustration()
    for story in stories:
        story.chapters.update(illustration=picture)
    with ThreadPoolExecutor(2) as pool:
        assert all(pool.map(tell_on, stories, ("ana", "bea")))
    picture.refresh_from_db()
    assert picture.credit in {"ana", "bea"}
