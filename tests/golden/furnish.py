"""Who works at the site of the golden paths, and what its gazetteer knows. Run inside of the site's own process."""

from __future__ import annotations

from django.contrib.auth.models import User

from places.models import GazetteerName

ANA, BEA = "ana", "bea"
PASSWORD = "correct horse battery staple"


def furnish() -> None:
    for name in (ANA, BEA):
        if not User.objects.filter(username=name).exists():
            User.objects.create_superuser(name, f"{name}@example.org", PASSWORD)
    GazetteerName.objects.create(folded="lima", name="Lima", country="PE", latitude=-12.0432, longitude=-77.0282)
