//! Diverging stacked bars: what is above the middle of a scale to the right of a common line, what is below to its left, and
//! the middle level across it. So the eye compares satisfied and dissatisfied from one edge.

use super::{Anchor, Breadth, Canvas, Drawing, Ink};
use crate::typeface::{self, Weight};

/// One question's answers.
#[derive(Debug, Clone)]
pub struct Bar {
    /// What was asked.
    pub label: String,
    /// What stands beside it, such as mean and share.
    pub note: String,
    /// Answers by level, lowest first.
    pub counts: Vec<u64>,
}

/// Bars over one scale.
#[derive(Debug, Clone)]
pub struct Diverging {
    /// What the chart is called.
    pub title: String,
    /// The levels in words, lowest first.
    pub levels: Vec<String>,
    /// The bars, from the top.
    pub bars: Vec<Bar>,
}

/// Between two bars.
const GAP: f32 = 14.0;

impl Diverging {
    /// Draws it.
    pub fn draw(&self, breadth: Breadth) -> Drawing {
        let mut canvas = Canvas::new(breadth);
        let (size, width) = (breadth.size(), breadth.width());
        let thick = size * 1.6;
        let mut y = self.legend(&mut canvas, breadth) + GAP;
        let (from, to) = match breadth {
            Breadth::Phone => (0.0, width),
            Breadth::Desk => (width * 0.42, width - 168.0),
        };
        let axis = Axis::of(&self.bars, from, to);
        for bar in &self.bars {
            y = match breadth {
                Breadth::Phone => {
                    let below = canvas.lines((0.0, y + size), width, Ink::Text, Weight::Regular, &bar.label);
                    let below = canvas.lines((0.0, below), width, Ink::Soft, Weight::Regular, &bar.note) - size * 0.9;
                    axis.bar(&mut canvas, bar, below, thick);
                    below + thick + GAP * 1.4
                }
                Breadth::Desk => {
                    let below = canvas.lines((0.0, y + size), from - 16.0, Ink::Text, Weight::Regular, &bar.label);
                    axis.bar(&mut canvas, bar, y, thick);
                    // counts of millions take two lines
                    let beside =
                        canvas.lines((to + 12.0, y + size * 1.15), 156.0, Ink::Text, Weight::Regular, &bar.note);
                    (below.max(beside) - size).max(y + thick) + GAP
                }
            };
        }
        canvas.finish(y, &self.title).told(self.bars.iter().map(|bar| format!("{}: {}", bar.label, bar.note)))
    }

    /// The levels with their colours; returns where it ends.
    fn legend(&self, canvas: &mut Canvas, breadth: Breadth) -> f32 {
        let size = breadth.size();
        let (mut x, mut y) = (0.0, size);
        for (place, level) in self.levels.iter().enumerate() {
            let wide = size * 1.4 + typeface::width(level, size, Weight::Regular) + 18.0;
            if x > 0.0 && x + wide > breadth.width() {
                (x, y) = (0.0, y + size * 1.5);
            }
            canvas.rect((x, y - size * 0.85, size, size), Ink::Level(place, self.levels.len()));
            canvas.text((x + size * 1.4, y), Anchor::Start, Ink::Soft, Weight::Regular, level);
            x += wide;
        }
        y + size * 0.5
    }
}

/// The common line, and how wide one per cent is.
struct Axis {
    zero: f32,
    scale: f32,
}

impl Axis {
    /// As wide as the furthest bars to either side need.
    fn of(bars: &[Bar], from: f32, to: f32) -> Self {
        let (left, right) = bars.iter().map(reach).fold((0.0_f32, 0.01_f32), |a, b| (a.0.max(b.0), a.1.max(b.1)));
        let scale = (to - from) / (left + right);
        Self { zero: from + left * scale, scale }
    }

