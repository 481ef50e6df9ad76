"""What is wrong with a file that somebody brings."""

import lzma
import zipfile
import zlib

from storymap.story.problem import Problem

NO_ARCHIVE = (  # what reading a zip raises that is none, or is damaged or locked
    *(zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError),
    *(OSError, ValueError, zlib.error, lzma.LZMAError),
)


class CannotRead(Exception):
    """The file is not what it says it is. Carries every problem found."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))
