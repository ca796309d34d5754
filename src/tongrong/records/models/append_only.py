"""Rows that are written once: the model refuses to change or delete them."""

from typing import Any, ClassVar, Self, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)


class RowsNeverChange(TypeError):
    """A program tried to change or delete a row that is kept for ever."""


class AppendOnlyQuerySet(models.QuerySet[M]):
    """Reads and inserts; sets only the columns its model names as `settable` or `erasable`."""

    def update(self, **values: Any) -> int:
        """Set bookkeeping columns; any other column is refused."""
        settable: frozenset[str] = getattr(self.model, "settable", frozenset())
        if not values.keys() <= settable:
            raise RowsNeverChange(f"{self.model.__name__}: {sorted(values.keys() - settable)}")
        return super().update(**values)

    def erase(self, **values: Any) -> int:
        """Put something else in place of words about a person; any other column is refused."""
        erasable: frozenset[str] = getattr(self.model, "erasable", frozenset())
        if not values.keys() <= erasable:
            raise RowsNeverChange(f"{self.model.__name__}: {sorted(values.keys() - erasable)}")
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Always refused."""
        raise RowsNeverChange(f"{self.model.__name__}: delete")


class AppendOnly(models.Model):
    """Base of every table here: rows are added, never changed or deleted."""

    settable: ClassVar[frozenset[str]] = frozenset()
    erasable: ClassVar[frozenset[str]] = frozenset()
    objects: ClassVar[models.Manager[Self]] = models.Manager.from_queryset(AppendOnlyQuerySet)()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert a new row; saving one that exists is refused."""
        if not self._state.adding:
            raise RowsNeverChange(f"{type(self).__name__}: save")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        """Always refused."""
        raise RowsNeverChange(f"{type(self).__name__}: delete")
