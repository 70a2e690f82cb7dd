"""Sites of cancers: names of places in the body, which are no names of cancers.

Registries have a column of primary sites with titles such as those of the topography of ICD-O:
"Bronchus and lung", "Upper-outer quadrant of breast", "Prostate gland". A cancer that began there
may be a lymphoma or a sarcoma, and a metastasis may be there: the site alone is no diagnosis.
"""

import re

from .certainty import NEGATIONS
from .spelling import stems

_ORGANS = """
    abdomen abdominal adnexa adrenal ampulla anal anus aorta appendix areola arm artery
    axilla back bile biliary bladder blood bone bony bowel brain breast bronchi bronchus
    buttock caecum canal cardia cartilage cecum cerebellum cerebrum cervix cheek chest
    choroid clavicle clitoris coccyx cochlea colon column conjunctiva connective cord cornea
    cranial digestive duct duodenum ear endocervix endocrine endometrium epididymis
    esophagus ethmoid exocervix extremity eye eyelid face fallopian femur finger foot
    frontal gallbladder ganglia ganglion gastric gastrointestinal genital genitourinary
    gland glottis gum hand head heart hematopoietic hepatic hip humerus hypopharynx ileum
    intestine intrahepatic jejunum joint kidney knee labium lacrimal larynx leg limb lip
    liver lobe lung lymph lymphatic mammary mandible marrow maxilla mediastinum meninges
    mouth mucosa muscle myometrium nasal nasopharynx neck nerve nervous nipple node nodes
    nose occipital oesophagus omentum oral orbit oropharynx ovary palate pancreas
    parametrium parathyroid parietal parotid pelvic pelvis penis pericardium peripheral
    peritoneum pharynx pineal pituitary placenta pleura prepuce prostate prostatic pulmonary
    rectosigmoid rectum renal respiratory reticuloendothelial retina retroperitoneum rib
    sacrum saliva salivary scalp scapula scrotum seminal shoulder sigmoid sinus site sites
    skeletal skeleton skin skull spermatic spinal spine spleen sternum stomach subcutaneous
    subglottis sublingual submandibular supraglottis temporal tendon testes testicle testis
    thigh thoracic thorax throat thymus thyroid tibia tissue toe tongue tonsil trachea tract
    trunk ureter urethra urinary uteri uterine uterus uvula vagina vallecula ventricle
    vertebra vertebral vessel vulva wrist
    acetabulum calcaneus carpal condyle diaphysis femoral fibula humeral iliac ilium ischium lumbar
    metacarpal metaphysis metatarsal patella phalanx pubis radius sacral sternal talus tarsal tibial
    trochanter ulna
"""
"""Organs, tissues and regions of the body in the topography of ICD-O, and parts of the skeleton."""
_PLACES = """
    a accessory and anterior antrum area articular ascending associated at autonomic axillary base
    bilateral body bones border both bottom branch cavity central common corpus
    craniopharyngeal cystic defined descending distal dome dorsal elsewhere entire except
    excluding external female fixed flexure floor fornix fourth fundus great greater half
    hilum i ii ill in including inferior inner intra intrathoracic isthmus junction large
    lateral left lesion lesser level line long lower main major male medial middle midline
    mobile multiple nos not of on or organ other outer overlapping part pole shaft portion
    position posterior primary proximal pyloric pylorus pyriform quadrant region related
    right root round short side small soft specified structure structures superior surface
    system tail the third to topography transverse tube two undescended unknown unspecified
    upper ventral visceral wall whole with within without zone
"""
"""Other words of its titles."""


_PREPOSITIONS = frozenset({"of", "in", "to", "at", "involving"})
_AT = re.compile(r"(?:,|\s(?:of|in|to|at|involving))\s|\s*[(\[]")


def _stemmed(text: str) -> frozenset[str]:
    return frozenset(stem for word in text.split() for stem in stems(word))


_ORGAN_STEMS = _stemmed(_ORGANS)
SITE_STEMS = _ORGAN_STEMS | _stemmed(_PLACES)
_SITES_OF_TUMORS = SITE_STEMS | {"cancer", "metastasis", "tumor"}


def is_site(text: str) -> bool:
    """Return whether a text consists of words for places in the body only.

    Example:
        >>> is_site("Bronchus and lung"), is_site("Breast, NOS"), is_site("Breast cancer")
        (True, True, False)
    """
    found = stems(text)
    return not _ORGAN_STEMS.isdisjoint(found) and SITE_STEMS.issuperset(found)


def without_site(text: str) -> str | None:
    """Return what is said to be at a site, or None without a site at the end.

    Example:
        >>> without_site("Pathological fracture of left femur"), without_site("Bone pain")
        ('Pathological fracture', None)
        >>> without_site("Numbness (left hand)"), without_site("numbness lower extremities")
        ('Numbness', 'numbness')
    """
    if not NEGATIONS.isdisjoint(stems(text)):
        return None
    for match in _AT.finditer(text):
        if match.start() and is_site(text[match.end() :]):
            return text[: match.start()]
    parts = text.split()
    site = len(parts)
    while site > 1 and SITE_STEMS.issuperset(stems(parts[site - 1])):
        site -= 1
    if site and parts[site - 1].casefold() in _PREPOSITIONS:
        return None
    return " ".join(parts[:site]) if has_organ(" ".join(parts[site:])) else None


def after_site(text: str) -> str | None:
    """Return what follows the name of a site, or of a tumor of a site, or None without one.

    Example:
        >>> after_site("Lung cancer radiotherapy"), after_site("Eye surgery"), after_site("Surgery")
        ('radiotherapy', 'surgery', None)
    """
    if not NEGATIONS.isdisjoint(stems(text)):
        return None
    parts = text.split()
    site = 0
    while site < len(parts) - 1 and _SITES_OF_TUMORS.issuperset(stems(parts[site])):
        site += 1
    if not site or not has_organ(" ".join(parts[:site])):
        return None
    rest = " ".join(parts[site:])
    return None if rest.casefold().startswith("hormon") else rest  # thyroid hormone therapy


def has_organ(text: str) -> bool:
    """Return whether a text contains the name of an organ or tissue."""
    return not _ORGAN_STEMS.isdisjoint(stems(text))
