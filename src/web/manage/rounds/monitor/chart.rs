//! A row of bars, drawn by the server: it needs no script, prints, and has its table behind it.

/// Of the drawing; the page scales it.
const WIDTH: i64 = 360;
const LEFT: i64 = 8;
const TOP: i64 = 20;
const FLOOR: i64 = 130;
/// One day alone is a bar, too, not a wall.
const WIDEST: i64 = 40;

/// One bar and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    /// What the table calls it.
    pub label: String,
    /// How high it is.
    pub n: i64,
    /// The number as the page says it.
    pub shown: String,
    /// What stands below it; most bars have nothing.
    pub tick: Option<String>,
}

/// A chart and its table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chart {
    /// Names it on the page.
    pub id: &'static str,
    /// What it shows.
    pub title: String,
    /// Each bar.
    pub bars: Vec<Bar>,
    /// The highest number.
    pub most: String,
    /// What the first column of the table is called.
    pub heading: String,
}

/// A bar with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bar {
    /// What it stands for.
    pub item: Item,
    /// Left edge.
    pub x: i64,
    /// Upper edge.
    pub y: i64,
    /// Width.
    pub width: i64,
    /// Height.
    pub height: i64,
    /// The middle.
    pub middle: i64,
}

impl Chart {
    /// Lays the bars out; the highest fills the height, and what is there is seen.
    pub(super) fn new(id: &'static str, title: String, heading: String, items: Vec<Item>) -> Self {
        let count = i64::try_from(items.len()).unwrap_or(i64::MAX).max(1);
        let highest = items.iter().max_by_key(|item| item.n).cloned();
        let top = highest.as_ref().map_or(1, |item| item.n.max(1));
        let left = |at: i64| LEFT + (WIDTH - 2 * LEFT) * at / count;
        let bars = (0..).zip(items).map(|(at, item)| {
            let (x, next) = (left(at), left(at + 1));
            let height = ((FLOOR - TOP) * item.n / top).max(i64::from(item.n > 0) * 2);
            let (width, middle) = ((next - x - 2).clamp(2, WIDEST), i64::midpoint(x, next));
            Bar { y: FLOOR - height, height, x: middle - width / 2, width, middle, item }
        });
        let most = highest.map(|item| item.shown).unwrap_or_default();
        Self { id, title, bars: bars.collect(), most, heading }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(numbers: &[i64]) -> Chart {
        let item = |n: &i64| Item { label: String::new(), n: *n, shown: n.to_string(), tick: None };
        Chart::new("x", String::new(), String::new(), numbers.iter().map(item).collect())
    }

    #[test]
    fn bars_stay_inside_do_not_overlap_and_a_little_is_never_nothing() {
        let chart = drawn(&[0, 1, 5000, 2500]);
        let heights: Vec<i64> = chart.bars.iter().map(|bar| bar.height).collect();
        assert_eq!((heights, chart.most.as_str()), (vec![0, 2, 110, 55], "5000"));
        assert!(chart.bars.windows(2).all(|pair| pair[0].x + pair[0].width <= pair[1].x));
        assert!(chart.bars.iter().all(|bar| bar.y + bar.height == FLOOR && bar.x + bar.width < WIDTH));
        assert!(drawn(&[]).bars.is_empty() && drawn(&[0, 0]).bars.iter().all(|bar| bar.height == 0));
    }
}
