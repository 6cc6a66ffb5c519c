//! A poster with a QR: one school through one channel.

use super::NotPrinted;
use super::qr::Qr;
use super::sheet::{A4, Align, Area, Ink, Role, Sheet, Style};

/// What a poster says.
#[derive(Debug, Clone)]
pub struct Poster {
    /// Who asks.
    pub owner: String,
    /// What it is about, in large letters.
    pub title: String,
    /// The school, where the title does not name it.
    pub unit: Option<String>,
    /// Why.
    pub lead: String,
    /// What the QR holds, and what can be typed instead.
    pub url: String,
    /// The code at the end of the address, sign by sign.
    pub code: String,
    /// How to scan it.
    pub scan: String,
    /// The words before the address.
    pub or: String,
    /// That a slip with a code is needed besides.
    pub slip: Option<String>,
    /// Three promises: a word or two, and a sentence.
    pub promises: [(String, String); 3],
    /// The words before the moment of closing, and the moment.
    pub until: (String, String),
    /// Whom to ask, and what nobody will ever ask for.
    pub contact: String,
    /// Which channel and code this poster is for, for whoever hands it out.
    pub foot: String,
}

const MARGIN: f32 = 48.0;
const INSIDE: f32 = A4.0 - 2.0 * MARGIN;
const MIDDLE: f32 = A4.0 / 2.0;
/// Where what stands below the QR begins.
const BELOW: f32 = 482.0;
/// The QR is never smaller (some 5 cm, 3.7 cm on A5), nor larger than this.
const QR: (f32, f32) = (150.0, 262.0);

const CENTERED: Style = Style { align: Align::Center, ..Style::BODY };

/// A poster on a whole A4 page.
///
/// # Errors
/// The address is too long for a QR.
pub fn a4(poster: &Poster) -> Result<Sheet, NotPrinted> {
    let mut sheet = Sheet::new(A4);
    let band = head(&mut sheet, poster);
    let lead = sheet.text(&poster.lead, (MIDDLE, band + 14.0), (INSIDE, 3), &[16.0, 15.0, 14.0], CENTERED);
    let top = band + 14.0 + lead + 8.0;
    let side = (BELOW - top).clamp(QR.0, QR.1);
    let top = top + ((BELOW - top - side) / 2.0).max(0.0);
    let area = Area(MIDDLE - side / 2.0, top, side, side);
    sheet.frame(area, 10.0, Ink::Brand, 2.0);
    sheet.marks.push(super::sheet::Mark::Qr { area: inset(area, 4.0), qr: Qr::of(&poster.url)? });
    address(&mut sheet, poster);
    promises(&mut sheet, poster);
    until(&mut sheet, poster);
    Ok(sheet)
}

/// Two equal A5 posters on an A4 page that lies on its side, with marks where to cut.
///
/// # Errors
/// The address is too long for a QR.
pub fn two_on_a4(poster: &Poster) -> Result<Sheet, NotPrinted> {
    let whole = a4(poster)?;
    let (width, height) = (A4.1, A4.0);
    let mut sheet = Sheet::new((width, height));
    let half = width / 2.0;
    let scale = half / A4.0;
    sheet.put(&whole, (0.0, 0.0), scale);
    sheet.put(&whole, (half, 0.0), scale);
    sheet.cut((half, 0.0), (half, height));
    for end in [0.0, height - 14.0] {
        sheet.line((half, end), (half, end + 14.0), Ink::Dark, 1.2);
    }
    Ok(sheet)
}

fn inset(Area(x, y, w, h): Area, by: f32) -> Area {
    Area(x + by, y + by, w - 2.0 * by, h - 2.0 * by)
}

