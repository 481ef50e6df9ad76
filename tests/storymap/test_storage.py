"""A stored file is there whole or not at all: tried with a real limit of the file system."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from storymap.storage import WholeFiles
from tests.disk import files_up_to


def test_a_file_comes_back_as_it_was_and_others_may_read_it(tmp_path: Path) -> None:
    files = WholeFiles(location=tmp_path, file_permissions_mode=0o644)
    assert files.save("a.webp", ContentFile(b"picture")) == "a.webp"
    assert files.open("a.webp").read() == b"picture"
    assert os.stat(tmp_path / "a.webp").st_mode & 0o777 == 0o644
    assert os.listdir(tmp_path) == ["a.webp"]


def test_the_same_name_is_the_same_file(tmp_path: Path) -> None:
    files = WholeFiles(location=tmp_path)
    assert [files.save("a.webp", ContentFile(b"picture")) for _twice in range(2)] == ["a.webp"] * 2
    assert os.listdir(tmp_path) == ["a.webp"]


def test_a_file_that_does_not_fit_leaves_nothing(tmp_path: Path) -> None:
    files = WholeFiles(location=tmp_path)
    with files_up_to(10_000), pytest.raises(OSError, match="too large"):
        files.save("a.webp", ContentFile(bytes(50_000)))
    assert os.listdir(tmp_path) == []


def test_a_file_that_does_not_fit_leaves_the_one_there_was(tmp_path: Path) -> None:
    files = WholeFiles(location=tmp_path)
    files.save("a.webp", ContentFile(b"picture"))
    with files_up_to(10_000), pytest.raises(OSError, match="too large"):
        files.save("a.webp", ContentFile(bytes(50_000)))
    assert files.open("a.webp").read() == b"picture"
