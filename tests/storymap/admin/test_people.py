"""Every way in which somebody who manages users might raise himself or others is shut."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.http import HttpResponse
from django.test import Client

from tests.factories import make_user

pytestmark = pytest.mark.django_db
NEW = "another good password"


@pytest.fixture
def root() -> User:
    return make_user("root", "author", is_superuser=True)


@pytest.fixture
def ada() -> User:
    """An admin; she is no superuser."""
    return make_user("ada", "admin")


@pytest.fixture
def ann() -> User:
    return make_user("ann", "author")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def beyond() -> Permission:
    """A right that no group has."""
    return Permission.objects.get(codename="delete_logentry")


def change(by: User, user: User, **fields: Any) -> HttpResponse:
    """The form as a browser sends it, with whatever else somebody adds."""
    form = {
        "username": user.username,
        "date_joined_0": "2026-01-01",
        "date_joined_1": "00:00:00",
        "is_active": "on",
        "is_staff": "on",
        "groups": [group.pk for group in user.groups.all()],
    }
    sent = {name: value for name, value in {**form, **fields}.items() if value is not None}
    return signed_in(by).post(f"/admin/auth/user/{user.pk}/change/", sent)


def set_password(by: User, user: User) -> HttpResponse:
    form = {"usable_password": "true", "password1": NEW, "password2": NEW}
    return signed_in(by).post(f"/admin/auth/user/{user.pk}/password/", form)


def rights(user: User) -> set[str]:
    return User.objects.get(pk=user.pk).get_all_permissions()


def test_an_admin_adds_people_and_puts_them_into_groups(ada: User) -> None:
    """What the group is for: a new user becomes a publisher."""
    form = {"username": "new", "usable_password": "true", "password1": NEW, "password2": NEW}
    assert signed_in(ada).post("/admin/auth/user/add/", form).status_code == 302
    new = User.objects.get(username="new")
    publishers = Group.objects.get(name="publisher")
    assert change(ada, new, groups=[publishers.pk]).status_code == 302
    assert User.objects.get(username="new").has_perm("storymap.publish_story")


def test_an_admin_may_do_all_a_publisher_may(ada: User) -> None:
    publisher = make_user("pia", "publisher")
    assert rights(publisher) < rights(ada)
    assert {"auth.change_user", "auth.delete_group", "storymap.view_auditentry"} <= rights(ada)


@pytest.mark.parametrize("name", ["author", "editor", "publisher"])
def test_nobody_else_manages_people_or_reads_the_log(name: str) -> None:
    held = rights(make_user("somebody", name))
    assert not [right for right in held if right.startswith("auth.") or "audit" in right]


def test_an_admin_makes_nobody_a_superuser(ada: User, ann: User) -> None:
    """Neither another nor herself: a field sent past the form counts for nothing."""
    for user in (ada, ann):
        assert change(ada, user, is_superuser="on").status_code == 302
        assert not User.objects.get(pk=user.pk).is_superuser


def test_nobody_is_added_as_a_superuser(ada: User) -> None:
    """Fields that the form for new users has not are not read from it either."""
    form = {"username": "new", "usable_password": "true", "password1": NEW, "password2": NEW}
    sent = {**form, "is_superuser": "on", "is_staff": "on", "user_permissions": [beyond().pk]}
    assert signed_in(ada).post("/admin/auth/user/add/", sent).status_code == 302
    new = User.objects.get(username="new")
    assert (new.is_superuser, new.is_staff, rights(new)) == (False, False, set())


def test_the_form_for_superusers_still_makes_superusers(root: User, ann: User) -> None:
    """The test above can fail: the same field counts when a superuser sends it."""
    assert change(root, ann, is_superuser="on").status_code == 302
    assert User.objects.get(pk=ann.pk).is_superuser


def test_an_admin_gives_no_right_that_she_does_not_hold(ada: User, ann: User) -> None:
    """To others or herself, as a permission or by way of a group: the choice is refused, and nothing is changed."""
    mighty = Group.objects.create(name="mighty")
    mighty.permissions.add(beyond())
    for user in (ada, ann):
        before = rights(user)
        assert change(ada, user, user_permissions=[beyond().pk]).status_code == 200
        assert change(ada, user, groups=[mighty.pk]).status_code == 200
        assert rights(user) == before


def test_an_admin_gives_a_right_that_she_holds(ada: User, ann: User) -> None:
    publishing = Permission.objects.get(codename="publish_story")
    assert change(ada, ann, user_permissions=[publishing.pk]).status_code == 302
    assert "storymap.publish_story" in rights(ann)


@pytest.fixture
def stronger() -> dict[str, User]:
    """Who may do something that an admin may not, active or not."""
    by_right = make_user("by-right", "author")
    by_right.user_permissions.add(beyond())
    group = Group.objects.create(name="mighty")
    group.permissions.add(beyond())
    asleep = make_user("asleep", "mighty", is_active=False)
    old_root = make_user("old-root", is_superuser=True, is_active=False)
    return {
        "superuser": make_user("root", "author", is_superuser=True),
        "by right": by_right,
        "asleep": asleep,
        "old root": old_root,
    }


STRONGER = ["superuser", "by right", "asleep", "old root"]


@pytest.mark.parametrize("who", STRONGER)
def test_an_admin_does_not_touch_who_may_do_more(who: str, stronger: dict[str, User], ada: User) -> None:
    """Change, password, deletion, and deletion from the list are refused; the row is as it was."""
    user = stronger[who]
    before = User.objects.filter(pk=user.pk).values().get()
    client = signed_in(ada)
    listed = {"action": "delete_selected", "_selected_action": [user.pk], "post": "yes"}
    answers = [
        change(ada, user, is_active=None).status_code,
        set_password(ada, user).status_code,
        client.get(f"/admin/auth/user/{user.pk}/password/").status_code,
        client.post(f"/admin/auth/user/{user.pk}/delete/", {"post": "yes"}).status_code,
        client.post("/admin/auth/user/", listed).status_code,
    ]
    assert answers == [403] * 5
    assert User.objects.filter(pk=user.pk).values().get() == before


def test_an_admin_resets_the_password_of_equals_and_others(ada: User, ann: User) -> None:
    """The test above can fail: the password page works for who may do no more than she."""
    for user in (ann, make_user("alf", "admin")):
        assert set_password(ada, user).status_code == 302
        assert User.objects.get(pk=user.pk).check_password(NEW)


def test_an_admin_deletes_whom_she_manages(ada: User, ann: User) -> None:
    assert signed_in(ada).post(f"/admin/auth/user/{ann.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not User.objects.filter(pk=ann.pk).exists()


def save_group(by: User, group: Group | None, **fields: Any) -> HttpResponse:
    path = f"/admin/auth/group/{group.pk}/change/" if group else "/admin/auth/group/add/"
    return signed_in(by).post(path, {"name": group.name if group else "new", **fields})


def test_no_group_is_given_more_than_its_maker_holds(ada: User) -> None:
    """Neither a new one nor the admin's own."""
    own = Group.objects.get(name="admin")
    held = [permission.pk for permission in own.permissions.all()]
    for group in (None, own):
        assert save_group(ada, group, permissions=[*held, beyond().pk]).status_code == 200
    assert not Group.objects.filter(name="new").exists()
    assert beyond() not in own.permissions.all()
    assert save_group(ada, None, permissions=held).status_code == 302


