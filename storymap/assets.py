"""Static files that are not in `static/`: named files of npm packages, and our own files joined for the wire.

Joining is all the "build" there is: a list of CSS files becomes one file, and a tree of ES modules becomes one module.
The modules themselves stay what the tests import. One request instead of a dozen halves the wait on a slow network.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.checks import CheckMessage, Error
from django.core.files.base import ContentFile, File
from django.core.files.storage import InMemoryStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

from storymap.minifying import minified

NODE_MODULES = settings.BASE_DIR / "node_modules"
OWN = settings.BASE_DIR / "static" / "storymap"

VENDOR = {
    "vendor/leaflet/leaflet.js": NODE_MODULES / "leaflet/dist/leaflet.js",
    "vendor/leaflet/leaflet.js.map": NODE_MODULES / "leaflet/dist/leaflet.js.map",  # named in it: hashing follows
    "vendor/protomaps/protomaps-leaflet.js": NODE_MODULES / "protomaps-leaflet/dist/protomaps-leaflet.js",
    "vendor/protomaps/protomaps-leaflet.js.map": NODE_MODULES / "protomaps-leaflet/dist/protomaps-leaflet.js.map",
    **{
        f"storymap/atlas/{level}.json": settings.STORYMAP_DATA_DIR / "atlas" / f"{level}.json"
        for level in ("globe", "110m", "50m")
    },
}


@dataclass(frozen=True)
class MapColours:
    """The ground's colours of a style sheet, for maps on pages that have custom properties of their own."""

    file: Path
    selector: str
    media: str = ""
    indent: int = 2  # spaces before those that are meant: more within a media query


_OF_THE_ADMIN = ".place-picker, .rows-map"
MAPS_OF_THE_ADMIN = (  # whose pages follow the reader's system, or what he chose there
    MapColours(OWN / "css/tokens.css", _OF_THE_ADMIN),
    MapColours(
        OWN / "css/dark.css",
        f'html:not([data-theme="light"]) :is({_OF_THE_ADMIN})',
        "(prefers-color-scheme: dark)",
    ),
    MapColours(OWN / "css/dark.css", f'html[data-theme="dark"] :is({_OF_THE_ADMIN})'),
    MapColours(OWN / "css/tokens.css", f":root:root :is({_OF_THE_ADMIN})", "(forced-colors: active)", indent=4),
)
JOINED_STYLES: dict[str, list[Path | MapColours]] = {
    "storymap/joined/reading.css": [
        NODE_MODULES / "leaflet/dist/leaflet.css",
        *(
            OWN / "css" / f"{name}.css"
            for name in (
                "tokens",
                "dark",
                "base",
                "narration",
                "chapter",
                "reading",
                "map",
                "stage",
                "timeline",
                "print",
            )
        ),
    ],
    "storymap/joined/embed.css": [
        NODE_MODULES / "leaflet/dist/leaflet.css",
        *(OWN / "css" / f"{name}.css" for name in ("tokens", "base", "narration", "chapter", "map", "embed")),
    ],
    "storymap/joined/admin.css": [
        NODE_MODULES / "leaflet/dist/leaflet.css",
        *MAPS_OF_THE_ADMIN,
        OWN / "css" / "admin.css",
        OWN / "css" / "wizard.css",
    ],
    "storymap/joined/chapter-form.css": [
        NODE_MODULES / "leaflet/dist/leaflet.css",
        *MAPS_OF_THE_ADMIN,
        *(OWN / "css" / f"{name}.css" for name in ("admin", "narration", "chapter-form", "moments")),
    ],
    "storymap/joined/pictures.css": [OWN / "css" / "pictures.css"],
}
JOINED_MODULES = {
    "storymap/joined/reading.js": OWN / "js/reading.js",
    "storymap/joined/listen.js": OWN / "js/listen.js",
    "storymap/joined/picture-stage.js": OWN / "js/picture-stage.js",
    "storymap/joined/streets.js": OWN / "js/streets.js",
    "storymap/joined/tile-layers.js": OWN / "js/tile-layers.js",
    "storymap/joined/share.js": OWN / "js/share.js",
    "storymap/joined/about.js": OWN / "js/about.js",
    "storymap/joined/example-article.js": OWN / "js/example-article.js",
    "storymap/joined/embed.js": OWN / "js/embed.js",
    "storymap/joined/embed-card.js": OWN / "js/embed-card.js",
    "storymap/joined/place-picker.js": OWN / "js/place-picker.js",
    "storymap/joined/wizard.js": OWN / "js/wizard.js",
    "storymap/joined/chapter-form.js": OWN / "js/chapter-form.js",
    "storymap/joined/story-chapters.js": OWN / "js/story-chapters.js",
    "storymap/joined/editing.js": OWN / "js/editing.js",
    "storymap/joined/picture-room.js": OWN / "js/picture-room.js",
    "storymap/joined/preview-frame.js": OWN / "js/preview-frame.js",
    "storymap/joined/schedule.js": OWN / "js/schedule.js",
    "storymap/joined/source-form.js": OWN / "js/source-form.js",
    "storymap/joined/event-form.js": OWN / "js/event-form.js",
    "storymap/joined/table-import.js": OWN / "js/table-import.js",
}

