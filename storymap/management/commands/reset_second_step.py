"""`manage.py reset_second_step NAME`: for somebody who has lost both telephone and backup codes."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from storymap.models import Verb
from storymap.services.accounts import second_step
from storymap.services.history.audit import record


class Command(BaseCommand):
    help = "Switch two-step sign-in off for a user, who can then sign in with the password and set it up again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the user name")

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        user = User.objects.filter(username=name).first()
        if user is None:
            raise CommandError(f"There is no user {name}.")
        if not second_step.forget(user):
            self.stdout.write(f"{name} had no two-step sign-in.")
            return
        record(verb=Verb.SECOND_STEP_OFF, by=None, about=user)
        self.stdout.write(f"{name} signs in with the password alone now.")
