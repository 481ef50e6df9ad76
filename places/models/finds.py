"""`title__finds="últimas"`: a search that heeds no case, in any alphabet and on every database."""

from __future__ import annotations

import re
from typing import Any

from django.db import models
from django.db.models.lookups import IContains


class Finds(IContains):
    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """SQLite's LIKE knows the case of A to Z only; its REGEXP is Python's."""
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} REGEXP %s", [*parameters, f"(?i){re.escape(str(self.rhs))}"]


for kind in (models.CharField, models.TextField):
    kind.register_lookup(Finds, "finds")
