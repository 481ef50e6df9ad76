"""The application for a WSGI server: `gunicorn storymap.wsgi`."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "storymap.settings")
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018  # read once before the server forks, and not by the first reader of each worker

# What is read stays: to look through it for garbage again and again would make one answer in a hundred wait.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
