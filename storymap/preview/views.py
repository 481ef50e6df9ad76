"""The draft as readers will see it: the same page and the same drawing, drawn anew for every request."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from storymap.maps import static_picture
from storymap.pages import drawing
from storymap.pages.addresses import NoSuchChapter
from storymap.pages.embed_options import BadOption, options_of
from storymap.pages.embed_page import embed_page
from storymap.pages.side_pages import people_page, record_page
from storymap.pages.story import story_page
from storymap.preview.gates import Preview


def story(request: HttpRequest, preview: Preview, chapter: str = "") -> HttpResponse:
    """Template preview/story.html: the readers' one, with a banner."""
    document = preview.shown.document
    if chapter and not document.chapter(chapter):
        raise Http404
    page = story_page(preview.shown, chapter, preview.at)
    return render(request, "preview/story.html", {"page": page, "until": preview.until})


def record(request: HttpRequest, preview: Preview) -> HttpResponse:
    """Template preview/record.html: what no chapter narrates, with a banner."""
    if not preview.shown.document.listed:
        raise Http404
    return render(
        request, "preview/record.html", {"page": record_page(preview.shown, preview.at), "until": preview.until}
    )


def people(request: HttpRequest, preview: Preview) -> HttpResponse:
    """Template preview/people.html: who is who, with a banner."""
    if not preview.shown.document.people:
        raise Http404
    return render(
        request, "preview/people.html", {"page": people_page(preview.shown, preview.at), "until": preview.until}
    )


def embed(request: HttpRequest, preview: Preview, chapter: str = "") -> HttpResponse:
    """Template embed/page.html, as others would put it into their pages."""
    document = preview.shown.document
    if not document.chapters:
        raise Http404
    try:
        options = options_of(request.GET, document.languages)
        embedded = embed_page(preview.shown, chapter, options, preview.at)
    except (BadOption, NoSuchChapter):
        raise Http404 from None
    given = {"embed": embedded, "page": embedded.page, "theme": options.theme}
    return render(request, "embed/page.html", given)


def map_script(request: HttpRequest, preview: Preview) -> HttpResponse:
    return HttpResponse(drawing.map_script(preview.shown.document, preview.at), content_type=drawing.SCRIPT)


def places(request: HttpRequest, preview: Preview) -> HttpResponse:
    return HttpResponse(drawing.places(preview.shown.document), content_type=drawing.GEOJSON)


def atlas_extract(request: HttpRequest, preview: Preview, number: int) -> HttpResponse:
    extract = drawing.atlas_extract(preview.shown.document, number)
    if extract is None:
        raise Http404
    return HttpResponse(extract, content_type=drawing.ATLAS)


def chapter_picture(request: HttpRequest, preview: Preview, chapter: str) -> HttpResponse:
    """Drawn and not stored: no file of a draft is left behind."""
    document = preview.shown.document
    if not document.chapter(chapter):
        raise Http404
    return HttpResponse(static_picture.chapter_picture(document, chapter), content_type="image/webp")


def story_picture(request: HttpRequest, preview: Preview) -> HttpResponse:
    return HttpResponse(static_picture.story_picture(preview.shown.document), content_type="image/webp")
