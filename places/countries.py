"""Countries by name, for forms. Pure."""

from __future__ import annotations

from babel import Locale
from django.utils.translation import get_language, gettext as _

AT_SEA = "XZ"  # what UN/LOCODE calls international waters
_NONE = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}  # of Babel's territories: no countries


def country_choices(present: str = "") -> list[tuple[str, str]]:
    """Code and name in the editor's language, by name; the open sea last. `present` stays choosable whatever it is."""
    names = Locale.parse((get_language() or "en").replace("-", "_")).territories
    known = {code: name for code, name in names.items() if len(code) == 2 and code.isalpha() and code not in _NONE}
    choices = sorted(known.items(), key=lambda one: one[1])
    if present and present not in {*known, AT_SEA}:
        choices.append((present, present))
    return [("", "—"), *choices, (AT_SEA, _("the open sea"))]


def country_question() -> str:
    """What an editor is asked where nobody has said the country and the map must not decide it."""
    return _("Say in which country this is. The map does not decide it near a border or in a disputed area.")
