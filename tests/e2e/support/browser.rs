//! Chromium, driven as a person would: by what can be seen and tapped.

use std::process::Command;
use std::time::{Duration, Instant};

use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};
use tempfile::TempDir;

use super::process::Process;
use super::tool;

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
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Device {
    Phone,
    Desk,
}

pub struct Browser {
    pub page: Client,
    driver: Process,
    profile: TempDir,
}

impl Browser {
    pub async fn start(device: Device) -> Self {
        let profile = tempfile::tempdir().expect("a folder");
        let program = tool::file("CHROMEDRIVER", "/usr/bin/chromedriver");
        let mut driver = Process::start(Command::new(program).arg("--port=0"), "chromedriver", profile.path());
        let port = port(&mut driver).await;
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities(device, &profile));
        let page = builder.connect(&format!("http://127.0.0.1:{port}")).await;
        let page = page.unwrap_or_else(|error| panic!("Chromium does not start: {error}"));
        Self { page, driver, profile }
    }

    pub async fn open(&self, url: &str) {
        self.page.goto(url).await.unwrap_or_else(|error| panic!("{url}: {error}"));
    }

    pub async fn tap(&self, css: &str) {
        let element = self.page.find(Locator::Css(css)).await.unwrap_or_else(|error| panic!("{css}: {error}"));
        element.click().await.unwrap_or_else(|error| panic!("{css} cannot be tapped: {error}"));
    }

    pub async fn type_into(&self, css: &str, text: &str) {
        let element = self.page.find(Locator::Css(css)).await.unwrap_or_else(|error| panic!("{css}: {error}"));
        element.send_keys(text).await.unwrap_or_else(|error| panic!("{css} takes no text: {error}"));
    }

    pub async fn text(&self, css: &str) -> String {
        let element = self.page.find(Locator::Css(css)).await.unwrap_or_else(|error| panic!("{css}: {error}"));
        element.text().await.expect("text")
    }

    pub async fn address(&self) -> String {
        self.page.current_url().await.expect("an address").to_string()
    }

    /// Waits until the address has this in it.
    pub async fn arrive(&self, part: &str) {
        let since = Instant::now();
        while !self.address().await.contains(part) {
            let here = self.address().await;
            assert!(since.elapsed() < Duration::from_secs(15), "still at {here}, not at {part}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    pub async fn run(&self, script: &str) -> Value {
        self.page.execute(script, vec![]).await.unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// A command of the DevTools protocol.
    pub async fn devtools(&self, command: &'static str, parameters: Value) {
        let wanted = Devtools { command, parameters };
        self.page.issue_cmd(wanted).await.unwrap_or_else(|error| panic!("{command}: {error}"));
    }

    /// Gives the page this width.
    pub async fn resize(&self, width: u32) {
        let size = json!({"width": width, "height": 740, "deviceScaleFactor": 1, "mobile": width < 700});
        self.devtools("Emulation.setDeviceMetricsOverride", size).await;
    }

    /// Light or dark.
    pub async fn scheme(&self, scheme: &str) {
        let media = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        self.devtools("Emulation.setEmulatedMedia", media).await;
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        self.driver.kill();
        // a driver that was killed leaves its browser behind: every process of it names our profile
        let profile = self.profile.path().to_string_lossy().into_owned();
        for entry in std::fs::read_dir("/proc").expect("/proc").flatten() {
            let Ok(id) = entry.file_name().to_string_lossy().parse::<u32>() else { continue };
            let line = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
            if id != std::process::id() && String::from_utf8_lossy(&line).contains(&profile) {
                let _ = Command::new("kill").args(["-KILL", &id.to_string()]).output();
            }
        }
    }
}

async fn port(driver: &mut Process) -> u16 {
    let since = Instant::now();
    loop {
        let said = driver.said();
        let port = said.split("started successfully on port ").nth(1).and_then(|rest| {
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            rest.contains('\n').then(|| digits.parse().ok()).flatten()
        });
        if let Some(port) = port {
            return port;
        }
        assert!(
            driver.is_running() && since.elapsed() < Duration::from_secs(20),
            "chromedriver does not start: {said}"
        );
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
}

fn capabilities(device: Device, profile: &TempDir) -> Map<String, Value> {
    let mut arguments: Vec<String> = ARGUMENTS.iter().map(|&argument| argument.to_owned()).collect();
    arguments.push(format!("--user-data-dir={}", profile.path().join("profile").display()));
    let mut options = json!({});
    if device == Device::Desk {
        arguments.push("--window-size=1366,900".to_owned());
    } else {
        let phone = json!({"width": 360, "height": 740, "pixelRatio": 3, "mobile": true, "touch": true});
        options["mobileEmulation"] = json!({"deviceMetrics": phone});
    }
    options["args"] = json!(arguments);
    let mut wanted = Map::new();
    wanted.insert("goog:chromeOptions".to_owned(), options);
    wanted
}

#[derive(Debug)]
struct Devtools {
    command: &'static str,
    parameters: Value,
}

impl WebDriverCompatibleCommand for Devtools {
    fn endpoint(
        &self,
        base: &reqwest::Url,
        session: Option<&str>,
    ) -> Result<reqwest::Url, <reqwest::Url as std::str::FromStr>::Err> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &reqwest::Url) -> (reqwest::Method, Option<String>) {
        let body = json!({"cmd": self.command, "params": self.parameters});
        (reqwest::Method::POST, Some(body.to_string()))
    }
}
