"""From the names of the authors' released checkpoints to ours; what they hold and never use. Names only, no torch.

The blocks keep the reference's names (the same as in the common ImageNet port of Xception), so a few prefixes suffice.
"""

import re

PREFIXES = {
    "srm_conv0.": "srm.",
    "xception_rgb.model.": "rgb.",
    "xception_srm.model.": "noise.",
    "lfe0.": "lfga.0.",
    "lfe1.": "lfga.1.",
    "lfe2.": "lfga.2.",
    "score0.": "patch.0.",
    "score1.": "patch.1.",
    "score2.": "patch.2.",
    "score3.": "patch.3.",
    "score4.": "patch.4.",
    "score5.": "patch.5.",
    "HBFusion.Trans1.": "fusion.shallow.",
    "HBFusion.Trans2.": "fusion.deep.",
    "HBFusion.OutTrans.": "fusion.out.",
    "cls_header.0.": "class_head.norm.",
    "cls_header.5.": "class_head.linear.",
    "seg_header.0.": "map_head.norm.",
    "seg_header.2.": "map_head.conv.",
    "pro_header.0.": "projection_head.norm.",
    "pro_header.2.": "projection_head.conv.",
}
"""Start of a reference name -> start of ours; what follows is the same."""

UNUSED = (
    r"cmc[0-2]\.(bn|stage[12]\.[01])\.",
    r"lfe[0-2]\.bn\.",
    r"xception_rgb\.model\.(block12|conv3|bn3|conv4|bn4)\.",
    r"xception_(rgb|srm)\.model\.last_linear\.",
)
"""Tensors of the reference that never reach an output: layers of CMCE and LFGA that its forward pass leaves out, the
RGB stream's exit flow, and both streams' ImageNet classifiers. Dropping them changes no output."""

TRUNK_UNUSED = (r"(fc|last_linear)\.",)
"""The ImageNet classifier of an Xception trunk file."""

_UNUSED = re.compile("|".join(UNUSED))
_TRUNK_UNUSED = re.compile("|".join(TRUNK_UNUSED))


def is_reference(name: str) -> bool:
    """Whether a tensor's name is one of the reference's, used or not."""
    return our_name(name) is not None or is_unused(name)


def is_unused(name: str) -> bool:
    """Whether a reference tensor is known to influence no output."""
    return _UNUSED.match(name) is not None


def is_trunk_unused(name: str) -> bool:
    """Whether a tensor of an ImageNet trunk file belongs to its classifier."""
    return _TRUNK_UNUSED.match(name) is not None


def our_name(name: str) -> str | None:
    """Our name of a reference tensor that is used; None for any other name."""
    if is_unused(name):
        return None
    for theirs, ours in PREFIXES.items():
        if name.startswith(theirs):
            return ours + name[len(theirs) :]
    return None
