"""The application for a WSGI server: `gunicorn storymap.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "storymap.settings")
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018  # read once before the server forks, and not by the first reader of each worker
