"""Tables for `lav prepare` of the clips and faces that the shipped weights are made of.

Splits are fixed here: `train` holds the stills and the real clips of Deep Fake Detection's actors, a street and the
freely licensed signers; `val` holds every clip of FaceForensics++, Celeb-DF, DFDC, the ordinary talking people and the
demo's people: none of their faces, real or fake, is ever trained on. The fake stills of the data are left out: what
they taught did not carry over to videos.
"""

import csv
import re
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path

COLUMNS = (
    "path", "label", "mask", "identity", "other_identity", "group", "pair", "dataset", "method", "compression", "split",
)  # fmt: skip
TRAINED = ("DFD", "multi_face")
"""Datasets whose real clips are trained on."""

DEMO_PEOPLE = "intel_head_pose"
"""The two people of the demo: together they count as one person, since most of their videos show both."""

Row = dict[str, str]


def write_table(rows: Sequence[Row], path: Path) -> None:
    """Write rows; columns that a row lacks stay empty."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def faces(data: Path) -> list[Row]:
    """Real stills; one in twenty of them is kept out of the trainings (`val`)."""
    return [
        {
            "path": str(data / "faces" / line["file"]),
            "label": "0",
            "identity": line["file"],
            "dataset": line["file"].split("/")[0].split("_")[0],
            "method": "real",
            "split": "val" if zlib.crc32(line["file"].encode()) % 20 == 0 else "train",
        }
        for line in _read(data / "FACES.tsv")
        if line["label"] == "real"
    ]


def clips(data: Path) -> list[Row]:
    """Videos with faces."""
    lines = (line for line in _read(data / "CLIPS.tsv") if line["label"] in ("real", "fake"))
    rows = [_clip(data, line["file"], line["label"] == "fake") for line in lines if "no_face" not in line["file"]]
    for row in rows:
        free = row["dataset"] == "swap_cc_by" and row.get("group") != DEMO_PEOPLE
        trained = row["label"] == "0" and (row["dataset"] in TRAINED or free)
        row["split"] = "train" if trained else "val"
    return rows


def _clip(data: Path, file: str, fake: bool) -> Row:
    parts, stem = Path(file).parts, Path(file).stem
    row = {
        "path": str(data / file),
        "label": str(int(fake)),
        "identity": stem,
        "dataset": parts[1] if parts[0] == "clips" else "swap_cc_by",
        "method": "fake" if fake else "real",
    }
    if found := re.match(r"clips/ffpp_(c\d+)/(\w+)/(\d+)(?:_(\d+))?\.mp4", file):
        return row | _faceforensics(data, stem, *found.groups(default=""))
    if found := re.match(r"clips/celebdf/\w+/(id\d+)_(?:(id\d+)_)?(\d+)_c\.mp4", file):
        return row | _celebdf(data, stem, *found.groups(default=""))
    if "dfd_actors" in file:
        return row | {"dataset": "DFD", "compression": "c40", "identity": f"actor{stem[:2]}"}
    if parts[1] == "dfdc":
        return row | {"dataset": "DFDC", "method": "DFDC" if fake else "real"}
    if stem in ("swap_fake", "swap_real"):
        demo = {"identity": DEMO_PEOPLE, "group": DEMO_PEOPLE}
        free = data / "swap_cc_by"
        forged = {
            "method": "landmark_swap", "pair": str(free / "swap_real.mp4"), "mask": str(free / "swap_mask.mp4"),
        }  # fmt: skip
        return row | demo | (forged if fake else {})
    if row["dataset"] == "swap_cc_by":
        shown = DEMO_PEOPLE if stem.startswith("head-pose") else ""
        return row | {"identity": shown or ("asl_signer" if stem.startswith("asl_") else stem), "group": shown}
    return row


def _faceforensics(data: Path, stem: str, compression: str, method: str, shown: str, lender: str) -> Row:
    row = {"dataset": "FaceForensics++", "compression": compression, "identity": shown, "other_identity": lender}
    if not lender:
        return row
    masks = f"ffpp_{compression}_{method}_{stem}_f"
    has_masks = any((data / "masks").glob(f"{masks}*.png"))
    return row | {
        "method": method,
        "pair": str(data / f"clips/ffpp_{compression}/original/{shown}.mp4"),
        "mask": str(data / "masks" / f"{masks}{{frame:04d}}.png") if has_masks else "",
    }


def _celebdf(data: Path, stem: str, shown: str, lender: str, number: str) -> Row:
    row = {"dataset": "Celeb-DF-v2", "identity": shown, "other_identity": lender}
    if not lender:
        return row
    return row | {
        "method": "Celeb-synthesis",
        "pair": str(data / f"clips/celebdf/real/{shown}_{number}_c.mp4"),
        "mask": str(data / "masks" / f"celebdf_{stem}_f{{frame:04d}}.png"),
    }


def _read(path: Path) -> Iterable[Row]:
    with path.open(newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file, delimiter="\t")
