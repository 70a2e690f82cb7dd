"""The RDF in Turtle and JSON-LD, read by Oxigraph, which shares no code with the writer rdflib."""

from urllib.parse import quote

import pyoxigraph as ox
import pytest

from tests.publishing.exports.conftest import DESCRIPTOR, RESOURCES, SCHEMAS, records, types

BASE = f"{DESCRIPTOR['id']}#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
PROV = "http://www.w3.org/ns/prov#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
READERS = {
    XSD + "string": str,
    XSD + "integer": int,
    XSD + "decimal": float,
    XSD + "boolean": {"true": True, "false": False}.__getitem__,
}
DATATYPES = {"string": "string", "integer": "integer", "number": "decimal", "boolean": "boolean"}


@pytest.fixture(
    scope="module",
    params=[
        ("ttl", ox.RdfFormat.TURTLE),
        pytest.param(("jsonld", ox.RdfFormat.JSON_LD), marks=pytest.mark.slow),
    ],
    ids=["ttl", "jsonld"],
)
def graph(request, exported):
    name, syntax = request.param
    data = exported(name).read_bytes()
    store = ox.Store()
    store.extend(ox.parse(data, format=syntax))
    return store


def objects(graph, subject, predicate):
    pattern = ox.NamedNode(subject), ox.NamedNode(predicate)
    return [quad.object for quad in graph.quads_for_pattern(*pattern, None)]


def values(graph, subject, predicate):
    return sorted(each.value for each in objects(graph, subject, predicate))


def is_id(schema):
    """Whether the primary key is an id: a text that is not a reference."""
    key = schema["primaryKey"]
    kinds = {field["name"]: field["type"] for field in schema["fields"]}
    refers = any(each["fields"] == key for each in schema.get("foreignKeys", []))
    return len(key) == 1 and kinds[key[0]] == "string" and not refers


def address(table, *key):
    schema = SCHEMAS[table]
    return (
        BASE
        + ("" if is_id(schema) else f"{table}/")
        + "/".join(quote(str(k), safe="") for k in key)
    )


def references(table):
    """The table that each column refers to by its primary key."""
    return {
        key["fields"][0]: key["reference"].get("resource", table)
        for key in SCHEMAS[table].get("foreignKeys", [])
        if len(key["fields"]) == 1
    }


@pytest.mark.parametrize("table", RESOURCES)
def test_every_cell_has_its_value_and_type_and_a_missing_cell_none(graph, table):
    key, kinds, targets = SCHEMAS[table]["primaryKey"], types(table), references(table)
    expected = set()
    for row in records(table):
        subject = address(table, *(row[name] for name in key))
        for column, value in row.items():
            if value is None:
                continue
            if column in targets:
                cell = ("IRI", address(targets[column], value))
            else:
                cell = (XSD + DATATYPES[kinds[column]], value)
            expected.add((subject, column, *cell))
    found = set()
    for column in kinds:
        for quad in graph.quads_for_pattern(None, ox.NamedNode(f"{BASE}{table}.{column}"), None):
            node = quad.object
            if isinstance(node, ox.NamedNode):
                cell = ("IRI", node.value)
            else:
                cell = (node.datatype.value, READERS[node.datatype.value](node.value))
            found.add((quad.subject.value, column, *cell))
    assert found == expected


@pytest.mark.parametrize("table", RESOURCES)
def test_every_row_has_an_address_and_the_class_of_its_table(graph, table):
    class_ = BASE + table.title().replace("_", "")
    found = graph.quads_for_pattern(None, ox.NamedNode(RDF + "type"), ox.NamedNode(class_))
    key = SCHEMAS[table]["primaryKey"]
    expected = {address(table, *(row[name] for name in key)) for row in records(table)}
    assert {quad.subject.value for quad in found} == expected
    assert len(expected) == len(records(table))


def test_rows_of_different_tables_have_different_addresses(graph):
    every = [
        address(table, *(row[name] for name in SCHEMAS[table]["primaryKey"]))
        for table in RESOURCES
        for row in records(table)
    ]
    assert len(set(every)) == len(every)


@pytest.mark.parametrize("table", RESOURCES)
def test_every_column_is_described_as_in_its_schema(graph, table):
    for field in SCHEMAS[table]["fields"]:
        column = f"{BASE}{table}.{field['name']}"
        rdfs = "http://www.w3.org/2000/01/rdf-schema#"
        assert values(graph, column, rdfs + "comment") == [field["description"]]
        expected = [field["skos:closeMatch"]] if "skos:closeMatch" in field else []
        assert values(graph, column, SKOS + "closeMatch") == expected
        verbatim = ["true"] if field.get("bonemet:verbatim") else []
        assert values(graph, column, BASE + "verbatim") == verbatim


def test_no_node_is_blank(graph):
    terms = {type(term) for quad in graph for term in (quad.subject, quad.object)}
    assert terms == {ox.NamedNode, ox.Literal}


def test_a_concept_has_one_label_a_definition_and_its_broader_concept(graph):
    for concept in records("concepts"):
        subject = BASE + concept["concept_id"]
        (label,) = objects(graph, subject, SKOS + "prefLabel")
        assert (label.value, label.language) == (concept["label"], "en")
        assert values(graph, subject, SKOS + "definition") == [concept["definition"]]
        broader = [BASE + concept["broader_id"]] if concept["broader_id"] else []
        assert values(graph, subject, SKOS + "broader") == broader


