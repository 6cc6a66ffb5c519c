//! Pictures for the manual, taken on the way: `MANUAL_PICTURES` names a folder for them; without it none are taken.

use std::path::PathBuf;

use super::browser::Browser;

pub struct Manual {
    folder: Option<PathBuf>,
}

impl Manual {
    pub fn new() -> Self {
        Self { folder: std::env::var_os("MANUAL_PICTURES").map(PathBuf::from) }
    }

    /// The page that is open, as it stands on a laptop.
    pub async fn picture(&self, browser: &Browser, name: &str) {
        let Some(folder) = &self.folder else { return };
        std::fs::create_dir_all(folder).expect("a folder for pictures");
        browser.resize(1366).await;
        let picture = browser.screen().await;
        std::fs::write(folder.join(format!("{name}.png")), picture).expect("written");
    }
}
