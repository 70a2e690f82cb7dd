"""Primary, unique and foreign keys, and the mapping of fields to columns."""

from .case import STANDARD, Case, package, resource, schema, table

S = "table-schema/#"
U = f"{STANDARD}/{S}"


def linked(
    name: str,
    key: object,
    data: str,
    *expected: str,
    targets: str = "id\na\nb\n",
    type_: str = "string",
) -> Case:
    """Return a case of the resource t with a foreign key to targets."""
    fields = ["id:string", f"ref:{type_}"]
    return Case(
        "foreignKeys",
        name,
        U + "foreignKeys",
        package(
            resource(None, schema=schema(fields, foreignKeys=key)),
            resource([f"id:{type_}"], name="targets"),
        ),
        {"t.csv": data, "targets.csv": targets},
        expected,
    )


def across_types(name: str, one: str, other: str, *expected: str) -> Case:
    """Return a case of a foreign key between fields of two types."""
    key = [{"fields": ["k"], "reference": {"resource": "u", "fields": ["id"]}}]
    fields = [{"name": "id"} | ({"type": other} if other else {})]
    descriptor = package(
        resource(None, schema=schema([f"k:{one}"], foreignKeys=key)), resource(fields, name="u")
    )
    files = {"t.csv": "k\n1\n02\n9\n", "u.csv": "id\n1.0\n2\n1\n02\n"}
    return Case("foreignKeys", name, U + "foreignKeys", descriptor, files, expected)


TO_TARGETS = [{"fields": ["ref"], "reference": {"resource": "targets", "fields": ["id"]}}]

