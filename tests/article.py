"""The article's four tables, transcribed by hand and independently of the CSV files.

Each line is an id and the row's cells, separated by ` | `; the last cell holds the citations.
"""

TABLES = {
    "symptoms": """
        pain            | Pain            | Persistent, often severe bone pain        | Up to 75% of patients               | 1 2 3
        fatigue         | Fatigue         | Ongoing tiredness, lack of energy         | Common, often early onset           | 1 2
        fractures       | Fractures       | Bone breaks with minimal/no trauma        | Frequent complication               | 3 4 5
        hypercalcemia   | Hypercalcemia   | High blood calcium (nausea, confusion)    | Occurs in advanced disease          | 3 4 10
        spinal_issues   | Spinal Issues   | Numbness, paralysis from cord compression | Severe cases, can cause paralysis   | 4 10
        poor_well_being | Poor Well-being | General feeling of illness/drowsiness     | Highly prevalent                    | 1
    """,
    "types": """
        osteolytic   | Osteolytic   | Bone destruction/breakdown     | Breast, lung, kidney | 5 6 12 14
        osteoblastic | Osteoblastic | Excess new bone formation      | Prostate             | 5 6 12
        mixed        | Mixed        | Both destruction and formation | Advanced/metastatic  | 5 6 7
    """,
    "causes": """
        seed_and_soil         | Seed & Soil           | Tumor cell preference for bone | Bone is "fertile soil"             | 8 15
        tumor_type            | Tumor Type            | Cancer origin influences risk  | Breast, prostate, lung, kidney     | 6 7 13
        bone_microenvironment | Bone Microenvironment | Provides growth signals        | Supports tumor growth              | 8 10 12 16
        molecular_pathways    | Molecular Pathways    | RANK/RANKL, TGF-β, PTHrP, etc. | Mediate bone destruction/formation | 8 10 12 14
    """,
    "treatments": """
        bone_targeted_agents | Bone-Targeted Agents | Reduce bone breakdown, SREs           | Bisphosphonates, Denosumab     | 9 10 12 13 16
        radiation_therapy    | Radiation Therapy    | Relieve pain, prevent/treat fractures | Localized or whole bone        | 1 4 7 13
        systemic_therapy     | Systemic Therapy     | Control cancer spread                 | Chemotherapy, hormone therapy  | 7 13 15
        surgery              | Surgery              | Stabilize/repair bones                | For fractures, spinal issues   | 7 13 15
        pain_management      | Pain Management      | Alleviate bone pain                   | Opioids, NSAIDs, nerve blocks  | 1 3 13
        emerging_therapies   | Emerging Therapies   | Target specific molecular pathways    | In clinical trials             | 15 16
    """,
}

TERMS = """
    symptoms/hypercalcemia/description: nausea confusion
    symptoms/spinal_issues/description: numbness paralysis cord_compression
    symptoms/poor_well_being/description: feeling_of_illness drowsiness
    types/osteolytic/main_feature: bone_destruction
    types/osteolytic/common_cancers: breast_cancer lung_cancer kidney_cancer
    types/osteoblastic/main_feature: bone_formation
    types/osteoblastic/common_cancers: prostate_cancer
    types/mixed/main_feature: bone_destruction bone_formation
    types/mixed/common_cancers: advanced_cancer
    causes/tumor_type/role_in_metastasis: breast_cancer prostate_cancer lung_cancer kidney_cancer
    causes/bone_microenvironment/role_in_metastasis: tumor_growth
    causes/molecular_pathways/description: rank rankl tgf_beta pthrp
    causes/molecular_pathways/role_in_metastasis: bone_destruction bone_formation
    treatments/bone_targeted_agents/purpose_function: bone_destruction skeletal_related_events
    treatments/bone_targeted_agents/notes: bisphosphonates denosumab
    treatments/radiation_therapy/purpose_function: pain fractures
    treatments/radiation_therapy/notes: localized_radiation whole_bone_radiation
    treatments/systemic_therapy/purpose_function: cancer_spread
    treatments/systemic_therapy/notes: chemotherapy hormone_therapy
    treatments/surgery/notes: fractures spinal_issues
    treatments/pain_management/purpose_function: pain
    treatments/pain_management/notes: opioids nsaids nerve_blocks
    treatments/emerging_therapies/purpose_function: molecular_pathways
"""


def rows(table: str) -> list[list[str]]:
    """Return a table's rows: id, cells, and the citations as one string."""
    lines = TABLES[table].strip().splitlines()
    return [[cell.strip() for cell in line.split(" | ")] for line in lines]


def terms() -> list[tuple[str, str, str, set[str]]]:
    """Return what each cell names: table, row id, column, and the ids of the terms."""
    cells = []
    for line in TERMS.strip().splitlines():
        place, _, ids = line.strip().partition(": ")
        table, row, column = place.split("/")
        cells.append((table, row, column, set(ids.split())))
    return cells
