"""Signing in: name and password, and for those who have set it up a code. Only then is anybody signed in."""

from __future__ import annotations

import time
from typing import Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.admin.sites import AdminSite
from django.contrib.auth import login, logout
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from storymap.models import Verb
from storymap.services.accounts import second_step
from storymap.services.history.audit import record

WAITING = "waiting_for_code"  # in the session: whose password was right, until when, and where to go then
PATIENCE = 600  # seconds
LONGEST_NAME = 60  # of a name that was only typed: it may be anything


class SignIn(LoginView):
    authentication_form = AdminAuthenticationForm
    template_name = "admin/login.html"

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        user: Any = form.get_user()
        if second_step.is_on(user):
            _wait_for_code(self.request, user, self.get_success_url())
            return HttpResponseRedirect(reverse("admin:login_code"))
        response = super().form_valid(form)
        record(verb=Verb.SIGNED_IN, by=user)
        return response

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Failures that django-axes counts, and right passwords of those who may not come in here."""
        counted = getattr(self.request, "axes_failures_since_start", None) is not None
        if counted or form.get_user():
            name = str(form.cleaned_data.get("username", ""))[:LONGEST_NAME]
            record(verb=Verb.SIGN_IN_FAILED, by=None, name=name)
            if getattr(self.request, "axes_locked_out", False):
                record(verb=Verb.LOCKED_OUT, by=None, name=name)
        return super().form_invalid(form)


def _wait_for_code(request: HttpRequest, user: User, next_page: str) -> None:
    """Whoever was signed in here before is not any more; the new one is not yet."""
    logout(request)
    request.session[WAITING] = {
        "user": user.pk,
        "backend": user.backend,
        "hash": user.get_session_auth_hash(),
        "until": time.time() + PATIENCE,
        "next": next_page,
    }


def _waiting(request: HttpRequest) -> User | None:
    """Who is expected to give a code; nobody once the password has changed or the time is over."""
    waiting = request.session.get(WAITING)
    if not waiting or waiting["until"] < time.time():
        return None
    user = User.objects.filter(pk=waiting["user"], is_active=True, is_staff=True).first()
    return user if user and constant_time_compare(waiting["hash"], user.get_session_auth_hash()) else None


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        ),
    )


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class CodePage(FormView):
    """The second step of signing in."""

    site: AdminSite | None = None
    form_class = CodeForm
    template_name = "admin/login_code.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = _waiting(request)
        if user is None:
            return HttpResponseRedirect(reverse("admin:login"))
        self.user = user
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: CodeForm) -> HttpResponse:
        try:
            device = second_step.accept(user=self.user, code=form.cleaned_data["code"])
        except second_step.WrongCode as problem:
            if problem.guessed:
                record(verb=Verb.SIGN_IN_FAILED, by=None, name=self.user.get_username(), step="code")
            form.add_error("code", str(problem))
            return self.form_invalid(form)
        waiting = self.request.session.pop(WAITING)
        self.user.otp_device = device  # type: ignore[attr-defined]  # django-otp keeps it in the session
        login(self.request, self.user, backend=waiting["backend"])
        record(verb=Verb.SIGNED_IN, by=self.user, step=device.name)
        return HttpResponseRedirect(waiting["next"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assert self.site is not None  # noqa: S101  given where the address is
        return {
            **self.site.each_context(self.request),
            "title": _("Two-step sign-in"),
            **super().get_context_data(**kwargs),
        }
