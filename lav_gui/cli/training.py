"""``lav prepare``, ``pack``, ``train``, ``evaluate``, ``calibrate``, and what makes weights out of a run."""

import argparse
import math
import signal
import sys
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from tqdm import tqdm

from lav_gui.errors import TrainingError
from lav_gui.records import Notice, Stage

if TYPE_CHECKING:
    from lav_gui.training.evaluation.tables import Figure
    from lav_gui.training.loop.messages import Report

Result = TypeVar("Result")

ADAPTERS = ("auto", "ffpp", "celebdf", "dfdc", "dfd", "deeperforensics", "folders", "table")
RECIPES = ("paper", "sspsl", "self_blend", "mixed")
SWEEPS = ("none", "short", "full", "deeper_forensics")
METHODS = ("platt", "temperature")
STORAGES = ("float16", "int8")
SPLITS = ("train", "val", "test", "held_out", "all")
"""Copies of tables that only PyTorch's rooms hold, so that the help needs none of it; a test compares them."""


def add_prepare(commands: Any) -> None:
    """Add ``lav prepare`` and ``lav pack``."""
    prepare = commands.add_parser("prepare", help="cut the faces of a dataset into a prepared set")
    prepare.add_argument("data", nargs="+", type=Path, help="folder of a dataset, or a CSV file")
    prepare.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="the prepared set; goes on there")
    prepare.add_argument("--adapter", choices=ADAPTERS, default="auto", help="layout of the dataset (default: found)")
    prepare.add_argument("--frames", type=int, default=32, metavar="N", help="of each video, spread over all of it")
    prepare.add_argument("--methods", nargs="+", default=[], metavar="M", help="only fakes of these methods")
    prepare.add_argument("--compressions", nargs="+", default=[], metavar="C", help="only these, as c23 c40")
    prepare.add_argument(
        "--masks", default="", metavar="PATTERN", help="where masks lie, with {method}, {name}, {frame:04d}; or pair"
    )
    prepare.add_argument(
        "--copies-of", type=Path, metavar="SET", help="a prepared set whose videos these are re-encoded copies of"
    )
    prepare.add_argument("--license", default="", metavar="TEXT", help="terms of use, for the card")
    prepare.add_argument("--min-face", type=int, default=40, metavar="PX", help="smallest face side in pixels")
    prepare.add_argument("--detector", choices=["mtcnn", "yunet"], default="mtcnn")
    prepare.add_argument("--device", default="cpu", metavar="D", help="of the detector: cpu, cuda, cuda:N")
    prepare.add_argument("--workers", type=int, default=1, metavar="N", help="processes")
    prepare.add_argument(
        "--fractions",
        nargs=3,
        type=float,
        default=[0.72, 0.14, 0.14],
        metavar=("TRAIN", "VAL", "TEST"),
        help="shares of the splits the dataset does not give",
    )
    prepare.add_argument("--seed", type=int, default=0, metavar="N", help="of the splits the dataset does not give")
    prepare.add_argument("--allow-leaks", action="store_true", help="keep people or pictures that cross splits")
    prepare.set_defaults(run=_prepare)
    pack = commands.add_parser("pack", help="pack a prepared set into WebDataset shards, for disks that are shared")
    pack.add_argument("prepared", type=Path, metavar="SET")
    pack.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="the packed set, used like the other")
    pack.add_argument("--shard-mb", type=int, default=256, metavar="MB", help="size of a shard")
    pack.set_defaults(run=_pack)


def add_train(commands: Any) -> None:
    """Add ``lav train``."""
    train = commands.add_parser("train", help="train a network as a TOML file says")
    train.add_argument("config", nargs="?", type=Path, metavar="CONFIG.toml")
    train.add_argument("--out", type=Path, metavar="FOLDER", help="the run; goes on there (default: beside CONFIG)")
    train.add_argument("--json-lines", action="store_true", help="print every report as a line of JSON")
    train.add_argument("--dry-run", action="store_true", help="time, memory and disk by one batch; nothing is written")
    train.add_argument("--print-config", choices=RECIPES, metavar="RECIPE", help=f"print one of {', '.join(RECIPES)}")
    train.set_defaults(run=_train)


