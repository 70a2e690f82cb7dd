-- The sources that the article cites for the lesion type of each patient.
select cohort.patient_id, types.type, citations.source_id
from {{ ref('cohort') }} as cohort
join {{ ref('types') }} as types on types.type_id = cohort.lesion_type
join {{ ref('citations') }} as citations on citations.concept_id = types.type_id