@pytest.mark.parametrize(
    ("scope", "predicate"),
    [
        ("EXACT", SKOS + "altLabel"),
        ("NARROW", "http://www.geneontology.org/formats/oboInOwl#hasNarrowSynonym"),
        ("BROAD", "http://www.geneontology.org/formats/oboInOwl#hasBroadSynonym"),
        ("RELATED", "http://www.geneontology.org/formats/oboInOwl#hasRelatedSynonym"),
    ],
)
def test_only_an_exact_name_is_an_alternative_label(graph, scope, predicate):
    labels = {row["concept_id"]: row["label"] for row in records("concepts")}
    expected = {
        (BASE + row["concept_id"], row["synonym"], row["lang"])
        for row in records("synonyms")
        if row["synonym_scope"] == scope and row["synonym"] != labels[row["concept_id"]]
    }
    found = graph.quads_for_pattern(None, ox.NamedNode(predicate), None)
    assert {(q.subject.value, q.object.value, q.object.language) for q in found} == expected


def test_a_mapping_relates_the_concept_to_the_address_of_the_term(graph):
    spaces = {row["prefix"]: row["namespace"] for row in records("vocabularies")}
    expected = set()
    for row in records("mappings"):
        prefix, _, code = row["object_id"].partition(":")
        predicate = row["predicate_id"].replace("skos:", SKOS)
        expected.add((BASE + row["concept_id"], predicate, spaces[prefix] + code))
    found = set()
    for predicate in {predicate for _, predicate, _ in expected}:
        for quad in graph.quads_for_pattern(None, ox.NamedNode(predicate), None):
            if quad.subject.value in {BASE + row["concept_id"] for row in records("concepts")}:
                found.add((quad.subject.value, predicate, quad.object.value))
    assert found == expected


def test_a_statement_is_reported_with_the_sources_that_the_article_cites(graph):
    subject = f"{BASE}st014"
    assert values(graph, subject, RDF + "subject") == [f"{BASE}bone_metastasis"]
    assert values(graph, subject, RDF + "predicate") == [f"{BASE}has_symptom"]
    assert values(graph, subject, RDF + "object") == [f"{BASE}pain"]
    assert [float(value) for value in values(graph, subject, RDF + "value")] == [75]
    assert values(graph, subject, DCTERMS + "relation") == [f"{BASE}up_to"]
    assert values(graph, subject, DCTERMS + "source") == [f"{BASE}sources/{n}" for n in (1, 2, 3)]
    assert values(graph, subject, PROV + "wasDerivedFrom") == [f"{BASE}Article"]


def test_no_statement_is_asserted(graph):
    for predicate in records("predicates"):
        pattern = ox.NamedNode(BASE + predicate["predicate"])
        assert list(graph.quads_for_pattern(None, pattern, None)) == []


def test_the_evidence_is_found_with_its_publication_by_a_query(graph):
    query = f"""
        PREFIX bonemet: <{BASE}>
        SELECT ?evidence ?stance ?doi WHERE {{
            ?evidence <{DCTERMS}subject> bonemet:st014 ;
                <{PROV}wasDerivedFrom> ?publication ;
                bonemet:evidence.stance ?stance .
            OPTIONAL {{ ?publication <http://purl.org/ontology/bibo/doi> ?doi }}
        }}"""
    dois = {row["publication_id"]: row["doi"] for row in records("publications")}
    assert {
        (found["evidence"].value, found["stance"].value, found["doi"] and found["doi"].value)
        for found in graph.query(query)
    } == {
        (BASE + row["evidence_id"], row["stance"], dois[row["publication_id"]])
        for row in records("evidence")
        if row["statement_id"] == "st014"
    }


def test_the_dataset_states_title_version_license_and_citation(graph):
    dataset = DESCRIPTOR["id"]
    assert values(graph, dataset, DCTERMS + "title") == [DESCRIPTOR["title"]]
    owl = "http://www.w3.org/2002/07/owl#versionInfo"
    assert values(graph, dataset, owl) == [DESCRIPTOR["version"]]
    licenses = sorted(each["path"] for each in DESCRIPTOR["licenses"] if "path" in each)
    assert values(graph, dataset, DCTERMS + "license") == licenses
    (citation,) = values(graph, dataset, DCTERMS + "bibliographicCitation")
    assert f"version {DESCRIPTOR['version']}" in citation


def test_an_article_row_is_quoted_from_the_article(graph):
    assert values(graph, f"{BASE}symptoms/pain", PROV + "wasQuotedFrom") == [f"{BASE}Article"]
    assert values(graph, f"{BASE}symptoms/pain", DCTERMS + "subject") == [f"{BASE}pain"]


@pytest.mark.slow
def test_both_syntaxes_contain_the_same_graph(exported):
    turtle = ox.parse(exported("ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
    json_ld = ox.parse(exported("jsonld").read_bytes(), format=ox.RdfFormat.JSON_LD)

    def key(quad):
        node = quad.object
        if isinstance(node, ox.Literal) and node.datatype.value == XSD + "decimal":
            return (quad.subject, quad.predicate, float(node.value))
        return (quad.subject, quad.predicate, node)

    assert set(map(key, turtle)) == set(map(key, json_ld))
