"""Files sent to the portal: what is larger than may be is not kept while it comes."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, StopUpload

MOST_MEGABYTES = 50
MOST_BYTES = MOST_MEGABYTES * 1024 * 1024


class UploadLimit(FileUploadHandler):
    """Stands before the handlers that keep a file and ends what is too large.

    The rest of the request is read and thrown away, so that the page can say why; it finds no
    file then.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Count anew."""
        super().new_file(*args, **kwargs)
        self._count = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass on what comes, as long as it may be."""
        del start
        self._count += len(raw_data)
        if self._count > MOST_BYTES:
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The handlers after this one have the file."""
        del file_size
