//! Whether what somebody asks for fits the round: codes that it does not have, and questions that are not asked there.

use std::collections::HashSet;
use std::sync::Arc;

use super::mistake::Mistake;
use super::wanted::Selection;
use crate::catalogue::Published;
use crate::store::rounds::NamedUnit;
use crate::store::{Db, StoreError, units};
use crate::survey::questionnaire::Questionnaire;

/// The round's units at or below each code that is chosen.
type Below = Vec<(String, HashSet<i64>)>;

/// Whether somebody knows a code.
type Knows<'a> = &'a dyn Fn(&str) -> bool;

/// Whether forms of this questionnaire are wanted.
pub(super) fn asks(selection: &Selection, form: &Published) -> bool {
    let named = |list: &[String], code: &str| list.is_empty() || list.iter().any(|known| known == code);
    named(&selection.questionnaires, &form.questionnaire.code)
        && named(&selection.levels, form.questionnaire.level_code())
}

/// Whether this is how somebody calls a question: `A1`, or `A1@QUESTIONNAIRE` as columns are called.
pub(super) fn names(wanted: &str, question: &str, questionnaire: &str) -> bool {
    wanted.strip_prefix(question).is_some_and(|rest| rest.is_empty() || rest.strip_prefix('@') == Some(questionnaire))
}

/// The round's units at or below these.
pub(super) fn below(db: &mut Db, codes: &[String], named: &[NamedUnit]) -> Result<Below, StoreError> {
    let mut found = Vec::with_capacity(codes.len());
    for code in codes {
        let below = match units::by_code(db, code)? {
            Some(unit) => units::subtree(db, unit.id)?,
            None => HashSet::new(),
        };
        found.push((code.clone(), named.iter().map(|unit| unit.id).filter(|id| below.contains(id)).collect()));
    }
    Ok(found)
}

/// The units that are wanted, where not all are; all questionnaires of the round, and those whose forms are wanted.
///
/// # Errors
/// What does not fit the round.
pub(super) fn checked(
    selection: &Selection,
    (all, wanted): (&[Arc<Published>], &[Arc<Published>]),
    below: Below,
) -> Result<Option<HashSet<i64>>, Vec<Mistake>> {
    let mut mistakes = unknown(selection, all);
    let nowhere = below.iter().filter(|(_, units)| units.is_empty());
    mistakes.extend(nowhere.map(|(code, _)| Mistake::Unknown { name: "unit", code: code.clone() }));
    if mistakes.is_empty() {
        mistakes = unasked(selection, wanted);
    }
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    Ok((!below.is_empty()).then(|| below.into_iter().flat_map(|(_, units)| units).collect()))
}

/// Codes that none of these questionnaires has.
fn unknown(selection: &Selection, forms: &[Arc<Published>]) -> Vec<Mistake> {
    let any = |is: &dyn Fn(&Questionnaire) -> bool| forms.iter().any(|form| is(&form.questionnaire));
    let languages: Vec<String> = selection.languages.iter().map(ToString::to_string).collect();
    let lists: [(&'static str, &[String], Knows<'_>); 4] = [
        ("lang", &languages, &|code| any(&|form| form.languages.iter().any(|lang| lang.code() == code))),
        ("level", &selection.levels, &|code| any(&|form| form.level_code() == code)),
        ("questionnaire", &selection.questionnaires, &|code| any(&|form| form.code == code)),
        ("question", &selection.questions, &|code| any(&|form| has(form, code))),
    ];
    let missing = lists.into_iter().flat_map(|(name, codes, knows)| {
        codes.iter().filter(|code| !knows(code)).map(move |code| Mistake::Unknown { name, code: code.clone() })
    });
    missing.collect()
}

/// Questions that none of the wanted questionnaires asks: their columns would be missing without a word. Where no questionnaire
/// is wanted at all, the file says so.
fn unasked(selection: &Selection, wanted: &[Arc<Published>]) -> Vec<Mistake> {
    let is_asked = |code: &str| wanted.is_empty() || wanted.iter().any(|form| has(&form.questionnaire, code));
    let codes = selection.questions.iter().filter(|code| !is_asked(code));
    codes.map(|code| Mistake::Unasked { code: code.clone() }).collect()
}

/// Whether a questionnaire asks what is called so.
fn has(form: &Questionnaire, code: &str) -> bool {
    form.questions.iter().any(|question| question.has_answers() && names(code, &question.code, &form.code))
}
