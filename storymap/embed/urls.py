"""Addresses of the embeds. They stand in other people's articles for years."""

from django.urls import path
from django.urls.resolvers import URLPattern

from storymap.embed import views

urlpatterns = [  # in every language
    path("embed/<slug:story>/", views.embed, name="embed"),
    path("embed/<slug:story>/<slug:chapter>/", views.embed, name="embed-chapter"),
]
plain_urlpatterns: list[URLPattern] = []  # in no language
