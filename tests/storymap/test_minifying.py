"""Scripts made smaller by a real Node, and served as they are where that cannot be."""

from __future__ import annotations

import pytest

from storymap.minifying import minified

MODULE = """
export function greet(somebody) {
  const sentence = `Hello, ${somebody}`; // said aloud
  return sentence;
}
export const late = () => import("./late.js");
"""


def test_a_script_keeps_its_exports_and_what_it_imports_late() -> None:
    small = minified({"a.js": MODULE, "b.js": "const longish = 1;\nexport { longish };"})
    assert list(small) == ["a.js", "b.js"]
    assert "greet" in small["a.js"] and 'import("./late.js")' in small["a.js"]
    assert "somebody" not in small["a.js"] and "aloud" not in small["a.js"]
    assert "as longish" in small["b.js"]


def test_what_cannot_be_made_smaller_is_served_as_it_is(caplog: pytest.LogCaptureFixture) -> None:
    texts = {"a.js": MODULE, "b.js": "export function {"}
    assert minified(texts) == texts
    assert "at full length" in caplog.text and "Unexpected token" in caplog.text


def test_without_node_scripts_are_served_as_they_are(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("sys.path", [])
    monkeypatch.setattr("sys.path_importer_cache", {})
    assert minified({"a.js": MODULE}) == {"a.js": MODULE}
    assert "no Node" in caplog.text
