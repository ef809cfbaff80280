"""The record of a finished training of a narrow network, for tests of what is made of a run."""

from lav_gui.training.evaluation.run_record import DataUse, RunRecord

RUN = RunRecord(
    name="lvnet.mine",
    architecture="lvnet",
    recipe="self_blend",
    input_size=64,
    mean=(0.5, 0.5, 0.5),
    std=(0.5, 0.5, 0.5),
    config="seed = 1\n",
    seed=1,
    commit="abc",
    created="2026-11-24",
    images_seen=1000,
    data=(DataUse("ff", "0" * 64, "train", "", "train"),),
)
