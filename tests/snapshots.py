"""Rows and files that many tests begin with: written once, copied, rolled back, and restored in a moment.

snapshot = Snapshot.of(write)  # outside of any test's transaction
snapshot.restore()  # inside one
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.db import connection, models, transaction

OWN = ("places", "storymap")


@dataclass(frozen=True)
class Snapshot:
    """The rows of our own tables, as the database takes them, and the files of the storage."""

    tables: tuple[tuple[str, list[tuple[Any, ...]]], ...]  # by the label of their model: not every model can be pickled
    files: dict[str, bytes]

    @classmethod
    def of(cls, write: Callable[[], object]) -> Snapshot:
        """Of what `write` writes into empty tables; they are empty again afterwards."""
        with transaction.atomic():
            write()
            tables = tuple((model._meta.label, rows) for model in _own_models() if (rows := list(_rows(model))))
            transaction.set_rollback(True)
        return cls(tables, {name: default_storage.open(name).read() for name in default_storage.listdir("")[1]})

    def restore(self) -> None:
        tables = [(apps.get_model(label), rows) for label, rows in self.tables]
        with connection.cursor() as cursor:
            for model, rows in tables:
                names = [connection.ops.quote_name(field.column) for field in model._meta.concrete_fields]
                places = ", ".join(["%s"] * len(names))
                table = connection.ops.quote_name(model._meta.db_table)
                cursor.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})", rows)  # noqa: S608
            for statement in connection.ops.sequence_reset_sql(no_style(), [model for model, _rows in tables]):
                cursor.execute(statement)
        for name, content in self.files.items():
            if not default_storage.exists(name):
                default_storage.save(name, ContentFile(content))


def _own_models() -> Iterator[type[models.Model]]:
    for label in OWN:
        models_of_app = apps.get_app_config(label).get_models(include_auto_created=True)
        yield from (model for model in models_of_app if model._meta.managed and not model._meta.proxy)


def _rows(model: type[models.Model]) -> Iterator[tuple[Any, ...]]:
    fields = model._meta.concrete_fields
    for values in model._base_manager.values_list(*(field.attname for field in fields)):
        ready = (field.get_db_prep_save(value, connection) for field, value in zip(fields, values, strict=True))
        yield tuple(bytes(value) if isinstance(value, memoryview) else value for value in ready)
