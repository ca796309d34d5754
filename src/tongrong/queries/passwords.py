"""Whether somebody has a password, and what one must be in words that follow from the settings."""

from collections.abc import Sequence

from django.contrib.auth.hashers import is_password_usable
from django.contrib.auth.password_validation import password_validators_help_texts

from tongrong.queries.policy import Viewer
from tongrong.records.models import Account


def has_password(viewer: Viewer) -> bool:
    """Whether the viewer has a password; an account made for an identity provider has none."""
    kept = Account.objects.values_list("password", flat=True).get(pk=viewer.account)
    return is_password_usable(kept)


def password_rules() -> Sequence[str]:
    """Each rule as a sentence; Django says 密码 and 你, the portal 口令 and 您."""
    texts = password_validators_help_texts()
    return [one.replace("你", "您").replace("密码", "口令") for one in texts]
