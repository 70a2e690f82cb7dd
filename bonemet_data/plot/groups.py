"""How pictures group the concepts and the predicates."""

from collections.abc import Mapping

LAYERS: Mapping[str, tuple[str, ...]] = {
    "Cancers": ("cancer",),
    "Bone and types": ("condition", "type", "anatomy"),
    "Mechanisms": ("cause", "process", "pathway", "molecule", "cell"),
    "Findings and qualities": ("finding", "quality", "activity", "outcome", "event", "time"),
    "Symptoms": ("symptom",),
    "Treatments": ("treatment", "drug_class", "agent", "procedure", "study"),
}
"""Layers of the map from left to right, with the kinds of their concepts."""

FAMILIES: Mapping[str, tuple[str, ...]] = {
    "brings about": (
        "causes", "contributes_to", "promotes", "produces", "disrupts", "exacerbates",
    ),
    "acts against": (
        "treats", "ameliorates", "prevents", "inhibits", "has_target", "studied_to_treat",
    ),
    "shows as": ("has_symptom", "has_quality", "part_of", "precedes"),
    "occurs with": ("associated_with", "metastasizes_to", "interacts_with"),
}  # fmt: skip
"""Predicates with similar meaning, which have one color."""

LAYER_OF = {kind: index for index, kinds in enumerate(LAYERS.values()) for kind in kinds}
FAMILY_OF = {
    predicate: index for index, names in enumerate(FAMILIES.values()) for predicate in names
}
