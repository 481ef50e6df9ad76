"""Signing in, in one step or two, and the page where people set up the second step for themselves."""

from __future__ import annotations

import time
from base64 import b32encode
from typing import Any

import django_otp
import segno
from django import forms
from django.contrib import messages
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
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView
from django_otp.plugins.otp_totp.models import TOTPDevice

from storymap.models import Verb
from storymap.services.accounts import second_step
from storymap.services.accounts.rights import end_sessions
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
        label=gettext_lazy("Code"),
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
            "title": gettext_lazy("Two-step sign-in"),
            **super().get_context_data(**kwargs),
        }


@method_decorator(sensitive_post_parameters(), name="dispatch")
class TwoStepPage(TemplateView):
    """Each button names what it does. Backup codes are shown in the answer to the button, and nowhere again."""

    site: AdminSite | None = None
    template_name = "admin/two_step.html"

    def post(self, request: HttpRequest) -> HttpResponse:
        plain = {"begin": self._begin, "sessions": self._end_sessions}
        with_code = {"confirm": self._confirm, "renew": self._renew, "off": self._switch_off}
        wanted = request.POST.get("do", "")
        if wanted in plain:
            return plain[wanted]()
        form = CodeForm(request.POST)
        if wanted not in with_code:
            return self._page()
        if not form.is_valid():
            return self._page(form=form)
        try:
            return with_code[wanted](form.cleaned_data["code"])
        except second_step.WrongCode as problem:
            form.add_error("code", str(problem))
            return self._page(form=form)

    def _begin(self) -> HttpResponse:
        second_step.begin(self.request.user)
        return HttpResponseRedirect(reverse("admin:two_step"))

    def _confirm(self, code: str) -> HttpResponse:
        """Other sessions knew the password only: they end."""
        device, codes = second_step.confirm(user=self.request.user, code=code)
        self.request.session.cycle_key()
        django_otp.login(self.request, device)
        end_sessions(user=self.request.user, but=self.request.session.session_key)
        record(verb=Verb.SECOND_STEP_ON, by=self.request.user)
        messages.success(self.request, _("Two-step sign-in is on."))
        return self._page(codes=codes)

    def _renew(self, code: str) -> HttpResponse:
        codes = second_step.renew_codes(user=self.request.user, code=code)
        record(verb=Verb.BACKUP_CODES_MADE, by=self.request.user)
        return self._page(codes=codes)

    def _switch_off(self, code: str) -> HttpResponse:
        second_step.switch_off(user=self.request.user, code=code)
        record(verb=Verb.SECOND_STEP_OFF, by=self.request.user)
        messages.success(self.request, _("Two-step sign-in is off."))
        return HttpResponseRedirect(reverse("admin:two_step"))

    def _end_sessions(self) -> HttpResponse:
        ended = end_sessions(user=self.request.user, but=self.request.session.session_key)
        record(verb=Verb.SESSIONS_ENDED, by=self.request.user, ended=ended)
        messages.success(self.request, _("You are signed out everywhere else."))
        return HttpResponseRedirect(reverse("admin:two_step"))

    def _page(self, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**context))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assert self.site is not None  # noqa: S101  given where the address is
        user = self.request.user
        on, asked = second_step.is_on(user), second_step.is_asked_of(user)
        begun = None if on else second_step.unconfirmed(user)
        return {
            **self.site.each_context(self.request),
            **({} if on or not asked else {"is_nav_sidebar_enabled": False, "available_apps": []}),
            "title": _("Two-step sign-in"),
            "on": on,
            "asked": asked,
            "secret": _secret_in_fours(begun) if begun else "",
            "picture": _picture(begun) if begun else "",
            "codes_left": second_step.codes_left(user),
            "form": CodeForm(),
            **kwargs,
        }


def _picture(device: TOTPDevice) -> str:
    """Dark on light in every colour scheme: cameras want it so."""
    return segno.make(device.config_url, error="m").svg_data_uri(scale=4, border=4, dark="#000", light="#fff")


def _secret_in_fours(device: TOTPDevice) -> str:
    """The secret as an app takes it by hand, in fours."""
    plain = b32encode(device.bin_key).decode()
    return " ".join(plain[start : start + 4] for start in range(0, len(plain), 4))
