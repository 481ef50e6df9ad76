"""What two editors of one page see: a message, a question with all three texts, or nothing to worry about."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from places.models import Citation, Event, Place, Source
from storymap.models import Chapter, Story, Trashed
from storymap.services.history.trash import move_to_trash
from tests.admin_forms import filled, opened
from tests.factories import chapter_entry, event_entry, make_published_story, make_story, make_user

pytestmark = pytest.mark.django_db
TEXT = "\nOne “line” <b>& another\n\n日本 {{ x }}"


@pytest.fixture
def story() -> Story:
    return make_story(
        chapters=(chapter_entry("one"), chapter_entry("two", moments=())), events=(event_entry(), event_entry("other"))
    )


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(make_user(name, "publisher"))
    return client


def url(row: Any) -> str:
    return f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/"


@pytest.fixture
def asked(story: Story) -> tuple[Client, str, dict[str, str], str]:
    """Bea's page after both have changed title and narration of a chapter, and Ana the slug: the question."""
    ana, bea, page = signed_in("ana"), signed_in("bea"), url(story.chapters.get(slug="one"))
    form = opened(bea, page)
    assert (
        ana.post(page, {**opened(ana, page), "title": "Ana's", "narration": "Ana wrote.", "slug": "uno"}).status_code
        == 302
    )
    answer = bea.post(page, {**form, "title": "Bea's", "narration": TEXT, "transcript": "Only Bea.", "_continue": "1"})
    assert answer.status_code == 409
    markup = answer.content.decode()
    return bea, page, filled(markup), markup


def test_the_question_holds_all_three_texts_and_who_and_the_words_as_they_were_typed(asked: Any) -> None:
    _bea, _page, form, markup = asked
    assert (form["title"], form["narration"]) == ("Bea's", TEXT)
    for text in ("It begins.", "<ins>Ana wrote", "<del>", "ana"):
        assert text in markup
    assert "style=" not in markup and "<b>& another" not in markup


def test_the_merged_text_is_saved_with_all_else_that_both_changed(asked: Any) -> None:
    bea, page, form, _markup = asked
    answer = bea.post(page, {**form, "narration": "Ana and Bea wrote.", "_resolve": "merged"})
    assert answer.status_code == 302 and answer["Location"].startswith(page), "“save and continue” is remembered"
    chapter = Chapter.objects.get(slug="uno")
    assert (chapter.title, chapter.narration, chapter.transcript) == ("Bea's", "Ana and Bea wrote.", "Only Bea.")


def test_keeping_mine_ignores_what_was_typed_over_it(asked: Any) -> None:
    bea, page, form, _markup = asked
    assert bea.post(page, {**form, "narration": "typed over", "_resolve": "mine"}).status_code == 302
    assert Chapter.objects.get(slug="uno").narration == TEXT.strip()
    assert any("Ana wrote." in revision.source for revision in Story.objects.get().revisions.all())


def test_discarding_mine_is_leaving_the_page(asked: Any) -> None:
    bea, page, _form, _markup = asked
    assert opened(bea, page)["narration"] == "Ana wrote."


def test_a_third_save_while_the_question_is_open_is_asked_about_again(asked: Any) -> None:
    bea, page, form, _markup = asked
    cai = signed_in("cai")
    assert cai.post(page, {**opened(cai, page), "narration": "Cai wrote."}).status_code == 302
    answer = bea.post(page, {**form, "_resolve": "merged"})
    assert answer.status_code == 409
    assert "<ins>Cai" in answer.content.decode() and "As it was" in answer.content.decode()


def test_pressing_save_twice_adds_a_row_once(story: Story) -> None:
    ana, page = signed_in("ana"), url(Event.objects.get(slug="meeting"))
    book = Source.objects.create(slug="book", title="A book")
    form = {
        **opened(ana, page),
        "citations-TOTAL_FORMS": "2",
        "citations-1-source": book.pk,
        "citations-1-note": "Page 1",
    }
    assert [ana.post(page, form).status_code for _press in range(3)] == [302, 302, 302]
    assert Citation.objects.filter(source=book).count() == 1
    assert Citation.objects.get(source=book).note == "Page 1"


def test_back_and_save_again_keeps_the_last_words_of_the_same_person(story: Story) -> None:
    ana, page = signed_in("ana"), url(Event.objects.get(slug="meeting"))
    form = opened(ana, page)
    for title in ("First", "Second"):
        assert ana.post(page, {**form, "title": title}).status_code == 302
    assert Event.objects.get(slug="meeting").title == "Second"


def test_saving_without_a_change_leaves_no_trace(story: Story) -> None:
    Chapter.objects.get(slug="one").translations.update(narration="Two\nlines")
    ana, page = signed_in("ana"), url(story.chapters.get(slug="one"))
    form = opened(ana, page)
    ana.post(page, {**form, "narration": form["narration"].replace("\n", "\r\n")})
    assert Chapter.objects.get(slug="one").narration == "Two\nlines"


