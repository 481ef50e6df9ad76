"""Users and groups. The rule is `services.accounts.rights`: nobody raises anybody beyond their own rights."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as StockGroupAdmin, UserAdmin as StockUserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.forms import BaseModelForm, ModelForm
from django.http import HttpRequest
from django_otp.plugins.otp_static import admin as _static_admin  # noqa: F401  it registers, which is taken back below
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp import admin as _totp_admin  # noqa: F401
from django_otp.plugins.otp_totp.models import TOTPDevice

from storymap.admin.base import WorkshopAdmin
from storymap.models import Verb
from storymap.services.accounts.rights import grantable_groups, may_manage, permissions_of
from storymap.services.history.audit import record

admin.site.unregister([User, Group, TOTPDevice, StaticDevice])  # the last two show other people's secrets


class WithinOnesRights:
    """What is not offered here is refused as no choice when it is sent all the same."""

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest | None = None, **kwargs: Any) -> Any:
        if request and db_field.related_model is Permission:
            kwargs["queryset"] = permissions_of(request.user).select_related("content_type")
        if request and db_field.related_model is Group:
            kwargs["queryset"] = grantable_groups(request.user)
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]

    def has_change_permission(self, request: HttpRequest, obj: User | Group | None = None) -> bool:
        """Asked by the form, by the password page and by actions."""
        allowed = super().has_change_permission(request, obj)  # type: ignore[misc]
        return allowed and (obj is None or may_manage(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: User | Group | None = None) -> bool:
        allowed = super().has_delete_permission(request, obj)  # type: ignore[misc]
        return allowed and (obj is None or may_manage(request.user, obj))


@admin.register(User)
class UserAdmin(WithinOnesRights, WorkshopAdmin, StockUserAdmin):
    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        fixed = (*super().get_readonly_fields(request, obj), "last_login", "date_joined")  # facts
        return fixed if request.user.is_superuser else (*fixed, "is_superuser")

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:  # noqa: FBT001
        super().save_related(request, form, formsets, change)
        user = form.instance
        record(
            verb=Verb.USER_CHANGED if change else Verb.USER_ADDED,
            by=request.user,
            about=user,
            fields=form.changed_data,
            active=user.is_active,
            staff=user.is_staff,
            superuser=user.is_superuser,
            groups=[group.name for group in user.groups.all()],
            permissions=_names(user.user_permissions.all()),
        )

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        match = request.resolver_match
        if match and match.url_name == "auth_user_password_change":
            record(verb=Verb.PASSWORD_CHANGED, by=request.user, about=obj)
        return super().log_change(request, obj, message)


@admin.register(Group)
class GroupAdmin(WithinOnesRights, WorkshopAdmin, StockGroupAdmin):
    def save_related(self, request: HttpRequest, form: BaseModelForm, formsets: Any, change: bool) -> None:  # noqa: FBT001
        super().save_related(request, form, formsets, change)
        verb = Verb.GROUP_CHANGED if change else Verb.GROUP_ADDED
        allowed = _names(form.instance.permissions.all())
        record(verb=verb, by=request.user, about=form.instance, fields=form.changed_data, permissions=allowed)


def _names(permissions: Any) -> list[str]:
    return [f"{p.content_type.app_label}.{p.codename}" for p in permissions.select_related("content_type")]
