"""Who wrote something, as pages name them: by what the account is called, not by its login."""

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from tongrong.records.models import Account


def author(column: str) -> Coalesce:
    """What the account is called whose login a column has; else what the column says.

    Who writes by the command line has the database itself, and no account.
    """
    called = Account.objects.filter(login=OuterRef(column)).values("label")
    return Coalesce(Subquery(called), F(column))
