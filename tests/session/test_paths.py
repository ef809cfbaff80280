"""Where cases lie by default, and which places count as network drives."""

from collections import namedtuple
from collections.abc import Callable
from pathlib import Path

import pytest

from lav_gui.errors import SessionError
from lav_gui.records import Evidence
from lav_gui.session import paths
from lav_gui.session.paths import default_case_path, is_network_path

Mount = namedtuple("Mount", "device mountpoint fstype opts")
Make = Callable[..., Evidence]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "мои дела" / "new"
    monkeypatch.setenv("LAV_CASES", str(folder))
    return folder


def test_the_default_case_bears_the_stem_and_the_first_8_of_the_hash(folder: Path, make_evidence: Make) -> None:
    found = default_case_path(make_evidence(Path("/v/李小龙 v1.2.mp4"), "0123456789" * 6 + "abcd"))
    assert found == folder / "李小龙 v1.2-01234567.lav"
    assert folder.is_dir()


def test_without_the_variable_it_lies_in_the_documents_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_evidence: Make
) -> None:
    monkeypatch.delenv("LAV_CASES")
    monkeypatch.setattr(paths.platformdirs, "user_documents_path", lambda: tmp_path / "Documents")
    assert default_case_path(make_evidence(Path("/v/clip.mp4"))).parent == tmp_path / "Documents"


def test_a_case_never_lies_beside_its_evidence(folder: Path, make_evidence: Make) -> None:
    folder.mkdir(parents=True)
    video = folder / "clip.mp4"
    found = default_case_path(make_evidence(video))
    assert found.parent == folder / "LAV cases"
    assert found.parent.is_dir()


def test_a_case_never_lies_beside_its_evidence_that_is_reached_by_a_link(
    folder: Path, tmp_path: Path, make_evidence: Make
) -> None:
    folder.mkdir(parents=True)
    (tmp_path / "link").symlink_to(folder, target_is_directory=True)
    assert default_case_path(make_evidence(tmp_path / "link" / "clip.mp4")).parent != folder


@pytest.mark.parametrize("stem", ['a:b"c?d', "tab\there", "\udcff"])
def test_characters_that_some_system_forbids_become_underscores(folder: Path, make_evidence: Make, stem: str) -> None:
    name = default_case_path(make_evidence(Path("/v") / f"{stem}.mp4")).name
    assert "_" in name
    assert not set(name) & set(':"?\t\udcff')


def test_a_name_too_long_is_cut_between_characters(folder: Path, make_evidence: Make) -> None:
    name = default_case_path(make_evidence(Path("/v") / ("影" * 83 + ".mp4"))).name
    assert len(f"{name}-journal".encode()) <= 255
    assert name.startswith("影" * 70)


def test_a_folder_that_cannot_be_made_gives_one_sentence(folder: Path, make_evidence: Make) -> None:
    folder.parent.write_text("a file where the folder should be")
    with pytest.raises(SessionError, match=r"cannot be created; name a case file"):
        default_case_path(make_evidence(Path("/v/clip.mp4")))


@pytest.mark.parametrize(
    ("place", "network"),
    [
        ("/home/a/x.lav", False),
        ("/mnt/share/x.lav", True),
        ("/mnt/share/disk/x.lav", False),
        ("/mnt/shared disk/x.lav", False),
        ("/mnt/ssh/x.lav", True),
        ("/mnt/usb/x.lav", False),
        ("/mnt/mapped/x.lav", True),
        ("/mnt/twice/x.lav", True),
    ],
)
def test_the_nearest_mount_point_tells_a_network_drive(
    monkeypatch: pytest.MonkeyPatch, place: str, network: bool
) -> None:
    mounts = [
        Mount("/dev/sda", "/", "ext4", "rw"),
        Mount("host:/x", "/mnt/share", "nfs4", "rw"),
        Mount("/dev/sdb", "/mnt/share/disk", "xfs", "rw"),
        Mount("a@b:", "/mnt/ssh", "fuse.sshfs", "rw"),
        Mount("/dev/sdc", "/mnt/usb", "fuseblk", "rw"),
        Mount("Z:", "/mnt/mapped", "NTFS", "rw,remote"),
        Mount("/dev/sdd", "/mnt/twice", "ext4", "rw"),
        Mount("//nas/x", "/mnt/twice", "cifs", "rw"),
    ]
    monkeypatch.setattr(paths.psutil, "disk_partitions", lambda **_: mounts)
    assert is_network_path(Path(place)) is network


def test_where_the_system_does_not_tell_wal_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(**_: bool) -> list[Mount]:
        raise PermissionError("no /proc here")

    monkeypatch.setattr(paths.psutil, "disk_partitions", forbidden)
    assert is_network_path(Path("/x.lav"))
    monkeypatch.setattr(paths.psutil, "disk_partitions", lambda **_: [])
    assert is_network_path(Path("/x.lav"))


def test_the_folder_of_the_tests_is_found_among_the_real_mounts(tmp_path: Path) -> None:
    assert isinstance(is_network_path(tmp_path / "x.lav"), bool)


def test_the_folder_for_cases_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(paths.CASES_VARIABLE, str(tmp_path / "here"))
    assert paths.cases_folder() == tmp_path / "here"
    monkeypatch.delenv(paths.CASES_VARIABLE)
    assert paths.cases_folder() == paths.platformdirs.user_documents_path()
