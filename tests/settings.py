"""The project's settings with everything a test must not touch put elsewhere."""

import os
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "var" / "tests"
os.environ.update(
    STORYMAP_DATA_DIR=str(DATA),
    STORYMAP_SECRET_KEY="a-key-for-tests-" + "0" * 50,
    STORYMAP_FRESHNESS="0",  # a test sees at once what it has just changed
    STORYMAP_SITE_URL="http://testserver",
)
for folder in ("static", "public"):  # whitenoise asks for them
    (DATA / folder).mkdir(parents=True, exist_ok=True)

from storymap.settings import *  # noqa: E402, F403

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if file := os.environ.get("TEST_DATABASE"):  # a file that several connections share, in place of memory
    DATABASES["default"]["TEST"] = {"NAME": file}  # noqa: F405
