"""The admin site: signing in may take a second step, and who signs out or changes a password is written down."""

from __future__ import annotations

from functools import cache, update_wrapper
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.cache import never_cache

from storymap.admin.sign_in import CodePage, SignIn, TwoStepPage
from storymap.models import Verb
from storymap.services.accounts import second_step
from storymap.services.history.audit import record

Context = dict[str, Any] | None


class Workshop(AdminSite):
    site_header = site_title = "Storymap"
    index_title = gettext_lazy("The editors’ workshop")

    def get_urls(self) -> list[URLPattern | URLResolver]:
        page = TwoStepPage.as_view(site=self)
        return [
            path("login/code/", CodePage.as_view(site=self), name="login_code"),
            path("two-step/", self.admin_view(page), name="two_step"),
            *super().get_urls(),
        ]

    def has_permission(self, request: HttpRequest) -> bool:
        """A session from before two-step sign-in was switched on counts as not signed in."""
        user = request.user
        return super().has_permission(request) and (second_step.is_verified(user) or not second_step.is_on(user))

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:  # noqa: FBT001, FBT002  Django's signature
        guarded = super().admin_view(view, cacheable)

        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if self.has_permission(request) and self._leads_to_set_up(request):
                return HttpResponseRedirect(reverse("admin:two_step"))
            return guarded(request, *args, **kwargs)

        return update_wrapper(inner, guarded)

    def _leads_to_set_up(self, request: HttpRequest) -> bool:
        """Who must set up two-step sign-in and has not yet reaches nothing but that page, and the way out."""
        open_to_all = request.path in (reverse("admin:two_step"), reverse("admin:logout"))
        user = request.user
        return not open_to_all and second_step.is_asked_of(user) and not second_step.is_on(user)

    @method_decorator(never_cache)
    @login_not_required
    def login(self, request: HttpRequest, extra_context: Context = None) -> Any:
        """As in Django, but for the view."""
        if request.method == "GET" and self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index", current_app=self.name))
        context = {
            **self.each_context(request),
            "title": _("Log in"),
            "subtitle": None,
            "app_path": request.get_full_path(),
            "username": request.user.get_username(),
        }
        if REDIRECT_FIELD_NAME not in request.GET and REDIRECT_FIELD_NAME not in request.POST:
            context[REDIRECT_FIELD_NAME] = reverse("admin:index", current_app=self.name)
        request.current_app = self.name
        return SignIn.as_view(extra_context={**context, **(extra_context or {})})(request)

    def logout(self, request: HttpRequest, extra_context: Context = None) -> Any:
        if request.method == "POST":
            record(verb=Verb.SIGNED_OUT, by=request.user)
        return super().logout(request, extra_context)

    def password_change(self, request: HttpRequest, extra_context: Context = None) -> Any:
        """One's own. Django ends the user's other sessions."""
        response = super().password_change(request, extra_context)
        user: Any = request.user
        if request.method == "POST" and response.status_code == 302:
            record(verb=Verb.PASSWORD_CHANGED, by=user, about=user)
        return response


@cache
def workshop() -> Workshop:
    """The one site, whichever module asks first."""
    return Workshop()
