"""What went wrong, as JSON that people and programs can read (RFC 9457)."""

from __future__ import annotations

from typing import Any

import msgspec
from django.http import HttpResponse

from storymap.api.links import guide

CONTENT_TYPE = "application/problem+json"


class Problem(Exception):
    """An answer that is none. `kind` is the anchor of its description in the guide."""

    status, kind, title = 500, "", ""

    def __init__(self, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.detail, self.more = detail, more

    def response(self) -> HttpResponse:
        body = {"type": f"{guide()}#{self.kind}", "title": self.title, "status": self.status, "detail": self.detail}
        response = HttpResponse(msgspec.json.encode({**body, **self.more}), CONTENT_TYPE, self.status)
        response["Cache-Control"] = "no-store"
        response["Content-Language"] = "en"
        return response


class BadParameter(Problem):
    """A parameter that cannot be understood: names it, and what to write."""

    status, kind, title = 400, "bad-parameter", "Bad parameter"

    def __init__(self, parameter: str, detail: str) -> None:
        super().__init__(detail, parameter=parameter)


class NotFound(Problem):
    """The same for what never was, is not published yet and is published no more: which is nobody's business."""

    status, kind, title = 404, "not-found", "Not found"

    def __init__(self) -> None:
        super().__init__(
            "There is nothing published at this address, or not in the language or edition that was asked for."
        )


class Failed(Problem):
    """Our mistake, of which nothing is said but that it was ours."""

    status, kind, title = 500, "failed", "Internal error"

    def __init__(self) -> None:
        super().__init__("The site has failed. Please ask again later.")


class OnlyReading(Problem):
    status, kind, title = 405, "only-reading", "Method not allowed"

    def __init__(self) -> None:
        super().__init__("The data can be read with GET and HEAD, and not be written.")

    def response(self) -> HttpResponse:
        response = super().response()
        response["Allow"] = "GET, HEAD"
        return response
