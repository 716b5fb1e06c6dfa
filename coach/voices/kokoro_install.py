"""Installation of Kokoro's model where no wheels bring it: from its home, a mirror or a folder; verified."""

import shutil
from pathlib import Path

from coach.errors import UsageError
from coach.storage.atomic_write import explain_disk_errors, lock_folder, sync
from coach.translation import _
from coach.voices.download import OnBytes
from coach.voices.engines.kokoro_model import find_model_folder, read_model_facts, read_model_name
from coach.voices.piper_install import VoiceSource, fetch_verified

_STAGING = ".part"


def add_model(source: VoiceSource, on_bytes: OnBytes) -> Path:
    """Download the model of Kokoro's voices, verify it, and install it; return its file.

    Raises:
        ExternalError: The download, the verification or the disk failed. Nothing is installed then, but the bytes
            received are kept, and the next call resumes.
    """
    place = find_model_folder() / read_model_name()
    part = place.parent / _STAGING / place.name
    with explain_disk_errors(part):
        part.parent.mkdir(parents=True, exist_ok=True)
    with lock_folder(place.with_name(".lock"), _("installing {name}", name="kokoro")):
        fetch_verified(place.name, read_model_facts(), part, source, on_bytes)
        with explain_disk_errors(place):
            sync(part)
            part.replace(place)
            sync(place.parent)
            shutil.rmtree(part.parent, ignore_errors=True)
    return place


def remove_model() -> int:
    """Remove a downloaded model, and the leftovers of an incomplete download; return how many bytes were freed.

    Raises:
        UsageError: There is none; that of the wheels is pip's to remove.
        ExternalError: The disk refused the change.
    """
    folder = find_model_folder()
    files = [file for file in (folder / read_model_name(), *folder.glob(f"{_STAGING}/*")) if file.is_file()]
    if not files:
        raise UsageError(_("no model of kokoro was added"))
    with lock_folder(folder / ".lock", _("installing {name}", name="kokoro")), explain_disk_errors(folder):
        freed = sum(file.stat().st_size for file in files)
        for file in files:
            file.unlink()
        shutil.rmtree(folder / _STAGING, ignore_errors=True)
    return freed
