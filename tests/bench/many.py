"""A story of 2,000 events at 2,000 places, as a table brings them: what its pages cost the server's processor."""

from __future__ import annotations

from tests.bench.figures import Table
from tests.conftest import Site

LIMIT = 2.0  # seconds of processor time for a list or a form
MEASURE = """
import time
from django.contrib.auth.models import User
from django.test import Client
from places.models import Event, Place
from storymap.formats.tables import batches
from storymap.models import Story
story = Story.objects.create(slug="many")
story.set_current_language("en")
story.title = "Many"
story.save()
rows = [f"Event {n},{1500 + n % 500},Place {n},{n % 60}.{n:04},{n % 170}.{n:04},PE" for n in range(2000)]
text = "\\n".join(["title,date,place,lat,lng,country", *rows])
batch = batches.begin(story=story, name="many.csv", text=text)
own = f"/admin/storymap/story/{story.pk}/"
client = Client(SERVER_NAME="127.0.0.1")
client.force_login(User.objects.create(username="many", is_staff=True, is_superuser=True))
def opened(what, address):
    client.get(address)
    began = time.process_time()
    assert client.get(address).status_code == 200, address
    print("figure", what, time.process_time() - began, sep="|")
opened("look at the table", f"{own}table/{batch.pk}/")
chapter = batches.import_batch(batch, None, None).chapter
opened("report", f"{own}table/{batch.pk}/")
opened("story", f"{own}change/")
opened("tell", f"{own}tell/?chapter={chapter.slug}")
opened("publish", f"{own}publish/")
opened("chapter", f"/admin/storymap/chapter/{chapter.pk}/change/?moments=10")
opened("events", "/admin/places/event/")
opened("places", "/admin/places/place/")
Story.objects.filter(pk=story.pk).delete()
Event.objects.filter(slug__startswith="event-").delete()
Place.objects.filter(slug__startswith="place-").delete()
"""


def measure(site: Site, table: Table) -> None:
    for line in site.manage("shell", "--no-imports", "-c", MEASURE).splitlines():
        if line.startswith("figure|"):
            _figure, what, seconds = line.split("|")
            table.add(f"2,000 events at 2,000 places: {what}", float(seconds), "s", LIMIT)
