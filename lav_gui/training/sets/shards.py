"""A prepared set in tar shards: few large files in place of many small ones, for disks that prefer them.

The format is that of WebDataset (Aizman et al., 2019): members of one face follow each other and share their name up to
the first dot: ``KEY.png``, ``KEY.mask.png``, ``KEY.json``. Any reader of that format can stream them; ours goes
straight to a member, since the index keeps shard, offset and size of each (see `store`).
"""

import io
import itertools
import json
import math
import tarfile
from collections.abc import Generator, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from lav_gui.errors import TrainingError
from lav_gui.records import Stage
from lav_gui.replacing import replacing
from lav_gui.training.sets.card import SetCard, sha256_of, write_card
from lav_gui.training.sets.index import FaceRow, write_index
from lav_gui.training.sets.store import CARD_NAME, INDEX_NAME, PreparedSet

SHARD_BYTES = 256 * 2**20


def pack(prepared: PreparedSet, out: Path, shard_bytes: int = SHARD_BYTES) -> Generator[Stage, None, SetCard]:
    """Copy a prepared set into shards.

    Parameters
    ----------
    prepared : PreparedSet
        Of single files or of shards.
    out : Path
        Folder of the new set; shards that are complete have their final name. A run that was cut off is begun again.
    shard_bytes : int
        A shard is closed when it has at least so many.

    Yields
    ------
    Stage
        Faces packed.

    Returns
    -------
    SetCard
        Of the new set.

    Raises
    ------
    TrainingError
        If a patch cannot be read or a shard not written, or `out` is the set's own folder.
    """
    if out.resolve() == prepared.folder.resolve():
        raise TrainingError(f"{out} is the folder of the set itself; choose another for its shards.")
    rows = prepared.rows
    packed: list[FaceRow] = []
    try:
        out.mkdir(parents=True, exist_ok=True)
        for number in itertools.count():
            yield Stage("Packing", len(packed), len(rows))
            if len(packed) == len(rows):
                break
            packed += _write_shard(prepared, rows[len(packed) :], out / f"faces-{number:06d}.tar", shard_bytes)
    except OSError as error:
        raise TrainingError(f"The shards in {out} cannot be written ({error.strerror}); make room.") from error
    write_index(out / INDEX_NAME, packed)
    own = sha256_of(out / INDEX_NAME)
    card = replace(prepared.card, name=out.name, index_sha256=own, packed_from=prepared.card.first_sha256)
    write_card(out / CARD_NAME, card)
    return card


def _write_shard(prepared: PreparedSet, rows: Sequence[FaceRow], path: Path, shard_bytes: int) -> list[FaceRow]:
    """Fill one shard; returns the rows that went in, with their new places."""
    packed: list[FaceRow] = []
    with replacing(path) as partial, tarfile.open(partial, "w", format=tarfile.GNU_FORMAT) as tar:
        for row in rows:
            if packed and tar.offset >= shard_bytes:
                break
            key = f"{path.stem}-{len(packed):06d}"
            patch = _add(tar, path.name, f"{key}.png", prepared.stored_bytes(row.patch))
            mask = _add(tar, path.name, f"{key}.mask.png", prepared.stored_bytes(row.mask)) if row.mask else ""
            _add(tar, path.name, f"{key}.json", _described(row, key).encode())
            packed.append(replace(row, patch=patch, mask=mask))
    return packed


def _described(row: FaceRow, key: str) -> str:
    """A row as strict JSON, which knows no NaN."""
    about = {**asdict(row), "patch": f"{key}.png", "mask": f"{key}.mask.png" if row.mask else ""}
    about["landmarks"] = list(row.landmarks)
    about["bits_per_pixel"] = None if math.isnan(row.bits_per_pixel) else row.bits_per_pixel
    return json.dumps(about, allow_nan=False)


def _add(tar: tarfile.TarFile, shard: str, name: str, content: bytes) -> str:
    """Append a member; returns its place as the index writes it."""
    member = tarfile.TarInfo(name)
    member.size = len(content)
    tar.addfile(member, io.BytesIO(content))
    blocks = -(-len(content) // tarfile.BLOCKSIZE)
    return f"{shard}:{tar.offset - blocks * tarfile.BLOCKSIZE}:{len(content)}"
