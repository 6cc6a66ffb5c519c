//! What the columns mean, as DDI-Codebook 2.5, which data archives exchange (<https://ddialliance.org/ddi-codebook>).

use std::io::Write;

use chrono::NaiveDate;

use super::about;
use super::variable::{Level, Variable};
use super::{ExportError, Occasion, Rows};
use crate::survey::question::Content;
use crate::vietnamese;

/// Writes the document and returns how many columns it describes.
///
/// # Errors
/// The file could not be written.
pub(super) fn write(rows: &Rows, occasion: &Occasion<'_>, mut out: impl Write) -> Result<u64, ExportError> {
    let lang = occasion.phrases.lang();
    let mut xml = Xml(String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
    let name_space = [("xmlns", "ddi:codebook:2_5"), ("version", "2.5"), ("xml:lang", lang.code())];
    xml.within("codeBook", &name_space, |xml| {
        document(rows, occasion, xml);
        study(rows, occasion, xml);
        file(rows, xml);
        xml.within("dataDscr", &[], |xml| {
            groups(&rows.variables, xml);
            rows.variables.iter().enumerate().for_each(|(at, variable)| describe(at, variable, xml));
        });
    });
    out.write_all(xml.0.as_bytes())?;
    out.flush()?;
    Ok(rows.variables.len() as u64)
}

/// Elements in the order in which they are written.
struct Xml(String);

impl Xml {
    fn within(&mut self, name: &str, attributes: &[(&str, &str)], inside: impl FnOnce(&mut Self)) {
        self.0.push('<');
        self.0.push_str(name);
        for (name, value) in attributes {
            self.0.push_str(&format!(" {name}=\"{}\"", escaped(value)));
        }
        self.0.push('>');
        inside(self);
        self.0.push_str(&format!("</{name}>\n"));
    }

    fn text(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.within(name, attributes, |xml| xml.0.push_str(&escaped(text)));
    }
}

/// What XML cannot hold becomes the sign for a lost character.
fn escaped(text: &str) -> String {
    let lost = |c: char| (c.is_control() && !matches!(c, '\n' | '\t')) || matches!(c, '\u{fffe}' | '\u{ffff}');
    let text: String = text.chars().map(|c| if lost(c) { char::REPLACEMENT_CHARACTER } else { c }).collect();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// About this document.
fn document(rows: &Rows, occasion: &Occasion<'_>, xml: &mut Xml) {
    let today = occasion.today.to_string();
    xml.within("docDscr", &[], |xml| {
        xml.within("citation", &[], |xml| {
            let title = format!("{} – {}", occasion.phrases.say("export-kind-ddi"), rows.round.title);
            xml.within("titlStmt", &[], |xml| xml.text("titl", &[], &title));
            xml.within("prodStmt", &[], |xml| {
                xml.text("producer", &[], occasion.owner);
                xml.text("prodDate", &[("date", &today)], &today);
                xml.text("software", &[("version", env!("CARGO_PKG_VERSION"))], "Lắng Nghe");
            });
        });
    });
}

/// About the round.
fn study(rows: &Rows, occasion: &Occasion<'_>, xml: &mut Xml) {
    let say = |name: &str| occasion.phrases.say(name);
    xml.within("stdyDscr", &[], |xml| {
        xml.within("citation", &[], |xml| {
            xml.within("titlStmt", &[], |xml| {
                xml.text("titl", &[], &rows.round.title);
                xml.text("IDNo", &[], &rows.round.slug);
            });
            xml.within("rspStmt", &[], |xml| xml.text("AuthEnty", &[], occasion.owner));
        });
        xml.within("stdyInfo", &[], |xml| {
            xml.text("abstract", &[], &about::sample(rows, occasion.phrases));
            xml.within("sumDscr", &[], |xml| when(rows, xml));
        });
        xml.within("method", &[], |xml| {
            xml.within("dataColl", &[], |xml| {
                for form in &rows.forms {
                    xml.text("resInstru", &[], &format!("{}/{}", form.questionnaire.code, form.version));
                }
                xml.text("cleanOps", &[], &about::values(rows, occasion.phrases));
                if let Some(said) = rows.excluded.in_words(occasion.phrases) {
                    xml.text("cleanOps", &[], &said);
                }
            });
        });
        xml.within("dataAccs", &[], |xml| {
            xml.within("useStmt", &[], |xml| {
                xml.text("restrctn", &[], &say("export-about-licence-text"));
                xml.text("conditions", &[], &rows.selection);
            });
        });
    });
}

/// The days on which forms were taken, in Việt Nam.
fn when(rows: &Rows, xml: &mut Xml) {
    let ends = [("start", rows.round.opens_at), ("end", Some(rows.round.closes_at))];
    for (event, moment) in ends.into_iter().filter_map(|(event, moment)| Some((event, moment?))) {
        let day: NaiveDate = vietnamese::local(moment).date();
        xml.text("collDate", &[("event", event), ("date", &day.to_string())], &day.to_string());
    }
    xml.text("nation", &[("abbr", "VNM")], "Việt Nam");
}

/// The file that is described.
fn file(rows: &Rows, xml: &mut Xml) {
    xml.within("fileDscr", &[("ID", "F1")], |xml| {
        xml.within("fileTxt", &[], |xml| {
            xml.text("fileName", &[], &format!("{}.csv", rows.round.slug));
            xml.within("dimensns", &[], |xml| xml.text("varQnty", &[], &rows.variables.len().to_string()));
            xml.text("fileType", &[("charset", "UTF-8")], "CSV");
        });
    });
}

/// Columns that are choices of one question.
fn groups(variables: &[Variable], xml: &mut Xml) {
    let chosen: Vec<(usize, &Variable)> = variables.iter().enumerate().filter(|(_, v)| v.is_chosen()).collect();
    for (number, group) in chosen.chunk_by(|a, b| a.1.question == b.1.question && a.1.asked == b.1.asked).enumerate() {
        let members: Vec<String> = group.iter().map(|(at, _)| format!("V{}", at + 1)).collect();
        let (id, members) = (format!("G{}", number + 1), members.join(" "));
        let attributes = [("ID", &*id), ("name", &*group[0].1.question), ("type", "multipleResp"), ("var", &*members)];
        xml.within("varGrp", &attributes, |xml| xml.text("labl", &[], &group[0].1.asked));
    }
}

fn describe(at: usize, variable: &Variable, xml: &mut Xml) {
    let (kind, category) = match variable.content {
        Content::Whole | Content::Decimal | Content::Chosen(_) | Content::Position(_) => ("numeric", None),
        Content::Date => ("character", Some("date")),
        Content::Time => ("character", Some("time")),
        Content::Code | Content::Codes | Content::Text => ("character", None),
    };
    let nature = if variable.level == Level::Scale { "interval" } else { variable.level.code() };
    let interval = if variable.level == Level::Scale { "contin" } else { "discrete" };
    let id = format!("V{}", at + 1);
    let attributes =
        [("ID", &*id), ("name", &*variable.name), ("files", "F1"), ("intrvl", interval), ("nature", nature)];
    xml.within("var", &attributes, |xml| {
        xml.text("labl", &[], &variable.label);
        if !variable.asked.is_empty() {
            xml.within("qstn", &[], |xml| xml.text("qstnLit", &[], &variable.asked));
        }
        missing(variable, xml);
        if !variable.questionnaires.is_empty() {
            xml.text("universe", &[], &variable.questionnaires.join(", "));
        }
        for meaning in &variable.meanings {
            let is_missing = if meaning.is_missing { "Y" } else { "N" };
            xml.within("catgry", &[("missing", is_missing)], |xml| {
                xml.text("catValu", &[], &meaning.code);
                xml.text("labl", &[], &meaning.label);
            });
        }
        let category: Vec<_> = category.map(|category| ("category", category)).into_iter().collect();
        xml.text("varFormat", &[&[("type", kind)], &*category].concat(), "");
    });
}

fn missing(variable: &Variable, xml: &mut Xml) {
    let codes: Vec<&str> = variable.meanings.iter().filter(|m| m.is_missing).map(|m| &*m.code).collect();
    if !codes.is_empty() {
        xml.within("invalrng", &[], |xml| codes.iter().for_each(|code| xml.text("item", &[("VALUE", code)], "")));
    }
}
