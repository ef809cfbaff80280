"""The items examined: the file, its digests, and what it claims beside what was counted."""

from lav_gui.records import ColorFacts, MediaInfo
from lav_gui.report import formats
from lav_gui.report.blocks import Block, Column, Fact, Facts, Heading, Paragraph, Section, Table
from lav_gui.report.record import Report

METADATA_SHOWN = 30


def items_examined(report: Report) -> Section:
    """File, digests before and after, container and streams, frames, color rule, metadata."""
    media = report.evidence.media
    blocks: list[Block] = [
        Facts(_file_facts(report)),
        Paragraph(f"{report.check.sentence} The results relate only to the item examined."),
        Heading("Picture stream"),
        Facts(_picture_facts(media)),
        Heading("Time and frames"),
        Facts(_time_facts(media)),
        Heading("Color"),
        Paragraph(color_sentence(media.color)),
        Heading("Streams of the container"),
        _streams(media),
    ]
    if media.metadata:
        blocks += [Heading("Metadata of the container"), _metadata(media)]
    return Section("Items examined", tuple(blocks), own_page=True)


def _file_facts(report: Report) -> tuple[Fact, ...]:
    evidence, check = report.evidence, report.check
    return (
        Fact("File name", formats.visible(evidence.file_name)),
        Fact("Size", formats.file_size(evidence.bytes)),
        Fact("Last modified", f"{formats.moment(evidence.modified)} (as the file system states)"),
        Fact("SHA-256", evidence.hashes.sha256, "mono"),
        Fact("MD5", evidence.hashes.md5, "mono"),
        Fact("SHA-256 now", check.sha256_now or "not computed", "mono" if check.sha256_now else "text"),
    )


def _picture_facts(media: MediaInfo) -> tuple[Fact, ...]:
    sample_ratio = media.sample_aspect_ratio
    display = f", shown as {round(media.width * sample_ratio)} × {media.height}" if sample_ratio != 1 else ""
    return (
        Fact("Kind", str(media.kind)),
        Fact("Container", formats.visible(media.container)),
        Fact("Codec", formats.visible(f"{media.codec}, profile {media.profile}" if media.profile else media.codec)),
        Fact("Pixel format", f"{media.pixel_format}, {media.bit_depth} bit"),
        Fact("Picture", f"{media.width} × {media.height} pixels, upright{display}"),
        Fact("Pixel aspect ratio", formats.ratio(sample_ratio)),
        Fact("Rotation flag", f"{media.rotation_degrees}° clockwise (applied)"),
        Fact("Interlaced", "yes" if media.interlaced else "no"),
        Fact("Bit rate", _bit_rate(media.bit_rate)),
    )


def _time_facts(media: MediaInfo) -> tuple[Fact, ...]:
    declared, counted = media.frame_count_from_header, media.frame_count_from_content
    gop_low, gop_median, gop_high = media.gop_frames
    claim = "the header does not say" if declared is None else formats.count(declared)
    if declared is not None and declared != counted:
        claim += f" (differs from the count by {formats.signed(declared - counted, 0)})"
    return (
        Fact("Frames, counted", f"{formats.count(counted)} (packets of the stream that are not marked as discarded)"),
        Fact("Frames, declared", claim),
        Fact("Duration", f"{formats.timecode(media.duration_seconds)} ({formats.seconds(media.duration_seconds)})"),
        Fact("Start", formats.seconds(media.start_seconds)),
        Fact("Time base", f"{media.time_base.numerator}/{media.time_base.denominator} s per unit of PTS"),
        Fact("Frame rate, declared", "the header does not say" if media.fps_from_header is None else _rate(media)),
        Fact(
            "Frame duration",
            f"{' / '.join(formats.number(1000 * value, 3) for value in media.frame_seconds)} ms"
            f" (shortest / median / longest): {'variable' if media.is_vfr else 'constant'} frame rate",
        ),
        Fact(
            "Key frames",
            f"{formats.count(media.keyframe_count)}, {gop_low} / {gop_median:g} / {gop_high} frames apart"
            " (least / median / most)",
        ),
    )


def _rate(media: MediaInfo) -> str:
    return f"{media.fps_from_header:.6g} frames per second"


def _bit_rate(bit_rate: int | None) -> str:
    return "not known" if bit_rate is None else f"{formats.count(round(bit_rate / 1000))} kbit/s"


def color_sentence(color: ColorFacts) -> str:
    """Under which rule the pixels became RGB, and whether the file says so or a rule had to."""
    if color.matrix_used == "rgb":
        return "The file holds RGB pixels; they were used as they are."
    tags = (
        f"Color tags of the file: matrix {color.matrix_tag}, range {color.range_tag}, primaries {color.primaries_tag},"
        f" transfer {color.transfer_tag}."
    )
    used = f"The pixels were turned into RGB by the {color.matrix_used.upper()} matrix with {color.range_used} range"
    why = (
        "; a tag is missing, and the stated rule filled it in (BT.709 from 720 lines on, BT.601 below; limited range)."
        if color.assumed
        else ", as tagged."
    )
    dynamic = " The video is in high dynamic range." if color.high_dynamic_range else ""
    return f"{tags} {used}{why}{dynamic}"


def _streams(media: MediaInfo) -> Table:
    rows = tuple(
        (
            f"{stream.index}{' (examined)' if stream.index == media.stream_index else ''}",
            stream.kind,
            formats.visible(stream.codec),
            formats.visible(stream.language or formats.ABSENT),
            _bit_rate(stream.bit_rate) if stream.bit_rate is not None else formats.ABSENT,
            formats.ABSENT if stream.duration_seconds is None else formats.seconds(stream.duration_seconds),
            formats.visible(stream.details),
        )
        for stream in media.streams
    )
    columns = (
        Column("Stream"),
        Column("Kind"),
        Column("Codec"),
        Column("Language"),
        Column("Bit rate", "right"),
        Column("Duration", "right"),
        Column("Details", width=1),
    )
    return Table(columns, rows, small=True)


def _metadata(media: MediaInfo) -> Table:
    shown = media.metadata[:METADATA_SHOWN]
    rest = len(media.metadata) - len(shown)
    caption = "As written in the container; anyone may have written it."
    if rest:
        caption += f" {rest} more entries are in result.json."
    rows = tuple((formats.visible(key), formats.visible(value)) for key, value in shown)
    return Table((Column("Entry"), Column("Value", width=1)), rows, caption, small=True)
