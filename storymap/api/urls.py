"""Addresses of the data, in no language: each answer says its own."""

from django.urls.resolvers import URLPattern

plain_urlpatterns: list[URLPattern] = []
