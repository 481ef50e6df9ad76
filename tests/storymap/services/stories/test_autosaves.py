"""Drafts are their writer's alone, one rolling row for each open form."""

from __future__ import annotations

from uuid import uuid4

import pytest

from storymap.models import Autosave, Chapter, Story
from storymap.services.stories import autosaves
from storymap.services.stories.autosaves import (
    FormOf,
    TooManyAutosaves,
    Unsaved,
    autosaves_of,
    discard_autosave,
    forget_saved,
    rows_of,
    store_autosave,
    version_of,
)
from tests.factories import make_story, make_user

pytestmark = pytest.mark.django_db
KEY = uuid4()


@pytest.fixture
def form() -> FormOf:
    return FormOf(Story, str(make_story().pk), "en")


def note(text: str = "Autosave", turn: int = 1, key=KEY) -> Unsaved:
    return Unsaved(key, {"title": [text]}, 1, turn)


def test_one_row_rolls_and_no_revision_is_kept(form: FormOf) -> None:
    ana = make_user("ana", "author")
    before = Story.objects.get().revisions.count()
    for turn, text in enumerate(["D", "De", "Demands"]):
        store_autosave(user=ana, of=form, unsaved=note(text, turn))
    assert Autosave.objects.get().typed == {"title": ["Demands"]}
    assert Story.objects.get().revisions.count() == before


def test_of_two_requests_the_later_typed_counts_whichever_arrives_last(form: FormOf) -> None:
    ana = make_user("ana", "author")
    store_autosave(user=ana, of=form, unsaved=note("later", turn=7))
    store_autosave(user=ana, of=form, unsaved=note("earlier", turn=6))
    assert Autosave.objects.get().typed == {"title": ["later"]}


def test_a_draft_belongs_to_its_writer_only_even_under_the_same_key(form: FormOf) -> None:
    ana, bea = make_user("ana", "author"), make_user("bea", "author")
    store_autosave(user=ana, of=form, unsaved=note("Ana's"))
    store_autosave(user=bea, of=form, unsaved=note("Bea's"))
    discard_autosave(user=bea, key=KEY)
    assert [draft.typed for draft in autosaves_of(ana, form)] == [{"title": ["Ana's"]}]
    assert list(autosaves_of(bea, form)) == []


def test_tabs_have_drafts_of_their_own(form: FormOf) -> None:
    ana = make_user("ana", "author")
    store_autosave(user=ana, of=form, unsaved=note())
    assert list(autosaves_of(ana, FormOf(Story, form.object_id, "es"))) == []


def test_nothing_typed_is_no_autosave(form: FormOf) -> None:
    ana = make_user("ana", "author")
    store_autosave(user=ana, of=form, unsaved=note())
    assert store_autosave(user=ana, of=form, unsaved=Unsaved(KEY, {}, 1, 2)) is None
    assert not Autosave.objects.exists()


def test_a_save_takes_its_own_draft_and_those_that_say_nothing_else(form: FormOf) -> None:
    ana, others = make_user("ana", "author"), uuid4()
    for key, text in ((KEY, "Mine"), (uuid4(), "Saved"), (others, "Another")):
        store_autosave(user=ana, of=form, unsaved=note(text, key=key))
    forget_saved(user=ana, of=form, key=KEY, posted={"title": ["Saved"], "byline": [""]})
    assert [draft.key for draft in autosaves_of(ana, form)] == [others]


def test_drafts_of_people_who_left_go(form: FormOf) -> None:
    ana, bea, cem = (make_user(name, "author") for name in ("ana", "bea", "cem"))
    for user in (ana, bea):
        store_autosave(user=user, of=form, unsaved=note())
    ana.is_active = False
    ana.save()
    store_autosave(user=cem, of=form, unsaved=note())
    assert {draft.user for draft in Autosave.objects.all()} == {bea, cem}
    bea.delete()
    assert {draft.user for draft in Autosave.objects.all()} == {cem}


def test_there_is_an_end_to_the_drafts_of_one_person(form: FormOf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(autosaves, "MOST", 2)
    ana = make_user("ana", "author")
    first = note()
    for each in (first, note(key=uuid4())):
        store_autosave(user=ana, of=form, unsaved=each)
    with pytest.raises(TooManyAutosaves):
        store_autosave(user=ana, of=form, unsaved=note(key=uuid4()))
    store_autosave(user=ana, of=form, unsaved=note("those that are there still roll", turn=2))


def test_a_chapter_has_the_version_of_its_story() -> None:
    story = make_story()
    story.claim()
    assert version_of(Chapter.objects.select_related("story").get()) == story.version == 2
    assert version_of(None) is None


def test_what_a_draft_is_of_may_be_gone(form: FormOf) -> None:
    draft = store_autosave(user=make_user("ana", "author"), of=form, unsaved=note())
    assert rows_of([draft]) == {draft: Story.objects.get()}
    Story.objects.all().delete()
    assert rows_of([draft]) == {draft: None}
