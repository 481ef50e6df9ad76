"""The application for a WSGI server: `gunicorn storymap.wsgi`."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import reverse
from django.utils.translation import override

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "storymap.settings")
application = get_wsgi_application()

for language, _name in settings.LANGUAGES:  # addresses are read before the server forks, not by each first reader
    with override(language):
        reverse("index")

import_module("storymap.maps.folium_map")  # slow: a server does it before its first reader, commands never

# What is read stays: to look through it for garbage again and again would make one answer in a hundred wait.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
