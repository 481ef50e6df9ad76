"""Ways in which people get into each other's way: nothing that was acknowledged vanishes unseen.

A sample here, hundreds in `make fuzz`. A story serves several runs: it need not begin anew.
"""

from __future__ import annotations

import random

import pytest
from django.contrib.auth.models import User

from storymap.models import Story
from tests.extent import LARGE
from tests.factories import chapter_entry, event_entry, make_story, make_user
from tests.storymap.admin.editing.desks import DOORS, Room

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CHUNKS = 10 if LARGE else 4
RUNS, ALONE = (500, 200) if LARGE else (72, 24)


def room(chance: random.Random) -> Room:
    chapters = (chapter_entry("one"), chapter_entry("two", moments=()), chapter_entry("spare", moments=()))
    return Room(make_story(chapters=chapters, events=(event_entry(),)), chance)


def people(*names: str) -> list[User]:
    return [make_user(name, "publisher", is_superuser=True) for name in names]


@pytest.mark.parametrize("seed", range(CHUNKS))
def test_nothing_that_was_acknowledged_vanishes(seed: int) -> None:
    """Two to four look, in any order, and then each changes something through any door, on what was seen then."""
    chance = random.Random(seed)
    here, staff = room(chance), people("ana", "bea", "cai", "dan")
    for run in range(RUNS // CHUNKS):
        writers = chance.sample(staff, chance.randint(2, 4))
        doors = [chance.choice(DOORS) for _ in writers]
        views = [here.look(user, door) for user, door in zip(writers, doors, strict=True)]
        for number, (user, view, door) in enumerate(zip(writers, views, doors, strict=True)):
            here.act(user, view, door, f"{user.username}-{seed}-{run}-{number}")
    assert here.overwritten == []
    assert here.lost() == []
    assert len(here.told) > RUNS // CHUNKS // 3 and here.asked, "the runs did meet"


@pytest.mark.parametrize("seed", range(CHUNKS))
def test_who_works_alone_is_never_asked(seed: int) -> None:
    """Several tabs, Save pressed twice, Back and Save again."""
    chance = random.Random(seed)
    here, (ana,) = room(chance), people("ana")
    for run in range(ALONE // CHUNKS):
        view = here.look(ana, *DOORS)
        for number in range(chance.randint(1, 3)):
            door = chance.choice([door for door in DOORS if door != "publish"])
            assert here.act(ana, view, door, f"ana-{seed}-{run}-{number}"), (door, run, number)
    assert (here.asked, here.lost()) == (0, [])
    assert Story.objects.get().revisions.count() > 1
