"""New illustrations from files, and which illustrations show a file already."""

from __future__ import annotations

from pathlib import PurePath

from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import slugify

from storymap.models import Illustration
from storymap.services.pictures import encoded
from storymap.services.storing import Storing


class AlreadyThere(Exception):
    """The same file came before."""

    def __init__(self, illustration: Illustration) -> None:
        self.illustration = illustration
        super().__init__(illustration.slug)


def illustrate(*, name: str, content: bytes, language: str) -> Illustration:
    """An illustration of that file, with a slug from its name. Raises PictureProblem, AlreadyThere or CannotStore."""
    picture = encoded(content)
    if same := showing(picture.name).first():
        raise AlreadyThere(same)
    with Storing() as storing, transaction.atomic():
        storing.keep(picture.contents)
        row = Illustration(slug=free_slug(name))
        row.set_current_language(language)
        row.file, row.files = picture.name, picture.columns()
        row.save()
    return row


def showing(name: str) -> QuerySet[Illustration]:
    """The illustrations of one stored file. Its name is the digest of what was uploaded."""
    return Illustration.objects.filter(translations__file=name).distinct()


def free_slug(name: str) -> str:
    """From the name of a file, numbered where it is taken."""
    slug = slugify(PurePath(name).stem.replace("_", "-"))[:70].strip("-") or "picture"
    taken = set(Illustration.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    numbered = (f"{slug}-{number}" for number in range(2, len(taken) + 3))
    return slug if slug not in taken else next(other for other in numbered if other not in taken)
