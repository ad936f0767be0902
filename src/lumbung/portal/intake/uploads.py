"""How a file comes in: sealed while it streams, so that plain bytes never touch a disk."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile


class NoFilesHere(FileUploadHandler):
    """The handler of every page but the upload page: reads a file's bytes away and keeps none."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Skip it."""
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Never reached."""

    def file_complete(self, file_size: int) -> None:
        """Never reached."""
