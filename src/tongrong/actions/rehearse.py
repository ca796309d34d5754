"""Rehearses writes: they take place, everything is judged, and nothing of it stays."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from tongrong.queries.nearby import forget_kinship


@contextmanager
def rehearsal() -> Iterator[None]:
    """A transaction whose writes are seen inside and undone at its end.

    Everything inside must read through Django's own connection: nobody else sees the writes.
    """
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        forget_kinship()