def test_a_group_that_may_do_more_is_not_touched(ada: User) -> None:
    """It is neither changed nor deleted, be it to empty it."""
    group = Group.objects.create(name="mighty")
    group.permissions.add(beyond())
    assert save_group(ada, group, permissions=[]).status_code == 403
    assert signed_in(ada).post(f"/admin/auth/group/{group.pk}/delete/", {"post": "yes"}).status_code == 403
    assert list(Group.objects.get(name="mighty").permissions.all()) == [beyond()]


def test_managing_users_alone_gives_no_other_right(ann: User) -> None:
    """An author who may also change users can give away what authors may, and nothing of publishers."""
    ann.user_permissions.add(Permission.objects.get(codename="change_user"))
    bob = make_user("bob")
    publishers, authors = (Group.objects.get(name=name) for name in ("publisher", "author"))
    assert change(ann, ann, groups=[publishers.pk]).status_code == 200
    assert change(ann, bob, groups=[publishers.pk]).status_code == 200
    assert change(ann, bob, groups=[authors.pk]).status_code == 302
    assert set_password(ann, make_user("pia", "publisher")).status_code == 403


@pytest.mark.parametrize("path", ["otp_totp/totpdevice/", "otp_static/staticdevice/"])
def test_no_page_shows_the_secrets_of_others(path: str, root: User) -> None:
    assert signed_in(root).get(f"/admin/{path}").status_code == 404
