"""Template tags of our own."""

from __future__ import annotations

import pytest
from django.template import engines


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("<ol>\n  <li>a</li>\n\n <li>b</li>\n</ol>", "<ol><li>a</li><li>b</li></ol>"),
        ("<b>a</b> <b>c</b>", "<b>a</b> <b>c</b>"),
        ("<p>a\n<b>c</b>\nd</p>", "<p>a\n<b>c</b>\nd</p>"),
        ("<p>{{ text }}</p>\n<p>", "<p>&lt;i&gt;\n&lt;b&gt;</p><p>"),
    ],
)
def test_line_breaks_between_tags_are_left_out_and_nothing_else(written: str, sent: str) -> None:
    template = engines["django"].from_string("{% load storymap %}{% tight %}" + written + "{% endtight %}")
    assert template.render({"text": "<i>\n<b>"}) == sent
