"""The roof: mounts the doors."""

import sys

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import include, path, reverse

from storymap.admin.editing.views import autosave_view, discard_view, presence_view
from storymap.api import answering, urls as api
from storymap.embed import urls as embed
from storymap.preview import urls as preview
from storymap.web import errors, urls as web

urlpatterns = [
    *web.plain_urlpatterns,
    *embed.plain_urlpatterns,
    *api.plain_urlpatterns,
    *i18n_patterns(
        path("admin/autosaves/", admin.site.admin_view(autosave_view), name="autosave"),
        path("admin/autosaves/discard/", admin.site.admin_view(discard_view), name="discard_autosave"),
        path("admin/presence/", admin.site.admin_view(presence_view), name="presence"),
        path("admin/preview/<slug:story>/", include(preview.draft)),
        path("preview/<str:token>/<slug:story>/", include(preview.shared)),
        path("admin/", admin.site.urls),
        path("", include(embed)),
        path("", include(web)),
        prefix_default_language=False,
    ),
]
handler404 = "storymap.web.errors.not_found"


def handler500(request: HttpRequest) -> HttpResponse:
    """A page; where data were asked for, data. The error is the one that Django is handling."""
    if request.path.startswith(reverse("api")):
        return answering.failed()
    return errors.full(request) if errors.is_full(sys.exc_info()[1]) else errors.failed(request)
