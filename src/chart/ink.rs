//! Colours: in a file as they are, on a page as the theme has them.

/// With what something is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Texts.
    Text,
    /// Texts that explain.
    Soft,
    /// Rules and axes.
    Rule,
    /// What the chart is about.
    Brand,
    /// What stands out.
    Warn,
    /// The ground behind everything.
    Ground,
    /// A level of a scale: its place from the lowest, among so many.
    Level(usize, usize),
}

impl Ink {
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Text => "t",
            Self::Soft => "s",
            Self::Rule => "r",
            Self::Brand => "b",
            Self::Warn => "w",
            Self::Ground => "g",
            Self::Level(place, of) => ["l1", "l2", "l3", "l4", "l5"][shade(place, of)],
        }
    }

    pub(super) fn hex(self) -> &'static str {
        match self {
            Self::Text => "#1a2530",
            Self::Soft => "#505c66",
            Self::Rule => "#a29b8e",
            Self::Brand => "#0f5c63",
            Self::Warn => "#84460a",
            Self::Ground => "#ffffff",
            Self::Level(place, of) => ["#a8540a", "#eeae5c", "#d9d9d2", "#86c3bb", "#0f6b66"][shade(place, of)],
        }
    }

    /// Letters that can be read on it.
    pub fn letters(self) -> Self {
        match self {
            Self::Level(place, of) if matches!(shade(place, of), 0 | 4) => Self::Ground,
            Self::Brand | Self::Warn => Self::Ground,
            _ => Self::Text,
        }
    }
}

/// Which of the five colours, orange over grey to teal, a level has: the same ends for every scale, grey in the middle.
fn shade(place: usize, of: usize) -> usize {
    let last = of.saturating_sub(1);
    if last == 0 { 4 } else { (place.min(last) * 8 + last) / (2 * last) }
}

#[cfg(test)]
mod tests {
    use super::shade;

    #[test]
    fn every_scale_runs_from_orange_to_teal() {
        let shades = |of| (0..of).map(|place| shade(place, of)).collect::<Vec<_>>();
        assert_eq!(shades(5), [0, 1, 2, 3, 4]);
        assert_eq!(shades(4), [0, 1, 3, 4]);
        assert_eq!(shades(3), [0, 2, 4]);
        assert_eq!(shades(2), [0, 4]);
        assert_eq!((shades(1), shades(7).len()), (vec![4], 7));
    }
}
