"""One module per place Tongrong runs: dev, test, prod; base is what they share."""
