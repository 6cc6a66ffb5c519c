//! A poster with a QR: one school through one channel.

use super::NotPrinted;
use super::qr::Qr;
use super::sheet::{A4, Align, Area, Ink, Mark, Role, Sheet, Style};
use crate::typeface::{Lines, Room, Weight};

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

/// Where the title begins.
const HEAD: f32 = 80.0;
/// What stays free above and below the words over the QR.
const AROUND: (f32, f32) = (14.0, 8.0);

const CENTERED: Style = Style { align: Align::Center, ..Style::BODY };

/// A poster on a whole A4 page.
///
/// # Errors
/// The address is too long for a QR.
pub fn a4(poster: &Poster) -> Result<Sheet, NotPrinted> {
    let mut sheet = Sheet::new(A4);
    let lead = whole(&poster.lead, (INSIDE, 3), &[16.0, 15.0, 14.0], Weight::Regular);
    let around = AROUND.0 + lead.height() + AROUND.1;
    let band = head(&mut sheet, poster, BELOW - QR.0 - around);
    sheet.lines(&lead, (MIDDLE, band + AROUND.0), CENTERED);
    let top = band + around;
    let side = (BELOW - top).clamp(QR.0, QR.1);
    let top = top + ((BELOW - top - side) / 2.0).max(0.0);
    let area = Area(MIDDLE - side / 2.0, top, side, side);
    sheet.frame(area, 10.0, Ink::Brand, 2.0);
    sheet.marks.push(Mark::Qr { area: inset(area, 4.0), qr: Qr::of(&poster.url)? });
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

/// Letters are never smaller; on A5 they are 0.7 of it.
const LEAST: f32 = 7.0;

/// Sizes below this one, step by step.
fn smaller(size: f32) -> impl Iterator<Item = f32> {
    std::iter::successors(Some(size - 1.0), |size| Some(size - 1.0)).take_while(|size| *size >= LEAST)
}

/// A text in as many lines of about one length as it takes.
fn balanced(text: &str, width: f32, size: f32, weight: Weight) -> Lines {
    Room { width, lines: usize::MAX, weight }.fit(text, &[size])
}

/// A text at the largest of these sizes at which it has so many lines, or else smaller, in as many lines as have room where
/// these had stood. Nothing is left out, whatever somebody wrote.
fn whole(text: &str, (width, most): (f32, usize), sizes: &[f32], weight: Weight) -> Lines {
    let mut tries = sizes.iter().map(|size| balanced(text, width, *size, weight));
    if let Some(lines) = tries.find(|lines| lines.lines.len() <= most) {
        return lines;
    }
    let [largest, .., smallest] = *sizes else { return balanced(text, width, LEAST, weight) };
    let room = Lines { size: largest, lines: vec![String::new(); most] }.height();
    let mut tries = smaller(smallest).map(|size| balanced(text, width, size, weight));
    tries.find(|lines| lines.height() <= room).unwrap_or_else(|| balanced(text, width, LEAST, weight))
}

/// Puts a whole text on the sheet; says how tall it is.
fn put(sheet: &mut Sheet, text: &str, at: (f32, f32), room: (f32, usize), sizes: &[f32], style: Style) -> f32 {
    sheet.lines(&whole(text, room, sizes, style.weight), at, style)
}

fn inset(Area(x, y, w, h): Area, by: f32) -> Area {
    Area(x + by, y + by, w - 2.0 * by, h - 2.0 * by)
}

/// Who asks and what, on the product's colour, down to `most` at most; says where it ends.
fn head(sheet: &mut Sheet, poster: &Poster, most: f32) -> f32 {
    let white = Style::BODY.in_ink(Ink::White);
    let unit = poster.unit.as_ref().map(|unit| whole(unit, (INSIDE, 2), &[20.0, 18.0, 16.0], Weight::Medium));
    let below = unit.as_ref().map_or(0.0, |unit| unit.height() + 8.0) + 16.0;
    let large = [(3, 40.0), (3, 36.0), (3, 32.0), (3, 28.0), (4, 25.0), (4, 22.0), (4, 20.0)];
    let tries = large.into_iter().chain(smaller(20.0).map(|size| (usize::MAX, size)));
    let mut titles = tries.map(|(most, size)| (most, balanced(&poster.title, INSIDE, size, Weight::Bold)));
    let fits = |(lines, title): &(usize, Lines)| title.lines.len() <= *lines && HEAD + title.height() + below <= most;
    let title =
        titles.find(fits).map_or_else(|| balanced(&poster.title, INSIDE, LEAST, Weight::Bold), |(_, title)| title);
    let band = HEAD + title.height() + below;
    sheet.fill(Area(0.0, 0.0, A4.0, band), 0.0, Ink::Brand);
    sheet.marks.push(Mark::Logo { at: (MARGIN - 4.0, 30.0), scale: 1.2, ink: Ink::White });
    put(sheet, &poster.owner, (MARGIN + 44.0, 30.0), (INSIDE - 44.0, 2), &[16.0, 14.5, 13.0], white.medium());
    sheet.lines(&title, (MARGIN, HEAD), white.bold().role(Role::Title));
    if let Some(unit) = &unit {
        sheet.lines(unit, (MARGIN, HEAD + title.height() + 8.0), white.medium());
    }
    band
}

/// How to scan, and what to type instead.
fn address(sheet: &mut Sheet, poster: &Poster) {
    let mut y = BELOW + 4.0;
    y += put(sheet, &poster.scan, (MIDDLE, y), (INSIDE, 1), &[19.0, 17.0, 15.0, 13.0], CENTERED.bold());
    if let Some(slip) = &poster.slip {
        y += put(sheet, slip, (MIDDLE, y), (INSIDE, 1), &[14.0, 12.0, 11.0], CENTERED.bold().in_ink(Ink::Brand));
    }
    let line = format!("{} {}", poster.or, poster.url);
    put(sheet, &line, (MIDDLE, y), (INSIDE, 1), &[16.0, 14.5, 13.0, 12.0, 11.0, 10.0], CENTERED.medium());
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
        put(sheet, word, (x, 612.0), (column - 12.0, 1), &[16.0, 14.0, 12.0], CENTERED.bold());
        put(sheet, sentence, (x, 633.0), (column - 12.0, 3), &[12.0, 11.0], CENTERED.in_ink(Ink::Soft));
    }
}

