"""Addresses of the embeds. They stand in other people's articles for years."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []  # in every language
plain_urlpatterns: list[URLPattern] = []  # in no language
