"""The least Django application that answers with given bytes: what the page is measured against."""

from __future__ import annotations

import os
from pathlib import Path

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(SECRET_KEY="bare" * 20, ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, MIDDLEWARE=[])
django.setup()
BODY = Path(os.environ["BARE_BODY"]).read_bytes()


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        BODY, content_type="text/html", headers={"Content-Encoding": "br", "Content-Length": str(len(BODY))}
    )


urlpatterns = [path("stories/lima-1996-97/", page)]
application = get_wsgi_application()
