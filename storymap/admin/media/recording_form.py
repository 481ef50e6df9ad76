"""The part of a chapter's form that is about its recording: listen to it, replace it, take it away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy
from parler.forms import TranslatableModelForm

from storymap.admin.editing.requests import refusal_of
from storymap.admin.media.widgets import link_to, player
from storymap.models import Chapter
from storymap.services.media.recordings import MAX_RECORDING, Recorded, RecordingProblem, captions, recording

PARTS = {"recording": "audio", "recording_captions": "captions"}  # field of the form -> field of the row


class PresentFile(forms.FileInput):
    """A file field under what is there at present."""

    present: SafeString | str = ""

    def render(self, *args: Any, **kwargs: Any) -> SafeString:
        return format_html('<div class="recording-now">{}{}</div>', self.present, super().render(*args, **kwargs))


class RecordingForm(TranslatableModelForm):
    recording = forms.FileField(
        label=gettext_lazy("Recording"),
        required=False,
        widget=PresentFile(attrs={"accept": ".mp3,.m4a,.ogg,audio/mpeg,audio/mp4,audio/ogg"}),
        help_text=gettext_lazy("MP3, M4A or Ogg, up to 60 MB, in the language of this tab."),
    )
    remove_recording = forms.BooleanField(
        label=gettext_lazy("Remove the recording"),
        required=False,
        help_text=gettext_lazy("With its captions. Editions that have it keep it."),
    )
    recording_captions = forms.FileField(
        label=gettext_lazy("Captions"),
        required=False,
        widget=PresentFile(attrs={"accept": ".vtt,text/vtt"}),
        help_text=gettext_lazy("WebVTT."),
    )

    class Media:
        css = {"all": ["storymap/joined/pictures.css"]}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "recording" not in self.fields:  # of somebody who may only look
            return
        if name := self.instance.audio if self.instance.pk else "":
            self._show(name)
        else:
            self.fields["remove_recording"].widget = forms.HiddenInput()
        if "transcript" in self.fields:
            self.fields["transcript"].help_text = _("A recording needs one before the story can be published.")

    def _show(self, name: str) -> None:
        present = player(name, self.instance.captions, _("The recording at present"))
        others = Chapter.objects.filter(translations__audio=name).exclude(pk=self.instance.pk).distinct()
        if others:
            links = format_html_join(", ", "{}", ((link_to(chapter),) for chapter in others))
            present += format_html("<p>{} {}</p>", _("The same recording is in:"), links)
        self.fields["recording"].widget.present = present
        if self.instance.captions:
            self.fields["recording_captions"].widget.present = format_html("<p>{}</p>", _("There are captions."))

    def clean_recording(self) -> Recorded | None:
        return self._file_of("recording", recording)

    def clean_recording_captions(self) -> Recorded | None:
        return self._file_of("recording_captions", captions)

    def _file_of(self, name: str, check: Callable[[bytes], Recorded]) -> Recorded | None:
        upload = self.cleaned_data[name]
        if problem := refusal_of(upload):
            raise forms.ValidationError(problem)
        try:
            return check(upload.read(MAX_RECORDING + 1)) if upload else None
        except RecordingProblem as problem:
            raise forms.ValidationError(str(problem)) from None

    def recorded(self) -> Iterator[tuple[str, Recorded]]:
        """New files, each with the field of the row that names it."""
        for name, field in PARTS.items():
            if recorded := self.cleaned_data.get(name):
                yield field, recorded

    def save(self, commit: bool = True) -> Chapter:  # noqa: FBT001, FBT002  Django's signature
        if self.cleaned_data.get("remove_recording"):
            self.instance.audio = self.instance.captions = ""
        for field, recorded in self.recorded():
            setattr(self.instance, field, recorded.name)
        return super().save(commit)
