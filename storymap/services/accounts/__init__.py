"""Who acts (Actor), which groups may do what (rights), and signing in with a second step (second_step)."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

Actor = AbstractBaseUser | AnonymousUser | None  # None: the installation itself, at a command line
