//! QR codes as modules.

use qrcode::{Color, EcLevel, QrCode};

use super::NotPrinted;

/// Modules of white around the code, as the standard asks.
pub const QUIET: usize = 4;

/// A QR code at level Q: a quarter of it may be dirty or torn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qr {
    /// What it holds.
    pub text: String,
    /// Modules per side.
    pub width: usize,
    dark: Vec<bool>,
}

/// The code of a text at level Q.
///
/// # Errors
/// The text is too long for one.
pub fn matrix(text: &str) -> Result<QrCode, NotPrinted> {
    QrCode::with_error_correction_level(text, EcLevel::Q).map_err(|error| NotPrinted(format!("QR: {error}")))
}

impl Qr {
    /// The code of this text.
    ///
    /// # Errors
    /// The text is too long for one.
    pub fn of(text: &str) -> Result<Self, NotPrinted> {
        let code = matrix(text)?;
        let dark = code.to_colors().into_iter().map(|color| color == Color::Dark).collect();
        Ok(Self { text: text.to_owned(), width: code.width(), dark })
    }

    /// Dark modules that stand side by side: column, row and how many.
    pub(super) fn bars(&self) -> Vec<(usize, usize, usize)> {
        let mut bars = Vec::new();
        for (row, modules) in self.dark.chunks(self.width).enumerate() {
            let mut from = 0;
            for same in modules.chunk_by(|a, b| a == b) {
                if same.first() == Some(&true) {
                    bars.push((from, row, same.len()));
                }
                from += same.len();
            }
        }
        bars
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bars_hold_every_dark_module_once() {
        let qr = Qr::of("https://langnghe.example.vn/k/ABC234").unwrap();
        let dark: usize = qr.bars().iter().map(|(_, _, n)| n).sum();
        assert_eq!(dark, qr.dark.iter().filter(|dark| **dark).count());
        assert!(qr.bars().iter().all(|(x, y, n)| x + n <= qr.width && *y < qr.width));
    }
}
