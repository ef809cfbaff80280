"""Where case files lie: the default name, and whether a folder is on a network drive."""

import os
from pathlib import Path

import platformdirs
import psutil

from lav_gui.errors import SessionError
from lav_gui.records import Evidence

CASES_VARIABLE = "LAV_CASES"
"""Environment variable that names the folder for new cases in place of the user's documents."""

SUBFOLDER = "LAV cases"
"""Below the documents folder, used where the evidence itself lies there: a case never lies beside its evidence."""

_NETWORK_TYPES = (
    "9p acfs afpfs afs auristorfs beegfs ceph cifs coda drvfs fuse gfs gfs2 glusterfs gpfs lustre ncpfs nfs nfs4 ocfs2 "
    "orangefs panfs prl_fs smb2 smb3 smbfs vboxsf virtiofs vmhgfs webdav"
)
_STEM_BYTES = 255 - len("-01234567.lav") - len("-journal")
_FORBIDDEN = frozenset('<>:"/\\|?*')


def cases_folder() -> Path:
    """The folder for cases: the user's documents, or the one that `LAV_CASES` names."""
    override = os.environ.get(CASES_VARIABLE)
    return Path(override) if override else platformdirs.user_documents_path()


def default_case_path(evidence: Evidence) -> Path:
    """Where the case of a video goes when nobody names a place.

    ``<documents>/<stem>-<first 8 of sha256>.lav``; `LAV_CASES` names another folder. Never beside the evidence: if it
    lies in that very folder, the case goes into the subfolder ``LAV cases``. The folder is created. Characters that
    some file system forbids become ``_``, and a stem too long for a file name is cut.

    Raises
    ------
    SessionError
        If the folder cannot be created.
    """
    folder = cases_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if folder.resolve() == evidence.path.resolve().parent:
            folder = folder / SUBFOLDER
            folder.mkdir(exist_ok=True)
    except OSError as error:
        raise SessionError(
            f"The folder for cases, {folder}, cannot be created; name a case file, or set {CASES_VARIABLE}."
        ) from error
    return folder / f"{_portable(Path(evidence.file_name).stem)}-{evidence.hashes.sha256[:8]}.lav"


def _portable(stem: str) -> str:
    kept = "".join("_" if c in _FORBIDDEN or ord(c) < 32 or 0xD800 <= ord(c) < 0xE000 else c for c in stem)
    return kept.encode("utf-8")[:_STEM_BYTES].decode("utf-8", "ignore")


def is_network_path(path: Path) -> bool:
    """Whether a file lies on a network drive, where SQLite's WAL is not safe (its index is shared memory).

    The rule: a UNC path is one. Otherwise the mount point that is the longest parent of the file decides: it is one
    if its file system is of a known network type, or any ``fuse.`` type, or if Windows calls the drive remote. Where
    the system does not tell, the answer is True, since working without WAL is always safe.
    """
    whole = path.resolve()
    if whole.drive.startswith("\\\\"):
        return True
    try:
        mounts = psutil.disk_partitions(all=True)
    except (OSError, psutil.Error):
        return True
    # the last of equal mount points is the one that hides the others
    found = max(
        (
            (len(Path(mount.mountpoint).parts), place, mount)
            for place, mount in enumerate(mounts)
            if whole.is_relative_to(mount.mountpoint)
        ),
        default=None,
    )
    if found is None:
        return True
    kind = found[2].fstype.lower()
    return kind in _NETWORK_TYPES.split() or kind.startswith("fuse.") or "remote" in found[2].opts.split(",")
