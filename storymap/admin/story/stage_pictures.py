"""The stage pictures of a story: pictures that chapters have in place of the map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db.models import RestrictedError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language, gettext as _, gettext_lazy

from places.models import Stale
from places.models.base import validate_plain_text
from storymap.admin.media.illustration_form import LicenceInput
from storymap.admin.media.widgets import used_in
from storymap.admin.pages import ChangingPage, DeletingPage, StoryPage, may_delete_parts
from storymap.models import StagePicture, Story
from storymap.numbers import whole_number
from storymap.services.media.files import CannotStore
from storymap.services.media.pictures import PictureProblem
from storymap.services.media.stage_pictures import MAX_BYTES
from storymap.services.stories.stages import StageWords, remove_stage_picture, set_stage_picture
from storymap.stage import Tile, halvings, size_in
from storymap.story.from_models import texts


@dataclass(frozen=True)
class PictureRow:
    picture: StagePicture
    thumbnail: str  # address of its smallest level; empty where it has no file
    size: str
    languages: str  # in which it has an alternative text
    chapters: Any


def _row(picture: StagePicture) -> PictureRow:
    name = next(iter(texts(picture, "file").values()), "")
    size = size_in(name)
    tile = Tile(halvings(size), 0, 0).name(name) if size else ""
    return PictureRow(
        picture,
        reverse("media", args=[tile]) if tile else "",
        f"{size[0]} × {size[1]}" if size else "",
        ", ".join(texts(picture, "alt")),
        used_in(picture.chapters.select_related("story")),
    )


class StagePictureForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=60,
        help_text=gettext_lazy("A picture of the same name is changed, and keeps its file unless you choose another."),
    )
    file = forms.FileField(
        label=gettext_lazy("Picture"),
        required=False,
        help_text=gettext_lazy(
            "PNG, JPEG or WebP, up to 60 MB and 100 million pixels. Where it was taken is removed. Positions on it are "
            "fractions of its width and height: they fit another file of the same drawing."
        ),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=lambda: settings.LANGUAGES,
        help_text=gettext_lazy("Of the file and of the texts below."),
    )
    alt = forms.CharField(
        label=gettext_lazy("Alternative text"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        validators=[validate_plain_text],
        help_text=gettext_lazy("What a reader who cannot see the picture should learn from it."),
    )
    caption = forms.CharField(
        label=gettext_lazy("Caption"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        validators=[validate_plain_text],
        help_text=gettext_lazy("For example: Schematic after written accounts, not to scale."),
    )
    credit = forms.CharField(
        label=gettext_lazy("Whom to credit"), max_length=300, required=False, validators=[validate_plain_text]
    )
    licence = forms.CharField(label=gettext_lazy("Licence"), max_length=60, required=False, widget=LicenceInput)

    def __init__(self, *args: Any, story: Story, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("language", story.default_language)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 60 MB."))
        return file

    @property
    def words(self) -> StageWords:
        return StageWords(*(self.cleaned_data[name] for name in ("alt", "caption", "credit", "licence")))


class StagePicturesPage(ChangingPage, StoryPage):
    template_name = "admin/storymap/story/stage_pictures.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._form_page(StagePictureForm(story=self.story, initial=self._chosen()))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = StagePictureForm(request.POST, request.FILES, story=self.story)
        if not form.is_valid():
            return self._form_page(form)
        file, told = form.cleaned_data["file"], form.cleaned_data
        try:
            saved = set_stage_picture(
                story=self.story,
                name=told["name"],
                language=told["language"],
                words=form.words,
                content=file.read() if file else None,
                by=request.user,
                seen=whole_number(request.POST.get("version")),
            )
        except Stale:
            form.add_error(None, outdated_message())
        except StagePicture.DoesNotExist:
            form.add_error("file", _("There is no picture of this name yet: choose a file for it."))
        except (PictureProblem, CannotStore) as problem:
            form.add_error("file", str(problem))
        if form.errors:
            return self._form_page(form)
        messages.success(request, _("“%(name)s” is saved. Choose it as the stage of a chapter.") % {"name": saved.slug})
        return HttpResponseRedirect(request.path)

    def _chosen(self) -> dict[str, str]:
        """What the form shows first: the picture that the address names, in its language."""
        wanted = self.request.GET.get("picture", "")
        row = self.story.stages.filter(slug=wanted).first() if wanted else None
        if row is None:
            return {}
        language = self.request.GET.get("language") or get_language() or self.story.default_language
        spoken = {name: texts(row, name).get(language, "") for name in ("alt", "caption")}
        return {"name": row.slug, "language": language, "credit": row.credit, "licence": row.licence, **spoken}

    def _form_page(self, form: StagePictureForm) -> HttpResponse:
        pictures = self.story.stages.prefetch_related("translations").order_by("slug")
        rows = [_row(picture) for picture in pictures]
        return self.page(
            _("Stage pictures"),
            subtitle=str(self.story),
            form=form,
            rows=rows,
            may_delete=may_delete_parts(self.request),
            version=self.version,
        )


def outdated_message() -> str:
    return _("The pictures of the story were changed elsewhere. Nothing was changed: look at them and try again.")


class RemoveStagePicture(DeletingPage, StoryPage):
    def post(self, request: HttpRequest, picture: int) -> HttpResponse:
        row = get_object_or_404(self.story.stages, pk=picture)
        try:
            remove_stage_picture(picture=row, by=request.user, seen=whole_number(request.POST.get("version")))
        except Stale:
            messages.error(request, outdated_message())
        except RestrictedError:
            messages.error(request, _("A chapter stands on this picture. Choose another stage for it first."))
        else:
            messages.success(request, _("The picture is removed. The history of the story can bring it back."))
        return HttpResponseRedirect(reverse("admin:storymap_story_pictures", args=[self.story.pk]))
