"""Facts: every ledger declared once, and snapshots of their rows."""
