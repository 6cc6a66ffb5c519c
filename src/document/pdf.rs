//! Sheets as a PDF: fonts embedded, texts readable for programs and for those who have them read aloud.

use std::collections::HashMap;
use std::num::NonZeroU16;

use krilla::color::rgb;
use krilla::configure::{ConfigurationBuilder, PdfVersion};
use krilla::geom::{Path, PathBuilder, Point};
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::paint::{Fill, LineCap, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag, Tag, TagGroup, TagTree};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Data, Document, SerializeSettings};

use super::NotPrinted;
use super::path::{Step, WAVE, dot, rectangle, waves};
use super::qr::{QUIET, Qr};
use super::sheet::{Align, Area, Ink, Mark, Paragraph, Role, Sheet};
use crate::typeface::{Face, Run, runs};

/// Makes a PDF of pages, one after the other: only one page is in memory besides the file.
///
/// # Errors
/// A page could not be laid out, or a font or a page cannot be written.
pub fn write(
    title: &str,
    lang: &str,
    sheets: impl IntoIterator<Item = Result<Sheet, NotPrinted>>,
) -> Result<Vec<u8>, NotPrinted> {
    // from 1.6 on krilla says that nothing about the tags is suspect, which poppler takes for a mistake and tells everybody
    let version = ConfigurationBuilder::new().with_version(PdfVersion::Pdf15).finish();
    let configuration = version.map_err(|error| NotPrinted(format!("{error:?}")))?;
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    document.set_metadata(
        Metadata::new().title(title.to_owned()).language(lang.to_owned()).creator("Lắng Nghe".to_owned()),
    );
    let mut press = Press::default();
    for sheet in sheets {
        let sheet = sheet?;
        let size = PageSettings::from_wh(sheet.size.0, sheet.size.1);
        let mut page = document.start_page_with(size.ok_or_else(|| NotPrinted("a page without a size".to_owned()))?);
        let mut surface = page.surface();
        for mark in &sheet.marks {
            press.draw(&mut surface, mark)?;
        }
        surface.finish();
        page.finish();
    }
    document.set_tag_tree(press.tags);
    document.finish().map_err(|error| NotPrinted(format!("{error:?}")))
}

/// What all pages share.
#[derive(Default)]
struct Press {
    fonts: HashMap<Face, Font>,
    tags: TagTree,
}

impl Press {
    fn font(&mut self, face: Face) -> Result<Font, NotPrinted> {
        if let Some(font) = self.fonts.get(&face) {
            return Ok(font.clone());
        }
        let font = Font::new(Data::from(face.bytes().to_vec()), 0);
        let font = font.ok_or_else(|| NotPrinted(format!("the font {face:?} cannot be read")))?;
        self.fonts.insert(face, font.clone());
        Ok(font)
    }

    fn draw(&mut self, surface: &mut Surface<'_>, mark: &Mark) -> Result<(), NotPrinted> {
        match mark {
            Mark::Text(text) => return self.text(surface, text),
            Mark::Qr { area, qr } => {
                let seen = surface.start_tagged(ContentTag::Other);
                code(surface, *area, qr);
                surface.end_tagged();
                self.tags.push(TagGroup::with_children(Tag::Figure(Some(qr.text.clone())), vec![seen.into()]));
                return Ok(());
            }
            Mark::Fill { .. } | Mark::Frame { .. } | Mark::Line { .. } | Mark::Logo { .. } => {}
        }
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
        ornament(surface, mark);
        surface.end_tagged();
        Ok(())
    }

    fn text(&mut self, surface: &mut Surface<'_>, text: &Paragraph) -> Result<(), NotPrinted> {
        let tag = match text.role {
            Role::Aside => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)),
            _ => ContentTag::Span(SpanTag::empty()),
        };
        let seen = surface.start_tagged(tag);
        surface.set_stroke(None);
        surface.set_fill(Some(fill(text.ink)));
        let mut y = text.y;
        for line in &text.lines {
            let runs = runs(line, text.weight);
            let width: f32 = runs.iter().map(Run::width).sum::<f32>() * text.size;
            let mut x = match text.align {
                Align::Left => text.x,
                Align::Center => text.x - width / 2.0,
                Align::Right => text.x - width,
            };
            for run in &runs {
                let font = self.font(run.face)?;
                surface.draw_glyphs(Point::from_xy(x, y), &glyphs(run), font, &run.text, text.size, false);
                x += run.width() * text.size;
            }
            y += text.leading;
        }
        surface.end_tagged();
        let level = |number| NonZeroU16::new(number).map(|level| Tag::Hn(level, None));
        let group = match text.role {
            Role::Aside => return Ok(()),
            Role::Title => level(1).map(|tag| TagGroup::with_children(tag, vec![seen.into()])),
            Role::Heading => level(2).map(|tag| TagGroup::with_children(tag, vec![seen.into()])),
            Role::Body => Some(TagGroup::with_children(Tag::P, vec![seen.into()])),
        };
        if let Some(group) = group {
            self.tags.push(group);
        }
        Ok(())
    }
}