def add_evaluate(commands: Any) -> None:
    """Add ``lav evaluate`` and ``lav calibrate``."""
    evaluate = commands.add_parser("evaluate", help="judge weights on a prepared set: figures, page, JSON")
    evaluate.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    evaluate.add_argument("--streams", action="store_true", help="also each stream alone (three times the work)")
    evaluate.add_argument("--sweep", choices=SWEEPS, default="none", help="robustness to damage")
    evaluate.set_defaults(run=_evaluate)
    calibrate = commands.add_parser("calibrate", help="fit probabilities and thresholds on the videos of a set")
    calibrate.add_argument("--method", choices=METHODS, default="platt")
    calibrate.add_argument(
        "--rates", nargs="+", type=float, default=[0.05, 0.10], metavar="R", help="false-positive rates"
    )
    for name, what in (("sharpness", "this sharpness"), ("face-px", "this many pixels")):
        told = f"only videos with faces of at least {what}; others will be out of scope"
        calibrate.add_argument(f"--least-{name}", type=float, default=0.0, metavar="X", help=told)
    calibrate.set_defaults(run=_calibrate)
    for parser, split in ((evaluate, "test"), (calibrate, "val")):
        parser.add_argument("weights", help="folder of a run, a card, or the name of registered weights")
        several = {"nargs": "+", "help": "prepared sets"} if parser is calibrate else {"help": "prepared set"}
        parser.add_argument("data", type=Path, metavar="SET", **several)
        parser.add_argument("--split", default=split, choices=SPLITS, help=f"of the set (default: {split})")
        parser.add_argument(
            "--stand-ins",
            nargs="+",
            default=[],
            metavar="RUN",
            help="networks of the same recipe, each trained without some of the people: they score those",
        )
        parser.add_argument("--frames", type=int, default=0, metavar="N", help="of each track at most; 0: all")
        parser.add_argument("--device", default="auto", metavar="D")


def add_register(actions: Any) -> None:
    """Add ``lav models register``."""
    register = actions.add_parser("register", help="put a run's weights into the registry, for the analysis to use")
    register.add_argument("run_folder", type=Path, metavar="RUN")
    register.add_argument("--evaluation", nargs="+", type=Path, required=True, metavar="FOLDER", help="of lav evaluate")
    register.add_argument("--license", required=True, metavar="TEXT", help="of the weights")
    register.add_argument("--name", default="", metavar="NAME", help="as in lvnet.mine (default: architecture.recipe)")
    register.add_argument(
        "--ship", action="store_true", help="for makers of a release: into the program's own folder, not the user's"
    )
    register.add_argument("--replace", action="store_true", help="take the place of weights of this name")
    register.set_defaults(run=_register)


def add_shrink(actions: Any) -> None:
    """Add ``lav models shrink``."""
    shrink = actions.add_parser("shrink", help="write a run's weights in fewer bytes, to be calibrated and judged anew")
    shrink.add_argument("run_folder", type=Path, metavar="RUN")
    shrink.add_argument(
        "--storage", choices=STORAGES, required=True, help="int8: a quarter of the bytes; float16: half"
    )
    shrink.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="a new folder, then used like a run")
    shrink.set_defaults(run=_shrink)


def add_average(actions: Any) -> None:
    """Add ``lav models average``."""
    mean = actions.add_parser("average", help="the mean of the weights of runs that began alike, to be judged anew")
    mean.add_argument(
        "run_folders", nargs="+", type=Path, metavar="RUN", help="at least two; crop and logit are those of the first"
    )
    mean.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="a new folder, then used like a run")
    mean.set_defaults(run=_average)


def add_card(actions: Any) -> None:
    """Add ``lav models card``."""
    card = actions.add_parser("card", help="write the model card (Markdown) of weights from their evaluations")
    card.add_argument("weights", help="folder of a run, a card, or the name of registered weights")
    card.add_argument("--evaluation", nargs="+", type=Path, required=True, metavar="FOLDER", help="of lav evaluate")
    card.add_argument("--notes", type=Path, metavar="FILE", help="Markdown on the training, put in as it is")
    card.add_argument("--out", type=Path, required=True, metavar="FILE.md")
    card.set_defaults(run=_card)


