"""Files for the wire: joined modules and styles, named files of npm packages, and a real collection of them all."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from storymap.assets import JOINED_MODULES, JOINED_STYLES, VENDOR, joined_modules, joined_styles, release

OWN = Path(settings.BASE_DIR) / "static" / "storymap"
MODULES = sorted((OWN / "js").rglob("*.js"))
TOP_LEVEL = re.compile(
    r"^(?:export )?(?:async )?(?:function\*?|const|let|var|class) +(\{[^}]*\}|\[[^\]]*\]|[\w$]+)", re.M
)


def write(folder: Path, **modules: str) -> Path:
    for name, text in modules.items():
        (folder / f"{name}.js").write_text(text)
    return folder / "main.js"


def names_in(text: str) -> list[str]:
    """What a module declares at its top."""
    return [name for found in TOP_LEVEL.findall(text) for name in re.findall(r"[\w$]+", found)]


def test_modules_are_joined_each_once_and_what_is_imported_first(tmp_path: Path) -> None:
    entry = write(
        tmp_path,
        main='import { a } from "./a.js";\nimport { b } from "./b.js";\na(b);\n',
        a='import { b } from "./b.js";\nexport function a(x) { return x + b; }\n',
        b="export const b = 1;\n",
    )
    joined = joined_modules(entry)
    assert "import" not in joined and "export" not in joined
    assert [line for line in joined.splitlines() if line] == [
        "const b = 1;",
        "function a(x) { return x + b; }",
        "a(b);",
    ]


def test_joined_modules_are_without_remarks_and_empty_lines(tmp_path: Path) -> None:
    code = 'const a = "https://a.org"; // why\n\n  // so\nfunction b() { // and what\n  return a; // a\'s\n}\n'
    joined = joined_modules(write(tmp_path, main=code))
    assert joined == 'const a = "https://a.org";\nfunction b() {\nreturn a;\n}\n'


def test_no_text_in_a_module_looks_like_a_remark() -> None:
    for module in MODULES:
        for line in module.read_text().splitlines():
            code, _, remark = line.partition(" // ")
            assert not remark or all(code.count(sign) % 2 == 0 for sign in "\"'`"), f"{module.name}: {line}"


def test_a_circle_of_modules_is_joined_once(tmp_path: Path) -> None:
    entry = write(
        tmp_path,
        main='import { a } from "./a.js";\nexport const m = 1;\n',
        a='import { m } from "./main.js";\nexport async function a() { return m; }\n',
    )
    assert joined_modules(entry).count("const m = 1;") == 1


def test_an_import_that_leads_nowhere_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        joined_modules(write(tmp_path, main='import { a } from "./nothing.js";\n'))


LATE = {"main": 'import("./late.js").then((late) => late.open(1));\n'}
LATE["late"] = 'import { b } from "./b.js";\nexport function open(x) { return x + b; }\n'
LATE["b"] = "export const b = 1;\n"


def test_what_is_imported_late_is_a_file_of_its_own_that_keeps_its_exports(tmp_path: Path) -> None:
    entry = write(tmp_path, **LATE)
    assert joined_modules(entry) == LATE["main"]
    assert joined_modules(tmp_path / "late.js") == f"const b = 1;\n\n{LATE['late'].split(chr(10), 1)[1]}"


def test_a_whole_text_has_inside_it_what_is_imported_late(tmp_path: Path) -> None:
    joined = joined_modules(write(tmp_path, **LATE), whole=True)
    assert "const b = 1;" in joined and "\nfunction open(x)" in joined
    assert joined.endswith("Promise.resolve({ open }).then((late) => late.open(1));\n")


def test_what_comes_late_has_learnt_no_words() -> None:
    """It has its own copy of what it imports, and the page teaches only its own."""
    late = {
        f"{name}.js" for module in MODULES for name in re.findall(r'import\("\./([\w-]+)\.js"\)', module.read_text())
    }
    assert {"listen.js", "picture-stage.js", "streets.js", "tile-layers.js"} == late
    for name in late:
        assert f"storymap/joined/{name}" in JOINED_MODULES
        assert not re.search(r"(?<!function )\bsay\(", joined_modules(OWN / "js" / name)), name


def test_the_joined_script_holds_every_module_and_no_import_is_left() -> None:
    joined = "".join(joined_modules(entry) for entry in JOINED_MODULES.values())
    assert not re.search(r"^\s*import\b(?!\()", joined, re.M)
    for module in MODULES:
        for name in names_in(module.read_text()):
            assert name in joined, f"{module.name}: {name}"


def test_names_at_the_top_are_unique_across_modules() -> None:
    owners: dict[str, set[str]] = {}
    for module in MODULES:
        for name in names_in(module.read_text()):
            owners.setdefault(name, set()).add(module.name)
    assert owners
    assert {name: modules for name, modules in owners.items() if len(modules) > 1} == {}


def test_modules_import_by_name_on_one_line_and_export_nothing_anonymous() -> None:
    for module in MODULES:
        for line in module.read_text().splitlines():
            if line.startswith("import"):
                assert re.fullmatch(r'import \{ ?[\w$, ]+ ?\} from "\./[\w/-]+\.js";', line), f"{module.name}: {line}"
            if line.startswith("export"):
                assert re.match(r"export (async )?(function|const|let|class) ", line), f"{module.name}: {line}"


@pytest.mark.parametrize(
    "word", ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"]
)
def test_no_script_of_ours_makes_markup_or_code_from_text(word: str) -> None:
    files = [file for file in (Path(settings.BASE_DIR) / "static").rglob("*") if file.is_file()]
    assert len(files) > 10
    assert [file.name for file in files if word in file.read_text(encoding="utf-8")] == []


def test_no_script_of_ours_stores_anything_with_the_reader() -> None:
    for module in MODULES:
        assert not re.search(r"localStorage|sessionStorage|indexedDB|document\.cookie", module.read_text()), module.name


def test_joined_styles_name_no_file_that_is_not_published() -> None:
    for parts in JOINED_STYLES.values():
        joined = joined_styles(parts)
        if any(part.name == "leaflet.css" for part in parts):
            assert ".leaflet-pane" in joined and "--sea:" in joined
            assert ".leaflet-bar a" in joined and ".leaflet-popup" not in joined and "leaflet-oldie" not in joined
        assert re.findall(r"url\((?!['\"]?data:)[^)]*\)", joined) == []
        assert "@import" not in joined


def test_every_named_file_of_a_package_is_there() -> None:
    assert [name for name, file in VENDOR.items() if not file.exists()] == []


def test_the_release_is_eight_digits_and_steady() -> None:
    release.cache_clear()
    first = release()
    release.cache_clear()
    assert re.fullmatch("[0-9a-f]{8}", first) and release() == first


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All static files as production publishes them."""
    data = tmp_path_factory.mktemp("collected")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("STORYMAP_")} | {
        "DJANGO_SETTINGS_MODULE": "storymap.settings",
        "STORYMAP_DATA_DIR": str(data),
        "STORYMAP_SECRET_KEY": "a-key-for-one-process-" + "0" * 40,
    }
    (data / "atlas").symlink_to(settings.STORYMAP_DATA_DIR / "atlas")
    command = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return data / "static"


