"""How long work says how far it is, to whoever watches."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""What is told of long work: what is being done, how much is done, of how much."""


def untold(_what: str, _done: int, _total: int) -> None:
    """Nobody watches."""
