//! Pieces of a long document, and how they are put on pages: across the whole page, or in two columns that are read one after
//! the other. A piece is never torn unless it is taller than a page.

use super::sheet::Sheet;

/// A piece that cannot be torn: what is drawn from its upper left corner, and how tall it is.
#[derive(Debug, Clone)]
pub(super) struct Atom {
    pub(super) height: f32,
    pub(super) drawn: Sheet,
}

impl Atom {
    pub(super) fn new(height: f32, drawn: Sheet) -> Self {
        Self { height, drawn }
    }
}

/// Atoms that belong together.
#[derive(Debug, Clone, Default)]
pub(super) struct Block {
    /// Repeated where the block goes on on another page.
    pub(super) head: Option<Atom>,
    pub(super) atoms: Vec<Atom>,
    /// Whether it takes the whole width.
    pub(super) is_wide: bool,
    /// Whether it may be torn between atoms.
    pub(super) may_tear: bool,
    /// Whether it stands on the page of what follows.
    pub(super) leads: bool,
}

impl Block {
    pub(super) fn height(&self) -> f32 {
        self.atoms.iter().map(|atom| atom.height).sum()
    }

    /// How much room it needs at the end of a page.
    fn least(&self) -> f32 {
        let head = self.head.as_ref().map_or(0.0, |head| head.height);
        match self.atoms.first() {
            Some(first) if self.may_tear => head + first.height,
            _ => head + self.height(),
        }
    }
}

/// Where pages have room, and what was put on them.
#[derive(Debug)]
pub(super) struct Flow {
    pub(super) sheets: Vec<Sheet>,
    size: (f32, f32),
    left: f32,
    /// The width of a column, and what is between two.
    column: (f32, f32),
    /// Where pages after the first begin, and where all end.
    top: f32,
    bottom: f32,
    y: f32,
}

impl Flow {
    /// Begins on a page on which something stands already, down to `y`.
    pub(super) fn after(first: Sheet, y: f32, left: f32, column: (f32, f32), (top, bottom): (f32, f32)) -> Self {
        let size = first.size;
        Self { sheets: vec![first], size, left, column, top, bottom, y }
    }

    /// Puts everything on pages.
    pub(super) fn put(&mut self, blocks: Vec<Block>) {
        let mut rest: Vec<Block> = blocks.into_iter().flat_map(|block| self.torn(block)).collect();
        rest.reverse();
        while let Some(block) = rest.pop() {
            if !block.is_wide {
                let mut run = vec![block];
                while rest.last().is_some_and(|next| !next.is_wide) {
                    run.extend(rest.pop());
                }
                self.columns(&run);
                continue;
            }
            let with_next = if block.leads { rest.last().map_or(0.0, Block::least) } else { 0.0 };
            self.wide(&block, with_next);
        }
    }

    /// Parts of a block that is taller than a page.
    fn torn(&self, block: Block) -> Vec<Block> {
        let most = self.bottom - self.top;
        if block.is_wide || block.height() <= most {
            return vec![block];
        }
        let mut parts: Vec<Block> = Vec::new();
        for atom in block.atoms {
            match parts.last_mut() {
                Some(part) if part.height() + atom.height <= most => part.atoms.push(atom),
                _ => parts.push(Block { atoms: vec![atom], ..Block::default() }),
            }
        }
        parts
    }

    fn turn(&mut self) {
        self.sheets.push(Sheet::new(self.size));
        self.y = self.top;
    }

