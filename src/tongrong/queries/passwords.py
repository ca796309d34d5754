"""What a password must be, in words that follow from the settings."""

from collections.abc import Sequence

from django.contrib.auth.password_validation import password_validators_help_texts


def password_rules() -> Sequence[str]:
    """Each rule as a sentence; Django says 密码 and 你, the portal 口令 and 您."""
    texts = password_validators_help_texts()
    return [one.replace("你", "您").replace("密码", "口令") for one in texts]
