"""How each clause kind tells its findings, one file each; a kind without one is told plainly."""