def _prepare(options: argparse.Namespace) -> int:
    from lav_gui.training.sets.prepare import prepare
    from lav_gui.training.sets.settings import DataRoot, PrepareRequest, PrepareSettings

    roots = tuple(
        DataRoot(
            *(
                root,
                options.adapter,
                tuple(options.methods),
                tuple(options.compressions),
                options.masks,
                options.license,
            )
        )
        for root in options.data
    )
    train, val, test = options.fractions
    settings = PrepareSettings(
        frames=options.frames,
        min_face_px=options.min_face,
        detector=options.detector,
        device=options.device,
        pair_masks=options.masks == "pair",
        fractions=(train, val, test),
        seed=options.seed,
        workers=options.workers,
        allow_leaks=options.allow_leaks,
    )
    card = _with_bar(prepare(PrepareRequest(roots, options.out, settings, options.copies_of)))
    for count in card.counts:
        kind = "fake" if count.label else "real"
        masked = f", {count.masked} with masks" if count.label else ""
        what = f"{count.split:6} {kind} {count.dataset} {count.method} {count.compression}"
        print(f"{what}: {count.faces} faces{masked}")
    print(f"{len(card.problems)} problems; see {options.out / 'card.json'}")
    return 0


def _pack(options: argparse.Namespace) -> int:
    from lav_gui.training.sets.shards import pack
    from lav_gui.training.sets.store import PreparedSet

    card = _with_bar(pack(PreparedSet(options.prepared), options.out, options.shard_mb * 2**20))
    print(f"{card.faces} faces in {options.out}")
    return 0


def _train(options: argparse.Namespace) -> int:
    from lav_gui.training.loop.config import config_text, read_config
    from lav_gui.training.loop.dry_run import dry_run
    from lav_gui.training.loop.recipes import recipe
    from lav_gui.training.loop.trainer import train

    if options.print_config:
        print(config_text(recipe(options.print_config)), end="")
        return 0
    if options.config is None:
        raise TrainingError("Name a training file; lav train --print-config paper prints one to begin with.")
    config = read_config(options.config)
    base = options.config.parent
    run = options.out or options.config.with_suffix("")
    show = _print_json if options.json_lines else _print_report
    if options.dry_run:
        show(dry_run(config, base, run))
        return 0
    asked: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: asked.append(number))
    try:
        with closing(train(config, base, run, lambda: bool(asked))) as reports:
            for report in reports:
                show(report)
    except TrainingError:
        if not asked:  # a worker that was stopped before it was ready; what was trained is saved
            raise
    return 130 if asked else 0


def _print_json(report: "Report") -> None:
    print(report.to_json(), flush=True)


def _print_report(report: "Report") -> None:
    from lav_gui.training.loop.messages import told

    print(told(report), flush=True)


def _evaluate(options: argparse.Namespace) -> int:
    from lav_gui.training.evaluation.evaluate import EvaluationSettings, evaluate
    from lav_gui.training.evaluation.run_record import choose_judged
    from lav_gui.training.sets.store import PreparedSet

    settings = EvaluationSettings(_scoring(options), sweep=options.sweep)
    stand_ins = [choose_judged(name) for name in options.stand_ins]
    weights, prepared = choose_judged(options.weights), PreparedSet(options.data)
    found = _with_bar(evaluate(weights, prepared, settings, options.out, stand_ins=stand_ins))
    for note in found.notes:
        print(f"lav: Attention: {note}.", file=sys.stderr)
    for figure in found.whole.figures:
        print(f"{figure.name:46} {_told(figure)}")
    if found.cross_fitted is not None:
        print(f"cross-fitted over {found.cross_fitted.name}:")
        for figure in found.cross_fitted.figures:
            print(f"  {figure.name:44} {_told(figure)}")
    print(f"page: {options.out / 'page.html'}", file=sys.stderr)
    return 0


def _told(figure: "Figure") -> str:
    """Value and interval, or the reason why there is none."""
    if math.isnan(figure.value):
        return f"not computed: {figure.note}"
    if math.isnan(figure.low):
        return f"{figure.value:.4f}  no interval: {figure.note}"
    return f"{figure.value:.4f}  95 % {figure.low:.4f} to {figure.high:.4f}  {figure.note}".rstrip()


