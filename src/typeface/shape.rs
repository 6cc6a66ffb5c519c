//! From a line of text to glyphs with their places.

use std::ops::Range;
use std::sync::LazyLock;

use harfrust::{ShapeOptions, ShaperData, UnicodeBuffer};
use skrifa::{FontRef, MetadataProvider};
use unicode_segmentation::UnicodeSegmentation;

use super::{Face, Weight};

/// One glyph; lengths are in thousandths of an em, divided by a thousand: multiply them by the size.
#[derive(Debug, Clone, PartialEq)]
pub struct Glyph {
    /// Its number in the font.
    pub id: u32,
    /// Which bytes of the run's text it stands for.
    pub bytes: Range<usize>,
    /// How far the next one stands.
    pub advance: f32,
    /// Where it stands beside its place.
    pub offset: (f32, f32),
}

/// Glyphs of one font that follow one another.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// The font.
    pub face: Face,
    /// The text that they stand for.
    pub text: String,
    /// In the order of the line.
    pub glyphs: Vec<Glyph>,
}

impl Run {
    /// How wide it is, as [`Glyph`] says.
    pub fn width(&self) -> f32 {
        self.glyphs.iter().map(|glyph| glyph.advance).sum()
    }
}

/// A font, read once.
struct Shaping {
    font: FontRef<'static>,
    data: ShaperData,
    em: f32,
}

impl Shaping {
    fn of(face: Face) -> Option<Self> {
        let font = FontRef::new(face.bytes()).ok()?;
        let em = f32::from(
            font.metrics(skrifa::instance::Size::unscaled(), skrifa::instance::LocationRef::default()).units_per_em,
        );
        Some(Self { data: ShaperData::new(&font), font, em })
    }

    fn has(&self, cluster: &str) -> bool {
        let map = self.font.charmap();
        cluster.chars().all(|letter| map.map(letter).is_some())
    }

    fn shape(&self, face: Face, text: String) -> Run {
        let shaper = self.data.shaper(&self.font).build();
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&text);
        buffer.guess_segment_properties();
        let shaped = shaper.shape(buffer, ShapeOptions::default());
        let mut starts: Vec<usize> =
            shaped.glyph_infos().iter().filter_map(|info| usize::try_from(info.cluster).ok()).collect();
        starts.push(text.len());
        starts.sort_unstable();
        let glyphs = shaped.glyph_infos().iter().zip(shaped.glyph_positions()).map(|(info, place)| {
            let start = usize::try_from(info.cluster).unwrap_or(0);
            let end = starts.iter().copied().find(|end| *end > start).unwrap_or(text.len());
            let part = |units: i32| f64_to_f32(f64::from(units)) / self.em;
            Glyph {
                id: info.glyph_id,
                bytes: start..end,
                advance: part(place.x_advance),
                offset: (part(place.x_offset), part(place.y_offset)),
            }
        });
        Run { face, glyphs: glyphs.collect(), text }
    }
}

/// Distances within a font are small whole numbers, which both types hold exactly.
#[expect(clippy::cast_possible_truncation, reason = "see above")]
fn f64_to_f32(number: f64) -> f32 {
    number as f32
}

/// In the order of [`place`].
static SHAPINGS: LazyLock<[Option<Shaping>; 6]> = LazyLock::new(|| {
    use Weight::{Bold, Medium, Regular};
    [
        Face::Own(Regular),
        Face::Own(Medium),
        Face::Own(Bold),
        Face::Fallback(Regular),
        Face::Fallback(Medium),
        Face::Fallback(Bold),
    ]
    .map(Shaping::of)
});

fn shaping(face: Face) -> Option<&'static Shaping> {
    let weight = |weight| match weight {
        Weight::Regular => 0,
        Weight::Medium => 1,
        Weight::Bold => 2,
    };
    let place = match face {
        Face::Own(own) => weight(own),
        Face::Fallback(own) => 3 + weight(own),
    };
    SHAPINGS.get(place)?.as_ref()
}

/// The glyphs of a line. What no font has is left out: a box would say no more.
pub fn runs(line: &str, weight: Weight) -> Vec<Run> {
    let faces = [Face::Own(weight), Face::Fallback(weight)];
    let mut parts: Vec<(Face, String)> = Vec::new();
    for cluster in line.graphemes(true) {
        let Some(face) = faces.into_iter().find(|face| shaping(*face).is_some_and(|font| font.has(cluster))) else {
            continue;
        };
        match parts.last_mut() {
            Some((last, text)) if *last == face => text.push_str(cluster),
            _ => parts.push((face, cluster.to_owned())),
        }
    }
    parts.into_iter().filter_map(|(face, text)| Some(shaping(face)?.shape(face, text))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_keeps_its_font_and_borrows_only_the_letters_that_it_lacks() {
        let runs = runs("Trường Ea Kŭt", Weight::Regular);
        let faces: Vec<(Face, &str)> = runs.iter().map(|run| (run.face, run.text.as_str())).collect();
        let own = Face::Own(Weight::Regular);
        assert_eq!(faces, [(own, "Trường Ea K"), (Face::Fallback(Weight::Regular), "ŭ"), (own, "t")]);
    }

    #[test]
    fn every_glyph_knows_the_letters_that_it_stands_for() {
        let run = &runs("Nguyễn Thị Ổn", Weight::Bold)[0];
        let text: String = run.glyphs.iter().map(|glyph| &run.text[glyph.bytes.clone()]).collect();
        assert_eq!(text, run.text);
        assert!(run.width() > 5.0 && run.width() < 8.5, "{}", run.width());
    }
}