def test_every_collected_file_carries_a_digest_in_its_name(collected: Path) -> None:
    files = [file for file in collected.rglob("*") if file.is_file() and file.suffix not in (".br", ".gz")]
    assert len(files) > 50
    unhashed = [file.name for file in files if not re.search(r"\.[0-9a-f]{12}(\.|$)", file.name)]
    assert unhashed == ["staticfiles.json"]


def test_what_is_imported_late_is_asked_for_by_its_digest(collected: Path) -> None:
    (reading,) = (collected / "storymap/joined").glob("reading.*.js")
    late = re.findall(r'import\("\./([^"]+)"\)', reading.read_text())
    assert {name.split(".")[0] for name in late} == {"listen", "picture-stage", "streets", "tile-layers"}
    for name in late:
        assert re.fullmatch(r"[\w-]+\.[0-9a-f]{12}\.js", name) and (reading.parent / name).exists()


def test_collected_modules_are_minified(collected: Path) -> None:
    for name, entry in JOINED_MODULES.items():
        (file,) = (collected / name).parent.glob(f"{Path(name).stem}.????????????.js")
        assert file.stat().st_size < 0.8 * len(joined_modules(entry).encode()), name


def test_every_collected_file_that_can_be_packed_is_packed(collected: Path) -> None:
    ours = [file for file in collected.rglob("*") if file.is_file() and file.suffix in (".js", ".css", ".json", ".map")]
    large = [file for file in ours if file.stat().st_size > 300 and file.name != "staticfiles.json"]
    assert large
    assert [file.name for file in large if not file.with_name(file.name + ".br").exists()] == []
    names = {re.sub(r"\.[0-9a-f]{12}", "", file.name) for file in collected.rglob("*.br")}
    assert {"reading.js.br", "reading.css.br", "leaflet.js.br", "globe.json.br", "110m.json.br", "50m.json.br"} <= names


def test_maps_of_the_workshop_have_the_colours_of_the_pages() -> None:
    """The admin's pages have custom properties of their own, so the ground's are there again."""
    css = {name: (OWN / "css" / f"{name}.css").read_text() for name in ("tokens", "dark")}
    css["admin"] = joined_styles(JOINED_STYLES["storymap/joined/admin.css"])
    ground = re.findall(
        r"^  --(sea|land|coast|border|shore|park|built[\w-]*|street[\w-]*|avenue[\w-]*|motorway[\w-]*|rail"
        r"|\w+-name): (.+);$",
        css["tokens"],
        re.M,
    )
    dark = dict(re.findall(r"^  --([\w-]+): (.+);$", css["dark"], re.M))
    light_there, *dark_there = css["admin"].split(".place-picker, .rows-map")[1:4]
    for name, colour in ground:
        assert f"--{name}: {colour};" in light_there
        assert all(f"--{name}: {dark[name]};" in block for block in dark_there), name
    assert len(ground) == 20
    forced = css["admin"].split("@media (forced-colors: active)")[1]
    assert "--street-edge: GrayText;" in forced and "--land: Canvas;" in forced
