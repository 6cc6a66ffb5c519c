//! Dots with their intervals on one axis of per cent: units beside each other without a ladder from best to worst.

use super::{Anchor, Breadth, Canvas, Drawing, Ink};
use crate::typeface::Weight;

/// One unit's share.
#[derive(Debug, Clone)]
pub struct Point {
    /// Whose.
    pub label: String,
    /// What stands beside it, such as `k/n`.
    pub note: String,
    /// 0–1.
    pub share: f32,
    /// From and to, 0–1; none where no sample was drawn.
    pub interval: Option<(f32, f32)>,
    /// Whether it differs from the whole by more than chance explains.
    pub stands_out: bool,
    /// Whether so few answered that it says little.
    pub is_few: bool,
}

/// Shares on one axis.
#[derive(Debug, Clone)]
pub struct Intervals {
    /// What the chart is called.
    pub title: String,
    /// The whole: a line through all, 0–1, and what it is called.
    pub whole: Option<(f32, String)>,
    /// From the top.
    pub points: Vec<Point>,
}

impl Intervals {
    /// Draws it.
    pub fn draw(&self, breadth: Breadth) -> Drawing {
        let mut canvas = Canvas::new(breadth);
        let (size, width) = (breadth.size(), breadth.width());
        let (from, to) = match breadth {
            Breadth::Phone => (8.0, width - 8.0),
            Breadth::Desk => (width * 0.36, width - 150.0),
        };
        let axis = Axis { from, to, least: self.least() };
        let mut y = size * 3.2;
        axis.labels(&mut canvas, y - size * 0.8);
        if let Some((share, label)) = &self.whole {
            let x = axis.at(*share);
            let anchor = if x > width / 2.0 { Anchor::End } else { Anchor::Start };
            canvas.text((x, size), anchor, Ink::Text, Weight::Regular, label);
        }
        for point in &self.points {
            let middle = match breadth {
                Breadth::Phone => {
                    let text = format!("{} · {}", point.label, point.note);
                    canvas.lines((0.0, y + size), width, Ink::Text, Weight::Regular, &text) - size * 0.4
                }
                Breadth::Desk => {
                    canvas.text((to + 14.0, y + size), Anchor::Start, Ink::Text, Weight::Regular, &point.note);
                    y + size * 0.65
                }
            };
            let below = match breadth {
                Breadth::Phone => middle,
                Breadth::Desk => {
                    canvas.lines((0.0, y + size), from - 20.0, Ink::Text, Weight::Regular, &point.label) - size * 1.75
                }
            };
            self.row(&mut canvas, &axis, point, middle);
            y = below.max(middle) + size * 1.35;
        }
        let points = self.points.iter().map(|point| format!("{}: {}", point.label, point.note));
        let told = self.whole.iter().map(|(_, label)| label.clone()).chain(points);
        canvas.finish(y + size * 0.4, &self.title).told(told)
    }

    /// The rule of one row with the whole's mark, and the point on it.
    fn row(&self, canvas: &mut Canvas, axis: &Axis, point: &Point, y: f32) {
        canvas.line((axis.from, y), (axis.to, y), 0.6, Ink::Rule);
        if let Some((share, _)) = &self.whole {
            canvas.line((axis.at(*share), y - 9.0), (axis.at(*share), y + 9.0), 1.5, Ink::Text);
        }
        let ink = match (point.stands_out, point.is_few) {
            (true, _) => Ink::Warn,
            (false, true) => Ink::Soft,
            (false, false) => Ink::Brand,
        };
        if let Some((low, high)) = point.interval {
            canvas.line((axis.at(low), y), (axis.at(high), y), 4.0, ink);
        }
        canvas.dot((axis.at(point.share), y), if point.is_few { 3.5 } else { 5.5 }, ink);
    }

    /// Where the axis begins: the ten per cent below everything that is drawn.
    fn least(&self) -> f32 {
        let lows = self.points.iter().map(|point| point.interval.map_or(point.share, |(low, _)| low));
        let least = lows.chain(self.whole.iter().map(|(share, _)| *share)).fold(1.0_f32, f32::min);
        ((least * 10.0 - 0.2).floor() / 10.0).clamp(0.0, 0.9)
    }
}

struct Axis {
    from: f32,
    to: f32,
    least: f32,
}

impl Axis {
    fn at(&self, share: f32) -> f32 {
        let part = (share - self.least) / (1.0 - self.least);
        self.from + part.clamp(0.0, 1.0) * (self.to - self.from)
    }

    /// Where the axis begins and ends, and its middle.
    fn labels(&self, canvas: &mut Canvas, y: f32) {
        let middle = f32::midpoint(self.least, 1.0);
        for (share, anchor) in [(self.least, Anchor::Start), (middle, Anchor::Middle), (1.0, Anchor::End)] {
            let label = format!("{:.0} %", share * 100.0);
            canvas.text((self.at(share), y), anchor, Ink::Soft, Weight::Regular, &label);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_axis_begins_below_everything_and_ends_at_a_hundred() {
        let point = |share, interval| Point {
            label: "TH Hoa Mai".into(),
            note: "90/120".into(),
            share,
            interval,
            stands_out: false,
            is_few: false,
        };
        let chart = Intervals {
            title: "Thử".into(),
            whole: Some((0.8, "Cả đợt 80,0 %".into())),
            points: vec![point(0.75, Some((0.66, 0.82))), point(0.9, None)],
        };
        assert!((chart.least() - 0.6).abs() < 1e-6);
        let drawing = chart.draw(Breadth::Phone).file();
        assert_eq!(drawing.matches("<circle").count(), 2);
        assert!(drawing.contains("60 %") && drawing.contains("100 %") && !drawing.contains("NaN"));
    }
}
