//! Sheets of one-time codes, to be cut.

use super::NotPrinted;
use super::qr::Qr;
use super::sheet::{A4, Align, Area, Ink, Mark, Role, Sheet, Style};

/// One slip.
#[derive(Debug, Clone)]
pub struct Slip {
    /// What the round is called.
    pub title: String,
    /// Who asks.
    pub owner: String,
    /// The school.
    pub unit: String,
    /// The class, where the slips are for one.
    pub class: Option<String>,
    /// The code, in groups.
    pub groups: Vec<String>,
    /// What the QR holds: the address with the code.
    pub qr: String,
    /// How to use it, until when.
    pub how: String,
    /// That nobody knows which code sent which form.
    pub unlinked: String,
}

const COLUMNS: usize = 2;
const ROWS: usize = 5;
const SLIP: (f32, f32) = (A4.0 / 2.0, A4.1 / 5.0);
const EDGE: f32 = 20.0;

/// The pages of the slips of one school or class, in the order in which they come. Others begin on a page of their own, so that
/// nobody has to sort.
///
/// # Errors
/// An address is too long for a QR.
pub fn slips(slips: &[Slip]) -> impl Iterator<Item = Result<Sheet, NotPrinted>> {
    slips.chunks(COLUMNS * ROWS).map(page)
}

fn page(slips: &[Slip]) -> Result<Sheet, NotPrinted> {
    let mut sheet = Sheet::new(A4);
    for (slip, n) in slips.iter().zip(0..) {
        let (column, row) = (super::pdf::small(n % COLUMNS), super::pdf::small(n / COLUMNS));
        draw(&mut sheet, slip, (column * SLIP.0, row * SLIP.1))?;
    }
    for row in 1..ROWS {
        let y = SLIP.1 * super::pdf::small(row);
        sheet.cut((0.0, y), (A4.0, y));
    }
    sheet.cut((SLIP.0, 0.0), (SLIP.0, A4.1));
    Ok(sheet)
}

fn draw(sheet: &mut Sheet, slip: &Slip, (left, top): (f32, f32)) -> Result<(), NotPrinted> {
    const QR: f32 = 96.0;
    let (x, wide) = (left + EDGE, SLIP.0 - 2.0 * EDGE);
    let mut y = top + 14.0;
    y += sheet.text(&slip.title, (x, y), (wide, 1), &[11.0, 10.0, 9.0], Style::BODY.bold().role(Role::Heading));
    let place = [Some(slip.unit.clone()), slip.class.clone()].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    y += sheet.text(&place, (x, y), (wide, 1), &[9.5, 8.5, 7.5], Style::BODY.medium()) + 2.0;
    sheet.marks.push(Mark::Qr { area: Area(x - 6.0, y, QR, QR), qr: Qr::of(&slip.qr)? });
    let (inner, room) = (x + QR, wide - QR);
    let mut line = y + 8.0;
    sheet.fill(Area(inner, line, room, 28.0), 5.0, Ink::Pale);
    let code = Style::BODY.bold().in_ink(Ink::Brand).to(Align::Center);
    sheet.text(&slip.groups.join(" "), (inner + room / 2.0, line + 4.5), (room - 6.0, 1), &[15.5, 14.0, 12.0], code);
    line += 32.0;
    line += sheet.text(&slip.how, (inner, line), (room, 4), &[8.5, 8.0, 7.5], Style::BODY);
    sheet.text(&slip.unlinked, (inner, line), (room, 2), &[7.5, 7.0], Style::BODY.in_ink(Ink::Soft));
    sheet.text(&slip.owner, (x, y + QR), (wide, 1), &[8.0, 7.0], Style::BODY.in_ink(Ink::Soft));
    Ok(())
}
