//! Text in a box: lines that stay inside it.

use super::{Weight, width};

/// A text that was put into a box.
#[derive(Debug, Clone, PartialEq)]
pub struct Lines {
    /// Of its letters.
    pub size: f32,
    /// From top to bottom.
    pub lines: Vec<String>,
}

impl Lines {
    /// From one baseline to the next; Vietnamese capitals carry two marks, so this is generous.
    pub fn leading(&self) -> f32 {
        (self.size * 1.28).round()
    }

    /// How tall it is.
    #[expect(clippy::cast_precision_loss, reason = "a few lines")]
    pub fn height(&self) -> f32 {
        self.leading() * self.lines.len() as f32
    }
}

/// A box: so wide, so many lines. The unit is whatever the size of the letters is in.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// How wide.
    pub width: f32,
    /// How many lines.
    pub lines: usize,
    /// How heavy its letters are.
    pub weight: Weight,
}

impl Room {
    /// The text at the largest of these sizes at which it fits, in lines of about one length. What fits at none of them is
    /// cut at the smallest and ends in “…”.
    pub fn fit(self, text: &str, sizes: &[f32]) -> Lines {
        let text = crate::vietnamese::nfc(text);
        let mut size = 1.0;
        let mut lines = Vec::new();
        for wanted in sizes {
            size = *wanted;
            lines = self.wrap(&text, size, self.width);
            if lines.len() <= self.lines {
                return Lines { size, lines: self.balanced(&text, size, lines) };
            }
        }
        lines.truncate(self.lines);
        if let Some(last) = lines.last_mut() {
            while width(&format!("{last}…"), size, self.weight) > self.width && last.pop().is_some() {}
            *last = format!("{}…", last.trim_end_matches([' ', ',', '.', '–', '-']));
        }
        Lines { size, lines }
    }

    /// The text at this size in lines as long as they may be, however many.
    pub fn filled(self, text: &str, size: f32) -> Lines {
        let text = crate::vietnamese::nfc(text);
        Lines { size, lines: self.wrap(&text, size, self.width) }
    }

    /// The narrowest lines of which there are no more: no single word is left alone on the last one.
    fn balanced(self, text: &str, size: f32, mut best: Vec<String>) -> Vec<String> {
        let mut narrower = self.width;
        while narrower > self.width * 0.5 {
            narrower -= 8.0;
            let lines = self.wrap(text, size, narrower);
            if lines.len() > best.len() || lines.iter().any(|line| width(line, size, self.weight) > narrower) {
                break;
            }
            best = lines;
        }
        best
    }

    /// Lines as long as they may be, broken between words; a word that is longer than a line is broken where the line ends.
    fn wrap(self, text: &str, size: f32, limit: f32) -> Vec<String> {
        let fits = |line: &str| width(line, size, self.weight) <= limit;
        let mut lines = Vec::new();
        let mut line = String::new();
        for word in text.split_whitespace() {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if fits(&longer) {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for letter in word.chars() {
                if !line.is_empty() && !fits(&format!("{line}{letter}")) {
                    lines.push(std::mem::take(&mut line));
                }
                line.push(letter);
            }
        }
        if !line.is_empty() {
            lines.push(line);
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ROOM: Room = Room { width: 1056.0, lines: 3, weight: Weight::Bold };
    const SIZES: [f32; 3] = [64.0, 52.0, 40.0];

    fn is_inside(lines: &Lines) -> bool {
        lines.lines.len() <= ROOM.lines
            && lines.lines.iter().all(|line| width(line, lines.size, ROOM.weight) <= ROOM.width)
    }

    #[test]
    fn a_short_title_is_large_and_a_long_one_keeps_every_word() {
        let short = ROOM.fit("Ý kiến cha mẹ học kỳ I", &SIZES);
        assert_eq!((short.size, short.lines.len()), (64.0, 1));
        let title = "Lấy ý kiến cha mẹ, người nuôi dưỡng trẻ về chất lượng chăm sóc, nuôi dưỡng, giáo dục \
                     và sự an toàn của trẻ ở trường năm học 2026–2027";
        let long = ROOM.fit(title, &SIZES);
        assert!(is_inside(&long), "{long:?}");
        assert_eq!(long.lines.join(" "), title);
    }

    #[test]
    fn no_word_is_left_alone_on_the_last_line() {
        let lines = ROOM.fit("Khảo sát sự hài lòng của cha mẹ học sinh tiểu học", &SIZES);
        let words: Vec<usize> = lines.lines.iter().map(|line| line.split(' ').count()).collect();
        assert!(words.len() == 2 && words.iter().all(|n| *n > 3), "{lines:?}");
    }

    #[test]
    fn what_fits_at_no_size_is_cut_and_says_so() {
        let endless = ROOM.fit(&"Trường Tiểu học Nguyễn Thị Minh Khai ".repeat(20), &SIZES);
        assert!(is_inside(&endless) && endless.lines[2].ends_with('…'), "{endless:?}");
    }

    #[test]
    fn letters_of_other_languages_of_the_country_have_a_width() {
        for letter in "ƀčĕŏŭñđ".chars() {
            let one = width(&letter.to_string(), 100.0, Weight::Medium);
            assert!(one > 20.0 && one < 90.0, "{letter} {one}");
        }
    }

    proptest! {
        #[test]
        fn nothing_ever_leaves_its_box(text in ".{0,300}") {
            prop_assert!(is_inside(&ROOM.fit(&text, &SIZES)));
        }
    }
}
