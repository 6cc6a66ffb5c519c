//! `/manage/rounds/{slug}/kit`: everything that is printed or sent for a round, as one file or one per school.

mod chosen;
mod download;
mod printed;
mod said;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

pub(super) use self::chosen::{Chosen, Wanted};
pub(super) use self::download::{download, file, picture};
use self::printed::Paper;
use super::said as flash;
use super::stage::Stage;
use super::trouble::Trouble;
use crate::state::State;
use crate::store::rounds::RoundRow;
use crate::survey::access::Right;
use crate::survey::round::Access;
use crate::survey::text::Lang;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::session::{Officer, Steering};

#[derive(Template)]
#[template(path = "web/manage/rounds/kit/kit.html")]
struct KitPage {
    desk: DeskFrame,
    said: Option<String>,
    trouble: Trouble,
    round: RoundRow,
    stage: Stage,
    is_codes: bool,
    takes_paper: bool,
    chosen: Chosen,
    wanted: Wanted,
    languages: Vec<(Lang, String)>,
}

impl KitPage {
    /// The papers with their name and what they are for.
    fn papers(&self) -> Vec<(&'static str, String, String)> {
        let say = |paper: &Paper, what: &str| self.desk.words.say(&format!("kit-{paper}{what}"));
        let is_there = |paper: &&Paper| match paper {
            Paper::Notice => self.chosen.has_notice(),
            paper => self.takes_paper || !paper.is_typed(),
        };
        let papers = Paper::ALL.iter().filter(is_there);
        papers.map(|paper| (paper.code(), say(paper, ""), say(paper, "-text"))).collect()
    }

    fn is_wanted(&self, lang: &Lang) -> bool {
        lang.code() == self.wanted.lang || (self.wanted.lang.is_empty() && *lang == Lang::VI)
    }
}

/// `GET …/kit?channel=…&ward=…&code=…`
pub(super) async fn show(
    request: HttpRequest,
    officer: Steering,
    state: web::Data<State>,
    slug: web::Path<String>,
    wanted: web::Query<Wanted>,
) -> Result<HttpResponse, Failure> {
    page(&request, &officer, &state, &slug, wanted.into_inner(), Trouble::default()).await
}

async fn page(
    request: &HttpRequest,
    officer: &Officer,
    state: &State,
    slug: &str,
    wanted: Wanted,
    trouble: Trouble,
) -> Result<HttpResponse, Failure> {
    let chosen = Chosen::read(state, officer, slug, &wanted, officer.words).await?;
    let page = KitPage {
        desk: DeskFrame::new(request, officer, Room::Rounds),
        said: flash::said(request, state, officer),
        stage: Stage::of(&chosen.round, state.clock.now()),
        takes_paper: chosen.takes_paper()?,
        is_codes: chosen.round.access()? == Access::Codes,
        languages: chosen.languages(),
        round: chosen.round.clone(),
        trouble,
        chosen,
        wanted,
    };
    flash::show(request, &page.trouble, &page)
}
