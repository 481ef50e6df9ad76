"""What the documentation says of the project is there: links, anchors, files, modules, settings, the floor plan."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from storymap.formats.exports import EXPORTS
from tests.drawing import DRAWING, drawing

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
EACH_PAGE = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
FENCED = re.compile(r"^```.*?^```|^    [^\n]*$", re.M | re.S)
CODE = re.compile(FENCED.pattern + r"|`[^`\n]*`", re.M | re.S)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
# a path in code marks that begins with one of our folders; <…>, * and NAME stand for many
OWN_PATH = re.compile(r"`((?:storymap|places|templates|static|tests|docs|\.ci)/[\w./-]*)`")
NAME_IN_FILE = re.compile(r"`(\w+)` in\s`([\w./-]+\.py)`")
OWN_MODULE = re.compile(r"`((?:storymap|places)(?:\.[A-Za-z_]\w*)+)`")
NO_PATHS = {"storymap/1", "storymap.audit", "places.json"}  # a format, a logger, and a file of stories
HANDED_OUT = 120  # lines that somebody reads before they decide whether to read on


def anchors(page: Path) -> set[str]:
    """As GitHub makes them from headings."""
    headings = re.findall(r"^#{1,6} (.+)$", FENCED.sub("", page.read_text()), re.M)
    return {re.sub(r"[^\w\- ]", "", re.sub(r"[`*]", "", heading).lower()).replace(" ", "-") for heading in headings}


@EACH_PAGE
def test_no_link_is_dead(page: Path) -> None:
    for link in LINK.findall(CODE.sub("", page.read_text())):
        if re.match(r"[a-z]+:", link):
            continue
        name, _mark, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.is_relative_to(ROOT) and target.exists(), link
        assert not anchor or anchor in anchors(target), link


@EACH_PAGE
def test_every_file_and_module_that_is_named_exists(page: Path) -> None:
    if page.name == "CHANGELOG.md":
        pytest.skip("names what there was at the time")
    text = page.read_text()
    assert {name for name in OWN_PATH.findall(text) if not (ROOT / name).exists()} - NO_PATHS == set()
    names = NAME_IN_FILE.findall(text)
    assert [name for name, file in names if not re.search(rf"\b{name}\b", (ROOT / file).read_text())] == []
    assert {name for name in OWN_MODULE.findall(text) if not is_module(name)} - NO_PATHS == set()


@EACH_PAGE
def test_every_command_target_and_setting_that_is_named_exists(page: Path) -> None:
    text, makefile = page.read_text(), (ROOT / "Makefile").read_text()
    if page.name == "CHANGELOG.md":
        pytest.skip("names what there was at the time")
    commands = set(re.findall(r"manage\.py ([a-z_]+)", text))
    assert commands <= get_commands().keys()
    targets = set(re.findall(r"(?:`|^ {4})make ([a-z]+)", text, re.M))
    assert {target for target in targets if not re.search(rf"^{target}:", makefile, re.M)} == set()
    settings = set(re.findall(r"\bSTORYMAP_[A-Z_]+\b", text))
    assert settings - set(re.findall(r'"(STORYMAP_[A-Z_]+)"', (ROOT / "storymap" / "settings.py").read_text())) == set()


def is_module(name: str) -> bool:
    """A module, a package, or a name in one."""
    parts = name.split(".")
    file, folder = ROOT.joinpath(*parts).with_suffix(".py"), ROOT.joinpath(*parts)
    if file.exists() or folder.is_dir():
        return True
    holder = ROOT.joinpath(*parts[:-1])
    holder = holder.with_suffix(".py") if holder.with_suffix(".py").exists() else holder / "__init__.py"
    return holder.exists() and re.search(rf"\b{parts[-1]}\b", holder.read_text()) is not None


@pytest.mark.parametrize("folder", ["docs", "docs/decisions"])
def test_the_index_lists_every_page(folder: str) -> None:
    index = (ROOT / folder / "README.md").read_text()
    pages = {page.name for page in (ROOT / folder).glob("*.md")} - {"README.md"}
    assert pages - set(LINK.findall(index)) == set()


def test_the_readme_can_be_read_at_once() -> None:
    text = (ROOT / "README.md").read_text()
    assert len(text.splitlines()) <= HANDED_OUT
    assert len(re.findall(r"^!\[", text, re.M)) == 1 and text.count("```mermaid") == 1


def test_the_settings_are_exactly_those_of_the_code() -> None:
    source = (ROOT / "storymap" / "settings.py").read_text()
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', source))
    rows = re.findall(r"^\|\s*`([A-Z_]+)`\s*\|", (ROOT / "docs" / "settings.md").read_text(), re.M)
    assert len(rows) == len(set(rows))
    assert set(rows) == read


def test_every_setting_is_used() -> None:
    """A row may not promise what nothing does."""
    settings = ROOT / "storymap" / "settings.py"
    files = [file for room in ("storymap", "places") for file in (ROOT / room).rglob("*.py") if file != settings]
    code = "".join(file.read_text() for file in files)
    own = set(re.findall(r"^\s*(STORYMAP_[A-Z_]+) =", settings.read_text(), re.M))
    assert len(own) > 15 and {name for name in own if not re.search(rf"\b{name}\b", code)} == set()


def test_the_downloads_leave_out_what_their_page_says() -> None:
    rows = dict(re.findall(r"^\| `([\w.]+)` \| [^|]+ \| ([A-Z][^|]+\.) \|$", (ROOT / "docs/data.md").read_text(), re.M))
    assert {export.ending: export.loses() for export in EXPORTS}.items() <= rows.items()


def test_the_floor_plan_is_that_of_the_contracts() -> None:
    """Run `make drawing` when it is not."""
    assert DRAWING.read_text() == drawing()


def test_a_word_has_one_entry_in_the_glossary() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text().split("## Words that are not used")[0]
    words = [word for row in re.findall(r"^\| (\*\*.+?) \|", text, re.M) for word in re.findall(r"\*\*(.+?)\*\*", row)]
    assert len(words) > 60 and len(words) == len(set(words))
