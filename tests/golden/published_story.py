"""What happens to a story after its first edition: a typo, a caption, a colleague's accident, a takedown."""

from __future__ import annotations

from tests.golden.editor import Editor
from tests.golden.workshop import Desk, Story

CHAPTER = "Demands, and a first answer"
ILLUSTRATED = "A reception in San Isidro"


def rewrite(editor: Editor, chapter: str, field: str, text: str) -> None:
    """On the page on which the story is told."""
    editor.press(chapter)
    editor.go_to(field)
    editor.page.keyboard.press("ControlOrMeta+A")
    editor.type(text)
    editor.press("Save the chapter")
    editor.sees(f"“{chapter}” is saved.")


def mend(editor: Editor, story: Story, chapter: str, field: str, text: str, *, edition: int = 2) -> None:
    """From the list of stories to the next edition. The warnings of the last one are not asked about again."""
    editor.begin(f"/admin/storymap/story/?q={story.slug}")
    editor.press("Tell")
    rewrite(editor, chapter, field, text)
    editor.press("Publish")
    editor.sees(f"Published as edition {edition}.")


def put_back(editor: Editor, form: str) -> None:
    """From the form of a chapter that a colleague has broken."""
    editor.begin(form)
    editor.press("History")
    editor.press("Word by word")
    editor.page.locator(".part del").first.wait_for()
    editor.press("Restore this")
    editor.press("Restore")
    editor.sees("The story says again what it said then.")


def take_down(editor: Editor, story: Story) -> None:
    editor.begin(f"{story.admin}change/")
    editor.press("Withdraw")
    editor.press("Withdraw")
    editor.sees("The story is withdrawn.")


def break_chapter(desk: Desk, story: Story, chapter: str, text: str) -> None:
    editor = Editor(desk.context.new_page(), desk.url)
    editor.begin(f"{story.admin}tell/")
    rewrite(editor, chapter, "Narration", text)
    editor.page.close()