CASES: list[Case] = [
    table(
        "primaryKey",
        "one field",
        S + "primaryKey",
        ["id:integer", "n:string"],
        "id,n\n1,a\n2,b\n01,c\n,d\n",
        "error? primaryKey t:2",
        "error primaryKey t:4",
        "error primaryKey|required t:5",
        primaryKey=["id"],
    ),
    table(
        "primaryKey",
        "missing part of a composite key",
        S + "primaryKey",
        ["a:string", "b:string"],
        "a,b\nx,1\nx,2\nx,\n,1\nx,1\n",
        "error primaryKey|required t:4",
        "error primaryKey|required t:5",
        "error? primaryKey t:2",
        "error primaryKey t:6",
        primaryKey=["a", "b"],
    ),
    table(
        "primaryKey",
        "unknown field",
        S + "primaryKey",
        ["a:integer"],
        "a\n1\nx\n",
        "error profile t",
        "error type t:3 a",
        primaryKey=["b"],
    ),
    table(
        "primaryKey",
        "as text, as in version 1",
        S + "primaryKey",
        ["a:integer"],
        "a\n1\n1\n",
        "error? primaryKey t:2",
        "error primaryKey t:3",
        primaryKey="a",
    ),
    table(
        "uniqueKeys",
        "keys with missing parts are excluded",
        S + "uniqueKeys",
        ["a:string", "b:string"],
        "a,b\nx,1\nx,\nx,\n,1\nx,1\ny,1\n",
        "error? uniqueKeys t:2",
        "error uniqueKeys t:6",
        uniqueKeys=[["a", "b"]],
    ),
    table(
        "uniqueKeys",
        "several",
        S + "uniqueKeys",
        ["a:string", "b:integer"],
        "a,b\nx,1\ny,01\nx,2\n",
        "error? uniqueKeys t:2 a",
        "error uniqueKeys t:4 a",
        "error? uniqueKeys t:2 b",
        "error uniqueKeys t:3 b",
        uniqueKeys=[["a"], ["b"]],
    ),
    table(
        "uniqueKeys",
        "empty list",
        S + "uniqueKeys",
        ["a:string"],
        "a\nx\n",
        "error profile t",
        uniqueKeys=[],
    ),
    linked(
        "another resource",
        TO_TARGETS,
        "id,ref\n1,a\n2,b\n3,\n4,A\n5,c\n",
        "error foreignKeys t:5 ref",
        "error foreignKeys t:6 ref",
    ),
    linked(
        "targets with a fault",
        TO_TARGETS,
        "id,ref\n1,a\n2,c\n",
        "error foreignKeys t:3 ref",
        "error ragged-row targets:3",
        targets="id\na\nb,x\n",
    ),
    linked(
        "targets with an invalid cell",
        TO_TARGETS,
        "id,ref\n1,7\n2,8\n3,9\n",
        "error foreignKeys t:4 ref",
        "error type targets:3",
        "not_checked foreignKeys t",
        type_="integer",
        targets="id\n7\nx\n8\n",
    ),
    linked(
        "the resource itself, by omission and by the empty text of version 1",
        [
            {"fields": ["ref"], "reference": {"fields": ["id"]}},
            {"fields": "ref", "reference": {"resource": "", "fields": "id"}},
        ],
        "id,ref\n1,\n2,1\n",
    ),
    linked(
        "the resource itself, broken",
        [{"fields": ["ref"], "reference": {"fields": ["id"]}}],
        "id,ref\n1,\n2,1\n3,9\n",
        "error foreignKeys t:4 ref",
    ),
    linked(
        "unknown resource",
        [{"fields": ["ref"], "reference": {"resource": "nowhere", "fields": ["id"]}}],
        "id,ref\n1,a\n2,b,c\n",
        "error profile|foreignKeys|missing-resource t",
        "error ragged-row t:3",
    ),
    linked(
        "unknown field of the target",
        [{"fields": ["ref"], "reference": {"resource": "targets", "fields": ["key"]}}],
        "id,ref\n1,a\n",
        "error profile|foreignKeys|missing-column t",
    ),
    linked(
        "into another package, of which the standard says nothing",
        [
            {
                "fields": ["ref"],
                "reference": {
                    "package": "https://example.org/datapackage.json",
                    "resource": "x",
                    "fields": ["id"],
                },
            }
        ],
        "id,ref\n1,a\n",
        "not_checked * t",
    ),
    linked(
        "different lengths",
        [{"fields": ["id", "ref"], "reference": {"resource": "targets", "fields": ["id"]}}],
        "id,ref\n1,a\n",
        "error profile|foreignKeys t",
    ),
    Case(
        "foreignKeys",
        "composite, by logical value",
        U + "foreignKeys",
        package(
            resource(
                None,
                schema=schema(
                    ["a:integer", "b:date"],
                    foreignKeys=[
                        {"fields": ["a", "b"], "reference": {"resource": "u", "fields": ["x", "y"]}}
                    ],
                ),
            ),
            resource(["x:integer", {"name": "y", "type": "date", "format": "%d.%m.%Y"}], name="u"),
        ),
        {
            "t.csv": "a,b\n1,2024-01-05\n01,2024-01-05\n2,2024-01-05\n,2024-01-05\n",
            "u.csv": "x,y\n1,05.01.2024\n2,06.01.2024\n",
        },
        ("error foreignKeys t:4",),
    ),
    Case(
        "foreignKeys",
        "target in another encoding, compressed, with a fault in another column",
        U + "foreignKeys",
        package(
            resource(None, schema=schema(["id:string", "ref:string"], foreignKeys=TO_TARGETS)),
            resource(["id:string", "n:integer"], name="targets", encoding="iso-8859-1"),
        ),
        {
            "t.csv": "id,ref\n1,é\n2,e\n",
            "targets.csv": "id,n\né,1\nb,x\n".encode("latin-1"),
        },
        ("error foreignKeys t:3 ref", "error type targets:3 n"),
    ),
    Case(
        "foreignKeys",
        "target is missing",
        U + "foreignKeys",
        package(
            resource(None, schema=schema(["id:integer", "ref:string"], foreignKeys=TO_TARGETS)),
            resource(["id:string"], name="targets"),
        ),
        {"t.csv": "id,ref\n1,a\nx,b\n"},
        ("error missing-file targets", "error type t:3 id", "not_checked? * t"),
    ),
    Case(
        "foreignKeys",
        "target is remote",
        U + "foreignKeys",
        package(
            resource(None, schema=schema(["id:integer", "ref:string"], foreignKeys=TO_TARGETS)),
            resource(["id:string"], name="targets", path="https://example.org/targets.csv"),
        ),
        {"t.csv": "id,ref\n1,a\nx,b\n"},
        ("not_checked * targets", "error type t:3 id", "not_checked? * t"),
    ),
    table(
        "fieldsMatch",
        "exact",
        S + "fieldsMatch",
        ["a:integer", "b:integer"],
        "a,b\n1,2\n",
        fieldsMatch="exact",
    ),
    table(
        "fieldsMatch",
        "exact: other order",
        S + "fieldsMatch",
        ["a:integer", "b:string"],
        "b,a\n1,2\n",
        "error columns t",
        "error? type t",
    ),
    table(
        "fieldsMatch",
        "exact: other name",
        S + "fieldsMatch",
        ["a:integer", "b:integer"],
        "a,c\n1,2\nx,3\n",
        "error columns t",
        "error type t:3",
    ),
    table(
        "fieldsMatch",
        "exact: a column more",
        S + "fieldsMatch",
        ["a:integer", "b:integer"],
        "a,b,c\n1,2,3\nx,2,3\n",
        "error columns t",
        "error type t:3 a",
    ),
    table(
        "fieldsMatch",
        "exact: a column less",
        S + "fieldsMatch",
        ["a:integer", "b:integer"],
        "a\n1\nx\n",
        "error columns t",
        "error type t:3 a",
    ),
    table(
        "fieldsMatch",
        "exact: other case",
        S + "fieldsMatch",
        ["a:integer"],
        "A\n1\n",
        "error columns t",
    ),
    table(
        "fieldsMatch",
        "equal",
        S + "fieldsMatch",
        ["a:integer", "b:string"],
        "b,a\nx,1\ny,z\n",
        "error type t:3 a",
        fieldsMatch="equal",
    ),
    table(
        "fieldsMatch",
        "equal: a column more",
        S + "fieldsMatch",
        ["a:integer"],
        "b,a\nx,1\ny,z\n",
        "error columns t",
        "error type t:3 a",
        fieldsMatch="equal",
    ),
    table(
        "fieldsMatch",
        "equal: a column less",
        S + "fieldsMatch",
        ["a:integer", "b:integer"],
        "a\n1\n",
        "error columns t",
        fieldsMatch="equal",
    ),
    table(
        "fieldsMatch",
        "subset",
        S + "fieldsMatch",
        ["a:integer"],
        "c,a,b\nx,1,y\nx,z,y\n",
        "error type t:3 a",
        fieldsMatch="subset",
    ),
    table(
        "fieldsMatch",
        "subset: a column less",
        S + "fieldsMatch",
        ["a:integer", "b:integer"],
        "b,c\n1,2\nx,y\n",
        "error columns t",
        "error type t:3 b",
        fieldsMatch="subset",
    ),
    table(
        "fieldsMatch",
        "superset",
        S + "fieldsMatch",
        ["a:integer", "b:integer"],
        "b\n1\nx\n",
        "error type t:3 b",
        fieldsMatch="superset",
    ),
    table(
        "fieldsMatch",
        "superset: a column more",
        S + "fieldsMatch",
        ["a:integer", "b:integer"],
        "b,c\n1,2\n",
        "error columns t",
        fieldsMatch="superset",
    ),
    table(
        "fieldsMatch",
        "partial",
        S + "fieldsMatch",
        ["a:integer", "b:integer"],
        "c,b\nx,1\nx,y\n",
        "error type t:3 b",
        fieldsMatch="partial",
    ),
    table(
        "fieldsMatch",
        "partial: no field",
        S + "fieldsMatch",
        ["a:integer", "b:integer"],
        "c,d\nx,1\n",
        "error columns t",
        fieldsMatch="partial",
    ),
    table(
        "fieldsMatch",
        "unknown mode",
        S + "fieldsMatch",
        ["a:integer"],
        "a\n1\nx\n",
        "error profile t",
        "error? type t:3 a",
        fieldsMatch="loose",
    ),
    table(
        "fields",
        "two fields of one name, as in version 1",
        S + "name",
        ["a:integer", "a:string"],
        "a,a\n1,x\nx,1\n",
        "error type t:3 a",
        "not_checked? * t",
    ),
    table(
        "fields",
        "duplicate column",
        S + "name",
        ["a:integer", "b:string"],
        "a,a\n1,x\nz,1\n",
        "error columns|duplicate-header t",
        "error? columns|duplicate-header t",
        "error type t:3",
    ),
    across_types("integer to number", "integer", "number", "error foreignKeys t:4 k"),
    across_types("string to no type", "string", "", "error foreignKeys t:4 k"),
]
