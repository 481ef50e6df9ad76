"""The reading page holds the whole story without JavaScript, and says itself what it is."""

from __future__ import annotations

import html as markup
import re

import pytest
from django.test import Client

from places.geo import Camera, LatLng
from storymap.models import Story
from storymap.pages.moments import length
from storymap.selectors.editions import published_story
from storymap.story.document import StoryDocument, support_of
from storymap.story.storyfile import CitationEntry, Involvement, MomentEntry, PersonEntry
from tests.factories import chapter_entry, event_entry, make_published_story, source_entry

pytestmark = pytest.mark.django_db
SITE = "http://testserver"


def path_of(language: str) -> str:
    return f"{'' if language == 'en' else f'/{language}'}/stories/lima-1996-97/"


def page_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def text_of(page: str) -> str:
    """What a reader reads: tags gone, entities resolved, spaces single."""
    body = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", page, flags=re.S)
    return " ".join(markup.unescape(re.sub(r"<[^>]+>", "", body)).split())


def flat(text: str) -> str:
    return " ".join(markup.unescape(re.sub(r"<[^>]+>", "", text)).split())


def document(language: str) -> StoryDocument:
    return published_story("lima-1996-97", language).document


@pytest.mark.parametrize("language", ["en", "es", "ja"])
def test_every_word_of_the_story_is_on_the_page(client: Client, lima: Story, language: str) -> None:
    page = page_of(client, path_of(language))
    story, text = document(language), text_of(page)
    for expected in (story.title, story.standfirst, story.byline, story.counting_note, flat(story.credits)):
        assert flat(expected) in text
    for chapter in story.chapters:
        article = page.split(f'data-chapter="{chapter.slug}"')[1].split("</article>")[0]
        for paragraph in re.split(r"</p>", chapter.narration):
            assert flat(paragraph) in text_of(article), chapter.slug
        assert flat(chapter.title) in text_of(article)
        assert [m.event for m in chapter.moments] == re.findall(r'class="moment" id="([^"]+)"', article)


@pytest.mark.parametrize("language", ["en", "es", "ja"])
def test_every_moment_says_when_how_certain_who_says_so_and_where_it_is_written(
    client: Client, lima: Story, language: str
) -> None:
    page = page_of(client, path_of(language))
    story = document(language)
    for event in story.events.values():
        (item,) = re.findall(rf'<li class="moment" id="{event.slug}".*?</ol>\s*</details>', page, flags=re.S)
        text = text_of(item)
        assert re.search(r'class="moment-when"[^>]*>\s*(<time|[^<\s])', item), event.slug
        assert f'data-status="{event.status}"' in item and 'class="status"' in item
        for expected in (event.title, event.summary, event.attributed_to, event.note):
            assert flat(expected) in text, event.slug
        assert item.count("<li>") == len(event.citations) > 0
        for citation in event.citations:
            source = story.sources[citation.source]
            assert flat(source.title) in text and flat(citation.locator) in text
            assert not source.url or markup.escape(source.url) in item
        if event.place:
            assert flat(story.places[event.place].name) in text


SAYS = {"en": "one secondary source", "es": "una sola fuente secundaria", "ja": "二次資料1点のみ"}


@pytest.mark.parametrize("language", ["en", "es", "ja"])
@pytest.mark.parametrize("door", ["stories", "embed"])
def test_a_statement_that_rests_on_one_secondary_source_says_so_beside_its_status(
    client: Client, lima: Story, language: str, door: str
) -> None:
    page = page_of(client, path_of(language).replace("stories", door))
    story = document(language)
    for event in story.events.values():
        (facts,) = re.findall(rf'id="{event.slug}".*?<p class="facts">(.*?)</p>', page, flags=re.S)
        thin = support_of(event.citations, story.sources) == "one-secondary"
        assert (f'<span class="support">{SAYS[language]}</span>' in facts) == thin, event.slug
    if door == "stories":
        key = page.split('class="key"')[1].split("</details>")[0]
        number = sum(support_of(e.citations, story.sources) == "one-secondary" for e in story.events.values())
        assert f"{SAYS[language]} {number}" in text_of(key)