def _calibrate(options: argparse.Namespace) -> int:
    from lav_gui.training.evaluation.calibrate import calibrate, save_calibrated
    from lav_gui.training.evaluation.fitting import CalibrationSettings
    from lav_gui.training.evaluation.run_record import choose_judged
    from lav_gui.training.evaluation.stand_ins import Scorers
    from lav_gui.training.sets.store import PreparedSet

    scorers = Scorers(choose_judged(options.weights), tuple(choose_judged(name) for name in options.stand_ins))
    settings = CalibrationSettings(
        method=options.method,
        rates=tuple(options.rates),
        least_sharpness=options.least_sharpness,
        least_face_px=options.least_face_px,
    )
    found = _with_bar(calibrate(scorers, [PreparedSet(data) for data in options.data], _scoring(options), settings))
    for sentence in (*found.refused, *found.notes):
        print(f"lav: {sentence}", file=sys.stderr)
    print(f"calibrated on {found.reals} real and {found.fakes} fake videos: {save_calibrated(found)}")
    return 0


def _scoring(options: argparse.Namespace) -> Any:
    from lav_gui.training.evaluation.scoring import ScoringSettings

    return ScoringSettings(
        split=options.split,
        device=options.device,
        frames_per_video=options.frames,
        streams=getattr(options, "streams", False),
    )


def _register(options: argparse.Namespace) -> int:
    from lav_gui.training.evaluation.registration import Registration, register
    from model_zoo.registry import shipped_folders, user_folder

    wanted = Registration(options.run_folder, tuple(options.evaluation), options.license, options.name, options.replace)
    weights = register(wanted, *(shipped_folders() if options.ship else (user_folder(),)))
    print(f"registered as {weights.name}, sha256 {weights.sha256}")
    if options.ship:
        print("\n".join(f"{path}: {path.stat().st_size / 1e6:.1f} MB" for path in weights.files))
    return 0


_JUDGE_ANEW = "Calibrate and evaluate it before it is registered: what was found before holds for the weights before."


def _shrink(options: argparse.Namespace) -> int:
    from lav_gui.training.evaluation.shrink import shrink

    shrunk = shrink(options.run_folder, options.storage, options.out)
    for path in shrunk.weights.files:
        print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")
    print(f"{shrunk.bytes_before / 1e6:.1f} MB before, {shrunk.bytes_after / 1e6:.1f} MB now")
    print(f"largest relative error of a tensor: {shrunk.error:.2e} ({shrunk.tensor})")
    print(_JUDGE_ANEW)
    return 0


def _average(options: argparse.Namespace) -> int:
    from lav_gui.training.evaluation.averaging import average

    weights = average(options.run_folders, options.out)
    print(f"mean of {len(options.run_folders)} runs: {weights.files[0].parent}, sha256 {weights.sha256}")
    print(_JUDGE_ANEW)
    return 0


def _card(options: argparse.Namespace) -> int:
    from lav_gui.training.evaluation.model_card import write_model_card
    from lav_gui.training.evaluation.run_record import choose_judged

    try:
        notes = options.notes.read_text(encoding="utf-8") if options.notes else ""
    except (OSError, UnicodeDecodeError) as error:
        raise TrainingError(f"{options.notes} cannot be read as text.") from error
    write_model_card(choose_judged(options.weights), options.evaluation, notes, options.out)
    print(f"card: {options.out}")
    return 0


def _with_bar(steps: Generator[Any, None, Result]) -> Result:
    """Walk a generator to its end with a progress bar on a terminal, quiet in a pipe; notices go to stderr."""
    with closing(steps), tqdm(disable=None, dynamic_ncols=True) as bar:
        while True:
            try:
                step = next(steps)
            except StopIteration as end:
                result: Result = end.value
                return result
            if isinstance(step, Stage):
                bar.set_description_str(step.text)
                bar.total, bar.n = step.total, step.done
                bar.refresh()
            elif isinstance(step, Notice):
                tqdm.write(f"lav: {step.text}", file=sys.stderr)
