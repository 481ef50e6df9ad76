"""Pages for what went wrong. They say nothing about what exists."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    response = render(request, "404.html", status=404)
    response["Cache-Control"] = "no-store"
    return response


def failed(request: HttpRequest) -> HttpResponse:
    response = render(request, "500.html", status=500)
    response["Cache-Control"] = "no-store"
    return response