def test_rows_that_two_have_added_are_both_kept(story: Story) -> None:
    ana, bea, page = signed_in("ana"), signed_in("bea"), url(Event.objects.get(slug="other"))
    books = [Source.objects.create(slug=slug, title=slug) for slug in ("first", "second")]
    forms = [opened(client, page) for client in (ana, bea)]
    for client, form, book in zip((ana, bea), forms, books, strict=True):
        added = {"citations-TOTAL_FORMS": "2", "citations-1-source": book.pk}
        assert client.post(page, {**form, **added}).status_code == 302
    assert set(Citation.objects.filter(event__slug="other").values_list("source__slug", flat=True)) == {
        *("gazette", "first", "second")
    }


def test_a_mistake_after_merging_shows_the_form_with_both_changes(story: Story) -> None:
    ana, bea, page = signed_in("ana"), signed_in("bea"), url(Place.objects.get())
    form = opened(bea, page)
    assert ana.post(page, {**opened(ana, page), "address": "Ana's street"}).status_code == 302
    answer = bea.post(page, {**form, "latitude": "100"})
    assert answer.status_code == 200
    again = filled(answer.content.decode())
    assert (again["address"], again["latitude"]) == ("Ana's street", "100")
    assert bea.post(page, {**again, "latitude": "10"}).status_code == 302
    place = Place.objects.get()
    assert (place.address, place.latitude) == ("Ana's street", 10)


def test_words_for_something_that_was_deleted_are_shown_to_be_kept(story: Story) -> None:
    bea, chapter = signed_in("bea"), story.chapters.get(slug="two")
    page = url(chapter)
    form = opened(bea, page)
    move_to_trash(chapter, by=make_user("ana", "editor"))
    answer = bea.post(page, {**form, "narration": "A long text of Bea's."})
    assert answer.status_code == 409
    assert "A long text of Bea" in answer.content.decode() and "ana" in answer.content.decode()
    assert Trashed.objects.count() == 1


def test_deleting_offers_a_way_back(story: Story) -> None:
    ana, page = signed_in("ana"), url(story.chapters.get(slug="two")).replace("change", "delete")
    answer = ana.post(page, {**opened(ana, page), "post": "yes"}, follow=True)
    action = f"/admin/storymap/trashed/{Trashed.objects.get().pk}/put-back/"
    assert f'action="{action}"' in answer.content.decode()
    ana.post(action)
    assert [chapter.slug for chapter in story.chapters.all()] == ["one", "two"]


def test_what_is_used_is_not_deleted_and_the_uses_are_links(story: Story) -> None:
    ana = signed_in("ana")
    answer = ana.get(url(Place.objects.get()).replace("change", "delete")).content.decode()
    assert f'href="{url(Event.objects.get(slug="meeting"))}"' in answer
    answer = ana.get(url(Event.objects.get(slug="meeting")).replace("change", "delete")).content.decode()
    assert f'href="{url(story.chapters.get(slug="one"))}"' in answer


def test_publishing_twice_by_accident_publishes_once() -> None:
    story, ana = make_published_story(), signed_in("ana")
    page = f"/admin/storymap/story/{story.pk}/publish/"
    form = {**opened(ana, page), "note": "Corrected."}
    assert [ana.post(page, form).status_code for _press in range(2)] == [302, 200]
    assert story.editions.count() == 2


def test_publishing_waits_for_a_second_look_when_somebody_has_changed_something(story: Story) -> None:
    ana, bea = signed_in("ana"), signed_in("bea")
    page = f"/admin/storymap/story/{story.pk}/publish/"
    form = {**opened(bea, page), "note": "A note."}
    chapter = url(story.chapters.get(slug="two"))
    assert ana.post(chapter, {**opened(ana, chapter), "title": "Ana's"}).status_code == 302
    answer = bea.post(page, form)
    assert (answer.status_code, story.editions.count()) == (200, 0)
    again = filled(answer.content.decode())
    assert again["note"] == "A note."
    assert bea.post(page, {**again, "anyway": "on"}).status_code == 302
    assert story.editions.count() == 1


@pytest.mark.parametrize("sent", [{"_seen": "x"}, {"_seen": "1", "_base": "no"}, {"_seen": "-1"}, {"_seen": "9" * 99}])
def test_nonsense_in_the_hidden_fields_is_no_crash(sent: dict[str, str], story: Story) -> None:
    ana, page = signed_in("ana"), url(Place.objects.get())
    assert ana.post(page, {**opened(ana, page), **sent}).status_code in (302, 409)


@pytest.mark.parametrize("sent", [{"place": "²"}, {"citations-TOTAL_FORMS": "9" * 5000}])
def test_nonsense_on_an_outdated_page_is_no_crash(sent: dict[str, str], story: Story) -> None:
    """What is sent is compared with what is stored before any form has looked at it."""
    ana, bea, page = signed_in("ana"), signed_in("bea"), url(Event.objects.get(slug="meeting"))
    form = opened(ana, page)
    assert bea.post(page, {**opened(bea, page), "place": ""}).status_code == 302
    assert ana.post(page, {**form, "title": "Ana's", **sent}).status_code in (200, 302, 409)
    assert Event.objects.get(slug="meeting").citations.count() == 1
