"""Long work beside the pages: what kinds there are, what is due when, and who does it."""
