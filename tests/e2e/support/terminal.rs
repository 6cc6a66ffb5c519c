//! What a terminal shows, as a picture.

use std::path::Path;

/// The colours of a terminal that nobody asked for others: of letters and behind them, 0 is black.
#[derive(Clone, Copy)]
pub struct Theme {
    pub ink: u8,
    pub paper: u8,
}

pub const DARK: Theme = Theme { ink: 229, paper: 20 };
pub const LIGHT: Theme = Theme { ink: 20, paper: 229 };

/// Draws the lines that consist of half blocks into a PGM file, each block so many dots wide and high.
pub fn draw(said: &str, theme: Theme, file: &Path) {
    const DOTS: usize = 4;
    const EDGE: usize = 4;
    let mut rows = vec![Vec::new(); EDGE];
    for cells in said.lines().filter_map(|line| cells(line.trim_end_matches('\r'), theme)) {
        rows.push(cells.iter().map(|cell| cell.0).collect());
        rows.push(cells.iter().map(|cell| cell.1).collect());
    }
    rows.extend(vec![Vec::new(); EDGE]);
    let width = rows.iter().map(Vec::len).max().unwrap_or(0) + 2 * EDGE;
    let mut picture = format!("P5 {} {} 255\n", width * DOTS, rows.len() * DOTS).into_bytes();
    for row in rows {
        let mut dots = vec![theme.paper; EDGE];
        dots.extend(row);
        dots.resize(width, theme.paper);
        let wide: Vec<u8> = dots.into_iter().flat_map(|dot| [dot; DOTS]).collect();
        picture.extend(wide.repeat(DOTS));
    }
    std::fs::write(file, picture).expect("written");
}

/// The upper and lower half of each letter of a line; nothing when it has other letters.
fn cells(line: &str, theme: Theme) -> Option<Vec<(u8, u8)>> {
    let mut cells = Vec::new();
    let mut now = theme;
    let mut rest = line;
    while let Some(letter) = rest.chars().next() {
        if let Some(command) = rest.strip_prefix("\u{1b}[") {
            let (codes, after) = command.split_once('m')?;
            now = coloured(codes, now, theme);
            rest = after;
            continue;
        }
        cells.push(match letter {
            '█' => (now.ink, now.ink),
            '▀' => (now.ink, now.paper),
            '▄' => (now.paper, now.ink),
            ' ' => (now.paper, now.paper),
            _ => return None,
        });
        rest = &rest[letter.len_utf8()..];
    }
    (!cells.is_empty()).then_some(cells)
}

fn coloured(codes: &str, now: Theme, theme: Theme) -> Theme {
    match codes.split(';').collect::<Vec<_>>()[..] {
        ["" | "0"] => theme,
        ["38", "5", ink, "48", "5", paper] => Theme { ink: grey(ink), paper: grey(paper) },
        _ => panic!("what does ESC[{codes}m look like after {} on {}?", now.ink, now.paper),
    }
}

/// The corners of the palette's cube, which no theme changes.
fn grey(number: &str) -> u8 {
    match number {
        "16" => 0,
        "231" => 255,
        _ => panic!("colour {number}"),
    }
}