/// Until when, whom to ask, and what the poster is.
fn until(sheet: &mut Sheet, poster: &Poster) {
    sheet.fill(Area(0.0, 684.0, A4.0, 50.0), 0.0, Ink::Pale);
    let line = format!("{} {}", poster.until.0, poster.until.1);
    let style = CENTERED.bold().in_ink(Ink::Brand);
    put(sheet, &line, (MIDDLE, 694.0), (INSIDE, 1), &[24.0, 22.0, 20.0, 18.0, 16.0], style);
    put(sheet, &poster.contact, (MIDDLE, 744.0), (INSIDE, 3), &[13.0, 12.0, 11.0], CENTERED);
    put(sheet, &poster.foot, (MIDDLE, 800.0), (INSIDE, 1), &[11.0, 10.0], CENTERED.medium().in_ink(Ink::Soft));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::templates;
    use proptest::prelude::*;

    fn poster(title: &str, unit: Option<&str>, lead: &str) -> Poster {
        let text = str::to_owned;
        Poster {
            owner: text("Ủy ban nhân dân phường Thủ Dầu Một – Phòng Văn hóa – Xã hội"),
            title: text(title),
            unit: unit.map(text),
            lead: text(lead),
            url: text("https://langnghe.sogddt.anlanh.gov.vn/k/ABC234"),
            code: text("ABC234"),
            scan: text("Quét bằng Zalo hoặc máy ảnh của điện thoại"),
            or: text("hoặc mở"),
            slip: Some(text("Cần mã dùng một lần trên phiếu mã đã phát.")),
            promises: ["Khoảng 5 phút", "Không hỏi tên", "Không ảnh hưởng"]
                .map(|word| (text(word), text("dù trả lời thế nào"))),
            until: (text("Nhận phiếu đến"), text("22:00 ngày 10/12/2026")),
            contact: text(&"Cần giúp: Phòng Khảo thí và Kiểm định. ".repeat(4)),
            foot: text("Tờ dành cho: Nhà trường · Mã ABC234"),
        }
    }

    /// The side of the QR, and the baselines of all lines above and below it.
    fn around(sheet: &Sheet) -> (f32, f32, f32) {
        let qr = sheet.marks.iter().find_map(|mark| if let Mark::Qr { area, .. } = mark { Some(*area) } else { None });
        let Area(_, top, side, _) = qr.unwrap();
        let texts = sheet.marks.iter().filter_map(|mark| if let Mark::Text(text) = mark { Some(text) } else { None });
        let ends =
            texts.map(|text| text.y + text.leading * crate::document::pdf::small(text.lines.len().saturating_sub(1)));
        let above = ends.filter(|end| *end < top + side / 2.0).fold(0.0, f32::max);
        (side, above, top)
    }

    /// A line that ends in the middle of what it says.
    fn cut(sheet: &Sheet) -> Option<String> {
        sheet.said().into_iter().find(|line| line.ends_with('…')).map(str::to_owned)
    }

    #[test]
    fn what_templates_say_stands_whole_on_their_posters() {
        for template in templates::all() {
            let asked = &template.questionnaire;
            for lang in &asked.languages {
                let lead = asked.purpose.as_ref().map_or("", |purpose| purpose.get(*lang));
                let unit = "Trường Phổ thông dân tộc nội trú Trung học cơ sở và Trung học phổ thông N’Trang Lơng";
                let mut poster = poster(asked.title.get(*lang), Some(unit), lead);
                poster.contact = "Cần giúp: Phòng Khảo thí và Kiểm định chất lượng giáo dục. ".repeat(8);
                poster.slip = Some("Cần mã dùng một lần trên phiếu mã đã phát. ".repeat(3));
                let sheet = a4(&poster).unwrap();
                assert_eq!(cut(&sheet), None, "{}", asked.code);
                let words = sheet.said().into_iter().collect::<Vec<_>>().join(" ");
                assert!(words.contains(&crate::vietnamese::nfc(lead)[..]), "{}: {words}", asked.code);
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn whatever_a_school_is_called_the_code_is_large_and_touches_nothing(
            title in "(Trường |Phổ thông |dân tộc |nội trú |Tiểu học |và |N’Trang Lơng |Ưỡng){1,40}",
            unit in prop::option::of("(Trường |Điểm trường |Ea Kŭt ){1,20}"),
            lead in "(Ý kiến |được |tổng hợp |chung ){0,60}",
        ) {
            let sheet = a4(&poster(&title, unit.as_deref(), &lead)).unwrap();
            let (side, above, top) = around(&sheet);
            // 3 cm are 85 points; on A5 everything is 0.7 of its size
            prop_assert!(side * 0.7 > 85.0, "{side}");
            prop_assert!(above < top, "{above} {top}");
            prop_assert_eq!(cut(&sheet), None);
        }
    }
}
