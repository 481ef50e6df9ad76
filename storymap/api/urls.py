"""Addresses of the data, in no language: each answer says its own. They are promises: other people's programs rely on
them, and what changes the meaning of an answer gets a new address."""

from django.urls import path, re_path

from storymap.api import views

plain_urlpatterns = [
    path("api/", views.root, name="api"),
    path("api/openapi.json", views.description, name="api-openapi"),
    path("api/stories/", views.stories, name="api-stories"),
    path("api/stories/<slug:story>/", views.story, name="api-story"),
    path("api/stories/<slug:story>/places.geojson", views.places, name="api-places"),
    path("api/stories/<slug:story>/events.geojson", views.events, name="api-events"),
    path("api/stories/<slug:story>/editions/", views.editions, name="api-editions"),
    re_path(r"^api/(?P<rest>[\s\S]+)$", views.nothing, name="api-nothing"),  # a line break too
]
