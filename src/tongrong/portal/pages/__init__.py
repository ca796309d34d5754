"""The pages of the portal, a file each; `registry.py` lists them."""
