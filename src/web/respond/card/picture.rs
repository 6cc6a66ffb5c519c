//! The picture itself: `card.svg` filled in and drawn.

use askama::Template;

use crate::document::picture::draw;
use crate::typeface::{Lines, Room, Weight};
use crate::web::error::Failure;

/// What messengers ask for, in pixels.
pub const WIDTH: u32 = 1200;
/// See [`WIDTH`].
pub const HEIGHT: u32 = 630;

/// Pixels between the texts and the left and right edge.
const MARGIN: f32 = 72.0;
const INSIDE: f32 = 1200.0 - 2.0 * MARGIN;
/// The title and the school stand between these heights.
const TOP: f32 = 148.0;
const BOTTOM: f32 = 512.0;
/// Between title and school.
const GAP: f32 = 26.0;

/// What the picture says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    /// The round's title.
    pub title: String,
    /// The school.
    pub unit: String,
    /// Who asks.
    pub owner: String,
    /// How long it takes, that no names are asked, until when.
    pub facts: [String; 3],
}

/// A piece of text with its place: the baseline of its first line.
struct Block {
    lines: Lines,
    baseline: f32,
}

impl Block {
    fn at(lines: Lines, top: f32) -> Self {
        let baseline = top + (lines.size * 0.98).round();
        Self { lines, baseline }
    }

    /// Each line with its baseline.
    #[expect(clippy::cast_precision_loss, reason = "a few lines")]
    fn placed(&self) -> impl Iterator<Item = (&str, f32)> {
        let leading = self.lines.leading();
        self.lines.lines.iter().enumerate().map(move |(n, line)| (line.as_str(), self.baseline + leading * n as f32))
    }
}

#[derive(Template)]
#[template(path = "web/respond/card/card.svg")]
struct Drawing<'a> {
    owner: Block,
    title: Block,
    unit: Block,
    facts: Block,
    said: &'a Said,
}

impl Said {
    /// The drawing, which is also what tells one picture from another.
    ///
    /// # Errors
    /// The template failed.
    pub(super) fn svg(&self) -> Result<String, Failure> {
        let owner = Room { width: INSIDE - 84.0, lines: 2, weight: Weight::Medium }.fit(&self.owner, &[32.0, 28.0]);
        let unit = Room { width: INSIDE, lines: 2, weight: Weight::Medium }.fit(&self.unit, &[42.0, 36.0, 32.0]);
        // what the school leaves over is the title's
        let left = BOTTOM - TOP - GAP - unit.height();
        let title = title(&self.title, left);
        let top = TOP + (left - title.height()) / 2.0;
        let facts = Room { width: INSIDE, lines: 1, weight: Weight::Medium };
        let drawing = Drawing {
            owner: Block::at(owner.clone(), 96.0 - owner.height() / 2.0),
            unit: Block::at(unit, top + title.height() + GAP),
            title: Block::at(title, top),
            facts: Block::at(facts.fit(&self.facts.join(" · "), &[31.0, 28.0, 25.0, 22.0]), 560.0),
            said: self,
        };
        Ok(drawing.render()?)
    }
}

/// The title as large as the height allows.
fn title(text: &str, height: f32) -> Lines {
    let room = |lines| Room { width: INSIDE, lines, weight: Weight::Bold };
    let tries = [(2, 72.0), (2, 64.0), (3, 64.0), (3, 58.0), (4, 52.0), (4, 46.0)];
    let fitting = tries.into_iter().map(|(lines, size)| room(lines).fit(text, &[size]));
    fitting
        .filter(|lines| lines.height() <= height)
        .find(|lines| !lines.lines.last().is_some_and(|line| line.ends_with('…') && !text.ends_with('…')))
        .unwrap_or_else(|| room(4).fit(text, &[44.0]))
}

/// Draws it: PNG.
///
/// # Errors
/// The drawing is not SVG, or there is no memory for it.
pub(super) fn png(svg: &str) -> Result<Vec<u8>, Failure> {
    Ok(draw(svg, (WIDTH, HEIGHT))?)
}
