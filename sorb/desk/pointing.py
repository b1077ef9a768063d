"""What points at an item: the rows of other things, by which two records become one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from sorb.publishing.models import Publishable

from .snapshot import row_relations


@dataclass(frozen=True)
class Way:
    """A foreign key by which rows point; of a many-to-many link, the key of its table."""

    model: type[models.Model]
    field: "models.ForeignKey[Any, Any]"

    @property
    def key(self) -> str:
        return f"{self.model._meta.label_lower}.{self.field.name}"

    @classmethod
    def named(cls, key: str) -> "Way | None":
        """The way with this key; None when the models have no such way any more."""
        label, _dot, name = key.rpartition(".")
        try:
            model = apps.get_model(label)
        except LookupError:
            return None
        fields = {field.name: field for field in model._meta.fields}
        field = fields.get(name)
        return cls(model, field) if isinstance(field, models.ForeignKey) else None

    def rows(self, pk: int) -> Any:
        return self.model._base_manager.filter(**{self.field.name: pk}).order_by("pk")

    @property
    def owner(self) -> "models.ForeignKey[Any, Any] | None":
        """The field that names the article or event to which a row belongs; None when the rows
        are things of their own."""
        keys = [field for field in self.model._meta.fields if isinstance(field, models.ForeignKey)]
        whole = [field for field in keys if issubclass(field.related_model, Publishable)]
        return whole[0] if whole else None

    @property
    def is_part(self) -> bool:
        """Are the rows parts of what their owner says, so that its history tells of them?"""
        if self.owner is None:
            return False
        if self.model._meta.auto_created:
            return True
        parts = row_relations(self.owner.related_model).values()
        return self.model in {relation.related_model for relation in parts}

    def duplicates(self, kept: int, other: int) -> list[Any]:
        """The rows of the one that the other has as well: both cannot stay, or need not."""
        found: dict[int, Any] = {}
        for names in self._once():
            columns = [self.model._meta.get_field(name).attname for name in names]  # type: ignore[union-attr]
            there = set(self.rows(kept).values_list(*columns))
            for row in self.rows(other):
                if tuple(getattr(row, column) for column in columns) in there:
                    found[row.pk] = row
        return list(found.values())

    def _once(self) -> Iterator[tuple[str, ...]]:
        """The fields that, together with this one, may stand only once."""
        options = self.model._meta
        groups: list[Iterable[str]] = [*options.unique_together]
        groups += [
            one.fields for one in options.constraints if isinstance(one, models.UniqueConstraint)
        ]
        groups += getattr(self.model, "said_once", ())
        for group in groups:
            if self.field.name in group:
                yield tuple(name for name in group if name != self.field.name)


def ways_to(model: type[models.Model]) -> list[Way]:
    """Every way by which rows point at a model."""
    found = []
    relation: Any
    for relation in model._meta.related_objects:
        if relation.many_to_many:
            table = relation.through
            if table._meta.auto_created:
                name = relation.field.m2m_reverse_field_name()
                found.append(Way(table, table._meta.get_field(name)))
        elif isinstance(relation.field, models.ForeignKey):
            found.append(Way(relation.related_model, relation.field))
    return found
