//! A release as programs read it: what is said of all of its figures, and its rows as CSV.

use chrono::NaiveDateTime;
use serde_json::{Value, json};

use crate::analysis::method::Kept;
use crate::analysis::{COLUMNS, Release, View};
use crate::store::StoreError;
use crate::web::method::{method_sentence, reach_label};
use crate::web::words::Words;

/// Which release it is, and what a reader must know about all of its figures.
pub(super) fn made(number: i64, at: NaiveDateTime, release: &Release) -> Value {
    let mut made = json!({
        "number": number, "published_at": at.and_utc(), "interim": release.interim, "excluded": release.excluded,
    });
    if let (Some(kept), Some(method)) = (&release.method, release.method.as_ref().and_then(Kept::read)) {
        made["method"] = json!({
            "items": kept.items, "groups": kept.groups, "reach": kept.reach, "above": kept.above,
            "percent_places": kept.percent_places,
            "said": format!("{}. {}", reach_label(Words::VI, &method), method_sentence(Words::VI, &method)),
        });
    }
    made
}

/// The forms that are in no figure, by rule, as a header tells them; none: there are none.
pub(super) fn excluded(release: &Release) -> Option<String> {
    let rules: Vec<String> = release.excluded.iter().map(|rule| format!("{}={}", rule.rule, rule.forms)).collect();
    (!rules.is_empty()).then(|| rules.join(", "))
}

/// The figures one a row, as spreadsheets open them.
pub(super) fn csv_body(view: Option<View>) -> Result<Vec<u8>, StoreError> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(vec![0xef, 0xbb, 0xbf]);
    let failed = |error: csv::Error| StoreError::corrupt("release", error);
    writer.write_record(COLUMNS).map_err(failed)?;
    for row in view.iter().flat_map(View::csv) {
        writer.write_record(&row).map_err(failed)?;
    }
    writer.into_inner().map_err(|error| StoreError::corrupt("release", error))
}
