"""What says that a file of facts is the same again."""

import hashlib
from pathlib import Path


def fingerprint(path: Path) -> str:
    """SHA-256 of a file; of a folder, of its files' names and contents in order."""
    if path.is_file():
        return hashlib.sha256(path.read_bytes()).hexdigest()
    digest = hashlib.sha256()
    for file in sorted(path.iterdir()):
        if file.is_file():
            digest.update(f"{file.name}\0".encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
