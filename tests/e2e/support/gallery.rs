//! Every page and state, looked at: no accessibility violation, nothing wider than the screen, at two widths, in both themes.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::Value;

use super::browser::Browser;
use super::tool::file;

const AXE: &str = "target/test-tools/node_modules/axe-core/axe.min.js";

const EVERY_RULE: &str = "'wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'";
/// The dark theme changes colours and nothing else.
const RULES_OF_COLOUR: &str = "'color-contrast', 'link-in-text-block'";

/// What a finger aims at and is lower than 48 px. A link within a sentence is as high as its line (WCAG 2.2, 2.5.8); a box is
/// tapped by its label.
const SMALL_TARGETS: &str = "
    const aims = document.querySelectorAll('button, .btn, .tap, .lang a, summary, select, textarea, label:has(input), input.field');
    const small = Array.from(aims).filter(aim => aim.checkVisibility() && aim.getBoundingClientRect().height < 47.5);
    return small.map(aim => aim.outerHTML.slice(0, 120) + ' ' + aim.getBoundingClientRect().height)";

/// What has been looked at, and what was wrong with it.
pub struct Gallery {
    axe: String,
    /// Method and pattern of every route whose pages were looked at.
    seen: BTreeSet<String>,
    found: Vec<String>,
    /// Whether the pages are for telephones: everything that is tapped is large.
    is_for_fingers: bool,
    /// A folder for pictures, if `E2E_PICTURES` names one.
    pictures: Option<PathBuf>,
}

impl Gallery {
    pub fn new() -> Self {
        let axe = std::fs::read_to_string(file("AXE_JS", AXE)).expect("axe");
        let pictures = std::env::var_os("E2E_PICTURES").map(PathBuf::from);
        Self { axe, seen: BTreeSet::new(), found: Vec::new(), is_for_fingers: false, pictures }
    }

    /// For pages that parents see.
    pub fn for_fingers() -> Self {
        Self { is_for_fingers: true, ..Self::new() }
    }

    /// Looks at the page that is open, which this route has answered with.
    pub async fn look(&mut self, browser: &Browser, route: &str, name: &str) {
        self.seen.insert(route.to_owned());
        browser.page.execute(&self.axe, vec![]).await.expect("axe loads");
        for width in [320, 1366] {
            browser.resize(width).await;
            for scheme in ["light", "dark"] {
                browser.scheme(scheme).await;
                let over = browser.run("return document.documentElement.scrollWidth - window.innerWidth").await;
                if over.as_i64().unwrap_or(0) > 0 {
                    self.found.push(format!("{name} at {width}: {over} px too wide"));
                }
                let wrong = violations(browser, if scheme == "light" { EVERY_RULE } else { RULES_OF_COLOUR }).await;
                self.found.extend(wrong.iter().map(|one| format!("{name} at {width}, {scheme}: {one}")));
            }
            let small = if self.is_for_fingers { browser.run(SMALL_TARGETS).await } else { Value::Null };
            let small = small.as_array().into_iter().flatten();
            self.found.extend(small.map(|one| format!("{name} at {width}: too small for a finger: {one}")));
        }
        self.picture(browser, name).await;
    }

    async fn picture(&self, browser: &Browser, name: &str) {
        let Some(folder) = &self.pictures else { return };
        std::fs::create_dir_all(folder).expect("a folder for pictures");
        browser.resize(360).await;
        for scheme in ["light", "dark"] {
            browser.scheme(scheme).await;
            let picture = browser.whole_page().await;
            std::fs::write(folder.join(format!("{} {scheme}.png", name.replace('/', "-"))), picture).expect("written");
        }
    }

    /// Fails if anything was wrong; returns the routes that were looked at.
    pub fn close(self) -> BTreeSet<String> {
        assert!(self.found.is_empty(), "{}", self.found.join("\n"));
        self.seen
    }
}

async fn violations(browser: &Browser, rules: &str) -> Vec<Value> {
    let script = format!(
        "const done = arguments[arguments.length - 1];
        axe.run(document, {{runOnly: [{rules}]}}).then(
            r => done(r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).slice(0, 3).join(' | '))))"
    );
    let violations = browser.page.execute_async(&script, vec![]).await.expect("axe runs");
    violations.as_array().cloned().unwrap_or_else(|| vec![Value::from("axe said nothing")])
}
