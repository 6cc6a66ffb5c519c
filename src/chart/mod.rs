//! Charts as SVG, drawn once: the same drawing stands in a page, in a file and, rasterised, in a picture.
//!
//! Colours are written into the drawing for readers of the file; on a page the classes let the style sheet put those of the
//! theme in their place. Lengths are in pixels at full size. A page shows a drawing twice, for phones and for desks, because
//! letters that shrink with the screen cannot be read.

mod diverging;
mod drawing;
mod ink;
mod intervals;
mod line;
mod stacked;

use std::fmt::Write;

use crate::typeface::{self, Weight};

pub use diverging::{Bar, Diverging};
pub use drawing::Drawing;
pub use ink::Ink;
pub use intervals::{Intervals, Point};
pub use line::{Line, Step};
pub use stacked::{MOST_PARTS, Stack, Stacked};

/// For whom a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breadth {
    /// A phone in the hand.
    Phone,
    /// A desk, paper and files.
    Desk,
}

impl Breadth {
    /// The full width, in pixels.
    pub fn width(self) -> f32 {
        match self {
            Self::Phone => 332.0,
            Self::Desk => 860.0,
        }
    }

    /// The size of letters.
    pub fn size(self) -> f32 {
        match self {
            Self::Phone => 14.0,
            Self::Desk => 15.0,
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Phone => "graph slim",
            Self::Desk => "graph wide",
        }
    }
}

/// Where a text stands from its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// It begins there.
    Start,
    /// Its middle is there.
    Middle,
    /// It ends there.
    End,
}

/// A drawing under way.
#[derive(Debug)]
pub struct Canvas {
    breadth: Breadth,
    body: String,
}

impl Canvas {
    /// An empty one.
    pub fn new(breadth: Breadth) -> Self {
        Self { breadth, body: String::new() }
    }

    /// A filled rectangle: left, top, width, height.
    pub fn rect(&mut self, (x, y, w, h): (f32, f32, f32, f32), ink: Ink) {
        self.element(format_args!("<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{w:.2}\" height=\"{h:.1}\""), "fill", ink);
    }

    /// A line between two points.
    pub fn line(&mut self, (x1, y1): (f32, f32), (x2, y2): (f32, f32), width: f32, ink: Ink) {
        self.element(
            format_args!("<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" stroke-width=\"{width}\""),
            "stroke",
            ink,
        );
    }

    /// A dot.
    pub fn dot(&mut self, (x, y): (f32, f32), radius: f32, ink: Ink) {
        self.element(format_args!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius}\""), "fill", ink);
    }

    /// One line of text on its base line.
    pub fn text(&mut self, (x, y): (f32, f32), anchor: Anchor, ink: Ink, weight: Weight, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let (class, hex) = (ink.class(), ink.hex());
        let bold = if weight == Weight::Bold { " font-weight=\"700\"" } else { "" };
        let text = escaped(text);
        // writing into a String does not fail
        let _ = write!(
            self.body,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" class=\"f{class}\" fill=\"{hex}\"{bold}>{text}</text>"
        );
    }

    /// A text in lines no wider than this, from the first base line on; returns the base line after the last.
    pub fn lines(&mut self, (x, y): (f32, f32), wide: f32, ink: Ink, weight: Weight, text: &str) -> f32 {
        let size = self.breadth.size();
        let mut base = y;
        for line in wrapped(text, wide, size, weight) {
            self.text((x, base), Anchor::Start, ink, weight, &line);
            base += size * 1.4;
        }
        base
    }

    fn element(&mut self, shape: std::fmt::Arguments<'_>, paint: &str, ink: Ink) {
        let (class, hex) = (ink.class(), ink.hex());
        let prefix = if paint == "fill" { 'f' } else { 'k' };
        let _ = write!(self.body, "{shape} class=\"{prefix}{class}\" {paint}=\"{hex}\"/>");
    }

    /// Done: this high, and called this.
    pub fn finish(self, height: f32, title: &str) -> Drawing {
        Drawing::new(self.breadth, height, self.body, title)
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A text in lines no wider than this, broken between words; a word that is wider stands alone.
fn wrapped(text: &str, wide: f32, size: f32, weight: Weight) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if typeface::width(&format!("{line} {word}"), size, weight) <= wide => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_wrote_is_text_in_a_drawing_and_nothing_else() {
        let mut canvas = Canvas::new(Breadth::Desk);
        canvas.text((0.0, 0.0), Anchor::Start, Ink::Text, Weight::Regular, "<script>&\"");
        let drawing = canvas.finish(10.0, "</title>");
        assert!(drawing.file().contains("&lt;script&gt;&amp;&quot;") && !drawing.inline().contains("<script"));
        assert_eq!(drawing.inline().matches("</title>").count(), 1);
    }

    #[test]
    fn a_file_shows_its_title_and_conditions_and_a_page_says_them_itself() {
        let mut canvas = Canvas::new(Breadth::Desk);
        canvas.text((0.0, 10.0), Anchor::Start, Ink::Text, Weight::Regular, "cột");
        let bare = canvas.finish(20.0, "Câu thấp nhất – Học kỳ 1");
        let long = "Đã loại khỏi số liệu, theo quy tắc: “Chọn cùng một mức cho mọi câu” 3. ".repeat(4);
        let drawing = bare.clone().footed(vec!["Số phiếu: 40.".to_owned(), long]);
        let file = drawing.file();
        let place = |said: &str| file.find(said).expect(said);
        assert!(
            place(">Câu thấp nhất – Học kỳ 1</text>") < place(">cột<") && place(">cột<") < place(">Số phiếu: 40.<")
        );
        assert!(file.matches("<text").count() >= 5, "long paragraphs have several lines: {file}");
        assert!(drawing.pixels().1 > bare.pixels().1 && bare.pixels().1 > 40);
        assert_eq!(drawing.inline(), bare.inline());
    }

    #[test]
    fn long_labels_break_between_words() {
        let lines = wrapped("Nhà vệ sinh của học sinh", 90.0, 14.0, Weight::Regular);
        assert!(lines.len() > 1);
        assert_eq!(lines.join(" "), "Nhà vệ sinh của học sinh");
    }
}