IN_MEDIA = {"dark.css": "(prefers-color-scheme: dark)"}  # what is joined follows the reader

_IMPORT = re.compile(r'^import \{[^}]*\} from "(\./[\w./-]+)";\n', re.MULTILINE)
_LATE = re.compile(r'(?P<matched>\bimport\("(?P<url>\./[\w-]+\.js)"\))')  # groups as Django names them
_EXPORT = re.compile(r"^export (?=(?:async )?function|const|let|class)", re.MULTILINE)
_EXPORTED = re.compile(r"^export (?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)
_REMARK = re.compile(r"^ *(?://.*)?\n| +// .*$", re.MULTILINE)  # also empty lines; no text of ours has " // " in it
_INDENT = re.compile(r"^[ ]+", re.MULTILINE)  # no text of ours runs over several lines (a test holds this)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s+")  # no text in our style sheets has two spaces in a row
_GROUND = re.compile(
    r"^( +)(--(?:sea|land|coast|border|shore|park|built|street|avenue|motorway|rail|\w+-name)(?:-edge)?: .+;)$",
    re.MULTILINE,
)
_UNUSED = re.compile(
    r"\.(?:leaflet-(?:popup|control-layers|oldie|vml)|lvml)\b"
)  # of Leaflet, and none of our maps has it
_RULE = re.compile(r"([^{}]+)\{[^{}]*\}")
_URL = re.compile(r"url\((?!['\"]?data:)[^)]*\)")


def joined_styles(parts: Iterable[Path | MapColours]) -> str:
    """The parts one after another, without the pictures of Leaflet's own controls: we use none of them."""
    return "\n".join(_colours(part) if isinstance(part, MapColours) else _style(part) for part in parts)


def _style(file: Path) -> str:
    text = _SPACE.sub(" ", _COMMENT.sub("", _URL.sub("none", file.read_text(encoding="utf-8")))).strip() + "\n"
    if file.name == "leaflet.css":
        text = _RULE.sub(_used, text)
    return _in_media(text, IN_MEDIA.get(file.name, ""))


def _used(rule: re.Match[str]) -> str:
    """Without the selectors of what our maps do not have; nothing when none is left."""
    selectors = [one.strip() for one in rule[1].split(",")]
    used = [one for one in selectors if not _UNUSED.search(one)]
    return rule[0].replace(rule[1], f" {', '.join(used)} ") if used else ""


def _colours(part: MapColours) -> str:
    found = _GROUND.findall(part.file.read_text(encoding="utf-8"))
    last = {line.partition(":")[0]: line for spaces, line in found if len(spaces) == part.indent}
    return _in_media(f"{part.selector} {{ {' '.join(last.values())} }}\n", part.media)


def _in_media(text: str, media: str) -> str:
    return f"@media {media} {{\n{text}}}\n" if media else text


def joined_modules(entry: Path, *, whole: bool = False) -> str:
    """The entry and all it imports as one module, each once, what is imported before what imports it; no remarks.

    Names at the top of a module are visible to all others afterwards, so they must be unique across modules
    (a test holds this). The entry keeps its exports. What is imported late is a file of its own, with its own copy of
    what it imports; in a `whole` text, which can ask for nothing, it is inside. Raises FileNotFoundError when an import
    leads nowhere.
    """
    done: dict[Path, str] = {}

    def inside(found: re.Match[str]) -> str:
        return f"Promise.resolve({_exports_of(entry.parent / found['url'])})"

    def visit(file: Path) -> None:
        if file in done:
            return
        text = file.read_text(encoding="utf-8")
        done[file] = ""  # a module that imports itself in a circle is met here and not entered again
        late = [found["url"] for found in _LATE.finditer(text)] if whole else []
        for name in [*_IMPORT.findall(text), *late]:
            visit((file.parent / name).resolve())
        plain = _REMARK.sub("", _IMPORT.sub("", _LATE.sub(inside, text) if whole else text))
        done[file] = _INDENT.sub("", plain if file == entry.resolve() else _EXPORT.sub("", plain))
        order.append(file)

    order: list[Path] = []
    visit(entry.resolve())
    return "\n".join(done[file] for file in order)


def _exports_of(file: Path) -> str:
    return f"{{ {', '.join(_EXPORTED.findall(file.read_text(encoding='utf-8')))} }}"


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Joined modules are minified, and the addresses of what they import late carry a digest too."""

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("storymap/joined/*.js", ((_LATE.pattern, 'import("%(url)s")'),)),
    )

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Iterator[Any]:
        joined = {name: joined_modules(JOINED_MODULES[name]) for name in paths if name in JOINED_MODULES}
        small = InMemoryStorage()
        for name, text in minified(joined).items():
            small.save(name, ContentFile(text.encode()))
        yield from super().post_process({**paths, **{name: (small, name) for name in joined}}, *args, **options)


class NamedFiles(Storage):
    """Files by their public name, wherever they lie."""

    prefix = None

    def __init__(self, files: dict[str, Path]) -> None:
        self.files = files

    def _open(self, name: str, mode: str = "rb") -> File:
        return File(self.files[name].open(mode), name=name)

    def path(self, name: str) -> str:
        return str(self.files[name])

    def exists(self, name: str) -> bool:
        return name in self.files and self.files[name].exists()

    def get_modified_time(self, name: str) -> datetime:
        return datetime.fromtimestamp(self.files[name].stat().st_mtime, UTC)


class JoinedFiles(NamedFiles):
    """Joined files, written to the data directory whenever a part is newer."""

    def __init__(self) -> None:
        super().__init__({name: settings.STORYMAP_DATA_DIR / name for name in (*JOINED_STYLES, *JOINED_MODULES)})

    def refresh(self, name: str) -> None:
        text = joined_styles(JOINED_STYLES[name]) if name in JOINED_STYLES else joined_modules(JOINED_MODULES[name])
        file = self.files[name]
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")

    def _open(self, name: str, mode: str = "rb") -> File:
        self.refresh(name)
        return ContentFile(self.files[name].read_bytes(), name=name)


class VendorFinder(BaseFinder):
    """Publishes exactly the files of npm packages that the pages use."""

    storage: NamedFiles

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.storage = NamedFiles(VENDOR)

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        gone = [name for name in self.storage.files if not self.storage.exists(name)]
        if not gone:
            return []
        missing = f"Front-end files are missing: {', '.join(gone)}"
        return [Error(missing, hint="Run `make install`.", id="storymap.E001")]

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002  Django's signature
        hits = [self.storage.path(path)] if self.storage.exists(path) else []
        return hits if find_all else (hits[0] if hits else [])

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, Storage]]:
        for name in self.storage.files:
            if not matches_patterns(name, ignore_patterns):
                yield name, self.storage


class JoinedFinder(VendorFinder):
    """Publishes our own CSS and modules, joined."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.joined = JoinedFiles()
        self.storage = self.joined

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002  Django's signature
        if path in self.joined.files:
            self.joined.refresh(path)
        return super().find(path, find_all, **kwargs)


@functools.cache
def release() -> str:
    """Eight digits that change whenever code, templates or static files do: part of every ETag and derived address."""
    digest = hashlib.sha256()
    roots = [settings.BASE_DIR / name for name in ("storymap", "places", "templates", "static")]
    for root in roots:
        for file in sorted(root.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(f"{file.relative_to(root)}:".encode() + file.read_bytes())
    shown = {name: getattr(settings, name) for name in dir(settings) if name.startswith("STORYMAP_")}
    for hidden in ("STORYMAP_DATA_DIR", "STORYMAP_FRESHNESS"):
        shown.pop(hidden)
    digest.update(repr((sorted(shown.items()), [code for code, _name in settings.LANGUAGES])).encode())
    return digest.hexdigest()[:8]
