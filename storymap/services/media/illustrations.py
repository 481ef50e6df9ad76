"""New illustrations from files, and which illustrations show a file already."""

from __future__ import annotations

from pathlib import PurePath

from django.db import transaction
from django.db.models import QuerySet

from storymap.models import Illustration
from storymap.services.media.files import Storing
from storymap.services.media.pictures import encoded
from storymap.services.stories.record import set_picture
from storymap.services.stories.slugs import free_slug


class AlreadyThere(Exception):
    """The same file came before."""

    def __init__(self, illustration: Illustration) -> None:
        self.illustration = illustration
        super().__init__(illustration.slug)


def illustrate(*, name: str, content: bytes, language: str) -> Illustration:
    """An illustration of that file, with a slug from its name. Raises PictureProblem, AlreadyThere or CannotStore."""
    picture = encoded(content)
    if same := illustrations_of(picture.name).first():
        raise AlreadyThere(same)
    with Storing() as storing, transaction.atomic():
        storing.store(picture.contents)
        slug = free_slug(PurePath(name).stem, Illustration.objects.all(), "picture")
        row = Illustration(slug=slug)
        set_picture(row, language, picture)
        row.save()
    return row


def illustrations_of(name: str) -> QuerySet[Illustration]:
    """The illustrations of one stored file. Its name is the digest of what was uploaded."""
    return Illustration.objects.filter(translations__file=name).distinct()
