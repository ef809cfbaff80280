"""The shipped weights from the data they were made of: tables, faces, trainings, calibration, figures, card.

    python3 packaging/dev.py weights DATA WORK [--imagenet FILE]

DATA holds CLIPS.tsv, FACES.tsv, masks and the files they name; WORK takes everything made on the way. What is finished
is not made again, so a call that was stopped goes on.

The recipe is trained three times: on all people, which is what ships, and without each half of the people who are held
out; those two stand in for it where it is judged.
"""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

import tomlkit
from reencode import TREATMENTS, reencode
from tables import DEMO_PEOPLE, FOLDS, Row, clips, faces, write_table

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
LICENSE = (
    "Non-commercial research only: the training data are under such terms (FaceForensics++, Deep Fake Detection, FFHQ, "
    "OpenForensics, CIPLAB)"
)
TERMS = "As the sources named in the table."
IMAGENET = "imagenet.safetensors"
HELD_OUT_SHARE = 0.2
"""Of the pictures; the shares in the recipes sum to 0.8."""


def main() -> int:
    """Do every step that is not done."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--imagenet", type=Path, help="Xception trained on ImageNet (default: DATA/../weights)")
    options = parser.parse_args()
    data, work = options.data.resolve(), options.work.resolve()
    imagenet = options.imagenet or data.parent / "weights" / "xception_imagenet_trunk_fp16.safetensors"
    work.mkdir(parents=True, exist_ok=True)
    if not (work / IMAGENET).exists():
        shutil.copyfile(imagenet, work / IMAGENET)
    make_tables(data, work)
    for name, frames, more in (("faces", 32, ()), ("clips", 32, ()), ("reencoded", 12, ("--copies-of", "clips"))):
        terms = ("--license", TERMS, "--allow-leaks", *more)
        lav(work, "prepare", f"{name}.csv", "--out", name, "--frames", str(frames), *terms)
    for left_out in ("", *FOLDS):
        for name in ("rgb", "lvnet"):
            train(work, name, left_out)
        if not (work / named("int8", left_out)).exists():
            shrunk = ("--storage", "int8", "--out", named("int8", left_out))
            lav(work, "models", "shrink", named("lvnet", left_out), *shrunk)
    judge(work, "calibrate", "int8", "clips", "reencoded", "--frames", "12")
    judge(work, "evaluate", "int8", "clips", "--frames", "16", "--streams", "--sweep", "short", "--out", "judged")
    judge(work, "evaluate", "int8", "reencoded", "--frames", "12", "--out", "judged_reencoded")
    for weights in ("int8", "lvnet"):  # what the storage changes
        judge(work, "evaluate", weights, "clips", "--frames", "8", "--out", f"judged_storage_{weights}")
    judge(work, "evaluate", "rgb", "clips", "--frames", "16", "--out", "judged_rgb")
    evaluations = ("--evaluation", "judged", "judged_reencoded")
    lav(work, "models", "register", "int8", *evaluations, "--license", LICENSE, "--ship")
    card = ROOT / "model_zoo" / "cards" / "lvnet.self_blend.md"
    lav(work, "models", "card", "lvnet.self_blend", *evaluations, "--notes", str(HERE / "notes.md"), "--out", str(card))
    return 0


def named(name: str, left_out: str) -> str:
    """Of a run that leaves a half of the people out; of the one that leaves out nobody, the plain name."""
    return f"{name}_without_{left_out}" if left_out else name


def train(work: Path, name: str, left_out: str) -> None:
    """Train by a recipe of this folder, and on the real clips of the halves that are not left out besides."""
    config = tomlkit.parse((HERE / f"{name}.toml").read_text(encoding="utf-8"))
    halves = [split for split in FOLDS if split != left_out]
    for split in halves:
        clips = {"prepared": "clips", "split": split, "leave_out": [DEMO_PEOPLE], "kind": "self_blend", "donors": 0.3}
        config["ingredients"].append(clips | {"share": HELD_OUT_SHARE / len(halves)})
    if config["network"]["start"] == "run:rgb":
        config["network"]["start"] = f"run:{named('rgb', left_out)}"
    run = named(name, left_out)
    (work / f"{run}.toml").write_text(tomlkit.dumps(config), encoding="utf-8")
    lav(work, "train", f"{run}.toml", "--out", run)


def judge(work: Path, command: str, weights: str, *rest: str) -> None:
    """Judge weights on all who are held out, each half by the run that left it out."""
    stand_ins = [named(weights, left_out) for left_out in FOLDS]
    lav(work, command, weights, *rest, "--split", "held_out", "--stand-ins", *stand_ins)


def make_tables(data: Path, work: Path) -> None:
    """The three tables, and the copies that the third names."""
    rows = clips(data)
    write_table(faces(data), work / "faces.csv")
    write_table(rows, work / "clips.csv")
    held_out = [row for row in rows if row["split"] in FOLDS]
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


def lav(work: Path, *command: str) -> None:
    """Run a command of the program in the working folder; the first that fails ends it all."""
    print("lav", *command, flush=True)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-m", "lav_gui", *command], cwd=work, env=environment, check=False)
    if done.returncode != 0:
        sys.exit(f"lav {command[0]} failed; the lines above say why.")


if __name__ == "__main__":
    sys.exit(main())
