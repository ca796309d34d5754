"""Rows that follow from others: they come and go, and can be made anew at any time."""

from typing import ClassVar, Self

from django.db import models


class Derived(models.Model):
    """Base of the tables that nothing is lost with."""

    objects: ClassVar[models.Manager[Self]] = models.Manager()

    class Meta:
        abstract = True
