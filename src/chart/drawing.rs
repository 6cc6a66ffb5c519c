//! A drawing that is done: in a page as it is, as a file with its title above it and its conditions below.

use super::{Anchor, Breadth, Canvas, Ink, escaped, wrapped};
use crate::typeface::Weight;

/// The size of letters below a drawing that left its page.
const SMALL: f32 = 12.0;
/// White around a drawing that left its page.
const MARGIN: f32 = 12.0;

/// A drawing that is done.
#[derive(Debug, Clone)]
pub struct Drawing {
    breadth: Breadth,
    height: f32,
    body: String,
    title: String,
    told: String,
    foot: Vec<String>,
}

/// A drawing with what stands around it where no page does.
struct Sheet {
    width: f32,
    height: f32,
    body: String,
}

impl Drawing {
    pub(super) fn new(breadth: Breadth, height: f32, body: String, title: &str) -> Self {
        Self { breadth, height, body, title: title.to_owned(), told: String::new(), foot: Vec::new() }
    }

    /// With what it says in words, line by line, for whoever has the file and cannot see it.
    #[must_use]
    pub fn told(self, lines: impl Iterator<Item = String>) -> Self {
        Self { told: lines.collect::<Vec<_>>().join("; "), ..self }
    }

    /// With the conditions under which it holds, paragraph by paragraph: a file shows them below the drawing, a page says them
    /// itself.
    #[must_use]
    pub fn footed(self, foot: Vec<String>) -> Self {
        Self { foot, ..self }
    }

    /// As part of a page. The table beside it says the same to whoever cannot see it.
    pub fn inline(&self) -> String {
        let view = (0.0, self.breadth.width(), self.height);
        self.svg(&format!("class=\"{}\" role=\"img\"", self.breadth.class()), view, &self.body)
    }

    /// As a file of its own, on white: what it says for whoever cannot see it, its title, the drawing, and its conditions.
    pub fn file(&self) -> String {
        let Sheet { width, height, body } = self.sheet();
        let ground = format!("<rect x=\"-{MARGIN}\" y=\"-{MARGIN}\" width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>");
        let body = format!("<desc>{}</desc>{ground}{body}", escaped(&self.told));
        self.svg("xmlns=\"http://www.w3.org/2000/svg\"", (-MARGIN, width, height), &body)
    }

    fn sheet(&self) -> Sheet {
        let (size, wide) = (self.breadth.size(), self.breadth.width());
        let (mut head, mut foot) = (Canvas::new(self.breadth), Canvas::new(self.breadth));
        let next = head.lines((0.0, size * 1.1), wide, Ink::Text, Weight::Bold, &self.title);
        let top = if self.title.is_empty() { 0.0 } else { next - size * 0.3 };
        let mut bottom = top + self.height;
        for line in self.foot.iter().flat_map(|text| wrapped(text, wide, SMALL, Weight::Regular)) {
            bottom += SMALL * 1.45;
            foot.text((0.0, bottom), Anchor::Start, Ink::Soft, Weight::Regular, &line);
        }
        let (head, body, foot) = (head.body, &self.body, foot.body);
        Sheet {
            width: wide + 2.0 * MARGIN,
            height: bottom + 2.0 * MARGIN,
            body: format!("{head}<g transform=\"translate(0 {top:.1})\">{body}</g><g font-size=\"{SMALL}\">{foot}</g>"),
        }
    }

    /// Its size as a picture of twice the density, in pixels.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few thousand pixels, above zero")]
    pub fn pixels(&self) -> (u32, u32) {
        let Sheet { width, height, .. } = self.sheet();
        ((width * 2.0) as u32, (height * 2.0) as u32)
    }

    /// The file, drawn at that size.
    pub fn dense(&self) -> String {
        let (w, h) = self.pixels();
        self.file().replacen("<svg ", &format!("<svg width=\"{w}\" height=\"{h}\" "), 1)
    }

    /// `view`: where it begins on both axes, how wide and how high it is.
    fn svg(&self, attributes: &str, (from, w, h): (f32, f32, f32), body: &str) -> String {
        let (size, title) = (self.breadth.size(), escaped(&self.title));
        format!(
            "<svg {attributes} viewBox=\"{from} {from} {w} {h:.0}\" font-family=\"Be Vietnam Pro, system-ui, sans-serif\" \
             font-size=\"{size}\"><title>{title}</title>{body}</svg>"
        )
    }
}
