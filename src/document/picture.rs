//! A sheet as a picture, for messengers.

use std::fmt::Write;
use std::sync::{Arc, LazyLock};

use askama::filters::{Escaper, Html};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use super::NotPrinted;
use super::path::{Step, WAVE, dot, rectangle, waves};
use super::pdf::small;
use super::qr::QUIET;
use super::sheet::{Align, Area, Ink, Mark, Paragraph, Sheet};
use crate::typeface::{Face, Weight};

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    Face::files().into_iter().for_each(|bytes| fonts.load_font_data(bytes.to_vec()));
    Arc::new(fonts)
});

/// Draws a drawing of this width and height with the program's own letters: PNG.
///
/// # Errors
/// The drawing is not SVG, or there is no memory for it.
pub fn draw(svg: &str, (width, height): (u32, u32)) -> Result<Vec<u8>, NotPrinted> {
    let failed = |why: &dyn std::fmt::Display| NotPrinted(format!("picture: {why}"));
    let options = Options { fontdb: FONTS.clone(), ..Options::default() };
    let tree = Tree::from_str(svg, &options).map_err(|error| failed(&error))?;
    let mut pixels = Pixmap::new(width, height).ok_or_else(|| failed(&"no memory"))?;
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| failed(&error))
}

/// A sheet as a PNG so many pixels wide.
///
/// # Errors
/// There is no memory for it.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a few thousand pixels"
)]
pub fn png(sheet: &Sheet, width: u32) -> Result<Vec<u8>, NotPrinted> {
    let height = (width as f32 * sheet.size.1 / sheet.size.0).round() as u32;
    draw(&svg(sheet, width, height).map_err(|error| NotPrinted(error.to_string()))?, (width, height))
}

fn svg(sheet: &Sheet, width: u32, height: u32) -> Result<String, std::fmt::Error> {
    let (w, h) = sheet.size;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {w} {h}\" \
         font-family=\"Be Vietnam Pro\"><rect width=\"{w}\" height=\"{h}\" fill=\"#fff\"/>"
    );
    for mark in &sheet.marks {
        draw_mark(&mut out, mark)?;
    }
    out.push_str("</svg>");
    Ok(out)
}

fn hex(ink: Ink) -> String {
    let [red, green, blue] = ink.rgb();
    format!("#{red:02x}{green:02x}{blue:02x}")
}

fn steps(path: &[Step]) -> String {
    let step = |step: &Step| match step {
        Step::Move(x, y) => format!("M{x} {y}"),
        Step::Line(x, y) => format!("L{x} {y}"),
        Step::Curve([a, b, c, d, x, y]) => format!("C{a} {b} {c} {d} {x} {y}"),
        Step::Close => "Z".to_owned(),
    };
    path.iter().map(step).collect()
}

fn filled(out: &mut String, path: &[Step], ink: Ink) -> std::fmt::Result {
    write!(out, "<path d=\"{}\" fill=\"{}\"/>", steps(path), hex(ink))
}

fn stroked(out: &mut String, path: &[Step], ink: Ink, width: f32) -> std::fmt::Result {
    write!(
        out,
        "<path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{width}\" stroke-linecap=\"round\"/>",
        steps(path),
        hex(ink)
    )
}

fn draw_mark(out: &mut String, mark: &Mark) -> std::fmt::Result {
    match mark {
        Mark::Text(paragraph) => text(out, paragraph),
        Mark::Fill { area, radius, ink } => filled(out, &rectangle(*area, *radius), *ink),
        Mark::Frame { area, radius, ink, width } => stroked(out, &rectangle(*area, *radius), *ink, *width),
        Mark::Line { from, to, ink, width, .. } => {
            stroked(out, &[Step::Move(from.0, from.1), Step::Line(to.0, to.1)], *ink, *width)
        }
        Mark::Logo { at, scale, ink } => {
            filled(out, &dot(*at, *scale), *ink)?;
            waves(*at, *scale).iter().try_for_each(|wave| stroked(out, wave, *ink, WAVE * scale))
        }
        Mark::Qr { area: Area(x, y, side, _), qr } => {
            filled(out, &rectangle(Area(*x, *y, *side, *side), 0.0), Ink::White)?;
            let module = side / small(qr.width + 2 * QUIET);
            let bar = |(column, row, n): (usize, usize, usize)| {
                let (left, top) = (x + module * small(column + QUIET), y + module * small(row + QUIET));
                rectangle(Area(left, top, module * small(n), module), 0.0)
            };
            filled(out, &qr.bars().into_iter().flat_map(bar).collect::<Vec<_>>(), Ink::Dark)
        }
    }
}

fn text(out: &mut String, text: &Paragraph) -> std::fmt::Result {
    let weight = match text.weight {
        Weight::Regular => 400,
        Weight::Medium => 500,
        Weight::Bold => 700,
    };
    let anchor = match text.align {
        Align::Left => "start",
        Align::Center => "middle",
        Align::Right => "end",
    };
    for (line, n) in text.lines.iter().zip(0..) {
        let y = text.y + text.leading * small(n);
        write!(
            out,
            "<text x=\"{}\" y=\"{y}\" font-size=\"{}\" font-weight=\"{weight}\" text-anchor=\"{anchor}\" fill=\"{}\">",
            text.x,
            text.size,
            hex(text.ink)
        )?;
        Html.write_escaped_str(&mut *out, line)?;
        out.push_str("</text>");
    }
    Ok(())
}
