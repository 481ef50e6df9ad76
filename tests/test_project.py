"""The project as a whole: locks, tree, settings, sizes, translations, migrations."""

from __future__ import annotations

import ast
import io
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
LOCKS = [
    "package-lock.json",
    "requirements.txt",
    "requirements-dev.txt",
    "requirements-node.txt",
    "requirements-scale.txt",
    "requirements-streets.txt",
]
TOP_LEVEL = {
    *("manage.py", "pyproject.toml", "Makefile", "package.json", "package-lock.json"),
    *("requirements.txt", "requirements-dev.txt", "requirements-node.txt"),
    *("requirements-scale.txt", "requirements-streets.txt"),
    *("README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"),
    *(".gitignore", ".npmrc", ".editorconfig", ".pre-commit-config.yaml", "biome.jsonc", ".ci"),
    *("storymap", "places", "templates", "static", "tests", "docs"),
}
OWN = {"DJANGO_SETTINGS_MODULE": "storymap.settings", "STORYMAP_SECRET_KEY": "a-key-for-one-process-" + "0" * 40}
ALLOWED = {"deploy", "Dockerfile", "compose.yaml", ".dockerignore"}  # how to run it elsewhere


def tracked() -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [Path(name) for name in done.stdout.split("\0") if name and (ROOT / name).exists()]


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    variables = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", **environment}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=variables, capture_output=True, text=True
    )


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_names_no_host_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text()
    assert not re.search(r"https?:|resolved|registry|index-url|://|\b[\w-]+\.(?:com|org|io|net|dev)\b", text)


@pytest.mark.parametrize("name", [name for name in LOCKS if name.endswith(".txt")])
def test_every_locked_python_package_has_its_digests(name: str) -> None:
    packages = re.split(r"\n(?=[\w])", (ROOT / name).read_text().strip())
    assert packages and all("==" in package and "--hash=sha256:" in package for package in packages)


def test_every_locked_node_package_has_its_digest() -> None:
    packages = {k: v for k, v in json.loads((ROOT / "package-lock.json").read_text())["packages"].items() if k}
    assert packages and all(package["integrity"].startswith("sha512-") for package in packages.values())


def test_the_development_lock_holds_the_versions_of_the_one_that_runs() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^([\w.\[\]-]+==\S+)", (ROOT / name).read_text(), re.M))

    assert pins("requirements.txt") <= pins("requirements-dev.txt")


def test_the_top_of_the_repository_is_what_is_agreed() -> None:
    assert {file.parts[0] for file in tracked()} - ALLOWED == TOP_LEVEL


def test_everybody_may_use_the_code_under_one_licence() -> None:
    """Named by its SPDX identifier where package tools look for it, with its text beside."""
    package, locked = (json.loads((ROOT / name).read_text()) for name in ("package.json", "package-lock.json"))
    python = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["license"]
    assert {python, package["license"], locked["packages"][""]["license"]} == {"BSD-3-Clause"}
    assert (
        (ROOT / "LICENSE").read_text().startswith("BSD 3-Clause License\n\nCopyright (c) 2026, Storymap contributors\n")
    )


