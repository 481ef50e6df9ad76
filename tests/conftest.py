"""What several tests share: the atlas, the Lima story, a running site, a browser."""

from __future__ import annotations

import fcntl
import gc
import os
import pickle
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor
from playwright.sync_api import Browser, sync_playwright
from pytest_django import DjangoDbBlocker

from storymap.formats.load import load_path
from storymap.models import Story
from storymap.services.publishing.publish import publish
from tests.chromium import started
from tests.extent import LARGE
from tests.file_server import FileServer
from tests.snapshots import Snapshot

ROOT = Path(__file__).resolve().parent.parent
LIMA = ROOT / "storymap" / "stories" / "lima-1996-97"
PASSWORD = "correct horse battery staple"
# superusers of every site; each module has its own, for what one has typed is offered to that one again
EDITORS = (
    *("ana", "bea", "chapters", "other", "picker", "pictures"),
    *("smith", "twostep", "versions-ana", "versions-bea", "viewer"),
)
ENROL = """
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
key = make_password({password!r})
for name in {names!r}:
    User.objects.create(username=name, password=key, is_staff=True, is_superuser=True)
"""

# How busy the machine is says nothing about the code.
hypothesis.settings.register_profile("untimed", deadline=None, max_examples=500 if LARGE else 40)
hypothesis.settings.load_profile("untimed")


SLOW = {"lima_snapshot", "prepared", "chromium", "collected"}  # the first story, a server, a browser, all static files
LONGEST = ("tests/security/test_admin_in_browser.py", "tests/browser/", "tests/golden/", "tests/security/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes seconds to begin is not for `make check`. The longest begin, so that no worker ends late."""
    for item in items:
        if SLOW & set(getattr(item, "fixturenames", ())):
            item.add_marker("slow")
    items.sort(key=lambda item: next((n for n, start in enumerate(LONGEST) if item.nodeid.startswith(start)), 9))
    empties: dict[Path, set[bool]] = defaultdict(set)
    for item in items:
        mark = item.get_closest_marker("django_db")
        empties[item.path].add(bool(mark and mark.kwargs.get("transaction")))
    if mixed := [path.name for path, kinds in empties.items() if len(kinds) > 1]:
        raise pytest.UsageError(
            f"{mixed[0]}: a test with transaction=True empties the database when it ends, groups included, "
            "before other files have run. Give it a file of its own, which then comes last."
        )


def pytest_collection_finish() -> None:
    """All that was imported stays: to look through it for garbage again and again is a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture
def file_server() -> Iterator[FileServer]:
    running = FileServer()
    yield running
    running.stop()


@pytest.fixture(scope="session", autouse=True)
def _atlas() -> None:
    call_command("build_atlas", verbosity=0)


@pytest.fixture(scope="session", autouse=True)
def _one_is_joined_not_fetched() -> Iterator[None]:
    """Django 5.2 fetches the rows that foreign keys lead to by one OR each, and SQLite takes no expression deeper than
    1000: a list that is long enough is answered 500. Whoever prefetches so is told at any length."""

    def refuse(descriptor: Any, instances: Any, querysets: Any = None) -> None:
        field = descriptor.field
        raise AssertionError(f"{field.model.__name__}.{field.name} is prefetched: use select_related, or a Prefetch")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(ForwardManyToOneDescriptor, "get_prefetch_querysets", refuse)
        yield


@pytest.fixture
def empty_storage() -> None:
    """A test begins without stored files."""
    for name in default_storage.listdir("")[1]:
        default_storage.delete(name)


@contextmanager
def for_all_workers(tmp_path_factory: pytest.TempPathFactory, name: str) -> Iterator[Path]:
    """A path where one worker leaves what it made, while the others wait for it."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield shared / name


@pytest.fixture(scope="session")
def lima_snapshot(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Snapshot:
    with for_all_workers(tmp_path_factory, "lima") as file:
        if not file.exists():
            with django_db_blocker.unblock():
                made = Snapshot.of(lambda: publish(story=load_path(LIMA).story, by=None))
            file.write_bytes(pickle.dumps(made))
        return pickle.loads(file.read_bytes())  # noqa: S301  our own


@pytest.fixture
def lima(lima_snapshot: Snapshot, db: None) -> Story:
    """The first story, loaded and published."""
    lima_snapshot.restore()
    return Story.objects.get(slug=LIMA.name)


class Site:
    """The project as it runs in production, in a process and with a data directory of its own."""

    def __init__(self, data: Path, **environment: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.data = data
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("STORYMAP_", "DJANGO_"))},
            "DJANGO_SETTINGS_MODULE": "storymap.settings",
            "STORYMAP_DATA_DIR": str(data),
            "STORYMAP_SECRET_KEY": "a-key-for-a-test-site-" + "0" * 40,
            "STORYMAP_SITE_URL": self.url,
            **environment,
        }
        self.process: subprocess.Popen | None = None
        self.signed_in: dict[str, Any] = {}  # the cookies of who has signed in

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self) -> Site:
        log = (self.data / "log").open("w")
        command = [str(Path(sys.executable).parent / "gunicorn"), "--worker-class", "gthread", "--threads", "8"]
        self.process = subprocess.Popen(
            [*command, "--bind", f"127.0.0.1:{self.port}", "storymap.wsgi"],
            env=self.environment,
            cwd=ROOT,
            stdout=log,
            stderr=log,
        )
        self._wait()
        return self

    def _wait(self) -> None:
        deadline = time.monotonic() + 180
        while self.process and time.monotonic() < deadline and self.process.poll() is None:
            try:
                urllib.request.urlopen(f"{self.url}/healthz", timeout=5)
            except OSError:
                time.sleep(0.05)  # polling a process, not waiting for a behaviour
            else:
                return
        raise RuntimeError((self.data / "log").read_text())

    def stop(self) -> None:
        """At once: nobody waits for an answer, and a graceful end takes half a second."""
        if self.process:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(60)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data directory of a site with the Lima story and EDITORS, made once for all; sites begin with a copy."""
    with for_all_workers(tmp_path_factory, "prepared") as data:
        if not (data / "done").exists():
            shutil.copytree(settings.STORYMAP_DATA_DIR / "atlas", data / "atlas")
            site = Site(data)
            site.manage("serve", "--prepare")
            site.manage("shell", "--no-imports", "--command", ENROL.format(password=PASSWORD, names=EDITORS))
            (data / "done").touch()
    return data


@pytest.fixture(scope="session")
def site(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A production site with the Lima story published."""
    running = Site(shutil.copytree(prepared, tmp_path_factory.mktemp("site") / "data"))
    running.start()
    yield running
    running.stop()


Sites = Callable[..., Site]


@pytest.fixture(scope="module")
def site_of(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    """`site_of(**environment)`: the same as `site`, of the module's own, to be started and changed."""
    sites: list[Site] = []

    def own(**environment: str) -> Site:
        sites.append(Site(shutil.copytree(prepared, tmp_path_factory.mktemp("own") / "data"), **environment))
        return sites[-1]

    yield own
    for one in sites:
        one.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One for the whole process. Its loop runs in this thread to the end, which Django takes for asynchronous code:
    a test that asks the database after a test with a browser must not be refused."""
    with pytest.MonkeyPatch.context() as patched, sync_playwright() as playwright:
        patched.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = started(playwright.chromium)
        yield browser
        browser.close()
