"""Names the Django app."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The one app of the product."""

    name = "tongrong.records"
    label = "records"
    verbose_name = "记录"
