"""What is wrong with a file that somebody brings."""

from storymap.services.problems import Problem

__all__ = ["CannotRead", "Problem"]


class CannotRead(Exception):
    """The file is not what it says it is. Carries every problem found."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))
