//! A page: what stands where on it.

use super::qr::Qr;
use crate::typeface::{Lines, Room, Weight};

/// The width and height of A4 in points.
pub const A4: (f32, f32) = (595.28, 841.89);

/// The few colours that print well on any printer, in black and white, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    /// Texts.
    Dark,
    /// What matters less.
    Soft,
    /// The product's colour.
    Brand,
    /// A shade of it for backgrounds.
    Pale,
    /// On dark ground.
    White,
    /// Thin lines.
    Line,
}

impl Ink {
    /// Red, green, blue.
    pub(super) fn rgb(self) -> [u8; 3] {
        match self {
            Self::Dark => [0x14, 0x1f, 0x21],
            Self::Soft => [0x4a, 0x5a, 0x5c],
            Self::Brand => [0x0f, 0x5c, 0x63],
            Self::Pale => [0xe6, 0xf1, 0xf0],
            Self::White => [0xff, 0xff, 0xff],
            Self::Line => [0x9a, 0xa9, 0xaa],
        }
    }
}

/// What a text is for those who have the page read aloud.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// What the document is called.
    Title,
    /// The beginning of a part.
    Heading,
    /// A paragraph.
    Body,
    /// What is no part of the text, such as the number of the page.
    Aside,
}

/// On which side of its place a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Center,
    Right,
}

/// Lines that belong together.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Paragraph {
    pub(super) x: f32,
    /// The baseline of the first line.
    pub(super) y: f32,
    pub(super) lines: Vec<String>,
    pub(super) size: f32,
    pub(super) leading: f32,
    pub(super) weight: Weight,
    pub(super) align: Align,
    pub(super) ink: Ink,
    pub(super) role: Role,
}

/// Where something stands: left, top, width, height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area(pub(super) f32, pub(super) f32, pub(super) f32, pub(super) f32);

/// One thing on a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Mark {
    Text(Paragraph),
    Fill {
        area: Area,
        radius: f32,
        ink: Ink,
    },
    Frame {
        area: Area,
        radius: f32,
        ink: Ink,
        width: f32,
    },
    Line {
        from: (f32, f32),
        to: (f32, f32),
        ink: Ink,
        width: f32,
        dash: Option<f32>,
    },
    Qr {
        area: Area,
        qr: Qr,
    },
    /// The product's mark, 32 units wide and high.
    Logo {
        at: (f32, f32),
        scale: f32,
        ink: Ink,
    },
}

/// A page.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    pub(super) size: (f32, f32),
    pub(super) marks: Vec<Mark>,
}

/// How a text is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub(super) weight: Weight,
    pub(super) ink: Ink,
    pub(super) align: Align,
    pub(super) role: Role,
}

impl Style {
    pub(super) const BODY: Self =
        Self { weight: Weight::Regular, ink: Ink::Dark, align: Align::Left, role: Role::Body };

    pub(super) fn bold(self) -> Self {
        Self { weight: Weight::Bold, ..self }
    }

    pub(super) fn medium(self) -> Self {
        Self { weight: Weight::Medium, ..self }
    }

    pub(super) fn in_ink(self, ink: Ink) -> Self {
        Self { ink, ..self }
    }

    pub(super) fn to(self, align: Align) -> Self {
        Self { align, ..self }
    }

    pub(super) fn role(self, role: Role) -> Self {
        Self { role, ..self }
    }
}

impl Sheet {
    /// An empty page of this width and height.
    pub fn new(size: (f32, f32)) -> Self {
        Self { size, marks: Vec::new() }
    }

    /// A text in at most so many lines, at the largest of these sizes at which it fits; its top is at `y`. Says how tall it is.
    pub(super) fn text(&mut self, text: &str, at: (f32, f32), room: (f32, usize), sizes: &[f32], style: Style) -> f32 {
        let lines = Room { width: room.0, lines: room.1, weight: style.weight }.fit(text, sizes);
        self.lines(&lines, at, style)
    }

    /// A text in as many lines as it takes, each as long as there is room; its top is at `at`. Says how tall it is.
    pub(super) fn prose(&mut self, text: &str, at: (f32, f32), width: f32, size: f32, style: Style) -> f32 {
        let lines = Room { width, lines: usize::MAX, weight: style.weight }.filled(text, size);
        self.lines(&lines, at, style)
    }

    /// Lines whose top is at `at`; `at.0` is their left, middle or right, as they are aligned. Says how tall they are.
    pub(super) fn lines(&mut self, lines: &Lines, at: (f32, f32), style: Style) -> f32 {
        if lines.lines.is_empty() {
            return 0.0;
        }
        self.marks.push(Mark::Text(Paragraph {
            x: at.0,
            y: at.1 + lines.size * ASCENT,
            lines: lines.lines.clone(),
            size: lines.size,
            leading: lines.leading(),
            weight: style.weight,
            align: style.align,
            ink: style.ink,
            role: style.role,
        }));
        lines.height()
    }

    pub(super) fn fill(&mut self, area: Area, radius: f32, ink: Ink) {
        self.marks.push(Mark::Fill { area, radius, ink });
    }

    pub(super) fn frame(&mut self, area: Area, radius: f32, ink: Ink, width: f32) {
        self.marks.push(Mark::Frame { area, radius, ink, width });
    }

    pub(super) fn line(&mut self, from: (f32, f32), to: (f32, f32), ink: Ink, width: f32) {
        self.marks.push(Mark::Line { from, to, ink, width, dash: None });
    }

    /// Where to cut.
    pub(super) fn cut(&mut self, from: (f32, f32), to: (f32, f32)) {
        self.marks.push(Mark::Line { from, to, ink: Ink::Line, width: 0.6, dash: Some(4.0) });
    }

    /// Everything of another page, made smaller or larger, with its corner at `at`.
    pub(super) fn put(&mut self, other: &Sheet, at: (f32, f32), scale: f32) {
        self.marks.extend(other.marks.iter().map(|mark| mark.moved(at, scale)));
    }
}

/// From the top of a line to its baseline, in sizes: Vietnamese capitals carry two marks.
pub(super) const ASCENT: f32 = 0.98;

impl Mark {
    fn moved(&self, (dx, dy): (f32, f32), scale: f32) -> Self {
        let point = |(x, y): (f32, f32)| (dx + x * scale, dy + y * scale);
        let area = |Area(x, y, w, h): Area| {
            let (x, y) = point((x, y));
            Area(x, y, w * scale, h * scale)
        };
        match self.clone() {
            Self::Text(text) => {
                let (x, y) = point((text.x, text.y));
                Self::Text(Paragraph { x, y, size: text.size * scale, leading: text.leading * scale, ..text })
            }
            Self::Fill { area: at, radius, ink } => Self::Fill { area: area(at), radius: radius * scale, ink },
            Self::Frame { area: at, radius, ink, width } => {
                Self::Frame { area: area(at), radius: radius * scale, ink, width: width * scale }
            }
            Self::Line { from, to, ink, width, dash } => {
                Self::Line { from: point(from), to: point(to), ink, width: width * scale, dash }
            }
            Self::Qr { area: at, qr } => Self::Qr { area: area(at), qr },
            Self::Logo { at, scale: own, ink } => Self::Logo { at: point(at), scale: own * scale, ink },
        }
    }
}

#[cfg(test)]
impl Sheet {
    /// All texts, line by line.
    pub(super) fn said(&self) -> Vec<&str> {
        let texts = self.marks.iter().filter_map(|mark| if let Mark::Text(text) = mark { Some(text) } else { None });
        texts.flat_map(|text| text.lines.iter().map(String::as_str)).collect()
    }
}
