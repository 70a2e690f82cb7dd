"""The RDF graph of a package: its tables, and their meaning in public vocabularies.

Concepts, names and mappings are in SKOS (https://www.w3.org/TR/skos-reference/), with the scopes of
names of oboInOwl. Statements are in RDF reification, origins in PROV
(https://www.w3.org/TR/prov-o/), and the package in DCAT and Dublin Core.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from ...citing import citation_of
from ...extras import EXPORT
from ...package.descriptor import Package
from ...terminology.lookup import PACKAGE_PREFIX
from ...terminology.records import PackageRecords
from .addresses import expand, namespace, namespaces, row_address
from .rdf_tables import Triple, row_triples, schema_triples, to_literal

with EXPORT:
    from rdflib import Graph, Literal, Namespace, URIRef
    from rdflib.namespace import DCAT, DCTERMS, FOAF, OWL, PROV, RDF, RDFS, SKOS, VANN, XSD

_BIBO = Namespace("http://purl.org/ontology/bibo/")
_OBO = Namespace("http://www.geneontology.org/formats/oboInOwl#")
_PREFIXES: Mapping[str, str] = {
    "bibo": str(_BIBO),
    "dcat": str(DCAT),
    "dcterms": str(DCTERMS),
    "foaf": str(FOAF),
    "oboInOwl": str(_OBO),
    "owl": str(OWL),
    "prov": str(PROV),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "skos": str(SKOS),
    "vann": str(VANN),
    "xsd": str(XSD),
}
_SCOPES = {
    "EXACT": SKOS.altLabel,
    "NARROW": _OBO.hasNarrowSynonym,
    "BROAD": _OBO.hasBroadSynonym,
    "RELATED": _OBO.hasRelatedSynonym,
}


def build_graph(package: Package) -> Graph:
    """Return the graph of a package, with an address for every node.

    Args:
        package: Package. For a release before 2.0.0, the graph has the tables, but not their
            meaning in public vocabularies.

    Raises:
        IntegrityError: The checksum of a file differs from the recorded one.
    """
    graph = Graph("SimpleMemory", bind_namespaces="none")
    graph.bind(PACKAGE_PREFIX, namespace(package))
    for prefix, address in _PREFIXES.items():
        graph.bind(prefix, address)
    meaning = _Meaning(package)
    for triples in (schema_triples(package), row_triples(package), meaning.triples()):
        for triple in triples:
            graph.add(triple)
    return graph


class _Meaning:
    """What the tables mean in public vocabularies."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._records = PackageRecords(package)
        self._schemas = {each.name: package.schema(each) for each in package.resources}
        self._dataset = URIRef(package.descriptor["id"])
        self._article = URIRef(f"{namespace(package)}Article")
        self._spaces = namespaces(self._records.get("vocabularies", ()))

    def triples(self) -> Iterator[Triple]:
        """Iterate over all triples."""
        yield from self._dataset_triples()
        if "statements" not in self._package.names:
            return
        yield from self._row_origins()
        yield from self._concept_triples()
        yield from self._name_triples()
        yield from self._mapping_triples()
        yield from self._term_triples()
        yield from self._statement_triples()
        yield from self._evidence_triples()
        yield from self._vocabulary_triples()

    def _row(self, table: str, *key: object) -> URIRef:
        return URIRef(row_address(self._package, table, self._schemas[table], key))

    def _id(self, id_: str) -> URIRef:
        """Return the address of a row whose primary key is an id of the package."""
        return URIRef(namespace(self._package) + id_)

    def _term(self, curie: str) -> URIRef:
        return URIRef(expand(curie, self._spaces))

    def _dataset_triples(self) -> Iterator[Triple]:
        """Describe the package, and the article that it is taken from."""
        descriptor, subject = self._package.descriptor, self._dataset
        for class_ in (DCAT.Dataset, SKOS.ConceptScheme, PROV.Entity):
            yield subject, RDF.type, class_
        yield subject, DCTERMS.title, Literal(descriptor["title"], "en")
        yield subject, DCTERMS.description, Literal(descriptor["description"], "en")
        yield subject, DCTERMS.bibliographicCitation, Literal(citation_of(self._package, "text"))
        yield subject, OWL.versionInfo, Literal(self._package.version)
        yield subject, DCTERMS.creator, Literal(descriptor["contributors"][0]["title"])
        yield subject, DCTERMS.created, Literal(descriptor["created"], datatype=XSD.dateTime)
        if "dcterms:issued" in descriptor:
            yield subject, DCTERMS.issued, Literal(descriptor["dcterms:issued"], datatype=XSD.date)
        for license_ in descriptor["licenses"]:
            yield subject, DCTERMS.rights, Literal(license_["title"], "en")
            if "path" in license_:
                yield subject, DCTERMS.license, URIRef(license_["path"])
        for keyword in descriptor["keywords"]:
            yield subject, DCAT.keyword, Literal(keyword, "en")
        yield subject, VANN.preferredNamespacePrefix, Literal(PACKAGE_PREFIX)
        yield subject, VANN.preferredNamespaceUri, Literal(namespace(self._package))
        yield subject, PROV.wasDerivedFrom, self._article
        article = descriptor["sources"][0]
        yield self._article, RDF.type, PROV.Entity
        yield self._article, DCTERMS.title, Literal(article["title"], "en")
        yield self._article, DCTERMS.publisher, Literal(article["dcterms:publisher"])
        yield self._article, DCTERMS.issued, Literal(article["dcterms:issued"], datatype=XSD.date)

    def _row_origins(self) -> Iterator[Triple]:
        """Link the rows of the tables of the article to it, and to their concepts."""
        for table in dict.fromkeys(m.resource for m in self._records["mentions"] if m.resource):
            for record in self._records[table]:
                row, concept = self._row(table, record[0]), self._id(record[0])
                yield row, PROV.wasQuotedFrom, self._article
                yield row, DCTERMS.subject, concept

    def _concept_triples(self) -> Iterator[Triple]:
        for concept in self._records["concepts"]:
            subject = self._id(concept.concept_id)
            yield subject, RDF.type, SKOS.Concept
            yield subject, SKOS.inScheme, self._dataset
            yield subject, SKOS.notation, Literal(concept.concept_id)
            yield subject, SKOS.prefLabel, Literal(concept.label, "en")
            yield subject, SKOS.definition, Literal(concept.definition, "en")
            if concept.scope_note:
                yield subject, SKOS.scopeNote, Literal(concept.scope_note, "en")
            if concept.broader_id:
                yield subject, SKOS.broader, self._id(concept.broader_id)
            else:
                yield subject, SKOS.topConceptOf, self._dataset

    def _name_triples(self) -> Iterator[Triple]:
        """Name the concepts. A name that is the label is not an alternative label in SKOS, too.

        See condition S13: https://www.w3.org/TR/skos-reference/#L1567.
        """
        labels = {(c.concept_id, c.label) for c in self._records["concepts"]}
        for name in self._records["synonyms"]:
            if (name.concept_id, name.synonym) not in labels:
                predicate = _SCOPES[name.synonym_scope]
                yield self._id(name.concept_id), predicate, Literal(name.synonym, name.lang)

    def _mapping_triples(self) -> Iterator[Triple]:
        for mapping in self._records["mappings"]:
            subject, target = self._id(mapping.concept_id), self._term(mapping.object_id)
            yield subject, self._term(mapping.predicate_id), target
        for below in self._records["descendants"]:
            subject, target = self._term(below.object_id), self._id(below.concept_id)
            yield subject, SKOS.broaderTransitive, target

    def _term_triples(self) -> Iterator[Triple]:
        """Define the predicates and qualifiers of statements."""
        for predicate in self._records["predicates"]:
            subject = self._id(predicate.predicate)
            yield subject, RDF.type, RDF.Property
            if predicate.is_symmetric:
                yield subject, RDF.type, OWL.SymmetricProperty
            yield subject, SKOS.definition, Literal(predicate.definition, "en")
            yield subject, self._term(predicate.match_type), self._term(predicate.standard_term)
        for qualifier in self._records["qualifiers"]:
            subject = self._id(qualifier.qualifier)
            yield subject, SKOS.definition, Literal(qualifier.definition, "en")
            if qualifier.match_type:
                yield subject, self._term(qualifier.match_type), self._term(qualifier.standard_term)

    def _statement_triples(self) -> Iterator[Triple]:
        """Report the statements without asserting them, with the sources that the article cites."""
        cited = defaultdict(list)
        for link in self._records["mention_sources"]:
            cited[link.mention_id].append(self._row("sources", link.source_id))
        for statement in self._records["statements"]:
            subject = self._id(statement.statement_id)
            yield subject, RDF.type, RDF.Statement
            yield subject, RDF.subject, self._id(statement.subject_id)
            yield subject, RDF.predicate, self._id(statement.predicate)
            yield subject, RDF.object, self._id(statement.object_id)
            yield subject, PROV.wasDerivedFrom, self._article
            if statement.value_number is not None:
                yield subject, RDF.value, to_literal(f"{statement.value_number:g}", "number")
            for qualifier in filter(None, (statement.qualifier or "").split(";")):
                yield subject, DCTERMS.relation, self._id(qualifier)
        for mention in self._records["mentions"]:
            for source in cited[mention.mention_id]:
                yield self._id(mention.mention_id), DCTERMS.source, source
                yield self._id(mention.statement_id), DCTERMS.source, source

    def _evidence_triples(self) -> Iterator[Triple]:
        """Link the evidence to its publications, and the publications to their addresses."""
        for evidence in self._records["evidence"]:
            subject = self._id(evidence.evidence_id)
            yield subject, RDF.type, PROV.Entity
            yield subject, PROV.wasDerivedFrom, self._id(evidence.publication_id)
            yield subject, DCTERMS.subject, self._id(evidence.statement_id)
            yield subject, DCTERMS.description, Literal(evidence.finding, "en")
        for publication in self._records["publications"]:
            subject = self._id(publication.publication_id)
            yield subject, RDF.type, _BIBO.Document
            yield subject, RDF.type, PROV.Entity
            yield subject, DCTERMS.title, Literal(publication.title)
            if publication.authors_short:
                yield subject, DCTERMS.creator, Literal(publication.authors_short)
            if publication.publication_year:
                year = f"{publication.publication_year:04}"
                yield subject, DCTERMS.issued, Literal(year, datatype=XSD.gYear)
            if publication.pmid:
                yield subject, _BIBO.pmid, Literal(publication.pmid)
            if publication.doi:
                yield subject, _BIBO.doi, Literal(publication.doi)

    def _vocabulary_triples(self) -> Iterator[Triple]:
        for vocabulary in self._records["vocabularies"]:
            subject = self._id(vocabulary.vocabulary_id)
            yield subject, DCTERMS.title, Literal(vocabulary.name, "en")
            yield subject, DCTERMS.license, URIRef(vocabulary.license_url)
            if vocabulary.homepage:
                yield subject, FOAF.homepage, URIRef(vocabulary.homepage)
            if vocabulary.namespace:
                yield subject, VANN.preferredNamespaceUri, Literal(vocabulary.namespace)