    fn draw(&mut self, atom: &Atom, x: f32, y: f32) {
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.put(&atom.drawn, (x, y), 1.0);
        }
    }

    fn wide(&mut self, block: &Block, with_next: f32) {
        if self.y + block.least() + with_next > self.bottom && self.y > self.top {
            self.turn();
        }
        self.head(block);
        for atom in &block.atoms {
            if self.y + atom.height > self.bottom && self.y > self.top {
                self.turn();
                self.head(block);
            }
            self.draw(atom, self.left, self.y);
            self.y += atom.height;
        }
    }

    fn head(&mut self, block: &Block) {
        if let Some(head) = &block.head {
            self.draw(head, self.left, self.y);
            self.y += head.height;
        }
    }

    /// Blocks in two columns: the left one is read to its end, then the right one.
    fn columns(&mut self, mut blocks: &[Block]) {
        while !blocks.is_empty() {
            let heights: Vec<f32> = blocks.iter().map(Block::height).collect();
            let (left, right) = split(&heights, self.bottom - self.y);
            if left == 0 {
                self.turn();
                if split(&heights, self.bottom - self.y).0 == 0 {
                    // nothing is taller than a page; but if it were, it would rather leave the page than stop the printing
                    let (first, rest) = blocks.split_at(1);
                    self.pour(first, &[]);
                    blocks = rest;
                }
                continue;
            }
            let (here, rest) = blocks.split_at(left + right);
            let (first, second) = here.split_at(left);
            self.pour(first, second);
            blocks = rest;
            if !blocks.is_empty() {
                self.turn();
            }
        }
    }

    fn pour(&mut self, first: &[Block], second: &[Block]) {
        let top = self.y;
        let mut lowest = top;
        for (column, x) in [(first, self.left), (second, self.left + self.column.0 + self.column.1)] {
            let mut y = top;
            for atom in column.iter().flat_map(|block| &block.atoms) {
                self.draw(atom, x, y);
                y += atom.height;
            }
            lowest = lowest.max(y);
        }
        self.y = lowest;
    }
}

/// How many of these stand in the left and in the right column of such a height: all, in columns of about one length, or as many
/// as there is room for.
fn split(heights: &[f32], room: f32) -> (usize, usize) {
    let sum = |part: &[f32]| part.iter().sum::<f32>();
    let fitting = |from: &[f32]| {
        let mut used = 0.0;
        from.iter()
            .take_while(|height| {
                used += **height;
                used <= room
            })
            .count()
    };
    let most = fitting(heights);
    let even = (1..=most).filter(|left| sum(&heights[*left..]) <= room).min_by(|a, b| {
        let taller = |left: usize| sum(&heights[..left]).max(sum(&heights[left..]));
        taller(*a).total_cmp(&taller(*b))
    });
    match even {
        Some(left) => (left, heights.len() - left),
        None => (most, fitting(&heights[most..])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn columns_are_of_about_one_length_and_full_pages_are_filled() {
        assert_eq!(split(&[10.0, 10.0, 10.0, 10.0], 100.0), (2, 2));
        assert_eq!(split(&[30.0, 10.0, 10.0], 100.0), (1, 2));
        assert_eq!(split(&[60.0, 60.0, 60.0, 60.0], 100.0), (1, 1));
        assert_eq!(split(&[160.0], 100.0), (0, 0));
    }

    proptest! {
        #[test]
        fn every_piece_is_printed_once_and_in_order(heights in prop::collection::vec(1.0_f32..400.0, 0..40)) {
            let block = |height: &f32| {
                let mut drawn = Sheet::new((0.0, 0.0));
                drawn.fill(super::super::sheet::Area(0.0, 0.0, *height, *height), 0.0, super::super::sheet::Ink::Dark);
                Block { atoms: vec![Atom::new(*height, drawn)], ..Block::default() }
            };
            let mut flow = Flow::after(Sheet::new((500.0, 700.0)), 300.0, 0.0, (240.0, 20.0), (50.0, 650.0));
            flow.put(heights.iter().map(block).collect());
            let mut seen = Vec::new();
            for mark in flow.sheets.iter().flat_map(|sheet| &sheet.marks) {
                if let super::super::sheet::Mark::Fill { area, .. } = mark {
                    prop_assert!(area.1 + area.3 <= 650.1, "{area:?}");
                    seen.push(area.3);
                }
            }
            prop_assert_eq!(seen, heights);
        }
    }
}