@pytest.mark.parametrize("language", ["en", "es", "ja"])
def test_the_whole_story_comes_within_three_flights_of_a_new_connection(
    client: Client, lima: Story, language: str
) -> None:
    """10, then 20 segments of 1,448 bytes need two answers (RFC 6928); with one more round trip the text is later."""
    response = client.get(path_of(language), headers={"accept-encoding": "gzip, deflate, br"})
    headers = sum(len(f"{name}: {value}\r\n") for name, value in response.items())
    of_the_server = 120  # status line, Server, Date, Connection
    assert len(response.content) + headers + of_the_server <= 30 * 1448


def test_a_page_names_its_languages_and_its_own_address(client: Client, lima: Story) -> None:
    page = page_of(client, "/es/stories/lima-1996-97/toronto/")
    assert f'<link rel="canonical" href="{SITE}/es/stories/lima-1996-97/">' in page
    for code, prefix in [("en", ""), ("es", "/es"), ("ja", "/ja")]:
        address = f"{prefix}/stories/lima-1996-97/toronto/"
        assert f'<link rel="alternate" hreflang="{code}" href="{SITE}{address}">' in page
        assert re.search(rf'<a href="{address}" hreflang="{code}" lang="{code}"', page)
    assert page.count('rel="canonical"') == 1


def test_a_chapters_address_has_its_own_title_and_is_opened_there(client: Client, lima: Story) -> None:
    story = document("en")
    chapter = story.chapters[4]
    page = page_of(client, f"/stories/lima-1996-97/{chapter.slug}/")
    title = markup.escape(f"{chapter.title} – {story.title}", quote=False)
    assert f"<title>{title}</title>".replace("'", "&#x27;") in page.replace("&#39;", "&#x27;")
    assert re.findall(r'<h2 id="title-([^"]+)" tabindex="-1" autofocus>', page) == [chapter.slug]
    assert f'data-chapter-now="{chapter.slug}"' in page
    whole = page_of(client, "/stories/lima-1996-97/")
    assert "autofocus" not in whole and 'data-chapter-now=""' in whole
    assert re.findall('class="moment" id="([^"]+)"', page) == re.findall('class="moment" id="([^"]+)"', whole)


def test_every_id_on_the_page_is_there_once_and_every_anchor_leads_to_one(client: Client, lima: Story) -> None:
    page = page_of(client, "/stories/lima-1996-97/")
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    assert {i for names in re.findall(r'aria-labelledby="([^"]+)"', page) for i in names.split()} <= set(ids)


def test_what_authors_write_is_text_and_never_markup(client: Client) -> None:
    nasty = "<script>alert(1)</script> & {{ 7*7 }} \" '"
    texts = {"en": nasty}
    make_published_story(
        title=texts,
        standfirst=texts,
        byline=texts,
        credits=texts,
        counting_note=texts,
        licence=nasty[:60],
        chapters=(chapter_entry(title=texts, narration={"en": f"{nasty} [x](javascript:alert(1)) [y](#meeting)"}),),
        events=(
            event_entry(
                title=texts,
                summary=texts,
                note=texts,
                attributed_to=texts,
                people=(Involvement(person="ana", role=texts),),
                citations=(CitationEntry(source="gazette", locator=nasty, note=texts),),
            ),
        ),
        people=(PersonEntry(slug="ana", name=texts),),
        sources=(source_entry(title=nasty, container=nasty),),
    )
    page = page_of(client, "/stories/a-story/")
    assert "<script>alert" not in page and "javascript:" not in re.sub(r"<[^>]*>", "", "").join(
        re.findall("<[^>]*>", page)
    )
    assert "49" not in text_of(page).replace("1996", "")
    assert text_of(page).count("alert(1)") >= 12


def test_a_story_without_days_places_or_sources_to_count_is_still_a_page(client: Client) -> None:
    bare = event_entry(date="", place=None, citations=(CitationEntry(source="gazette"),))
    camera = Camera(center=LatLng(0, 0), zoom=2)
    make_published_story(
        events=(bare,), chapters=(chapter_entry(camera=camera), chapter_entry("end", moments=(), camera=camera))
    )
    page = page_of(client, "/stories/a-story/end/")
    assert "date unknown" in page
    assert "Day " not in text_of(page)


@pytest.mark.parametrize(
    ("day", "words"),
    [("1996-12-17", "Day 0"), ("1997-04-22", "Day 126"), ("1996-12-16", ""), ("1997-04-23", ""), ("1997-04", "")],
)
def test_days_are_counted_between_the_first_and_the_last(client: Client, day: str, words: str) -> None:
    make_published_story(day_zero="1996-12-17", day_last="1997-04-22", events=(event_entry(date=day),))
    page = page_of(client, "/stories/a-story/")
    assert re.findall(r'<span class="days">([^<]*)</span>', page) == ([words] * 2 if words else [])


