"""Sites: titles of the topography of ICD-O and of registries, and what is none."""

import pytest

from bonemet_data.terminology.sites import after_site, has_organ, is_site, without_site

SITES = """
Breast|Breast, NOS|Left breast|Nipple|Central portion of breast|Upper-outer quadrant of breast
Axillary tail of breast|Overlapping lesion of breast|Female breast|Bronchus and lung
Lung and Bronchus|Lung, NOS|Upper lobe, lung|Main bronchus|Trachea|Kidney|Kidney, NOS|Renal pelvis
Kidney and Renal Pelvis|Prostate|Prostate gland|Thyroid|Thyroid gland|Bone|Bone, NOS|Bone marrow
Bones, joints and articular cartilage of limbs|Long bones of lower limb and associated joints
Vertebral column|Rib, sternum, clavicle and associated joints|Pelvic bones, sacrum, coccyx
Hematopoietic and reticuloendothelial systems|Skin of scalp and neck|Colon|Sigmoid colon
Rectosigmoid junction|Stomach|Cardia, NOS|Gastric antrum|Pancreas|Head of pancreas
Liver and intrahepatic bile ducts|Gallbladder|Oesophagus|Small intestine|Anus and anal canal
Bladder, NOS|Ureter|Testis|Ovary|Cervix uteri|Corpus uteri|Fallopian tube|Vulva|Brain|Meninges
Spinal cord, cranial nerves, and other parts of central nervous system|Eye and adnexa
Adrenal gland|Other endocrine glands and related structures|Lymph nodes|Base of tongue|Lip
Connective, subcutaneous and other soft tissues|Retroperitoneum and peritoneum|Pyriform sinus
Heart, mediastinum, and pleura|Other and ill-defined sites|Unknown primary site|Oral cavity
"""


@pytest.mark.parametrize(
    "text", [site for line in SITES.split("\n") for site in line.split("|")][1:-1]
)
def test_a_title_of_a_site(text):
    assert is_site(text)


@pytest.mark.parametrize(
    "text",
    [
        "Breast cancer",
        "Malignant neoplasm of breast",
        "Carcinoma of lung",
        "Breast, malignant",
        "Bone metastasis",
        "Myeloma",
        "Left",
        "Upper",
        "Other",
        "Unknown",
        "Not specified",
        "",
        "Breast reconstruction",
    ],
)
def test_other_texts_are_no_sites(text):
    assert not is_site(text)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Pathological fracture of left femur", "Pathological fracture"),
        ("Bone pain in the hip", "Bone pain"),
        ("Numbness, right hand", "Numbness"),
        ("Pathologic fracture of the medial femoral condyle", "Pathologic fracture"),
        ("Metastasis to bone of the pelvis", "Metastasis"),
        ("Bone pain", None),
        ("Bone pain of unknown cause", None),
        ("of femur", None),
        ("Nausea, left", None),
    ],
)
def test_what_is_at_a_site(text, rest):
    assert without_site(text) == rest


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Whole brain radiotherapy", "radiotherapy"),
        ("Lung cancer radiotherapy", "radiotherapy"),
        ("Left breast surgery", "surgery"),
        ("Radiotherapy", None),
        ("Left radiotherapy", None),
        ("Cancer radiotherapy", None),
        ("Lung", None),
        ("", None),
    ],
)
def test_what_is_after_a_site(text, rest):
    assert after_site(text) == rest


def test_an_organ_in_a_text():
    assert has_organ("Carcinoid of the lung")
    assert not has_organ("Large Cell Neuroendocrine Carcinoma")
