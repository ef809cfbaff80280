"""An original with its fakes, worked through together: the original first, its boxes serve them all."""

import functools
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from imagehash import phash
from PIL import Image

from lav_gui.errors import FaceError, MediaError, TrainingError
from lav_gui.faces import geometry
from lav_gui.faces.detectors import build_detector
from lav_gui.records import face_px
from lav_gui.settings import AnalysisSettings
from lav_gui.training.sets import records
from lav_gui.training.sets.faces import Eyes, Gathered, gather
from lav_gui.training.sets.index import REAL, FaceRow
from lav_gui.training.sets.landmarks import CanonicalLandmarker, Landmarker
from lav_gui.training.sets.patches import Cut, write_png
from lav_gui.training.sets.records import Face, SourceRecord
from lav_gui.training.sets.settings import PrepareSettings
from lav_gui.training.sets.sources import Problem, Source

HASH_PX = 64
"""Side of the analysis crop that is hashed."""
LANDMARKER: Landmarker = CanonicalLandmarker()
"""Gives the 68 points of every face; the card names it."""


@dataclass(frozen=True, slots=True)
class Family:
    """Sources that show the same moments: an original first, then its fakes; or one source alone."""

    sources: tuple[Source, ...]

    @property
    def masked(self) -> list[int]:
        """Frames of which one of them has a mask picture."""
        return sorted({frame for source in self.sources for frame in source.mask.frames()})


@dataclass(frozen=True, slots=True)
class SourceDone:
    """A source is done: how many faces it gave, what was wrong, whether an earlier run had done it."""

    key: str
    faces: int
    problems: tuple[Problem, ...]
    done_before: bool


def families(sources: Sequence[Source]) -> tuple[Family, ...]:
    """Families in the order of their first member."""
    there = {source.key for source in sources}
    members: dict[str, list[Source]] = {}
    for source in sources:
        head = source.pair if source.pair in there else source.key
        members.setdefault(head, []).append(source)
    return tuple(Family(tuple(sorted(group, key=lambda s: s.key != head))) for head, group in members.items())


def work(family: Family, out: Path, settings: PrepareSettings) -> Iterator[SourceDone]:
    """Prepare the sources of a family that are not done.

    Parameters
    ----------
    family : Family
    out : Path
        The set's folder. A source's patches appear in it whole or not at all.
    settings : PrepareSettings

    Yields
    ------
    SourceDone
        One for each source, in order.

    Raises
    ------
    FaceError
        If the detector cannot be built.
    TrainingError
        If the set cannot be written.
    """
    eyes = _eyes(settings.detector, settings.device)
    masked = family.masked
    original: tuple[Cut, ...] = ()
    of_original = ""
    for place, source in enumerate(family.sources):
        heads = place == 0 and len(family.sources) > 1
        also = repr((eyes.detector.weights_sha256, eyes.landmarker.name, masked, of_original))
        mark = records.fingerprint(source, settings, also)
        path = records.record_path(out, source)
        done = records.read_record(path)
        if done is not None and done.fingerprint == mark and (out / records.folder_of(source)).is_dir():
            yield SourceDone(source.key, len(done.faces), done.problems, done_before=True)
            original, of_original = (records.cuts_of(out, done), mark) if heads else (original, of_original)
            continue
        path.unlink(missing_ok=True)  # first: an old record must not vouch for new patches
        try:
            found = gather(source, masked, original, eyes, settings)
        except (MediaError, FaceError, TrainingError) as error:
            yield SourceDone(source.key, 0, (Problem(str(source.path), f"{error} Left out."),), done_before=False)
            continue
        record = _written(source, found, mark, out)
        records.write_record(path, record)
        original, of_original = (found.cuts, mark) if heads else (original, of_original)
        yield SourceDone(source.key, len(record.faces), record.problems, done_before=False)


def _written(source: Source, found: Gathered, mark: str, out: Path) -> SourceRecord:
    """Write the patches of a source into a folder that gets its name when it is complete."""
    place = records.folder_of(source)
    folder, partial = out / place, out / (place + ".partial")
    try:
        for old in (folder, partial):
            shutil.rmtree(old, ignore_errors=True)
        partial.mkdir(parents=True)
        faces = []
        for cut in found.cuts:
            stem = f"f{cut.frame_index:06d}_t{cut.track_id}"
            write_png(partial / f"{stem}.png", cut.image)
            if cut.mask is not None:
                write_png(partial / f"{stem}.mask.png", cut.mask)
            row = _row(source, cut, found, f"{place}/{stem}")
            faces.append(Face(row, cut.window, _hash(cut, row)))
        partial.rename(folder)
    except OSError as error:
        raise TrainingError(f"{folder} cannot be written ({error.strerror}); make room and go on.") from error
    return SourceRecord(source.key, mark, tuple(faces), found.problems, found.notes)


def _row(source: Source, cut: Cut, found: Gathered, stem: str) -> FaceRow:
    ratio = found.info.sample_aspect_ratio
    return FaceRow(
        patch=f"{stem}.png",
        mask="" if cut.mask is None else f"{stem}.mask.png",
        label=source.label,
        split="train",  # splits are dealt out when all sources are known
        dataset=source.dataset,
        method=source.method,
        compression=source.compression,
        source=source.name,
        identity=source.identity,
        group=source.identity,
        pair=source.pair if found.aligned and source.label != REAL else "",
        frame_index=cut.frame_index,
        track_id=cut.track_id,
        box_xyxy=cut.patch_box,
        landmarks=cut.patch_points.ravel().tolist(),
        sample_aspect_ratio=f"{ratio.numerator}/{ratio.denominator}",
        face_px=face_px(cut.box_xyxy, ratio),
        codec=found.info.codec,
        bits_per_pixel=found.bits_per_pixel,
    )


def _hash(cut: Cut, row: FaceRow) -> str:
    """Perceptual hash of the analysis crop, 64 bits in hexadecimal (Zauner 2010, by ImageHash)."""
    affine = geometry.crop_affine(row.box_xyxy, HASH_PX, AnalysisSettings().crop_margin, row.pixel_aspect)
    return str(phash(Image.fromarray(geometry.cut_crop(cut.image, affine, HASH_PX))))


@functools.lru_cache(maxsize=1)
def _eyes(detector: str, device: str) -> Eyes:
    return Eyes(build_detector(detector, device), LANDMARKER)
