"""The page where people set up two-step sign-in for themselves, and end what they have left open elsewhere."""

from __future__ import annotations

from base64 import b32encode
from typing import Any

import django_otp
import segno
from django.contrib import messages
from django.contrib.admin.sites import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView
from django_otp.plugins.otp_totp.models import TOTPDevice

from storymap.admin.sign_in import CodeForm
from storymap.models import Verb
from storymap.services.accounts import second_step
from storymap.services.accounts.rights import end_sessions
from storymap.services.history.audit import record


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
            "secret": _grouped(begun) if begun else "",
            "picture": _picture(begun) if begun else "",
            "codes_left": second_step.codes_left(user),
            "form": CodeForm(),
            **kwargs,
        }


def _picture(device: TOTPDevice) -> str:
    """Dark on light in every colour scheme: cameras want it so."""
    return segno.make(device.config_url, error="m").svg_data_uri(scale=4, border=4, dark="#000", light="#fff")


def _grouped(device: TOTPDevice) -> str:
    """The secret as an app takes it by hand, in fours."""
    plain = b32encode(device.bin_key).decode()
    return " ".join(plain[start : start + 4] for start in range(0, len(plain), 4))
