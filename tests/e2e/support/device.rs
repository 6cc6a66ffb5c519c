//! What a browser runs on: a desk, or a telephone with a touch screen; with or without scripts and cookies.

use std::path::Path;

use serde_json::{Map, Value, json};

/// Written out because Chromium as root, in containers and without a network needs all of them.
const ARGUMENTS: [&str; 10] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    // a page that is still gliding to a button cannot be tapped there
    "--force-prefers-reduced-motion",
];

/// What the browser runs on.
#[derive(Debug, Clone, Copy)]
pub struct Device {
    /// CSS pixels; a telephone has a touch screen of this size.
    size: (u32, u32),
    pub(super) is_phone: bool,
    has_script: bool,
    keeps_cookies: bool,
}

impl Device {
    pub const DESK: Self = Self { size: (1366, 900), is_phone: false, has_script: true, keeps_cookies: true };
    pub const PHONE: Self = Self { size: (360, 740), is_phone: true, ..Self::DESK };
    /// The smallest telephone that is still in use.
    pub const SMALL: Self = Self { size: (320, 640), ..Self::PHONE };
    pub const LARGE: Self = Self { size: (390, 844), ..Self::PHONE };

    pub fn without_script(self) -> Self {
        Self { has_script: false, ..self }
    }

    pub fn without_cookies(self) -> Self {
        Self { keeps_cookies: false, ..self }
    }

    /// What the driver is asked for.
    pub(super) fn capabilities(self, profile: &Path) -> Map<String, Value> {
        const BLOCKED: u8 = 2;
        let mut arguments: Vec<String> = ARGUMENTS.iter().map(|&argument| argument.to_owned()).collect();
        arguments.push(format!("--user-data-dir={}", profile.join("profile").display()));
        let mut options = json!({});
        let (width, height) = self.size;
        if self.is_phone {
            let phone = json!({"width": width, "height": height, "pixelRatio": 3, "mobile": true, "touch": true});
            options["mobileEmulation"] = json!({"deviceMetrics": phone});
        } else {
            arguments.push(format!("--window-size={width},{height}"));
        }
        let mut settings = json!({});
        if !self.has_script {
            settings["javascript"] = json!(BLOCKED);
        }
        if !self.keeps_cookies {
            settings["cookies"] = json!(BLOCKED);
        }
        options["prefs"] = json!({"profile": {"managed_default_content_settings": settings}});
        options["args"] = json!(arguments);
        let mut wanted = Map::new();
        wanted.insert("goog:chromeOptions".to_owned(), options);
        wanted
    }
}