@pytest.mark.parametrize(
    ("metres", "words"),
    [
        (3, "3 m"),
        (84, "84 m"),
        (123, "120 m"),
        (999, "1.0 km"),
        (1234, "1.2 km"),
        (9960, "10 km"),
        (4_190_400, "4,190 km"),
    ],
)
def test_lengths_have_as_many_digits_as_a_reader_needs(metres: float, words: str) -> None:
    assert length(metres) == words


def test_what_a_page_asks_for_early_is_what_its_map_will_fetch(client: Client, lima: Story) -> None:
    on_a_picture = {f"{chapter.slug}/" for chapter in document("en").chapters if chapter.stage}
    for chapter in ("", *(f"{chapter.slug}/" for chapter in document("en").chapters)):
        page = page_of(client, f"/stories/lima-1996-97/{chapter}")
        script = page_of(client, re.findall(r'src="([^"]+/map\.[^"]+\.js)"', page)[0])
        early = re.findall(r'rel="preload" href="([^"]+)"', page)
        assert (
            len(early) >= (1 if chapter in on_a_picture else 2)
            and [address for address in early if address not in script] == []
        ), chapter


def test_what_stands_above_the_chapter_that_a_page_opens_at_has_its_true_height(client: Client, lima: Story) -> None:
    """Not every browser holds the line in place while text above it grows, and the script may be lost."""
    slugs = [chapter.slug for chapter in document("en").chapters]
    for opened, before in (("", []), (f"{slugs[0]}/", []), (f"{slugs[5]}/", slugs[:5])):
        page = page_of(client, f"/stories/lima-1996-97/{opened}")
        assert re.findall(r'<article class="chapter unfolded" id="chapter-([\w-]+)"', page) == before


def test_a_cover_that_shows_the_whole_earth_asks_for_the_smallest_atlas(client: Client, lima: Story) -> None:
    early = re.findall(r'rel="preload" href="([^"]+)"', page_of(client, "/stories/lima-1996-97/"))
    assert [address.rpartition("/")[2] for address in early][1:] == ["globe.json"]


def test_streets_that_finer_ones_cover_are_not_asked_for(client: Client, lima: Story) -> None:
    early = re.findall(r'rel="preload" href="([^"]+)"', page_of(client, "/stories/lima-1996-97/reception/"))
    (residence,) = (extract for extract in document("en").extracts if extract.slug == "residence")
    assert [address.rpartition("/")[2] for address in early][1:] == [residence.file]


def test_what_draws_streets_or_a_picture_is_fetched_early_where_the_first_view_has_them(
    client: Client, lima: Story
) -> None:
    early = {
        chapter: re.findall(
            r'rel="modulepreload" href="[^"]*/([\w-]+)\.js"', page_of(client, f"/stories/lima-1996-97/{chapter}")
        )
        for chapter in ("", "reception/", "fifteen-twenty-three/", "asylum/")
    }
    assert early == {"": [], "reception/": ["streets"], "fifteen-twenty-three/": ["picture-stage"], "asylum/": []}


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        (("1850-10~",), "about October 1850"),
        (("1849-11",), "November 1849"),
        (("1849-11", "1850-10~"), "November 1849 – about October 1850"),
        (("1852", "1854-06"), "1852 – June 1854"),
        (("1850-06-11", "1850-07-06"), "11 June – 6 July 1850"),
        (("1849-11", "1850-06-11"), "11 June 1850"),
        (("185X",), "the 1850s"),
    ],
)
def test_the_dates_of_a_chapter_are_no_more_exact_than_those_of_its_events(
    client: Client, dates: tuple[str, ...], said: str
) -> None:
    events = tuple(event_entry(f"event-{n}", date=date) for n, date in enumerate(dates))
    moments = tuple(MomentEntry(event=event.slug) for event in events)
    make_published_story(events=events, chapters=(chapter_entry(moments=moments),))
    article = page_of(client, "/stories/a-story/").split('data-chapter="beginning"')[1]
    assert text_of(article.split("<h2")[0]).endswith(f" 1 {said}")
