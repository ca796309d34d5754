"""What every clause kind means, in slow plain Python: the oracle of the expressions in `kinds/`."""
