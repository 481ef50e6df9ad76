"""A file becomes an illustration once, under a slug from its name."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from storymap.models import Illustration
from storymap.services.media.files import CannotStore
from storymap.services.media.illustrations import AlreadyThere, illustrate
from tests.disk import files_in, files_up_to
from tests.factories import photograph

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_storage")]


def test_a_file_becomes_an_illustration_with_all_its_files() -> None:
    row = illustrate(name="view.jpg", content=photograph(), language="es")
    (spoken,) = Illustration.objects.get(slug="view").translations.all()
    assert (row.slug, spoken.language_code) == ("view", "es")
    assert sorted(file["name"] for file in spoken.files) == sorted(default_storage.listdir("")[1])


def test_the_same_file_is_not_taken_twice() -> None:
    content = photograph()
    first = illustrate(name="view.jpg", content=content, language="en")
    with pytest.raises(AlreadyThere) as again:
        illustrate(name="other.jpg", content=content, language="en")
    assert again.value.illustration == first
    assert Illustration.objects.count() == 1


def test_a_full_disk_leaves_neither_row_nor_file(tmp_path: Path) -> None:
    with files_in(tmp_path):
        with files_up_to(20_000), pytest.raises(CannotStore):
            illustrate(name="view.jpg", content=photograph(900, 600), language="en")
        assert not Illustration.objects.exists()
        assert list(tmp_path.iterdir()) == []
