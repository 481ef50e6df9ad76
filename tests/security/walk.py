"""Every page that somebody who may do everything can open in the admin, found by the policy. Run inside a site:

manage.py shell --command "from tests.security.walk import furnish; furnish('a password')"
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace

from django.contrib.auth.models import User

from storymap.models import Story
from storymap.services.publishing.review import ask_for_review, make_preview_link
from storymap.services.stories.save_story_file import save_story_file
from tests.security import stages
from tests.security.addresses import is_admin
from tests.security.test_policy import POLICY, address, expected, something_thrown_away, spoken_spare_parts

NO_PAGES = {"staff data", "notes of open forms"}  # asked by scripts, or downloaded
COMPARE = "admin/storymap/story/<path:object_id>/history/compare/"
SEND_BACK = "admin/storymap/story/<path:object_id>/send-back/"
STATES = ("published", "draft")  # of some pages only one of the two stories has one


ALIKE = ("/delete/", "/<path:object_id>/history/", "/delete-translation/")  # one page for every kind of row
OF_ALL_KINDS = ("admin/places/place/", "admin/storymap/story/<path:object_id>/history/")


def walked() -> list[str]:
    """The pages to look at: of those that every kind of row has alike only one."""
    alike = {r for r in page_routes() if any(part in r for part in ALIKE) and not r.startswith(OF_ALL_KINDS)}
    return [route for route in page_routes() if route not in alike]


def page_routes() -> dict[str, str]:
    """Each with the state of a story in which it is a page."""
    routes = [route for route, rule in POLICY["addresses"].items() if is_admin(route) and rule not in NO_PAGES]
    answers = {route: [s for s in STATES if expected(route, "GET", "superuser", s) == "page"] for route in routes}
    return {route: states[0] for route, states in answers.items() if states} | {SEND_BACK: "draft"}


def furnish(password: str) -> None:
    """Two stories with all that pages may show of them, and somebody to look; prints the addresses of the pages."""
    User.objects.create_superuser("security", "security@example.org", password)
    stories = {state: stages.bring_to(state, stages.illustrated(state), {"view.png": stages.png()}) for state in STATES}
    mended = replace(stages.illustrated("published"), title={"en": "A mended title"}, languages=("en",))
    save_story_file(file=mended, media={"view.png": stages.png()})
    ask_for_review(story=stories["draft"], by=None)
    for story in stories.values():
        make_preview_link(story=story, by=None)
    spoken_spare_parts()
    something_thrown_away()
    paths = {route: address(route, stories[state]) for route, state in page_routes().items()}
    paths[COMPARE] = paths[COMPARE].replace("to=r1", f"to=r{Story.objects.get(slug='published').version}")
    sys.stdout.write(f"{json.dumps(paths)}\n")