    fn bar(&self, canvas: &mut Canvas, bar: &Bar, y: f32, thick: f32) {
        let of = bar.counts.len();
        let mut x = self.zero - reach(bar).0 * self.scale;
        for ((place, share), per_cent) in shares(bar).into_iter().enumerate().zip(per_cents(bar)) {
            let wide = share * self.scale;
            if wide > 0.0 {
                canvas.rect((x, y, wide, thick), Ink::Level(place, of));
            }
            if wide > 24.0 {
                let ink = Ink::Level(place, of).letters();
                canvas.text((x + wide / 2.0, y + thick * 0.7), Anchor::Middle, ink, Weight::Regular, &per_cent);
            }
            x += wide;
        }
        // at the edges alone: the number of the middle level stands where the line would go
        for (from, to) in [(y - 3.0, y), (y + thick, y + thick + 3.0)] {
            canvas.line((self.zero, from), (self.zero, to), 1.0, Ink::Text);
        }
    }
}

/// Per cent of the levels in whole numbers, rounded half-up.
fn per_cents(bar: &Bar) -> Vec<String> {
    let n = bar.counts.iter().sum::<u64>().max(1);
    bar.counts.iter().map(|count| ((200 * count + n) / (2 * n)).to_string()).collect()
}

/// Shares of the levels, 0–1.
#[expect(clippy::cast_precision_loss, reason = "a drawing is a pixel wide")]
fn shares(bar: &Bar) -> Vec<f32> {
    let n = bar.counts.iter().sum::<u64>().max(1) as f32;
    bar.counts.iter().map(|count| *count as f32 / n).collect()
}

/// How far a bar goes to the left and to the right of the line: half of a middle level to either side.
fn reach(bar: &Bar) -> (f32, f32) {
    let shares = shares(bar);
    let below: f32 = shares.iter().take(shares.len() / 2).sum();
    let middle = if shares.len() % 2 == 1 { shares.get(shares.len() / 2).copied().unwrap_or(0.0) / 2.0 } else { 0.0 };
    let all: f32 = shares.iter().sum();
    (below + middle, all - below - middle)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(counts: &[u64]) -> Bar {
        Bar { label: "B2 · Nhà vệ sinh".into(), note: "3,10".into(), counts: counts.to_vec() }
    }

    #[test]
    fn half_a_per_cent_goes_up() {
        let bar = Bar { label: String::new(), note: String::new(), counts: vec![2, 14, 0] };
        assert_eq!(per_cents(&bar), ["13", "88", "0"]);
    }

    #[test]
    fn the_middle_level_lies_half_on_either_side() {
        let (left, right) = reach(&bar(&[1, 1, 2, 3, 3]));
        assert!((left - 0.3).abs() < 1e-6 && (right - 0.7).abs() < 1e-6);
        let (left, right) = reach(&bar(&[1, 1, 4, 4]));
        assert!((left - 0.2).abs() < 1e-6 && (right - 0.8).abs() < 1e-6);
    }

    #[test]
    fn nothing_is_drawn_outside_the_frame_and_an_empty_bar_draws_nothing() {
        let levels = ["Rất không hài lòng", "Không", "Bình thường", "Hài lòng", "Rất hài lòng"].map(str::to_owned);
        let bars = vec![bar(&[7, 14, 18, 39, 22]), bar(&[0; 5]), bar(&[90, 5, 3, 1, 1])];
        let chart = Diverging { title: "Thử".into(), levels: levels.to_vec(), bars };
        for breadth in [Breadth::Phone, Breadth::Desk] {
            let drawing = chart.draw(breadth).inline();
            let numbers = |name: &str| {
                let attribute = format!(" {name}=\"");
                let parts = drawing.split(&attribute).skip(1);
                parts.filter_map(|part| part.split('"').next()?.parse::<f32>().ok()).collect::<Vec<_>>()
            };
            assert!(numbers("x").iter().all(|x| (0.0..=breadth.width()).contains(x)), "{drawing}");
            assert!(!drawing.contains("NaN") && !drawing.contains("inf"));
        }
    }
}
