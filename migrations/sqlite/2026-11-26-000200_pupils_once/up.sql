-- A round that asked a level with several questionnaires had counted its pupils once for each. Numbers that are just that multiple
-- of what the list of units says become the number itself; what somebody has corrected since, and what the list has changed, stays.
UPDATE round_unit SET eligible = (
    SELECT sum(l.enrolment) FROM unit_level l
    WHERE l.unit_id = round_unit.unit_id AND (l.level = round_unit.level OR round_unit.level = 'moi_cap')
)
WHERE eligible > 0 AND eligible = (
    SELECT sum(l.enrolment) FROM unit_level l
    WHERE l.unit_id = round_unit.unit_id AND (l.level = round_unit.level OR round_unit.level = 'moi_cap')
) * (
    SELECT count(*) FROM round_questionnaire q JOIN questionnaire_version v ON v.id = q.version_id
    WHERE q.round_id = round_unit.round_id
      AND coalesce(json_extract(v.content, '$.level'), 'moi_cap') = round_unit.level
      AND json_extract(v.content, '$.audience') NOT IN ('can_bo', 'nhan_dan')
);