def test_a_page_may_not_outlive_its_withdrawal_for_long() -> None:
    """Whoever withdraws a story waits for that time, and is then told that its pages are gone."""
    done = manage("check", **OWN, STORYMAP_FRESHNESS="60")
    assert done.returncode != 0
    assert "STORYMAP_FRESHNESS must be between 0 and 5 seconds" in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("STORYMAP_DEBUG", "nope"),
        ("STORYMAP_REQUIRE_SECOND_STEP", "flase"),
        ("STORYMAP_AUDIT_DAYS", "many"),
        ("STORYMAP_FRESHNESS", "soon"),
        ("STORYMAP_TIME_ZONE", "Nowhere/Town"),
        ("STORYMAP_CORRECTIONS", "Ana"),
        ("STORYMAP_CORRECTIONS", "http://example.org/corrections"),
        ("STORYMAP_LANGUAGE", "tlh"),
        ("STORYMAP_LANGUAGES", "English"),
        ("STORYMAP_LANGUAGES", ","),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "postgres://storymap:pa-ss@db:port/storymap"),
        ("DATABASE_URL", "mysql://storymap:pa-ss@db/storymap"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused_with_the_name_of_its_setting(name: str, value: str) -> None:
    """At the start, on the last line of what is said; a password in the value is not shown."""
    done = manage("check", **OWN, **{name: value})
    assert done.returncode != 0
    assert done.stderr.strip().splitlines()[-1].startswith(f"django.core.exceptions.ImproperlyConfigured: {name} must ")
    assert "pa-ss" not in done.stderr


def test_lists_of_settings_may_have_spaces_and_an_empty_value_is_the_default() -> None:
    shown = "from django.conf import settings as s; print(dict(s.LANGUAGES).keys(), s.STORYMAP_AUDIT_DAYS, s.DEBUG)"
    done = manage("shell", "-c", shown, STORYMAP_LANGUAGES="en, es", STORYMAP_AUDIT_DAYS="", STORYMAP_DEBUG="")
    assert done.stdout.splitlines()[-1] == "dict_keys(['en', 'es']) 730 False", done.stderr


def test_own_settings_carry_the_projects_name() -> None:
    source = (ROOT / "storymap" / "settings.py").read_text()
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', source))
    assert {name for name in read if not name.startswith("STORYMAP_")} == {"DATABASE_URL"}


@pytest.mark.parametrize(
    "languages",
    ["en,es,ja", *(pytest.param(some, marks=pytest.mark.slow) for some in ("en,fr", "de", "en,es,ja,qu,pt-br"))],
)
def test_no_migration_is_missing_and_a_language_needs_none(languages: str) -> None:
    default = languages.split(",")[0]
    done = manage("makemigrations", "--check", "--dry-run", STORYMAP_LANGUAGES=languages, STORYMAP_LANGUAGE=default)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_file_has_more_than_400_lines() -> None:
    kinds = {".py", ".js", ".mjs", ".html", ".css"}
    files = [file for file in tracked() if file.suffix in kinds and "migrations" not in file.parts]
    assert len(files) > 100
    lengths = {str(file): len((ROOT / file).read_text().splitlines()) for file in files}
    assert {file: length for file, length in lengths.items() if length > 400} == {}


def test_no_line_of_a_template_has_more_than_200_characters() -> None:
    """Whitespace in a template is sent to every reader: lines are broken inside tags, or where it is left out."""
    files = [file for file in tracked() if file.suffix == ".html" and file.parts[0] == "templates"]
    assert len(files) > 100
    long = [str(file) for file in files for line in (ROOT / file).read_text().splitlines() if len(line) > 200]
    assert long == []


def test_no_line_of_a_style_sheet_has_more_than_120_characters() -> None:
    lines = [
        f"{file}:{number}"
        for file in tracked()
        if file.suffix == ".css"
        for number, line in enumerate((ROOT / file).read_text().splitlines(), start=1)
        if len(line) > 120
    ]
    assert lines == []


CATALOGUES = sorted((ROOT / "storymap" / "locale").glob("*/LC_MESSAGES/django.po"))


def test_there_are_catalogues_for_the_shipped_languages() -> None:
    assert [file.parts[-3] for file in CATALOGUES] == ["es", "ja"]


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.parts[-3])
def test_every_message_is_translated_with_the_same_placeholders(file: Path) -> None:
    catalogue = read_po(io.BytesIO(file.read_bytes()))
    messages = [message for message in catalogue if message.id]
    assert len(messages) > 100
    for message in messages:
        forms = forms_of(message.string)
        assert all(forms) and not message.fuzzy, message.id
        wanted = set(re.findall(r"%\(\w+\)s|\{\w+\}", forms_of(message.id)[-1]))
        assert all(set(re.findall(r"%\(\w+\)s|\{\w+\}", form)) == wanted for form in forms), message.id


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.parts[-3])
def test_compiled_messages_are_those_of_the_catalogue(file: Path) -> None:
    written, compiled = (
        read_po(io.BytesIO(file.read_bytes())),
        read_mo(io.BytesIO(file.with_suffix(".mo").read_bytes())),
    )
    assert texts(compiled) == texts(written)


def texts(catalogue: Catalog) -> dict[str, tuple[str, ...]]:
    """Every message with its forms, by its context and text; compiled ones are lists where written ones are tuples."""
    found: dict[str, tuple[str, ...]] = {}
    for message in catalogue:
        if message.id:
            context = message.context.decode() if isinstance(message.context, bytes) else message.context
            text = forms_of(message.id)[0]
            found[f"{context}\x04{text}" if context else text] = forms_of(message.string)
    return found


def forms_of(value: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def test_every_string_of_the_code_is_in_the_catalogues() -> None:
    """Strings marked in Python and {% translate %} tags in templates; blocktranslate is left to makemessages."""
    marked: set[str] = set()
    for file in tracked():
        if file.suffix == ".py" and file.parts[0] in ("storymap", "places") and "migrations" not in file.parts:
            for node in ast.walk(ast.parse((ROOT / file).read_text())):
                called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args
                said = [one.value for one in node.args if isinstance(one, ast.Constant)] if called else []
                if said and node.func.id in ("_", "gettext", "gettext_lazy"):
                    marked.add(said[0])
                if len(said) > 1 and node.func.id == "pgettext":
                    marked.add("\x04".join(said[:2]))
        if file.suffix == ".html":
            tags = re.findall(r"""\{%\s*translate (["'])(.*?)\1(?: context "(.*?)")?""", (ROOT / file).read_text())
            marked |= {f"{context}\x04{text}" if context else text for _quote, text, context in tags}
    assert len(marked) > 100
    for catalogue in CATALOGUES:
        known = texts(read_po(io.BytesIO(catalogue.read_bytes())))
        assert sorted(marked - known.keys()) == [], catalogue.parts[-3]