/// Who asks and what, on the product's colour; says where it ends.
fn head(sheet: &mut Sheet, poster: &Poster) -> f32 {
    let white = Style::BODY.in_ink(Ink::White);
    // the ground is drawn first and its height is known last
    let ground = sheet.marks.len();
    sheet.fill(Area(0.0, 0.0, A4.0, 0.0), 0.0, Ink::Brand);
    sheet.marks.push(super::sheet::Mark::Logo { at: (MARGIN - 4.0, 30.0), scale: 1.2, ink: Ink::White });
    sheet.text(&poster.owner, (MARGIN + 44.0, 30.0), (INSIDE - 44.0, 2), &[16.0, 14.5, 13.0], white.medium());
    let title = white.bold().role(Role::Title);
    let mut y = 80.0;
    y += sheet.text(&poster.title, (MARGIN, y), (INSIDE, 3), &[40.0, 36.0, 32.0, 28.0, 24.0], title);
    if let Some(unit) = &poster.unit {
        y += 4.0 + sheet.text(unit, (MARGIN, y + 4.0), (INSIDE, 2), &[20.0, 18.0, 16.0], white.medium());
    }
    let band = y + 16.0;
    if let Some(super::sheet::Mark::Fill { area, .. }) = sheet.marks.get_mut(ground) {
        area.3 = band;
    }
    band
}

/// How to scan, and what to type instead.
fn address(sheet: &mut Sheet, poster: &Poster) {
    let mut y = BELOW + 4.0;
    y += sheet.text(&poster.scan, (MIDDLE, y), (INSIDE, 1), &[19.0, 17.0, 15.0, 13.0], CENTERED.bold());
    if let Some(slip) = &poster.slip {
        y += sheet.text(slip, (MIDDLE, y), (INSIDE, 1), &[14.0, 12.0, 11.0], CENTERED.bold().in_ink(Ink::Brand));
    }
    let line = format!("{} {}", poster.or, poster.url);
    sheet.text(&line, (MIDDLE, y), (INSIDE, 1), &[16.0, 14.5, 13.0, 12.0, 11.0, 10.0], CENTERED.medium());
    letters(sheet, &poster.code, 556.0);
}

/// The code, each sign in its own box, so that nobody mistakes one for another.
fn letters(sheet: &mut Sheet, code: &str, top: f32) {
    const BOX: (f32, f32, f32) = (38.0, 44.0, 8.0);
    let all = super::pdf::small(code.chars().count()) * (BOX.0 + BOX.2) - BOX.2;
    let mut x = MIDDLE - all / 2.0;
    for letter in code.chars() {
        sheet.fill(Area(x, top, BOX.0, BOX.1), 6.0, Ink::Pale);
        sheet.frame(Area(x, top, BOX.0, BOX.1), 6.0, Ink::Brand, 1.0);
        let at = (x + BOX.0 / 2.0, top + 4.0);
        sheet.text(&letter.to_string(), at, (BOX.0, 1), &[28.0], CENTERED.bold().in_ink(Ink::Brand));
        x += BOX.0 + BOX.2;
    }
}

fn promises(sheet: &mut Sheet, poster: &Poster) {
    let column = INSIDE / 3.0;
    for ((word, sentence), n) in poster.promises.iter().zip(0..) {
        let x = MARGIN + column * (super::pdf::small(n) + 0.5);
        sheet.text(word, (x, 612.0), (column - 12.0, 1), &[16.0, 14.0, 12.0], CENTERED.bold());
        sheet.text(sentence, (x, 633.0), (column - 12.0, 3), &[12.0, 11.0], CENTERED.in_ink(Ink::Soft));
    }
}

/// Until when, whom to ask, and what the poster is.
fn until(sheet: &mut Sheet, poster: &Poster) {
    sheet.fill(Area(0.0, 684.0, A4.0, 50.0), 0.0, Ink::Pale);
    let line = format!("{} {}", poster.until.0, poster.until.1);
    let style = CENTERED.bold().in_ink(Ink::Brand);
    sheet.text(&line, (MIDDLE, 694.0), (INSIDE, 1), &[24.0, 22.0, 20.0, 18.0, 16.0], style);
    sheet.text(&poster.contact, (MIDDLE, 744.0), (INSIDE, 3), &[13.0, 12.0, 11.0], CENTERED);
    sheet.text(&poster.foot, (MIDDLE, 800.0), (INSIDE, 1), &[11.0, 10.0], CENTERED.medium().in_ink(Ink::Soft));
}
