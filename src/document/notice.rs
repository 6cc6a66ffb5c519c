//! The letter to parents before their children are asked, on as many pages as it takes.

use super::NotPrinted;
use super::block::{Atom, Block, Flow};
use super::qr::Qr;
use super::questions::wrapped;
use super::sheet::{A4, Align, Area, Ink, Mark, Role, Sheet, Style};
use crate::typeface::Lines;

/// What it says.
#[derive(Debug, Clone)]
pub struct Notice {
    /// Who asks.
    pub owner: String,
    /// Where the day is written.
    pub dated: String,
    /// What it is called.
    pub title: String,
    /// The school.
    pub unit: String,
    /// The letter as it is read, a paragraph a line.
    pub text: String,
    /// What the QR is for.
    pub scan: String,
    /// The words before the address.
    pub or: String,
    /// What the QR holds: where the same letter stands.
    pub url: String,
    /// The round, at the foot of each page.
    pub foot: String,
}

const MARGIN: f32 = 64.0;
const INSIDE: f32 = A4.0 - 2.0 * MARGIN;
const TOP: f32 = 56.0;
const BOTTOM: f32 = A4.1 - 58.0;
const QR: f32 = 108.0;
/// Sizes at which a letter is tried on one page, and the size of one that needs more.
const SIZES: [f32; 5] = [12.5, 12.0, 11.5, 11.0, 10.5];
const LONG: f32 = 11.5;
/// A paragraph of more lines than this may be torn, after so many.
const WHOLE: usize = 12;
const PART: usize = 6;

/// The pages of the letter: one if that is possible in letters that can be read.
///
/// # Errors
/// The address is too long for a QR.
pub fn notice(notice: &Notice) -> Result<Vec<Sheet>, NotPrinted> {
    for size in SIZES {
        let sheets = set(notice, size)?;
        if sheets.len() == 1 {
            return Ok(sheets);
        }
    }
    set(notice, LONG)
}

fn set(notice: &Notice, size: f32) -> Result<Vec<Sheet>, NotPrinted> {
    let mut first = Sheet::new(A4);
    let y = head(&mut first, notice);
    let mut flow = Flow::after(first, y, MARGIN, (INSIDE, 0.0), (TOP, BOTTOM));
    let mut blocks: Vec<Block> = notice.text.lines().map(|line| paragraph(line, size)).collect();
    blocks.push(Block { atoms: vec![way(notice)?], is_wide: true, ..Block::default() });
    flow.put(blocks);
    let mut sheets = flow.sheets;
    let pages = sheets.len();
    sheets.iter_mut().zip(1..).for_each(|(sheet, page)| foot(sheet, notice, page, pages));
    Ok(sheets)
}

/// Who writes to the parents of which school; says where it ends.
fn head(sheet: &mut Sheet, notice: &Notice) -> f32 {
    let bold = Style::BODY.bold();
    sheet.marks.push(Mark::Logo { at: (MARGIN - 4.0, TOP - 6.0), scale: 1.0, ink: Ink::Brand });
    let (x, wide) = (MARGIN + 38.0, INSIDE * 0.62 - 38.0);
    let owner = sheet.text(&notice.owner, (x, TOP - 2.0), (wide, 3), &[12.5, 11.5, 10.5], bold);
    let dated = Style::BODY.in_ink(Ink::Soft).to(Align::Right);
    sheet.text(&notice.dated, (A4.0 - MARGIN, TOP - 2.0), (INSIDE * 0.38, 1), &[11.0, 10.0, 9.0], dated);
    let mut y = TOP + owner.max(28.0) + 16.0;
    let title = bold.to(Align::Center).in_ink(Ink::Brand).role(Role::Title);
    y += sheet.text(&notice.title, (A4.0 / 2.0, y), (INSIDE, 2), &[19.0, 17.0], title) + 2.0;
    let unit = Style::BODY.medium().to(Align::Center);
    y += sheet.text(&notice.unit, (A4.0 / 2.0, y), (INSIDE, 2), &[13.0, 12.0, 11.0, 10.0], unit);
    y + 14.0
}

/// A paragraph; an empty line is a small space.
fn paragraph(text: &str, size: f32) -> Block {
    let lines = wrapped(text.trim(), INSIDE, size, Style::BODY.weight);
    let many = lines.lines.len();
    if many == 0 {
        let space = Atom::new(size * 0.35, Sheet::new((0.0, 0.0)));
        return Block { atoms: vec![space], is_wide: true, ..Block::default() };
    }
    let part = if many > WHOLE { PART } else { many };
    let atom = |lines: &[String]| {
        let mut drawn = Sheet::new((0.0, 0.0));
        let height = drawn.lines(&Lines { size, lines: lines.to_vec() }, (0.0, 0.0), Style::BODY);
        Atom::new(height, drawn)
    };
    let mut atoms: Vec<Atom> = lines.lines.chunks(part).map(atom).collect();
    if let Some(last) = atoms.last_mut() {
        last.height += size * 0.35;
    }
    Block { atoms, is_wide: true, may_tear: true, ..Block::default() }
}

