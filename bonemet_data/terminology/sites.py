"""Sites of cancers: names of places in the body, which are no names of cancers.

Registries have a column of primary sites with titles such as those of the topography of ICD-O:
"Bronchus and lung", "Upper-outer quadrant of breast", "Prostate gland". A cancer that began there
may be a lymphoma or a sarcoma, and a metastasis may be there: the site alone is no diagnosis.
"""

from .spelling import stems

_ORGANS = """
abdomen abdominal adrenal ampulla anal anus aorta appendix areola arm artery axilla back bile
bladder blood bone bowel brain breast bronchus bronchi buttock caecum cecum canal cardia
cartilage cerebellum cerebrum cervix cheek chest choroid clavicle clitoris cochlea colon column conjunctiva
connective cord cornea cranial duct duodenum ear endocervix endometrium epididymis esophagus ethmoid
exocervix extremity eye eyelid face femur finger foot frontal gallbladder ganglia ganglion gastric
genital gland gum hand head heart hepatic hip humerus hypopharynx ileum intestine intrahepatic jejunum joint
kidney knee labium lacrimal larynx leg limb lip liver lobe lung lymph mandible marrow maxilla
mediastinum meninges mouth mucosa muscle myometrium nasal nasopharynx neck nerve nipple nodes node nose
occipital omentum oral orbit oropharynx ovary palate pancreas parametrium parathyroid parietal
parotid pelvis pelvic penis pericardium peripheral peritoneum pharynx pineal pituitary placenta pleura
prepuce prostate prostatic pulmonary rectosigmoid rectum renal retina retroperitoneum rib sacrum saliva salivary scalp
scapula scrotum seminal shoulder sigmoid sinus skeletal skin skull spermatic spine spinal spleen
sternum stomach subcutaneous sublingual submandibular supraglottis glottis subglottis temporal
tendon testis testes testicle thigh thoracic thorax throat thymus thyroid tibia tissue toe tongue tonsil trachea
trunk ureter urethra urinary uterine uterus uvula vagina vallecula ventricle vertebra vertebral vessel vulva
wrist mammary bony skeleton adnexa hematopoietic reticuloendothelial digestive respiratory
gastrointestinal genitourinary nervous lymphatic endocrine biliary oesophagus tract
"""
_PLACES = """
a accessory and anterior area articular ascending at autonomic axillary base body border both
bottom branch bilateral central common corpus craniopharyngeal cystic descending distal dome dorsal
entire except excluding external female fixed floor fornix fourth fundus great greater half hilum
ii hepatic i in including inner intra intrathoracic isthmus junction large lateral left lesion lesser
level line lower main major male medial middle midline mobile multiple nos of on or organ other
outer overlapping part pole portion position posterior primary proximal pyloric quadrant region
right root round short side site small soft structure superior inferior surface system tail the third to topography
transverse two undescended unspecified upper ventral visceral wall within with without zone ill
defined not specified elsewhere unknown head neck long bones peripheral invasive antrum pylorus flexure
"""


def _stemmed(text: str) -> frozenset[str]:
    return frozenset(stem for word in text.split() for stem in stems(word))


_ORGAN_STEMS = _stemmed(_ORGANS)
_SITE_STEMS = _ORGAN_STEMS | _stemmed(_PLACES) - _stemmed("invasive")


def is_site(text: str) -> bool:
    """Return whether a text consists of words for places in the body only.

    Example:
        >>> is_site("Bronchus and lung"), is_site("Breast, NOS"), is_site("Breast cancer")
        (True, True, False)
    """
    found = stems(text)
    return not _ORGAN_STEMS.isdisjoint(found) and _SITE_STEMS.issuperset(found)


def has_organ(text: str) -> bool:
    """Return whether a text contains the name of an organ or tissue."""
    return not _ORGAN_STEMS.isdisjoint(stems(text))
