"""The only room that holds database drivers: backends run compiled text, loaders fetch tables."""
