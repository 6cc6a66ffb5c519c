//! The files themselves: a PDF, a ZIP with one PDF per school, and the picture for messengers.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, web};

use super::chosen::{Chosen, Wanted};
use super::page;
use super::printed::Paper;
use super::said::Speaker;
use crate::document::{Archive, NotPrinted, a4, file_name, pdf, picture as drawing};
use crate::state::State;
use crate::store::collectors::CollectorRow;
use crate::survey::code::codes;
use crate::web::error::Failure;
use crate::web::manage::trouble::Trouble;
use crate::web::session::Steering;

/// So many schools in one file: more is hard to print, too.
const MOST: usize = 500;
/// The width of a picture for messengers, in pixels; they show no more.
const PIXELS: u32 = 1080;

codes! {
    /// How papers come.
    Ending {
        /// All in one file.
        Pdf = "pdf",
        /// A file per school.
        Zip = "zip",
    }
}

impl Ending {
    fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Zip => "application/zip",
        }
    }
}

/// `GET …/kit/{paper}.{ending}?channel=…&ward=…&code=…&lang=…`
pub(in crate::web::manage::rounds) async fn file(
    request: HttpRequest,
    officer: Steering,
    state: web::Data<State>,
    path: web::Path<(String, String, String)>,
    wanted: web::Query<Wanted>,
) -> Result<HttpResponse, Failure> {
    let (slug, paper, ending) = path.into_inner();
    let (Some(paper), Some(ending)) = (Paper::from_code(&paper), Ending::from_code(&ending)) else {
        return Err(Failure::NotFound);
    };
    let words = wanted.words();
    let mut chosen = Chosen::read(&state, &officer, &slug, &wanted, words).await?;
    if paper.is_typed() && !chosen.takes_paper()? || paper == Paper::Notice && !chosen.has_notice() {
        return Err(Failure::NotFound);
    }
    chosen.keep_those_with(paper);
    let refused = match chosen.rows.len() {
        0 => Some("posters-none"),
        many if many > MOST => Some("kit-too-many"),
        _ => None,
    };
    if let Some(sentence) = refused {
        let trouble = Trouble::page(officer.words.with(sentence, "most", MOST));
        return page(&request, &officer, &state, &slug, wanted.into_inner(), trouble).await;
    }
    let name = match &chosen.rows[..] {
        [only] => file_name(&only.unit_code, &format!("{} {}", only.unit_name, only.code), ending.code()),
        _ => format!("{slug}-{paper}.{ending}"),
    };
    let public_url = state.public_url.clone();
    let made = web::block(move || make(paper, ending, &Speaker { chosen: &chosen, words, public_url: &public_url }));
    let bytes = made.await.map_err(|error| Failure::Unknown(error.to_string()))??;
    Ok(download(bytes, ending.media_type(), &name))
}

fn make(paper: Paper, ending: Ending, speaker: &Speaker<'_>) -> Result<Vec<u8>, Failure> {
    let lang = speaker.words.interface();
    let title = format!("{} – {}", speaker.words.say(&format!("kit-{paper}")), speaker.chosen.round.title);
    let pdf_of = |rows: &[CollectorRow]| -> Result<Vec<u8>, Failure> {
        let mut failed = None;
        let sheets = rows.iter().flat_map(|row| match paper.sheets(speaker, row) {
            Ok(sheets) => sheets.into_iter().map(Ok).collect::<Vec<_>>(),
            Err(error) => {
                failed = Some(error);
                vec![Err(NotPrinted(row.code.clone()))]
            }
        });
        let written = pdf::write(&title, lang.code(), sheets);
        match failed {
            Some(error) => Err(error),
            None => Ok(written?),
        }
    };
    match ending {
        Ending::Pdf => pdf_of(&speaker.chosen.rows),
        Ending::Zip => {
            let mut archive = Archive::default();
            for row in &speaker.chosen.rows {
                let name = format!("{} {}", row.unit_name, row.code);
                archive.add(&file_name(&row.unit_code, &name, "pdf"), &pdf_of(std::slice::from_ref(row))?)?;
            }
            Ok(archive.finish()?)
        }
    }
}

/// `GET …/kit/{code}.png`: the poster as a picture, to be sent with a message.
pub(in crate::web::manage::rounds) async fn picture(
    officer: Steering,
    state: web::Data<State>,
    path: web::Path<(String, String)>,
    wanted: web::Query<Wanted>,
) -> Result<HttpResponse, Failure> {
    let (slug, code) = path.into_inner();
    let wanted = Wanted { code, ..wanted.into_inner() };
    let words = wanted.words();
    let chosen = Chosen::read(&state, &officer, &slug, &wanted, words).await?;
    let Some(row) = chosen.rows.first() else { return Err(Failure::NotFound) };
    let name = file_name(&row.unit_code, &format!("{} {}", row.unit_name, row.code), "png");
    let poster = Speaker { chosen: &chosen, words, public_url: &state.public_url }.poster(row)?;
    let drawn = web::block(move || drawing::png(&a4(&poster)?, PIXELS)).await;
    let bytes = drawn.map_err(|error| Failure::Unknown(error.to_string()))??;
    Ok(download(bytes, "image/png", &name))
}

/// A file to keep, under a name that may have any letters.
pub(in crate::web::manage::rounds) fn download(bytes: Vec<u8>, media_type: &str, name: &str) -> HttpResponse {
    let plain = crate::vietnamese::plain(name).replace(['"', '\\'], "");
    let encoded: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
    let disposition = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", encoded.replace('+', "%20"));
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, media_type))
        .insert_header((CONTENT_DISPOSITION, disposition))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(bytes)
}
