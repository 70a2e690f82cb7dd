"""Checksums in the format of a descriptor."""

from bonemet_data.package.checksums import canonical_sha256, sha256, sha256_of

# https://csrc.nist.gov/CSRC/media/Projects/Cryptographic-Standards-and-Guidelines/documents/examples/SHA256.pdf
ABC = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_the_checksum_of_bytes_and_of_a_file(tmp_path):
    (tmp_path / "a").write_bytes(b"abc")
    assert sha256(b"abc") == sha256_of(tmp_path / "a") == ABC


def test_the_checksum_of_a_document_does_not_depend_on_its_formatting():
    text = '{"a":[1,true,null],"é":"\\n"}'
    assert canonical_sha256({"é": "\n", "a": [1, True, None]}) == sha256(text.encode())
