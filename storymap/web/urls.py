"""Addresses of the reading pages. They are promises: other people's links rely on them."""

from django.urls import path, re_path, register_converter

from storymap.web import about, discovery, downloads, files, guide, views


class Digest:
    """The first digits of an edition's digest, with the release behind it: an address that can be cached for ever."""

    regex = "[0-9a-f]{24}"

    def to_python(self, value: str) -> str:
        return value[:16]

    def to_url(self, value: str) -> str:
        return value


register_converter(Digest, "digest")

urlpatterns = [
    path("", views.index, name="index"),
    path("about/data/", guide.data_guide, name="data-guide"),
    path("stories/<slug:story>/", views.story, name="story"),
    path("about/embedding/", about.embedding, name="about-embedding"),
    path("about/embedding/example/", about.example, name="about-embedding-example"),
    path("stories/<slug:story>/downloads/", downloads.downloads, name="downloads"),
    path("stories/<slug:story>/downloads/<str:ending>", downloads.download, name="download"),
    path("stories/<slug:story>/share/", about.share, name="share"),
    path("stories/<slug:story>/editions/", views.editions, name="editions"),
    path("stories/<slug:story>/also-in-the-record/", views.record, name="record"),
    path("stories/<slug:story>/people/", views.people, name="people"),
    path("stories/<slug:story>/map.<digest:digest>.js", files.map_script, name="map-script"),
    path("stories/<slug:story>/places.<digest:digest>.geojson", files.places, name="places"),
    path("stories/<slug:story>/atlas.<int:number>.<digest:digest>.json", files.atlas_extract, name="atlas-extract"),
    path("stories/<slug:story>/picture.<digest:digest>.webp", files.story_picture, name="story-picture"),
    path("stories/<slug:story>/card.<digest:digest>.png", files.card, name="story-card"),
    path("stories/<slug:story>/<slug:chapter>/", views.story, name="chapter"),
    path("stories/<slug:story>/<slug:chapter>/map.<digest:digest>.webp", files.chapter_picture, name="chapter-picture"),
    path("stories/<slug:story>/<slug:chapter>/card.<digest:digest>.png", files.card, name="chapter-card"),
    path("feed.atom", discovery.feed, name="feed"),
]
MEDIA = r"^media/(?P<name>[0-9a-f]{32}(?:-full)?[-0-9x]*\.(?:webp|avif|jpg|png|mp3|m4a|ogg|vtt|json))$"
plain_urlpatterns = [  # in no language
    re_path(MEDIA, files.media, name="media"),
    path("sitemap.xml", discovery.sitemap, name="sitemap"),
    path("robots.txt", discovery.robots, name="robots"),
    path(".well-known/security.txt", discovery.security, name="security-txt"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
