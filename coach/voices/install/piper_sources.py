"""Sources of Piper voices: the catalogue's base URL, a mirror of it, or a folder."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, urlsplit

from coach.errors import ExternalError, UsageError
from coach.storage.disk_errors import explain_disk_errors, write_whole
from coach.voices.install.download import DEFAULT_TIMEOUTS, LOCAL_HOSTS, Download, DownloadTimeouts, OnBytes

FROM_VARIABLE = "COACH_VOICES_FROM"

_BLOCK_BYTES = 1 << 20


class VoiceSource(Protocol):
    """A source of voice files."""

    def locate(self, path: str) -> str:
        """The address or path of a file, for messages."""
        ...

    def get(self, path: str, part: Path, size_bytes: int, on_bytes: OnBytes) -> str | None:
        """Download a file completely to ``part``; existing contents are resumed.

        Returns:
            The SHA-256 that the source itself states, or None.

        Raises:
            ExternalError: It cannot be read or downloaded.
        """
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Mirror:
    """The tree of all voices at a URL, which ends in ``/``."""

    base_url: str
    timeouts: DownloadTimeouts = DEFAULT_TIMEOUTS

    def locate(self, path: str) -> str:
        """See `VoiceSource`."""
        return self.base_url + quote(path)

    def get(self, path: str, part: Path, size_bytes: int, on_bytes: OnBytes) -> str | None:
        """See `VoiceSource`."""
        download = Download(
            url=self.locate(path), part=part, size_bytes=size_bytes, on_bytes=on_bytes, timeouts=self.timeouts
        )
        download.run()
        return download.stated_sha256


@dataclass(frozen=True, kw_only=True, slots=True)
class Folder:
    """A folder with the tree of all voices, or with their files side by side."""

    folder: Path

    def locate(self, path: str) -> str:
        """See `VoiceSource`."""
        return str(self._find_file(path))

    def get(self, path: str, part: Path, size_bytes: int, on_bytes: OnBytes) -> str | None:
        """See `VoiceSource`."""
        file = self._find_file(path)
        try:
            size = file.stat().st_size
            if size != size_bytes:
                raise ExternalError(f"{file} has {size} bytes, not {size_bytes}", help="download it again")
            self._copy(file, part, on_bytes)
        except OSError as error:
            raise ExternalError(
                f"cannot read {file}: {error.strerror}", help="name the folder that holds the voice's two files"
            ) from error
        return None

    def _find_file(self, path: str) -> Path:
        deep, flat = self.folder / path, self.folder / path.rpartition("/")[2]
        return deep if deep.exists() else flat

    @staticmethod
    def _copy(file: Path, part: Path, on_bytes: OnBytes) -> None:
        done = 0
        with file.open("rb") as original:
            with explain_disk_errors(part):
                copy = part.open("wb", buffering=0)
            with copy:
                while block := original.read(_BLOCK_BYTES):
                    with explain_disk_errors(part):
                        write_whole(copy, block)
                    done += len(block)
                    on_bytes(done)


def open_source(given: str | None, base_url: str) -> VoiceSource:
    """Open the source given with ``--from``, else in the environment, else the catalogue's base URL.

    Plain http, which can be tampered with, is allowed only for this machine, or if given with ``--from``.

    Raises:
        UsageError: It is neither https nor a folder.
    """
    source = given or os.environ.get(FROM_VARIABLE) or base_url
    scheme, host = urlsplit(source).scheme, urlsplit(source).hostname
    if scheme == "https" or (scheme == "http" and (given is not None or host in LOCAL_HOSTS)):
        return Mirror(base_url=source.rstrip("/") + "/")
    if "://" in source:
        raise UsageError(f"a source of voices is an https:// address or a folder, not {source}")
    return Folder(folder=Path(source).expanduser())
