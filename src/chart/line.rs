//! A share from round to round: dots with their intervals, joined where nothing but time lies between them.

use super::{Anchor, Breadth, Canvas, Drawing, Ink};
use crate::typeface::Weight;

/// One round.
#[derive(Debug, Clone)]
pub struct Step {
    /// When.
    pub label: String,
    /// What stands above the dot: `88,4 %`.
    pub note: String,
    /// Below its label: its base.
    pub base: String,
    /// 0–1.
    pub share: f32,
    /// From and to, 0–1; none where no sample was drawn.
    pub interval: Option<(f32, f32)>,
    /// Whether a line joins it to the one before.
    pub joins: bool,
}

/// Shares in time.
#[derive(Debug, Clone)]
pub struct Line {
    /// What the chart is called.
    pub title: String,
    /// From the first to the last.
    pub steps: Vec<Step>,
}

/// So many fit beside each other on a phone; the last ones are drawn.
const ON_A_PHONE: usize = 4;

/// How high the area of the dots is.
const HEIGHT: f32 = 220.0;

impl Line {
    /// Draws it.
    pub fn draw(&self, breadth: Breadth) -> Drawing {
        let mut canvas = Canvas::new(breadth);
        let size = breadth.size();
        let left_out = if breadth == Breadth::Phone { self.steps.len().saturating_sub(ON_A_PHONE) } else { 0 };
        let steps = &self.steps[left_out..];
        let (least, top) = (self.least(), size * 2.2);
        let y = |share: f32| top + (1.0 - ((share - least) / (1.0 - least)).clamp(0.0, 1.0)) * HEIGHT;
        let (left, right) = (size * 3.6, breadth.width() - size * 3.0);
        grid(&mut canvas, least, (left - size * 0.6, breadth.width()), y, size);
        let gap = if steps.len() > 1 { (right - left - size * 2.0) / (steps.len() - 1) as f32 } else { 0.0 };
        let mut before = None;
        for (place, step) in steps.iter().enumerate() {
            let at = (left + size * 2.0 + gap * place as f32, y(step.share));
            if let (Some(before), true) = (before, step.joins) {
                canvas.line(before, at, 2.0, Ink::Brand);
            }
            before = Some(at);
        }
        for (place, step) in steps.iter().enumerate() {
            self::step(&mut canvas, step, left + size * 2.0 + gap * place as f32, y, size);
        }
        let told = self.steps.iter().map(|step| format!("{}: {} ({})", step.label, step.note, step.base));
        canvas.finish(top + HEIGHT + size * 3.6, &self.title).told(told)
    }

    /// Where the axis begins: the ten per cent below everything that is drawn.
    fn least(&self) -> f32 {
        let lows = self.steps.iter().map(|step| step.interval.map_or(step.share, |(low, _)| low));
        ((lows.fold(1.0_f32, f32::min) * 10.0 - 0.2).floor() / 10.0).clamp(0.0, 0.9)
    }
}

fn grid(canvas: &mut Canvas, least: f32, (from, to): (f32, f32), y: impl Fn(f32) -> f32, size: f32) {
    for share in [least, f32::midpoint(least, 1.0), 1.0] {
        canvas.line((from, y(share)), (to, y(share)), 0.5, Ink::Rule);
        let label = format!("{:.0} %", share * 100.0);
        canvas.text((from - size * 0.3, y(share) + size * 0.35), Anchor::End, Ink::Soft, Weight::Regular, &label);
    }
}

fn step(canvas: &mut Canvas, step: &Step, x: f32, y: impl Fn(f32) -> f32, size: f32) {
    let mut above = y(step.share);
    if let Some((low, high)) = step.interval {
        canvas.line((x, y(low)), (x, y(high)), 3.0, Ink::Brand);
        above = y(high);
    }
    canvas.dot((x, y(step.share)), 5.5, Ink::Brand);
    canvas.text((x, above - size * 0.7), Anchor::Middle, Ink::Text, Weight::Bold, &step.note);
    canvas.text((x, y(0.0) + size * 1.5), Anchor::Middle, Ink::Text, Weight::Regular, &step.label);
    canvas.text((x, y(0.0) + size * 2.8), Anchor::Middle, Ink::Soft, Weight::Regular, &step.base);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_that_asked_in_other_words_are_not_joined() {
        let step = |share, joins| Step {
            label: "5/2026".into(),
            note: "80 %".into(),
            base: "n = 120".into(),
            share,
            interval: Some((share - 0.05, share + 0.05)),
            joins,
        };
        let drawn = |second, third| {
            let steps = vec![step(0.7, false), step(0.75, second), step(0.8, third)];
            Line { title: "Thử".into(), steps }.draw(Breadth::Desk).file()
        };
        let lines = |drawing: String| drawing.matches("<line").count();
        assert_eq!(lines(drawn(true, true)), lines(drawn(true, false)) + 1);
        let one = Line { title: "Một".into(), steps: vec![step(1.0, false)] }.draw(Breadth::Phone).file();
        assert!(one.matches("<circle").count() == 1 && !one.contains("NaN"));
        assert!(!Line { title: "Không".into(), steps: Vec::new() }.draw(Breadth::Phone).file().contains("NaN"));
    }
}