/// How to read the same letter on a phone.
fn way(notice: &Notice) -> Result<Atom, NotPrinted> {
    const HEIGHT: f32 = QR + 12.0;
    let mut drawn = Sheet::new((0.0, 0.0));
    let top = 10.0;
    drawn.frame(Area(0.0, top, INSIDE, HEIGHT), 8.0, Ink::Brand, 1.2);
    drawn.marks.push(Mark::Qr { area: Area(6.0, top + 6.0, QR, QR), qr: Qr::of(&notice.url)? });
    let (x, wide) = (QR + 22.0, INSIDE - QR - 36.0);
    let mut y = top + 22.0;
    y += drawn.text(&notice.scan, (x, y), (wide, 2), &[13.0, 12.0, 11.0], Style::BODY.bold()) + 6.0;
    y += drawn.text(&notice.or, (x, y), (wide, 1), &[10.5], Style::BODY.in_ink(Ink::Soft));
    let address = Style::BODY.bold().in_ink(Ink::Brand);
    drawn.text(&notice.url, (x, y), (wide, 2), &[13.0, 12.0, 11.0, 10.0, 9.0, 8.0], address);
    Ok(Atom::new(top + HEIGHT, drawn))
}

/// Which letter and page this is: sheets come apart.
fn foot(sheet: &mut Sheet, notice: &Notice, page: usize, pages: usize) {
    let aside = Style::BODY.role(Role::Aside).in_ink(Ink::Soft);
    let y = A4.1 - 40.0;
    sheet.text(&notice.foot, (MARGIN, y), (INSIDE - 60.0, 2), &[9.0, 8.0, 7.0], aside);
    if pages > 1 {
        let number = format!("{page}/{pages}");
        sheet.text(&number, (MARGIN + INSIDE, y), (50.0, 1), &[9.0], aside.to(Align::Right));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn letter(unit: &str, text: &str) -> Notice {
        Notice {
            owner: "Sở Giáo dục và Đào tạo tỉnh An Lành".to_owned(),
            dated: "Ngày …… tháng …… năm ……".to_owned(),
            title: "THƯ GỬI CHA MẸ HỌC SINH".to_owned(),
            unit: unit.to_owned(),
            text: text.to_owned(),
            scan: "Quét để đọc thư này trên điện thoại".to_owned(),
            or: "hoặc mở địa chỉ".to_owned(),
            url: "https://langnghe.sogddt.anlanh.gov.vn/k/ABC234/thu-cha-me".to_owned(),
            foot: "Ý kiến của học sinh trung học phổ thông".to_owned(),
        }
    }

    #[test]
    fn a_letter_of_usual_length_stands_on_one_page_and_the_longest_on_few() {
        let usual = "Kính gửi cha mẹ học sinh,\n\n".to_owned() + &"Phiếu không hỏi tên, không bắt buộc. ".repeat(30);
        assert_eq!(notice(&letter("Trường THPT Hoa Lê", &usual)).unwrap().len(), 1);
        let longest: String = "Phiếu không hỏi tên, không bắt buộc. ".repeat(200).chars().take(6000).collect();
        assert_eq!(notice(&letter("Trường THPT Hoa Lê", &longest)).unwrap().len(), 2);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn whatever_it_says_nothing_is_lost_or_stands_outside_the_page(
            unit in "(Trường |Phổ thông |dân tộc |nội trú |N’Trang Lơng ){1,20}",
            text in "((Kính gửi |cha mẹ |học sinh |nghiêng |dài ){0,300}\n){0,12}",
        ) {
            let sheets = notice(&letter(&unit, &text)).unwrap();
            let said: String = sheets.iter().flat_map(Sheet::said).collect::<Vec<_>>().join(" ");
            let words = |text: &str| text.split_whitespace().filter(|word| *word == "nghiêng").count();
            prop_assert_eq!(words(&said), words(&text));
            let codes = sheets.iter().flat_map(|sheet| &sheet.marks).filter(|mark| matches!(mark, Mark::Qr { .. }));
            prop_assert_eq!(codes.count(), 1);
            for mark in sheets.iter().flat_map(|sheet| &sheet.marks) {
                match mark {
                    Mark::Text(text) => prop_assert!(text.y < A4.1 - 14.0, "{:?}", text.lines),
                    Mark::Qr { area: Area(_, y, _, height), .. } => prop_assert!(y + height <= BOTTOM + 0.1),
                    _ => {}
                }
            }
        }
    }
}
