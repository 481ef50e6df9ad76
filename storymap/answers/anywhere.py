"""What pages of other sites may fetch: public files that are the same for everybody.

In a frame with `sandbox="allow-scripts"` the origin is opaque: its own site is another to it (Fetch, CORS protocol).
"""

from __future__ import annotations

from typing import TypeVar

from django.http.response import HttpResponseBase

Answer = TypeVar("Answer", bound=HttpResponseBase)
ANYWHERE = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}


def for_anywhere(response: Answer) -> Answer:
    for name, value in ANYWHERE.items():
        response.headers[name] = value
    return response
