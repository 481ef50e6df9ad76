"""Addresses of the embeds. They stand in other people's articles for years."""

from django.urls import path

from storymap.embed import oembed, views

urlpatterns = [  # in every language
    path("embed/<slug:story>/", views.embed, name="embed"),
    path("embed/<slug:story>/<slug:chapter>/", views.embed, name="embed-chapter"),
]
plain_urlpatterns = [  # in no language
    path("oembed", oembed.oembed, name="oembed"),
    path("embed.<int:version>.js", views.script, name="host-script"),
]
