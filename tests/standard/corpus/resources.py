"""Packages and resources: paths, data, hashes, names, further properties."""

import hashlib
import json
import struct
from collections.abc import Mapping
from typing import Any

from .case import STANDARD, V2, Case, package, resource, schema

R = f"{STANDARD}/data-resource/#"
P = f"{STANDARD}/data-package/#"
G = f"{STANDARD}/glossary/#"
F = ["id:integer", "n:string"]
TEXT = "id,n\n1,a\nx,b\n"
FAULT = "error type t:3 id"
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 0)


def digest(algorithm: str, data: bytes | str = TEXT) -> str:
    """Return the hash of data in hexadecimal digits."""
    return hashlib.new(algorithm, data if isinstance(data, bytes) else data.encode()).hexdigest()


def of_table(feature: str, name: str, clause: str, *expected: str, files: Mapping[str, bytes | str] | None = None,
             **properties: Any) -> Case:  # fmt: skip
    """Return a case of the table t.csv with a fault in line 3, and properties of the resource."""
    stored = {"t.csv": TEXT} if files is None else files
    return Case(feature, name, clause, package(resource(F, **properties)), stored, expected)


def of_package(name: str, properties: dict[str, object], *expected: str, feature: str = "") -> Case:
    """Return a case of a sound table in a package with further properties."""
    title = feature or next(iter(properties))
    descriptor = package(resource(F)) | properties
    return Case(f"package {title}", name, P + title, descriptor, {"t.csv": "id,n\n1,a\n"}, expected)


