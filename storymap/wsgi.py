"""The application for a WSGI server: `gunicorn storymap.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "storymap.settings")
application = get_wsgi_application()
