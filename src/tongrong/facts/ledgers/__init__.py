"""One file per topic; every Ledger subclass in them is a ledger of the product."""
