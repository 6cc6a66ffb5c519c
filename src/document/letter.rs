//! A letter to those who are asked.

use super::NotPrinted;
use super::qr::Qr;
use super::sheet::{A4, Align, Area, Ink, Mark, Role, Sheet, Style};

/// What it says.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Who writes.
    pub owner: String,
    /// Where the day is written.
    pub dated: String,
    /// What it is called.
    pub title: String,
    /// About what.
    pub subject: String,
    /// To whom.
    pub to: String,
    /// What it says.
    pub paragraphs: Vec<String>,
    /// How to get to the form.
    pub scan: String,
    /// The words before the address.
    pub or: String,
    /// What the QR holds.
    pub url: String,
    /// The last words, and who signs.
    pub ending: [String; 2],
}

const MARGIN: f32 = 68.0;
const INSIDE: f32 = A4.0 - 2.0 * MARGIN;
const MIDDLE: f32 = A4.0 / 2.0;
const QR: f32 = 128.0;

/// The letter on one page; a long one in smaller letters.
///
/// # Errors
/// The address is too long for a QR.
pub fn letter(letter: &Letter) -> Result<Sheet, NotPrinted> {
    let mut size = 12.5;
    loop {
        let (sheet, end) = set(letter, size)?;
        if end <= A4.1 - 48.0 || size <= 8.5 {
            return Ok(sheet);
        }
        size -= 0.5;
    }
}

fn set(letter: &Letter, size: f32) -> Result<(Sheet, f32), NotPrinted> {
    let mut sheet = Sheet::new(A4);
    let mut y = 56.0;
    sheet.marks.push(Mark::Logo { at: (MARGIN - 4.0, y - 4.0), scale: 1.0, ink: Ink::Brand });
    let owner = sheet.text(
        &letter.owner,
        (MARGIN + 38.0, y),
        (INSIDE * 0.6 - 38.0, 3),
        &[12.5, 11.5, 10.5],
        Style::BODY.bold(),
    );
    let dated = Style::BODY.in_ink(Ink::Soft).to(Align::Right);
    sheet.text(&letter.dated, (A4.0 - MARGIN, y), (INSIDE * 0.4, 1), &[11.5, 10.0, 9.0], dated);
    y += owner.max(30.0) + 22.0;
    let centered = Style::BODY.bold().to(Align::Center);
    y += sheet.text(
        &letter.title,
        (MIDDLE, y),
        (INSIDE, 2),
        &[20.0, 18.0],
        centered.in_ink(Ink::Brand).role(Role::Title),
    );
    y += sheet.text(&letter.subject, (MIDDLE, y + 2.0), (INSIDE, 3), &[13.0, 12.0, 11.0], centered) + 16.0;
    y += sheet.text(&letter.to, (MARGIN, y), (INSIDE, 2), &[size, size - 1.0], Style::BODY.medium()) + 6.0;
    for paragraph in &letter.paragraphs {
        y += sheet.prose(paragraph, (MARGIN, y), INSIDE, size, Style::BODY) + size * 0.5;
    }
    y += 8.0;
    sheet.frame(Area(MARGIN, y, INSIDE, QR + 16.0), 8.0, Ink::Brand, 1.2);
    sheet.marks.push(Mark::Qr { area: Area(MARGIN + 8.0, y + 8.0, QR, QR), qr: Qr::of(&letter.url)? });
    let (x, wide) = (MARGIN + QR + 28.0, INSIDE - QR - 40.0);
    let mut inner = y + 30.0;
    inner += sheet.text(&letter.scan, (x, inner), (wide, 2), &[15.0, 13.0], Style::BODY.bold()) + 8.0;
    inner += sheet.text(&letter.or, (x, inner), (wide, 1), &[11.0], Style::BODY.in_ink(Ink::Soft));
    sheet.text(
        &letter.url,
        (x, inner),
        (wide, 2),
        &[14.0, 12.0, 11.0, 10.0, 9.0],
        Style::BODY.bold().in_ink(Ink::Brand),
    );
    y += QR + 16.0 + 16.0;
    let x = MARGIN + INSIDE * 0.72;
    for line in &letter.ending {
        y += sheet.text(line, (x, y), (INSIDE * 0.5, 2), &[size, size - 1.0], Style::BODY.to(Align::Center)) + 3.0;
    }
    // room for a signature
    Ok((sheet, y + 40.0))
}
