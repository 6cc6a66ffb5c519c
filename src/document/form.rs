//! A questionnaire on paper: the twin of the form on the web, with the same item codes.

use super::block::{Block, Flow};
use super::grid::{COLUMN, GUTTER};
use super::questions::{Printer, paragraph};
use super::rules::{Teller, is_printed};
use super::sheet::{A4, Align, Area, Ink, Role, Sheet, Style};
use crate::survey::numbering::Numbering;
use crate::survey::question::Phrases;
use crate::survey::questionnaire::Questionnaire;
use crate::survey::text::Lang;
use crate::typeface::covers;

/// What a form on paper says besides its questions.
#[derive(Clone, Copy)]
pub struct PaperForm<'a> {
    /// What is asked.
    pub questionnaire: &'a Questionnaire,
    /// Which version of it.
    pub version: i64,
    /// In which of its languages.
    pub lang: Lang,
    /// The sentences around the questions, those of `paper.ftl`.
    pub phrases: &'a dyn Phrases,
    /// Who asks.
    pub owner: &'a str,
    /// What the round is called.
    pub round: &'a str,
    /// The school, where the form is printed for one; otherwise it is written by hand.
    pub unit: Option<&'a str>,
    /// Until when it is collected.
    pub closes: &'a str,
    /// Whom to ask.
    pub contact: &'a str,
}

const MARGIN: f32 = 42.0;
const INSIDE: f32 = A4.0 - 2.0 * MARGIN;
const TOP: f32 = 42.0;
const BOTTOM: f32 = A4.1 - 46.0;
const MIDDLE: f32 = A4.0 / 2.0;

impl PaperForm<'_> {
    /// Whether the program's letters suffice for this language of the questionnaire.
    pub fn can_be_printed(questionnaire: &Questionnaire, lang: Lang) -> bool {
        let labels = questionnaire.questions.iter().flat_map(|question| {
            let choices = question.kind.choices().iter().chain(question.kind.scale()).map(|choice| &choice.label);
            std::iter::once(&question.label).chain(&question.hint).chain(choices)
        });
        std::iter::once(&questionnaire.title).chain(labels).all(|text| covers(text.get(lang)))
    }

    fn text(&self, name: &str, key: &'static str, value: &str) -> String {
        self.phrases.with(name, key, value.to_owned())
    }
}

/// The pages of a form.
pub fn form(form: &PaperForm<'_>) -> Vec<Sheet> {
    let numbering = Numbering::of(form.questionnaire);
    let teller =
        Teller { questionnaire: form.questionnaire, numbering: &numbering, lang: form.lang, phrases: form.phrases };
    let printer = Printer { teller, inside: INSIDE };
    let mut first = Sheet::new(A4);
    let y = head(&mut first, form);
    let mut flow = Flow::after(first, y, MARGIN, (COLUMN, GUTTER), (TOP, BOTTOM));
    flow.put(blocks(form, &printer));
    let mut sheets = flow.sheets;
    let pages = sheets.len();
    for (sheet, page) in sheets.iter_mut().zip(1..) {
        foot(sheet, form, page, pages);
    }
    sheets
}

/// All parts with their questions.
fn blocks(form: &PaperForm<'_>, printer: &Printer<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (section, place) in form.questionnaire.sections.iter().zip(0..) {
        let printed = form.questionnaire.questions[section.questions.clone()].iter().any(is_printed);
        if !printed {
            continue;
        }
        let mut atoms = vec![paragraph(&printer.text(&section.title), (0.0, INSIDE), 12.0, HEADING, 4.0)];
        if let Some(sentence) = printer.teller.of_section(place) {
            let style = Style::BODY.medium().in_ink(Ink::Brand);
            atoms.push(paragraph(&sentence, (0.0, INSIDE), 8.5, style, 4.0));
        }
        blocks.push(Block { atoms, is_wide: true, leads: true, ..Block::default() });
        let mut at = section.questions.start;
        while at < section.questions.end {
            let together = printer.together(at, section.questions.end);
            if together > 1 {
                blocks.extend(printer.table(at, together));
                at += together;
                continue;
            }
            if is_printed(&form.questionnaire.questions[at]) {
                blocks.extend(printer.question(at));
            }
            at += 1;
        }
    }
    blocks
}

const HEADING: Style =
    Style { weight: crate::typeface::Weight::Bold, ink: Ink::Brand, align: Align::Left, role: Role::Heading };

