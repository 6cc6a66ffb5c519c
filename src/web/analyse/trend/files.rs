//! The drawing of one figure and the tables of a trend as files.

use actix_web::{HttpRequest, HttpResponse, web};

use super::series::{self, Series};
use super::{Wish, chosen, read, rows};
use crate::chart::Breadth;
use crate::state::State;
use crate::web::analyse::file::{self, Ending};
use crate::web::analyse::filter::Asked;
use crate::web::error::Failure;
use crate::web::session::Insider;

/// `GET /analyse/{slug}/trend.{svg|png|csv}`: the drawing of one figure, or the table of all.
pub(in crate::web::analyse) async fn file(
    request: HttpRequest,
    officer: Insider,
    state: web::Data<State>,
    path: web::Path<(String, Ending)>,
    asked: web::Query<Asked>,
    wish: web::Query<Wish>,
) -> Result<HttpResponse, Failure> {
    let (slug, ending) = path.into_inner();
    let read = match read(&request, &officer, &state, &slug, &asked, &wish).await? {
        Ok(read) => read,
        Err(answer) => return Ok(answer),
    };
    let (words, name) = (officer.words, format!("{slug}-trend"));
    let pool = read.now.pool(&read.opened.filter);
    if ending == Ending::Csv {
        // without an earlier round the table has its head alone
        let before = chosen(&read.pasts, &wish);
        let rows = before.map(|before| rows::rows(&read, &pool, before, &before.slug, &wish, words));
        let lines = rows::table(&rows.unwrap_or_default(), before.unwrap_or(&read.now), &read.now, words);
        return file::table(&name, &lines);
    }
    let series = Series::find(&pool, &wish.series).ok_or(Failure::NotFound)?;
    let mut chart = series::chart(&series::lines(&series, &read, words)).ok_or(Failure::NotFound)?;
    chart.title = read.opened.named(&series.title(&pool, words), words);
    file::drawing(&name, ending, chart.draw(Breadth::Desk)).await
}

/// `GET /analyse/{slug}/trend-rounds.csv`: the table of the drawing, a line for each round.
pub(in crate::web::analyse) async fn rounds_file(
    request: HttpRequest,
    officer: Insider,
    state: web::Data<State>,
    slug: web::Path<String>,
    asked: web::Query<Asked>,
    wish: web::Query<Wish>,
) -> Result<HttpResponse, Failure> {
    let read = match read(&request, &officer, &state, &slug, &asked, &wish).await? {
        Ok(read) => read,
        Err(answer) => return Ok(answer),
    };
    let words = officer.words;
    let series = Series::find(&read.now.pool(&read.opened.filter), &wish.series).ok_or(Failure::NotFound)?;
    file::table(&format!("{slug}-trend-rounds"), &series::table(&series, &read, words))
}
