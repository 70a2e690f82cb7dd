"""Archives: reproducible byte for byte; a damaged or hostile one is refused with a clear error."""

import io
import stat
import struct
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonemet_data.errors import MissingFileError, PackageError, UnsafePathError
from bonemet_data.package.archive import Archive, write_archive
from bonemet_data.package.checksums import sha256

FILES = {"datapackage.json": b"{}", "datapackage/types.csv": b"type_id\nmixed\n"}


def pack(*entries, compression=zipfile.ZIP_STORED):
    """Pack entries with any names and contents."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data, *mode in entries:
            entry = zipfile.ZipInfo(name)
            entry.compress_type = compression
            entry.external_attr = (mode[0] if mode else stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, data)
    return out.getvalue()


def test_what_is_packed_can_be_read():
    archive = Archive(write_archive(FILES), "a.zip")
    assert {name: archive.read(name) for name in archive.files("")} == FILES
    assert list(archive.files("datapackage")) == ["datapackage/types.csv"]


def test_equal_files_give_equal_bytes_in_any_order():
    assert write_archive(FILES) == write_archive(dict(reversed(FILES.items())))


def test_the_bytes_of_an_archive_never_change():
    """A release that is made again, with any version of Python, has the published checksum."""
    assert sha256(write_archive(FILES)) == (
        "sha256:05f0522649fdf809d0c00b76b072388ed9c1489b4f58dc7a00a890746733372f"
    )


def test_nothing_depends_on_the_clock_or_the_machine():
    with zipfile.ZipFile(io.BytesIO(write_archive(FILES))) as archive:
        for entry in archive.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert entry.compress_type == zipfile.ZIP_STORED
            assert entry.external_attr >> 16 == stat.S_IFREG | 0o644
            assert entry.create_system == 3


def test_it_can_be_unpacked_into_a_folder_that_goes_away():
    with Archive(write_archive(FILES), "a.zip").on_disk() as root:
        assert (root / "datapackage/types.csv").read_bytes() == FILES["datapackage/types.csv"]
    assert not root.exists()


def test_hidden_files_and_the_only_folder_are_no_part_of_the_names():
    names = ["p-1/datapackage.json", "p-1/.gitignore", "__MACOSX/p-1/._datapackage.json"]
    archive = Archive(write_archive(dict.fromkeys(names, b"{}")), "a.zip")
    assert [*archive.files("")] == ["datapackage.json"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("entries", "reason"),
    [
        ([("../evil.csv", b"")], "not a safe relative path"),
        ([("a/../../evil.csv", b"")], "not a safe relative path"),
        ([("/etc/evil.csv", b"")], "not a safe relative path"),
        ([("C:/evil.csv", b"")], "not a safe relative path"),
        ([("a\\..\\evil.csv", b"")], "not a safe relative path"),
        ([("~/evil.csv", b"")], "not a safe relative path"),
        ([("link.csv", b"/etc/passwd", stat.S_IFLNK | 0o777)], "is a link"),
        ([("a.csv", b"1"), ("a.csv", b"2")], "two names are equal"),
        ([("a.csv", b"1"), ("A.csv", b"2")], "differ only in case"),
        ([("a", b"1"), ("a/b", b"2")], "used for a file and a folder"),
        ([("a" * 5000, b"1")], "longer than 200 characters"),
    ],
)
def test_a_hostile_archive_is_not_unpacked(entries, reason):
    with pytest.raises(UnsafePathError, match=reason):
        Archive(pack(*entries), "evil.zip")


def test_a_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr("bonemet_data.package.archive.LARGEST", 10_000_000)
    bomb = pack(("a.csv", b"0" * 20_000_000), compression=zipfile.ZIP_DEFLATED)
    assert len(bomb) < 100_000
    with pytest.raises(UnsafePathError, match="larger than 10000000 bytes"):
        Archive(bomb, "bomb.zip")


def test_a_bomb_that_lies_about_its_size_is_not_unpacked():
    """The entry claims 10 bytes and holds 10 million."""
    data = b"0" * 10_000_000
    bomb = pack(("a.csv", data), compression=zipfile.ZIP_DEFLATED)
    honest, lie = struct.pack("<L", len(data)), struct.pack("<L", 10)
    bomb = bomb.replace(honest, lie)
    assert bomb.count(lie) >= 2
    with pytest.raises(PackageError, match="damaged"):
        Archive(bomb, "bomb.zip").read("a.csv")


def test_an_encrypted_archive_is_not_unpacked():
    data = bytearray(pack(("a.csv", b"x")))
    for signature, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.index(signature) + place] |= 1
    with pytest.raises(UnsafePathError, match="encrypted"):
        Archive(bytes(data), "a.zip")


@pytest.mark.parametrize("data", [b"", b"PK", b"not a zip", pack(("a", b"x"))[:-5]])
def test_a_file_that_is_no_archive(data):
    with pytest.raises(PackageError, match="not a valid ZIP file"):
        Archive(data, "a.zip")


def test_a_file_that_is_not_in_it():
    with pytest.raises(MissingFileError, match=r"b\.csv is missing from a\.zip"):
        Archive(write_archive(FILES), "a.zip").read("b.csv")


@given(st.data())
def test_a_changed_archive_is_refused_or_gives_the_same_files(data):
    """Whichever byte is changed, reading raises a PackageError or returns the same files."""
    sound = write_archive(FILES)
    place = data.draw(st.integers(0, len(sound) - 1))
    flipped = bytearray(sound)
    flipped[place] ^= data.draw(st.integers(1, 255))
    try:
        archive = Archive(bytes(flipped), "a.zip")
        for name in archive.files(""):
            assert zlib.crc32(archive.read(name)) in {zlib.crc32(x) for x in FILES.values()}
    except PackageError:
        pass
