//! The drawing of one figure and the tables of a trend as files.

use actix_web::HttpResponse;
use actix_web::web::{Path, Query};

use super::series::{self, Series};
use super::{Wish, chosen, read, rows};
use crate::chart::Breadth;
use crate::web::analyse::conditions::Conditions;
use crate::web::analyse::file::{self, Ending};
use crate::web::analyse::opened::Opened;
use crate::web::error::Failure;

/// `GET /analyse/{slug}/trend.{svg|png|csv}`: the drawing of one figure, or the table of all.
pub(in crate::web::analyse) async fn file(
    opened: Opened,
    path: Path<(String, Ending)>,
    wish: Query<Wish>,
) -> Result<HttpResponse, Failure> {
    let (read, ending) = (read(opened, &wish).await?, path.into_inner().1);
    let (words, name) = (read.opened.words(), read.opened.file_name("trend"));
    if let Some(page) = wish.lacks(&read)? {
        return Ok(page);
    }
    let levels = read.now.levels(&read.opened.filter);
    if ending == Ending::Csv {
        let Some(before) = chosen(&read.pasts, &wish) else {
            return Err(Failure::NoFile(words.say("trend-none-file")));
        };
        let rows = rows::rows(&read, &levels, before, &before.slug, &wish, words);
        return file::sheet(&name, &rows::table(&rows, before, &read.now, words), words);
    }
    let series = Series::find(&levels.all, &wish.series).ok_or(Failure::NotFound)?;
    let mut chart = series::chart(&series::lines(&series, &read, words)).ok_or(Failure::NotFound)?;
    chart.title = read.opened.named(&series.title(&levels.all, words));
    let foot = Conditions::of(&read.opened, &levels.all).foot();
    file::drawing(&name, ending, chart.draw(Breadth::Desk).footed(foot)).await
}

/// `GET /analyse/{slug}/trend-rounds.csv`: the table of the drawing, a line for each round.
pub(in crate::web::analyse) async fn rounds_file(opened: Opened, wish: Query<Wish>) -> Result<HttpResponse, Failure> {
    let read = read(opened, &wish).await?;
    let words = read.opened.words();
    if let Some(page) = wish.lacks(&read)? {
        return Ok(page);
    }
    let series = Series::find(&read.now.levels(&read.opened.filter).all, &wish.series).ok_or(Failure::NotFound)?;
    file::sheet(&read.opened.file_name("trend-rounds"), &series::table(&series, &read, words), words)
}
