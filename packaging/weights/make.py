"""The shipped weights from the data they were made of: tables, faces, trainings and their mean, calibration, card.

    python3 packaging/dev.py weights DATA WORK [--imagenet FILE]

DATA holds CLIPS.tsv, FACES.tsv, masks and the files they name; WORK takes everything made on the way. Sets and
trainings that are finished are not made again, so a call that was stopped goes on; what is made of them is.

Another processor rounds otherwise: faces are then found, and networks end, a little elsewhere. So the figures come out
alike, but neither they nor any hash come out the same.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from reencode import TREATMENTS, reencode
from tables import Row, clips, faces, write_table

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
LICENSE = (
    "Non-commercial research only: the data of training (Deep Fake Detection, FFHQ, OpenForensics, CIPLAB) and of "
    "calibration (FaceForensics++, Celeb-DF, DFDC) are under such terms"
)
TERMS = "As the sources named in the table."
IMAGENET = "imagenet.safetensors"
KEPT_MEMORY = (
    "glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=4294967296:glibc.malloc.trim_threshold=8589934592"
    ":glibc.malloc.top_pad=268435456"
)
"""Freed memory stays with the process, in large pages, and a step asks for no more: 1.16 times as fast (Linux)."""

TRAININGS = ("rgb", "lvnet", "larger", "longer")
"""One stream; from it both; from these with clearer blends at 160 and 192 pixels; from there at 192 and 224."""

AVERAGED = ("larger", "lvnet", "longer")
"""What the first mean is made of; the first tells the crop."""

FAINTER = "fainter"
"""Goes on from the first mean with fainter blends at 160 pixels; the mean of both is what ships."""

LEAST_SHARPNESS = "30"
"""Below it the weights rank the held-out clips no better than chance, and no verdict is given."""


def main() -> int:
    """Do every step that is not done."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--imagenet", type=Path, help="Xception trained on ImageNet (default: DATA/../weights)")
    options = parser.parse_args()
    data, work = options.data.resolve(), options.work.resolve()
    imagenet = options.imagenet or data.parent / "weights" / "xception_imagenet_trunk_fp16.safetensors"
    for needed in (data / "CLIPS.tsv", data / "FACES.tsv", *([] if (work / IMAGENET).exists() else [imagenet])):
        if not needed.is_file():
            sys.exit(f"{needed} is not there; name the folder of the data, and the ImageNet trunk with --imagenet.")
    work.mkdir(parents=True, exist_ok=True)
    for file in (*HERE.glob("*.toml"), *([] if (work / IMAGENET).exists() else [imagenet])):
        shutil.copyfile(file, work / (IMAGENET if file == imagenet else file.name))
    make_tables(data, work)
    for name, frames in (("faces", 32), ("clips", 32), ("reencoded", 12)):
        lav(work, "prepare", f"{name}.csv", "--out", name, "--frames", str(frames), "--license", TERMS)
    for name in TRAININGS:
        lav(work, "train", f"{name}.toml", "--out", name)
    derive(work, "mean", "average", *AVERAGED)
    forget_if_begun_elsewhere(work / FAINTER, next((work / "mean").glob("*.json")))
    lav(work, "train", f"{FAINTER}.toml", "--out", FAINTER)
    derive(work, "wide", "average", "mean", FAINTER)
    derive(work, "small", "shrink", "wide", "--storage", "float16")
    held_out = ("--split", "val", "--frames")
    lav(work, "calibrate", "small", "clips", "reencoded", *held_out, "12", "--least-sharpness", LEAST_SHARPNESS)
    lav(work, "evaluate", "small", "clips", *held_out, "12", "--streams", "--sweep", "short", "--out", "judged")
    lav(work, "evaluate", "small", "reencoded", *held_out, "12", "--out", "judged_reencoded")
    for weights in ("small", "wide"):  # what the storage changes, for the notes
        lav(work, "evaluate", weights, "clips", *held_out, "4", "--out", f"judged_storage_{weights}")
    evaluations = ("--evaluation", "judged", "judged_reencoded")
    lav(work, "models", "register", "small", *evaluations, "--license", LICENSE, "--ship", "--replace")
    card = ROOT / "model_zoo" / "cards" / "lvnet.self_blend.md"
    lav(work, "models", "card", "lvnet.self_blend", *evaluations, "--notes", str(HERE / "notes.md"), "--out", str(card))
    return 0


def make_tables(data: Path, work: Path) -> None:
    """The three tables, and the copies that the third names."""
    rows = clips(data)
    write_table(faces(data), work / "faces.csv")
    write_table(rows, work / "clips.csv")
    held_out = [row for row in rows if row["split"] == "val"]
    write_table(copies(held_out, work / "reencoded_clips"), work / "reencoded.csv")


def copies(rows: list[Row], folder: Path) -> list[Row]:
    """A copy of each clip, by treatments in turn; a fake has that of its original."""
    folder.mkdir(exist_ok=True)
    turns: dict[str, int] = {}
    made: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: row["path"]):
        turn = turns.setdefault(row.get("pair") or row["path"], len(turns))
        treatment = TREATMENTS[4 * turn % len(TREATMENTS)]
        path = Path(row["path"])
        name = f"{row['dataset']}_{row.get('compression', '')}_{path.parent.name}_{path.stem}{treatment.suffix}"
        target = folder / name.replace("+", "p")
        reencode(path, treatment, target)
        made[row["path"]] = row | {"path": str(target), "mask": "", "compression": treatment.name}
    for row in made.values():
        if row.get("pair"):
            row["pair"] = made[row["pair"]]["path"]
    return list(made.values())


def forget_if_begun_elsewhere(run: Path, card: Path) -> None:
    """Remove a run that began with other weights than this card's, and note with which ones the next begins."""
    begun, sha256 = run.with_suffix(".begun"), json.loads(card.read_text(encoding="utf-8"))["sha256"]
    if not begun.exists() or begun.read_text(encoding="utf-8") != sha256:
        shutil.rmtree(run, ignore_errors=True)
    begun.write_text(sha256, encoding="utf-8")


def derive(work: Path, name: str, *command: str) -> None:
    """Make weights of others anew: that takes seconds, and what they are made of may have changed."""
    shutil.rmtree(work / name, ignore_errors=True)
    lav(work, "models", *command, "--out", name)


def lav(work: Path, *command: str) -> None:
    """Run a command of the program in the working folder; the first that fails ends it all."""
    print("lav", *command, flush=True)
    environment = {"GLIBC_TUNABLES": KEPT_MEMORY} | os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-m", "lav_gui", *command], cwd=work, env=environment, check=False)
    if done.returncode != 0:
        sys.exit(f"lav {command[0]} failed; the lines above say why.")


if __name__ == "__main__":
    sys.exit(main())
