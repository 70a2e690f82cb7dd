"""Checksums in the format of a descriptor."""

from bonemet_data.package.checksums import canonical_sha256, checksum_of, sha256

# https://csrc.nist.gov/CSRC/media/Projects/Cryptographic-Standards-and-Guidelines/documents/examples/SHA256.pdf
ABC = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_the_checksum_of_bytes_and_of_files(tmp_path):
    (tmp_path / "a").write_bytes(b"ab")
    assert sha256(b"abc") == ABC
    assert checksum_of([tmp_path / "a", b"", b"c"]) == (ABC.removeprefix("sha256:"), 3)
    assert checksum_of([], "md5") == ("d41d8cd98f00b204e9800998ecf8427e", 0)


def test_the_checksum_of_a_document_does_not_depend_on_its_formatting():
    text = '{"a":[1,true,null],"é":"\\n"}'
    assert canonical_sha256({"é": "\n", "a": [1, True, None]}) == sha256(text.encode())
