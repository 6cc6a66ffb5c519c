//! A table as text, cell by cell: rows by line ends, cells by the separator that its first rows use most.

use std::collections::HashMap;
use std::ops::Range;

use super::Font;
use super::judge::{Verdict, judge, may_be};

/// How many rows tell the separator.
const TOP: usize = 15;

/// What the cells of a column say.
#[derive(Default, Clone, Copy)]
struct Votes {
    unicode: usize,
    vni: usize,
    tcvn3: usize,
}

impl Votes {
    fn add(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Unicode => self.unicode += 1,
            Verdict::Old(Font::Vni) => self.vni += 1,
            Verdict::Old(Font::Tcvn3) => self.tcvn3 += 1,
            Verdict::OldEither | Verdict::Open | Verdict::Plain => {}
        }
    }

    fn is_empty(self) -> bool {
        self.unicode + self.vni + self.tcvn3 == 0
    }

    /// The font of most cells that are in one.
    fn font(self) -> Font {
        if self.tcvn3 > self.vni { Font::Tcvn3 } else { Font::Vni }
    }

    /// The font of most cells, if it is an old one.
    fn usual(self) -> Option<Font> {
        (self.vni.max(self.tcvn3) > self.unicode).then(|| self.font())
    }
}

struct Cell {
    column: usize,
    at: Range<usize>,
    verdict: Verdict,
}

/// What was meant, in Unicode; `text` is one cell, or a table as CSV. Cells in Unicode, and everything between the cells, stay as
/// they are; cells in an old font change as a whole.
pub fn to_unicode(text: &str) -> String {
    let cells = cells(text);
    let mut columns: HashMap<usize, Votes> = HashMap::new();
    let mut all = Votes::default();
    for cell in &cells {
        columns.entry(cell.column).or_default().add(cell.verdict);
        all.add(cell.verdict);
    }
    let (mut out, mut done) = (String::with_capacity(text.len()), 0);
    for cell in cells {
        let own = columns.get(&cell.column).copied().filter(|votes| !votes.is_empty());
        let written = &text[cell.at.clone()];
        if let Some(font) = font(cell.verdict, own.unwrap_or(all), written) {
            out.push_str(&text[done..cell.at.start]);
            out.push_str(&font.read(written));
            done = cell.at.end;
        }
    }
    out.push_str(&text[done..]);
    out
}

fn font(verdict: Verdict, column: Votes, written: &str) -> Option<Font> {
    match verdict {
        Verdict::Plain | Verdict::Unicode => None,
        Verdict::Old(font) => Some(font),
        Verdict::OldEither => Some(column.font()),
        Verdict::Open => column.usual().filter(|font| may_be(*font, written)),
    }
}

/// Every cell, without the quotes around it.
fn cells(text: &str) -> Vec<Cell> {
    let separator = separator(text);
    let (mut cells, mut column, mut start) = (Vec::new(), 0, 0);
    // whether the cell began with a quote, and whether one is open
    let (mut has_quotes, mut is_quoted) = (false, false);
    let mut close = |column, at: Range<usize>| {
        let is_edge = |c: char| c == '"' || c.is_ascii_whitespace();
        let (end, written) = (at.end, &text[at]);
        let start = end - written.trim_start_matches(is_edge).len();
        let bare = written.trim_matches(is_edge);
        cells.push(Cell { column, at: start..start + bare.len(), verdict: judge(bare) });
    };
    for (at, c) in text.char_indices() {
        match c {
            '"' if has_quotes || at == start => (has_quotes, is_quoted) = (true, !is_quoted),
            _ if is_quoted || (c != separator && c != '\n') => {}
            _ => {
                close(column, start..at);
                column = if c == '\n' { 0 } else { column + 1 };
                start = at + c.len_utf8();
                has_quotes = false;
            }
        }
    }
    close(column, start..text.len());
    cells
}

fn separator(text: &str) -> char {
    let count = |separator: char| text.lines().take(TOP).flat_map(str::chars).filter(|c| *c == separator).count();
    [';', '\t', ','].into_iter().max_by_key(|separator| count(*separator)).unwrap_or(',')
}