CASES: list[Case] = [
    of_table("path", "a file", R + "path-or-data", FAULT),
    of_table("path", "missing file", R + "path-or-data", "error missing-file t", files={}),
    Case("path", "a missing file does not hide the other resources", R + "path-or-data",
         package(resource(F, name="a"), resource(F)), {"t.csv": TEXT},
         ("error missing-file a", FAULT)),
    of_table("path", "in a folder", R + "path-or-data", FAULT, path="data/deep/t.csv",
             files={"data/deep/t.csv": TEXT}),
    of_table("path", "above the package", G + "url-or-path", "error unsafe-path|profile t",
             path="../t.csv"),
    of_table("path", "absolute", G + "url-or-path", "error unsafe-path|profile t",
             path="/etc/passwd"),
    of_table("path", "in a hidden folder", G + "url-or-path", "error unsafe-path|profile t",
             "error? type t:3 id", path=".hidden/t.csv", files={".hidden/t.csv": TEXT}),
    of_table("path", "not text", R + "path-or-data", "error profile t", path=5),
    of_table("path", "empty list", R + "path-or-data", "error profile t", path=[]),
    of_table("path", "remote", G + "url-or-path", "not_checked * t",
             path="https://example.org/t.csv"),
    of_table("path", "of a bucket", G + "url-or-path", "error unsafe-path|profile t",
             path="s3://bucket/t.csv"),
    of_table("path", "a POSIX path with ? and quotes", G + "url-or-path", FAULT,
             path='what?\'"/t.csv', files={'what?\'"/t.csv': TEXT}),
    of_table("path", "a scheme that is not allowed", G + "url-or-path",
             "error unsafe-path|profile t", path="file:///etc/passwd"),
    of_table("several paths", "each with a header", R + "multiple-files", "error type t:3 id",
             "error type t:2 id", path=["a.csv", "b.csv"],
             files={"a.csv": TEXT, "b.csv": "id,n\ny,c\n"}),
    Case("several paths", "a key over all parts", R + "multiple-files",
         package(resource(None, schema=schema(F, primaryKey=["id"]), path=["a.csv", "b.csv"])),
         {"a.csv": "id,n\n1,a\n2,b\n", "b.csv": "id,n\n3,c\n1,d\n"},
         ("error? primaryKey t:2", "error primaryKey t:3")),
    of_table("several paths", "one is missing", R + "multiple-files", "error missing-file t",
             FAULT, path=["t.csv", "b.csv"]),
    of_table("several paths", "mixed with a URL", R + "multiple-files",
             "error profile|unsafe-path t", "error? type t:3 id", "not_checked? * t",
             path=["t.csv", "https://example.org/t.csv"]),
    of_table("several paths", "all remote", R + "multiple-files", "not_checked * t", "not_checked? * t",
             path=["https://example.org/1.csv", "https://example.org/2.csv"]),
    of_table("data", "rows", R + "inline-data", "error type t#2 id", files={},
             data=[["id", "n"], [1, "a"], ["x", "b"]]),
    of_table("data", "objects", R + "inline-data", "error type t#2 id", files={},
             data=[{"id": 1, "n": "a"}, {"id": "x", "n": "b"}]),
    of_table("data", "CSV text", R + "inline-data", "error type t id", files={}, data=TEXT,
             format="csv"),
    of_table("data", "text without a format", R + "inline-data", "error * t",
             "error? type t id", files={}, data=TEXT),
    of_table("data", "ragged rows", R + "tabular-path-or-data", "error ragged-row t#2",
             "error type t#3 id", files={}, data=[["id", "n"], [1, "a"], [2], ["x", "b"]]),
    of_table("data", "rows that are neither lists nor objects", R + "tabular-path-or-data",
             "error * t", "error? * t", files={}, data=[1, 2]),
    of_table("data", "null", R + "path-or-data", "error profile t", files={}, data=None),
    of_table("format json", "an integer of 5,000 digits", R + "format", path="t.json",
             files={"t.json": f'[{{"id": {"9" * 5000}, "n": "a"}}]'}),
    Case("data", "text in Base64", R + "inline-data", package(
        {"name": "a", "data": "aGVsbG8=", "format": "bin", "encoding": "base64"}, resource(F)),
        {"t.csv": TEXT}, (FAULT,)),
    Case("schema", "$schema of an inline schema is ignored", G + "profile",
         package(resource(None, schema=schema(F) | {"$schema": "https://example.org/s.json"})),
         {"t.csv": TEXT}, (FAULT,)),
    of_table("data", "path and data", R + "path-or-data", "error profile t", "error? type t",
             path="t.csv", data=[["id", "n"], [1, "a"]]),
    Case("data", "neither path nor data", R + "path-or-data",
         package({"name": "a"}, resource(F)), {"t.csv": TEXT}, ("error profile a", FAULT)),
    Case("data", "an object that is not a table", R + "inline-data",
         package({"name": "a", "data": {"k": [1, 2]}}, resource(F)), {"t.csv": TEXT}, (FAULT,)),
    Case("not a table", "documents and images", R + "type",
         package({"name": "a", "path": "a.png", "bytes": len(PNG), "hash": digest("md5", PNG)},
                 {"name": "b", "path": "b.md"}, {"name": "c", "path": "c.json"}, resource(F)),
         {"a.png": PNG, "b.md": "# x, y\n", "c.json": "{}", "t.csv": TEXT}, (FAULT,)),
    Case("not a table", "with a wrong hash and size", R + "hash",
         package({"name": "a", "path": "a.png", "bytes": 1, "hash": digest("md5", b"")},
                 {"name": "b", "path": "b.pdf"}),
         {"a.png": PNG}, ("error bytes a", "error hash a", "error missing-file b")),
    Case("schema", "none", R + "schema", package({"name": "t", "path": "t.csv"}),
         {"t.csv": TEXT}),
    Case("schema", "none, in a table", R + "schema",
         package({"name": "t", "path": "t.csv", "type": "table"}), {"t.csv": TEXT}),
    of_table("schema", "in a file", R + "schema", FAULT, schema="schemas/t.json",
             files={"t.csv": TEXT, "schemas/t.json": json.dumps(schema(F))}),
    of_table("schema", "file is missing", R + "schema",
             "error missing-file|unreadable-schema t", schema="schemas/t.json"),
    of_table("schema", "file is not JSON", R + "schema", "error unreadable-schema t",
             schema="s.json", files={"t.csv": TEXT, "s.json": "{"}),
    of_table("schema", "file above the package", G + "url-or-path",
             "error unsafe-path|profile t", schema="../s.json"),
    of_table("schema", "remote", R + "schema", "not_checked * t",
             schema="https://example.org/s.json"),
    of_table("schema", "not an object", R + "schema", "error profile|unreadable-schema t",
             schema=[1]),
    of_table("schema", "without fields", "https://datapackage.org/standard/table-schema/#fields",
             "error profile t", schema={"missingValues": [""]}),
    of_table("schema", "with custom properties", G + "custom-properties", FAULT,
             schema=schema(F, note="x") | {"fields": [
                 {"name": "id", "type": "integer", "unit": "mm", "rdfType": "http://a.b/c"},
                 {"name": "n", "type": "string", "x:y": [1]}]}),
    *(of_table("hash", name, R + "hash", FAULT, hash=value) for name, value in [
        ("MD5 without a prefix", digest("md5")),
        ("md5", "md5:" + digest("md5")),
        ("sha1", "sha1:" + digest("sha1")),
        ("sha256", "sha256:" + digest("sha256")),
        ("sha512", "sha512:" + digest("sha512")),
    ]),
    *(of_table("hash", f"{name}, wrong", R + "hash", "error hash t", FAULT, hash=value)
      for name, value in [
        ("MD5 without a prefix", "0" * 32),
        ("sha1", "sha1:" + "0" * 40),
        ("sha256", "sha256:" + "0" * 64),
        ("sha512", "sha512:" + "0" * 128),
    ]),
    of_table("hash", "an algorithm that this tool need not know", R + "hash", "not_checked * t",
             FAULT, hash="xyz99:00"),
    of_table("bytes", "right", R + "bytes", FAULT, bytes=len(TEXT)),
    of_table("bytes", "wrong", R + "bytes", "error bytes t", FAULT, bytes=1),
    of_table("bytes", "not a number", R + "bytes", "error profile t", FAULT, bytes="13"),
    Case("name", "missing", R + "name", package({"path": "t.csv"}), {"t.csv": TEXT},
         ("error profile|name",)),
    Case("name", "used twice", R + "name", package(resource(F), resource(F, path="u.csv")),
         {"t.csv": TEXT, "u.csv": TEXT}, ("error profile|name", FAULT, FAULT)),
    Case("name", "not of the recommended form", R + "name",
         package(resource(F, name="My Table (2024)", path="t.csv")), {"t.csv": "id,n\n1,a\n"}),
    Case("name", "not text", R + "name", package(resource(F) | {"name": ["t"]}, resource(F, name="u")),
         {"t.csv": TEXT, "u.csv": TEXT}, ("error profile|name", "error? type", "error type u:3 id")),
    of_table("custom properties", "of a resource", G + "custom-properties", FAULT,
             note={"a": [1]}, profile_version=3, mediatype="text/csv", title="T"),
    of_table("path", "from the folder itself", G + "url-or-path", FAULT, path="./t.csv"),
    of_table("path", "with spaces and other letters", G + "url-or-path", FAULT,
             path="my dätä/t 1.csv", files={"my dätä/t 1.csv": TEXT}),
    of_table("several paths", "only one", R + "multiple-files", FAULT, path=["t.csv"]),
    of_table("format", "in capital letters", R + "format", FAULT, format="CSV"),
    of_table("format", "csv with another extension", R + "format", FAULT, format="csv",
             path="t.txt", files={"t.txt": TEXT}),
    of_table("bytes", "and hash of a file without rows", R + "bytes",
             bytes=5, hash=digest("md5", "id,n\n"), files={"t.csv": "id,n\n"}),
    of_package("a day without a time", {"created": "2024-01-26"}, "error profile"),
    of_package("empty list, which the text allows", {"keywords": []}),
    of_package("empty list, which the text allows", {"licenses": []}),
    of_package("empty list, which the text allows", {"contributors": []}),
    of_package("empty list, which the text allows", {"sources": []}),
    of_package("not an object", {"contributors": ["J. Bloggs"]}, "error profile"),
    of_package("not a list", {"licenses": {"name": "CC0-1.0"}}, "error profile"),
    of_package("only an identifier", {"licenses": [{"id": "CC0-1.0", "url": "https://a.b"}]},
               "error profile"),
    of_package("a name and no title", {"sources": [{"name": "A", "web": "https://a.b"}]}),
    Case("package resources", "empty", P + "resources", {"$schema": V2, "resources": []}, {},
         ("error profile",)),
    Case("package resources", "missing", P + "resources", {"$schema": V2, "name": "p"}, {},
         ("error profile", "refused")),
    Case("package resources", "not a list", P + "resources",
         {"$schema": V2, "resources": {"t": 1}}, {}, ("error profile", "refused")),
    Case("package resources", "an entry that is not an object", P + "resources",
         package() | {"resources": [1, resource(F)]}, {"t.csv": TEXT}, ("error profile", FAULT)),
    of_package("custom properties of a package", {"created": "2024-01-26T15:00:00Z",
               "dc:temporal": {"start": "1800"}, "publisher": "x", "views": [], "last_updated": "y"}),
    of_package("not a datetime", {"created": "yesterday"}, "error profile"),
    of_package("right", {"licenses": [{"name": "CC0-1.0"}, {"path": "LICENSE.txt"}]}),
    of_package("neither name nor path", {"licenses": [{"title": "x"}]}, "error profile"),
    of_package("right", {"contributors": [{"title": "J", "roles": ["creator"], "email": "a@b.org"}]}),
    of_package("role of version 1", {"contributors": [{"title": "J", "role": "author"}]}),
    of_package("an empty one", {"contributors": [{}]}, "error profile"),
    of_package("right", {"sources": [{"path": "https://a.b/", "x": 1}]}),
    of_package("an empty one", {"sources": [{}]}, "error profile"),
    of_package("absolute path", {"image": "/logo.png"}, "error profile"),
    of_package("not text", {"profile": 5, "$schema": V2}, "error profile"),
    of_package("a version that does not exist yet",
               {"$schema": "https://datapackage.org/profiles/9.0/datapackage.json"},
               "not_checked unsupported"),
    of_package("not text", {"version": 1.0}, "error profile"),
    of_package("not semantic", {"version": "2024-01"}),
    of_package("not a list", {"keywords": "a, b"}, "error profile"),
    of_package("profile of one's own", {"$schema": "https://example.org/profiles/1.0/x.json"},
               "not_checked? *", feature="dollar-schema"),
    of_package("not of the recommended form", {"name": "Mein Paket 2024"}),
    Case("descriptor", "byte order mark", G + "descriptor", None,
         {"datapackage.json": b"\xef\xbb\xbf" + json.dumps(package(resource(F))).encode(),
          "t.csv": TEXT}, ("error? profile", FAULT)),
    Case("descriptor", "doubled key", G + "descriptor", None,
         {"datapackage.json": json.dumps(package(resource(F)))[:-1] + ', "name": "q"}',
          "t.csv": TEXT}, ("error? profile", FAULT)),
    Case("several faults", "descriptor, hash, form, type and key at once", R + "hash",
         package(
             resource(None, schema=schema(F, primaryKey=["id"]), hash="0" * 32, bytes=1),
             {"name": "u", "path": "u.csv"},
             {"name": "v"},
             created="yesterday",
         ),
         {"t.csv": "id,n\n1,a\n2\n1,b\nx,c\n,d\n"},
         ("error profile", "error hash t", "error bytes t", "error ragged-row t:3",
          "error? primaryKey t:2", "error primaryKey t:4", "error type t:5 id",
          "error primaryKey|required t:6", "error missing-file u", "error profile v")),
]  # fmt: skip