/// Who asks what, how to fill it in, and where the office notes its numbers; says where it ends.
fn head(sheet: &mut Sheet, form: &PaperForm<'_>) -> f32 {
    const OFFICE: f32 = 148.0;
    let wide = INSIDE - OFFICE - 14.0;
    let mut y = TOP - 8.0;
    y += sheet.text(form.owner, (MARGIN, y), (wide, 2), &[11.0, 10.0], Style::BODY.medium().in_ink(Ink::Soft));
    let title = form.questionnaire.title.get(form.lang);
    y += sheet.text(title, (MARGIN, y + 2.0), (wide, 3), &[17.0, 15.5, 14.0, 12.5], HEADING.role(Role::Title)) + 2.0;
    y += sheet.text(form.round, (MARGIN, y), (wide, 2), &[10.0, 9.0], Style::BODY.in_ink(Ink::Soft)) + 2.0;
    let office = Area(A4.0 - MARGIN - OFFICE, TOP - 8.0, OFFICE, 66.0);
    sheet.frame(office, 4.0, Ink::Line, 0.8);
    let aside = Style::BODY.role(Role::Aside);
    sheet.text(
        &form.phrases.say("paper-office"),
        (office.0 + 8.0, office.1 + 4.0),
        (OFFICE - 16.0, 1),
        &[8.0, 7.0],
        aside.in_ink(Ink::Soft),
    );
    for (name, n) in ["paper-batch-number", "paper-form-number"].into_iter().zip(0..) {
        let top = office.1 + 20.0 + 22.0 * super::pdf::small(n);
        sheet.text(&form.phrases.say(name), (office.0 + 8.0, top), (70.0, 1), &[10.0], aside);
        sheet.line((office.0 + 72.0, top + 14.0), (office.0 + OFFICE - 8.0, top + 14.0), Ink::Line, 0.6);
    }
    y = y.max(office.1 + office.3 + 6.0);
    y += unit(sheet, form, y);
    y += sheet.prose(&intro(form), (MARGIN, y), INSIDE, 9.5, Style::BODY) + 4.0;
    sheet.line((MARGIN, y), (MARGIN + INSIDE, y), Ink::Brand, 1.2);
    y + 9.0
}

/// The school, printed or with a line to write it.
fn unit(sheet: &mut Sheet, form: &PaperForm<'_>, y: f32) -> f32 {
    let label = form.phrases.say("paper-unit");
    match form.unit {
        Some(unit) => {
            sheet.text(&format!("{label} {unit}"), (MARGIN, y), (INSIDE, 2), &[11.0, 10.0], Style::BODY.bold()) + 3.0
        }
        None => {
            let height = sheet.text(&label, (MARGIN, y), (INSIDE, 1), &[11.0], Style::BODY.bold());
            let from = MARGIN + crate::typeface::width(&label, 11.0, crate::typeface::Weight::Bold) + 6.0;
            sheet.line((from, y + 12.0), (MARGIN + INSIDE, y + 12.0), Ink::Line, 0.6);
            height + 5.0
        }
    }
}

fn intro(form: &PaperForm<'_>) -> String {
    let purpose = form.questionnaire.purpose.as_ref().map(|purpose| purpose.get(form.lang).to_owned());
    let mut said: Vec<String> = purpose.into_iter().collect();
    said.push(form.phrases.say("paper-how"));
    said.push(form.text("paper-return", "closes", form.closes));
    if !form.contact.is_empty() {
        said.push(form.text("paper-contact", "contact", form.contact));
    }
    said.join(" ")
}

/// Which form and page this is: sheets come apart.
fn foot(sheet: &mut Sheet, form: &PaperForm<'_>, page: usize, pages: usize) {
    let aside = Style::BODY.role(Role::Aside).in_ink(Ink::Soft);
    let y = A4.1 - 34.0;
    sheet.line((MARGIN, y - 3.0), (MARGIN + INSIDE, y - 3.0), Ink::Line, 0.5);
    let title = form.questionnaire.title.get(form.lang).to_owned();
    let values = [("form", title), ("version", form.version.to_string())];
    let said = form.phrases.fill("paper-foot", &values);
    sheet.text(&said, (MARGIN, y - 1.0), (INSIDE / 2.0 - 12.0, 2), &[8.0, 7.5, 7.0, 6.5], aside);
    if page > 1 {
        let number = format!("{} ………", form.phrases.say("paper-form-number"));
        sheet.text(&number, (MIDDLE + 60.0, y), (120.0, 1), &[8.5], aside.to(Align::Center));
    }
    let values = [("page", page.to_string()), ("pages", pages.to_string())];
    let page = form.phrases.fill("paper-page", &values);
    sheet.text(&page, (MARGIN + INSIDE, y), (100.0, 1), &[8.5], aside.to(Align::Right));
}
