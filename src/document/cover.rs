//! The sheet that lies on top of a bundle of forms: filled in by hand, typed first.

use super::sheet::{A4, Align, Area, Ink, Role, Sheet, Style};

/// What the sheet asks for.
#[derive(Debug, Clone)]
pub struct Cover {
    /// Who asks.
    pub owner: String,
    /// What the sheet is called.
    pub title: String,
    /// What the round is called.
    pub round: String,
    /// What is written down, and what of it is known already.
    pub fields: Vec<(String, Option<String>)>,
    /// Three numbers to count.
    pub counts: [String; 3],
    /// How to do it, line by line.
    pub rules: Vec<String>,
    /// Who signs.
    pub signatures: [String; 2],
}

const MARGIN: f32 = 56.0;
const INSIDE: f32 = A4.0 - 2.0 * MARGIN;

/// The sheet on one page.
pub fn cover(cover: &Cover) -> Sheet {
    let mut sheet = Sheet::new(A4);
    let soft = Style::BODY.in_ink(Ink::Soft);
    let mut y = 52.0;
    y += sheet.text(&cover.owner, (MARGIN, y), (INSIDE, 2), &[12.0, 11.0], soft.medium());
    let title = Style::BODY.bold().in_ink(Ink::Brand).role(Role::Title);
    y += sheet.text(&cover.title, (MARGIN, y + 6.0), (INSIDE, 2), &[26.0, 22.0], title) + 6.0;
    y += sheet.text(&cover.round, (MARGIN, y), (INSIDE, 2), &[13.0, 12.0], Style::BODY) + 18.0;
    for (label, known) in &cover.fields {
        sheet.text(label, (MARGIN, y), (150.0, 2), &[12.0, 11.0, 10.0], Style::BODY.medium());
        match known {
            Some(known) => {
                sheet.text(known, (MARGIN + 160.0, y), (INSIDE - 160.0, 2), &[12.0, 11.0], Style::BODY);
            }
            None => sheet.line((MARGIN + 160.0, y + 16.0), (MARGIN + INSIDE, y + 16.0), Ink::Line, 0.7),
        }
        y += 34.0;
    }
    y = counts(&mut sheet, &cover.counts, y + 4.0);
    for rule in &cover.rules {
        y += sheet.prose(&format!("– {rule}"), (MARGIN, y), INSIDE, 11.0, Style::BODY) + 4.0;
    }
    for (label, n) in cover.signatures.iter().zip(0..) {
        let x = MARGIN + INSIDE * (0.25 + 0.5 * super::pdf::small(n));
        sheet.text(
            label,
            (x, (y + 16.0).max(640.0)),
            (INSIDE / 2.0 - 20.0, 2),
            &[11.5],
            Style::BODY.medium().to(Align::Center),
        );
    }
    sheet
}

/// Three boxes for numbers side by side; says where they end.
fn counts(sheet: &mut Sheet, labels: &[String; 3], y: f32) -> f32 {
    const GAP: f32 = 14.0;
    let width = (INSIDE - 2.0 * GAP) / 3.0;
    for (label, n) in labels.iter().zip(0..) {
        let x = MARGIN + (width + GAP) * super::pdf::small(n);
        sheet.frame(Area(x, y, width, 86.0), 6.0, Ink::Dark, 1.0);
        sheet.text(
            label,
            (x + width / 2.0, y + 7.0),
            (width - 16.0, 2),
            &[12.0, 11.0],
            Style::BODY.medium().to(Align::Center),
        );
    }
    y + 86.0 + 22.0
}
