"""The list of countries is what Django would write, only sooner."""

from __future__ import annotations

import pytest
from django import forms
from django.test.html import parse_html
from django.utils import translation

from places.countries import CountrySelect, country_choices


@pytest.mark.parametrize("value", ["PE", "", None, "<&"])
@pytest.mark.parametrize("language", ["en", "es", "ja"])
def test_it_writes_what_a_select_of_django_would(language: str, value: str | None) -> None:
    attrs = {"id": "id_country", "required": True, "aria-describedby": "id_country_helptext", "disabled": False}
    with translation.override(language):
        choices = country_choices("<&")
        written, wanted = (
            kind({"class": "wide", "data-kept": "'\"<"}, choices).render("country", value, attrs)
            for kind in (CountrySelect, forms.Select)
        )
    assert parse_html(written) == parse_html(wanted)
    assert written.count("<option") == len(choices) > 240
