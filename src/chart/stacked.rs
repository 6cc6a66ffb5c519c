//! Stacked bars of a hundred per cent: how the groups of a table divide.

use super::{Anchor, Breadth, Canvas, Drawing, Ink};
use crate::typeface::{self, Weight};

/// One group.
#[derive(Debug, Clone)]
pub struct Stack {
    /// What it is called.
    pub label: String,
    /// What stands beside it, such as its base.
    pub note: String,
    /// How many are in each part, in the order of the parts.
    pub counts: Vec<u64>,
}

/// Groups beside each other.
#[derive(Debug, Clone)]
pub struct Stacked {
    /// What the chart is called.
    pub title: String,
    /// What the parts are called: five at most, because more colours cannot be told apart.
    pub parts: Vec<String>,
    /// From the top.
    pub stacks: Vec<Stack>,
}

/// The most parts that can be told apart.
pub const MOST_PARTS: usize = 5;
/// Between two bars.
const GAP: f32 = 12.0;

impl Stacked {
    /// Draws it.
    pub fn draw(&self, breadth: Breadth) -> Drawing {
        let mut canvas = Canvas::new(breadth);
        let (size, width) = (breadth.size(), breadth.width());
        let (thick, mut y) = (size * 1.6, self.legend(&mut canvas, breadth) + GAP);
        for stack in &self.stacks {
            let below = match breadth {
                Breadth::Phone => {
                    let text = format!("{} · {}", stack.label, stack.note);
                    let below = canvas.lines((0.0, y + size), width, Ink::Text, Weight::Regular, &text) - size * 0.9;
                    self.bar(&mut canvas, stack, (0.0, below), (width, thick));
                    below + thick
                }
                Breadth::Desk => {
                    let (from, to) = (width * 0.34, width - 110.0);
                    let below = canvas.lines((0.0, y + size), from - 16.0, Ink::Text, Weight::Regular, &stack.label);
                    self.bar(&mut canvas, stack, (from, y), (to - from, thick));
                    canvas.text((to + 12.0, y + size * 1.15), Anchor::Start, Ink::Soft, Weight::Regular, &stack.note);
                    (below - size).max(y + thick)
                }
            };
            y = below + GAP;
        }
        canvas.finish(y, &self.title).told(self.stacks.iter().map(|stack| self.told(stack)))
    }

    /// A group in words: `Lớp 5 (n = 40): Không 10, Có 30`.
    fn told(&self, stack: &Stack) -> String {
        let parts = self.parts.iter().zip(&stack.counts).map(|(part, count)| format!("{part} {count}"));
        format!("{} ({}): {}", stack.label, stack.note, parts.collect::<Vec<_>>().join(", "))
    }

    /// The parts with their colours; returns where it ends.
    fn legend(&self, canvas: &mut Canvas, breadth: Breadth) -> f32 {
        let size = breadth.size();
        let (mut x, mut y) = (0.0, size);
        for (place, part) in self.parts.iter().enumerate() {
            let wide = size * 1.4 + typeface::width(part, size, Weight::Regular) + 18.0;
            if x > 0.0 && x + wide > breadth.width() {
                (x, y) = (0.0, y + size * 1.5);
            }
            canvas.rect((x, y - size * 0.85, size, size), Ink::Level(place, self.parts.len()));
            y = canvas.lines((x + size * 1.4, y), breadth.width() - size * 1.4, Ink::Soft, Weight::Regular, part)
                - size * 1.4;
            x += wide;
        }
        y + size * 0.5
    }

    #[expect(clippy::cast_precision_loss, reason = "a drawing is a pixel wide")]
    fn bar(&self, canvas: &mut Canvas, stack: &Stack, (left, y): (f32, f32), (width, thick): (f32, f32)) {
        let all = stack.counts.iter().sum::<u64>().max(1) as f32;
        let mut x = left;
        for (place, count) in stack.counts.iter().enumerate() {
            let (share, ink) = (*count as f32 / all, Ink::Level(place, self.parts.len()));
            let wide = share * width;
            if wide > 0.0 {
                canvas.rect((x, y, wide, thick), ink);
            }
            if wide > 24.0 {
                let middle = (x + wide / 2.0, y + thick * 0.7);
                canvas.text(middle, Anchor::Middle, ink.letters(), Weight::Regular, &format!("{:.0}", share * 100.0));
            }
            x += wide;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_group_fills_its_bar_and_an_empty_one_draws_nothing() {
        let stack = |counts: &[u64]| Stack { label: "Lớp 5".into(), note: "n = 40".into(), counts: counts.to_vec() };
        let parts = ["Không", "Bình thường", "Có, và đây là một câu trả lời rất dài mà điện thoại phải xuống dòng"];
        let stacks = vec![stack(&[10, 20, 10]), stack(&[0; 3]), stack(&[0, 0, 7])];
        let chart = Stacked { title: "Thử".into(), parts: parts.map(str::to_owned).to_vec(), stacks };
        for breadth in [Breadth::Phone, Breadth::Desk] {
            let drawing = chart.draw(breadth).file();
            // three in the legend, three and one in the bars, and the ground
            assert_eq!(drawing.matches("<rect").count(), 3 + 3 + 1 + 1, "{drawing}");
            assert!(drawing.contains(">50<") && drawing.contains(">100<") && !drawing.contains("NaN"));
        }
    }
}
