"""Guessing passwords is slowed down: five failures of one name and address, or twenty of one address, and both wait.

Nothing counts for a name alone, so that nobody can lock its owner out from elsewhere. Nothing counts for an address
alone that everybody may have: that of a proxy which is not listed in STORYMAP_TRUSTED_PROXIES.
"""

from __future__ import annotations

import logging
from datetime import datetime
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from django.conf import settings
from django.db.models import Max, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

FAILURES_OF_ADDRESS = 20
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")  # what proxies add
Credentials = dict[str, Any] | None
log = logging.getLogger(__name__)
_named: set[str] = set()  # unlisted proxies that the log has named


def _parse_address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(text.strip())
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def _is_trusted(address: IPv4Address | IPv6Address) -> bool:
    return any(address in network for network in settings.STORYMAP_TRUSTED_PROXIES)


def _asker(request: HttpRequest) -> IPv4Address | IPv6Address | None:
    """Each trusted proxy vouches for the hop before it; what anybody else claims is not believed."""
    address = _parse_address(request.META.get("REMOTE_ADDR", ""))
    for claimed in reversed(request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")):
        hop = _parse_address(claimed)
        if address is None or hop is None or not _is_trusted(address):
            break
        address = hop
    return address


def client_address(request: HttpRequest) -> str | None:
    """Who really asks."""
    address = _asker(request)
    if isinstance(address, IPv6Address):  # a household or a rented server has a whole /64 to choose from
        return str(ip_network((int(address), 64), strict=False).network_address)
    return str(address) if address else None


def is_shared(request: HttpRequest) -> bool:
    """Whether the address may be that of everybody: a proxy that is not trusted to say who asks, or one on this machine
    that does not say it."""
    peer = _parse_address(request.META.get("REMOTE_ADDR", ""))
    if peer is None:
        return True
    if _is_trusted(peer):
        return _asker(request) == peer
    unlisted = any(request.META.get(name) for name in FORWARDED)
    if unlisted and str(peer) not in _named and len(_named) < FAILURES_OF_ADDRESS:
        _named.add(str(peer))
        log.warning("%s forwards requests: if it is your proxy, list it in STORYMAP_TRUSTED_PROXIES.", peer)
    return unlisted or peer.is_loopback


class TwoLimits(AxesDatabaseHandler):
    """axes knows one limit; an address has a wider one of its own, for there may be many people behind it. Where
    everybody may be behind it, it has none."""

    def _attempts_and_limits(self, request: HttpRequest, credentials: Credentials) -> list[tuple[QuerySet, int]]:
        pair, address = self.get_user_attempts(request, credentials)
        sums = [rows.aggregate(n=Sum("failures_since_start"))["n"] or 0 for rows in (pair, address)]
        wider = 0 if is_shared(request) else sums[1] * settings.AXES_FAILURE_LIMIT // FAILURES_OF_ADDRESS
        return [(pair, sums[0]), (address, wider)]

    def get_failures(self, request: HttpRequest, credentials: Credentials = None) -> int:
        return max(count for _rows, count in self._attempts_and_limits(request, credentials))

    def reset_user_attempts(self, request: HttpRequest, credentials: Credentials = None) -> int:
        """Signing in clears that name only: an account of one's own must not buy guesses at others."""
        pair, _address = self.filter_user_attempts(request, credentials)
        return pair.delete()[0]

    def locked_until(self, request: HttpRequest, credentials: Credentials = None) -> datetime:
        full = [rows for rows, n in self._attempts_and_limits(request, credentials) if n >= settings.AXES_FAILURE_LIMIT]
        last = [rows.aggregate(last=Max("attempt_time"))["last"] for rows in full]
        return max(last, default=timezone.now()) + settings.AXES_COOLOFF_TIME


def locked(request: HttpRequest, _instead_of: HttpResponse | None, credentials: Credentials) -> HttpResponse:
    """The page says when to try again, and nothing about whether there is such a user."""
    until = TwoLimits().locked_until(request, credentials)
    minutes = max(1, -int((timezone.now() - until).total_seconds() // 60))
    response = render(request, "429.html", {"until": until, "minutes": minutes}, status=429)
    response["Retry-After"] = str(minutes * 60)
    response["Cache-Control"] = "no-store"
    return response
