"""Tells from the bytes of an H.264 packet whether any other picture is predicted from it.

About half of the pictures of an ordinary H.264 file are not. They need not be decoded on the way to another frame,
and leaving them out changes no other picture: ITU-T H.264 (08/2021) 7.4.1, nal_ref_idc. Only packets of MP4 and
Matroska are judged, whose length fields frame each unit; where start codes part the units, damage can merge two.
"""

_SLICES = (1, 2, 5)  # nal_unit_type of coded slices, whole or the first data partition


def length_size(extradata: bytes | None) -> int:
    """Bytes of the length field before each unit in an MP4 or Matroska packet; 0 where start codes part the units."""
    return (extradata[4] & 3) + 1 if extradata and len(extradata) > 4 and extradata[0] == 1 else 0


def is_unreferenced(data: bytes, length_bytes: int) -> bool:
    """Whether no picture is predicted from a packet.

    Parameters
    ----------
    data : bytes
        The H.264 packet.
    length_bytes : int
        From `length_size`.

    Returns
    -------
    bool
        True only if the packet is whole, holds slices, and none of them is a reference. False in doubt.
    """
    if not length_bytes:
        return False
    slices, at = 0, 0
    while at + length_bytes < len(data):
        header = data[at + length_bytes]
        if header & 31 in _SLICES:
            slices += 1
            if header >> 5 & 3:
                return False
        at += length_bytes + int.from_bytes(data[at : at + length_bytes], "big")
    return slices > 0 and at == len(data)