fn glyphs(run: &Run) -> Vec<KrillaGlyph> {
    let glyph = |glyph: &crate::typeface::Glyph| {
        let (x, y) = glyph.offset;
        KrillaGlyph::new(GlyphId::new(glyph.id), glyph.advance, x, y, 0.0, glyph.bytes.clone(), None)
    };
    run.glyphs.iter().map(glyph).collect()
}

fn color(ink: Ink) -> rgb::Color {
    let [red, green, blue] = ink.rgb();
    rgb::Color::new(red, green, blue)
}

fn fill(ink: Ink) -> Fill {
    Fill { paint: color(ink).into(), ..Fill::default() }
}

fn path(steps: impl IntoIterator<Item = Step>) -> Option<Path> {
    let mut builder = PathBuilder::new();
    for step in steps {
        match step {
            Step::Move(x, y) => builder.move_to(x, y),
            Step::Line(x, y) => builder.line_to(x, y),
            Step::Curve([a, b, c, d, x, y]) => builder.cubic_to(a, b, c, d, x, y),
            Step::Close => builder.close(),
        }
    }
    builder.finish()
}

/// Something drawn with lines.
fn stroked(surface: &mut Surface<'_>, steps: Vec<Step>, ink: Ink, width: f32, dash: Option<f32>) {
    let Some(path) = path(steps) else { return };
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke {
        paint: color(ink).into(),
        width,
        line_cap: if dash.is_none() { LineCap::Round } else { LineCap::Butt },
        dash: dash.map(|length| StrokeDash { array: vec![length, length], offset: 0.0 }),
        ..Stroke::default()
    }));
    surface.draw_path(&path);
}

fn filled(surface: &mut Surface<'_>, steps: impl IntoIterator<Item = Step>, ink: Ink) {
    let Some(path) = path(steps) else { return };
    surface.set_stroke(None);
    surface.set_fill(Some(fill(ink)));
    surface.draw_path(&path);
}

fn ornament(surface: &mut Surface<'_>, mark: &Mark) {
    match mark {
        Mark::Fill { area, radius, ink } => filled(surface, rectangle(*area, *radius), *ink),
        Mark::Frame { area, radius, ink, width } => stroked(surface, rectangle(*area, *radius), *ink, *width, None),
        Mark::Line { from, to, ink, width, dash } => {
            stroked(surface, vec![Step::Move(from.0, from.1), Step::Line(to.0, to.1)], *ink, *width, *dash);
        }
        Mark::Logo { at, scale, ink } => {
            filled(surface, dot(*at, *scale), *ink);
            waves(*at, *scale).into_iter().for_each(|wave| stroked(surface, wave, *ink, WAVE * scale, None));
        }
        Mark::Text(_) | Mark::Qr { .. } => {}
    }
}

/// A QR with the white around it that cameras need.
fn code(surface: &mut Surface<'_>, Area(x, y, side, _): Area, qr: &Qr) {
    filled(surface, rectangle(Area(x, y, side, side), 0.0), Ink::White);
    let module = side / small(qr.width + 2 * QUIET);
    let bar = |(column, row, n): (usize, usize, usize)| {
        rectangle(
            Area(x + module * small(column + QUIET), y + module * small(row + QUIET), module * small(n), module),
            0.0,
        )
    };
    filled(surface, qr.bars().into_iter().flat_map(bar), Ink::Dark);
}

/// A small number of things.
pub(super) fn small(n: usize) -> f32 {
    f32::from(u16::try_from(n).unwrap_or(u16::MAX))
}
