//! Chromium, driven as a person would: by what can be seen and tapped.

use std::path::Path;
use std::process::Command;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::device::Device;
use super::parent::NEXT;
use super::process::Process;
use super::tool;

pub struct Browser {
    pub page: Client,
    device: Device,
    driver: Process,
    profile: TempDir,
    /// When a button was tapped that leads on.
    led_on: Mutex<Option<Instant>>,
}

impl Browser {
    pub async fn start(device: Device) -> Self {
        Self::with(device, tempfile::tempdir().expect("a folder")).await
    }

    async fn with(device: Device, profile: TempDir) -> Self {
        let program = tool::file("CHROMEDRIVER", "/usr/bin/chromedriver");
        let mut driver = Process::start(Command::new(program).arg("--port=0"), "chromedriver", profile.path());
        let port = port(&mut driver).await;
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(device.capabilities(profile.path()));
        let page = builder.connect(&format!("http://127.0.0.1:{port}")).await;
        let page = page.unwrap_or_else(|error| panic!("Chromium does not start: {error}"));
        Self { page, device, driver, profile, led_on: Mutex::new(None) }
    }

    /// `kill -9`, and started again with what was on the disk. Chromium writes cookies down within half a minute, which is
    /// waited for: `kept` is a name that must be there.
    pub async fn killed_and_started_again(mut self, kept: &str) -> Self {
        let since = Instant::now();
        let file = self.profile.path().join("profile/Default/Cookies");
        let journal = file.with_file_name("Cookies-journal");
        let is_written = |path: &Path| {
            std::fs::read(path).is_ok_and(|bytes| bytes.windows(kept.len()).any(|part| part == kept.as_bytes()))
        };
        while !is_written(&file) || std::fs::metadata(&journal).is_ok_and(|left| left.len() > 0) {
            assert!(since.elapsed() < Duration::from_secs(60), "the cookie {kept} is not on the disk");
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
        self.end();
        let device = self.device;
        let profile = std::mem::replace(&mut self.profile, tempfile::tempdir().expect("a folder"));
        drop(self);
        // a lock that names a process that is gone
        let _ = std::fs::remove_file(profile.path().join("profile/SingletonLock"));
        Self::with(device, profile).await
    }

    /// Ends the driver and its browser: a driver that was killed leaves it behind, but every process of it names our profile.
    fn end(&mut self) {
        self.driver.kill();
        let profile = self.profile.path().to_string_lossy().into_owned();
        for entry in std::fs::read_dir("/proc").expect("/proc").flatten() {
            let Ok(id) = entry.file_name().to_string_lossy().parse::<u32>() else { continue };
            let line = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
            if id != std::process::id() && String::from_utf8_lossy(&line).contains(&profile) {
                let _ = Command::new("kill").args(["-KILL", &id.to_string()]).output();
            }
        }
    }

    pub async fn open(&self, url: &str) {
        self.page.goto(url).await.unwrap_or_else(|error| panic!("{url}: {error}"));
    }

    /// A finger on a telephone, a mouse at a desk.
    pub async fn tap(&self, css: &str) {
        if self.device.is_phone {
            return self.touch(css, 1).await;
        }
        self.rest_between_taps().await;
        let element = self.element(css).await;
        element.click().await.unwrap_or_else(|error| panic!("{css} cannot be tapped: {error}"));
        self.tapped(css);
    }

    /// A finger on the screen: once, or several times as fast as fingers are. What is tapped must lie on top there.
    pub async fn touch(&self, css: &str, times: u8) {
        let middle = "const [wanted] = arguments;
            wanted.scrollIntoView({block: 'center'});
            const box = wanted.getBoundingClientRect(), x = box.left + box.width / 2, y = box.top + box.height / 2;
            const there = document.elementFromPoint(x, y);
            const hit = there && (wanted.contains(there) || there.contains(wanted) || (there.control || there.parentElement.control) === wanted);
            return hit ? {x, y} : null";
        let place = self.run_on(middle, &self.element(css).await).await;
        assert!(!place.is_null(), "{css} cannot be tapped: something else is there");
        self.rest_between_taps().await;
        for _ in 0..times {
            for (kind, points) in [("touchStart", json!([place])), ("touchEnd", json!([]))] {
                let told = json!({"type": kind, "touchPoints": points});
                let wanted = Devtools { command: "Input.dispatchTouchEvent", parameters: told };
                let done = self.page.issue_cmd(wanted).await;
                // the first tap may have led on meanwhile: the new page never saw the finger that is lifted
                let is_gone =
                    done.as_ref().is_err_and(|error| error.to_string().contains("Must send a TouchStart first"));
                assert!(done.is_ok() || is_gone && kind == "touchEnd", "{css}: {done:?}");
            }
        }
        self.tapped(css);
    }

    fn tapped(&self, css: &str) {
        let leads_on = css == NEXT;
        *self.led_on.lock().expect("one hand") = leads_on.then(Instant::now);
    }

    /// Nobody reads a part in a third of a second: a tap so soon after one that led on is taken for a second tap on the same button.
    async fn rest_between_taps(&self) {
        const REST: Duration = Duration::from_millis(350);
        let led_on = *self.led_on.lock().expect("one hand");
        if let Some(led_on) = led_on {
            tokio::time::sleep(REST.saturating_sub(led_on.elapsed())).await;
        }
    }

    /// Presses a button or follows a link, and waits for the page that it leads to.
    pub async fn press(&self, css: &str, leads_to: &str) {
        self.run("window.before = true;").await;
        self.tap(css).await;
        self.until(leads_to, "return !window.before && document.readyState === 'complete';").await;
        self.arrive(leads_to).await;
    }

    /// Whether the page has such an element.
    pub async fn page_has(&self, css: &str) -> bool {
        self.page.find(Locator::Css(css)).await.is_ok()
    }

    async fn element(&self, css: &str) -> Element {
        self.page.find(Locator::Css(css)).await.unwrap_or_else(|error| panic!("{css}: {error}"))
    }

    pub async fn type_into(&self, css: &str, text: &str) {
        let element = self.element(css).await;
        element.send_keys(text).await.unwrap_or_else(|error| panic!("{css} takes no text: {error}"));
    }

    /// What an element says. A page that changes by itself may put another in its place between finding and reading it.
    pub async fn text(&self, css: &str) -> String {
        let mut said = self.element(css).await.text().await;
        for _ in 0..5 {
            match said {
                Err(ref error) if error.is_stale_element_reference() => said = self.element(css).await.text().await,
                _ => break,
            }
        }
        said.unwrap_or_else(|error| panic!("{css} says nothing: {error}"))
    }

    pub async fn address(&self) -> String {
        self.page.current_url().await.expect("an address").to_string()
    }

    /// Runs a script that gets an element as its argument.
    pub async fn run_on(&self, script: &str, element: &Element) -> Value {
        let element = serde_json::to_value(element).expect("a reference");
        self.page.execute(script, vec![element]).await.unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// Waits until a script says true.
    pub async fn until(&self, what: &str, script: &str) {
        let since = Instant::now();
        loop {
            // between two pages there is nothing to ask
            let said = self.page.execute(script, vec![]).await;
            if said.as_ref().is_ok_and(|said| *said == json!(true)) {
                return;
            }
            let here = self.address().await;
            assert!(since.elapsed() < Duration::from_secs(15), "not yet: {what}, at {here}: {said:?}");
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    /// Switches the network off and on.
    pub async fn network(&self, is_on: bool) {
        self.devtools("Network.enable", json!({})).await;
        let state = json!({"offline": !is_on, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1});
        self.devtools("Network.emulateNetworkConditions", state).await;
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
    pub async fn devtools(&self, command: &'static str, parameters: Value) -> Value {
        let wanted = Devtools { command, parameters };
        self.page.issue_cmd(wanted).await.unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// The whole page as a picture (PNG).
    pub async fn whole_page(&self) -> Vec<u8> {
        let taken = self.devtools("Page.captureScreenshot", json!({"captureBeyondViewport": true})).await;
        data_encoding::BASE64.decode(taken["data"].as_str().expect("a picture").as_bytes()).expect("base64")
    }

    /// What can be seen of the page without scrolling, as a picture (PNG).
    pub async fn screen(&self) -> Vec<u8> {
        self.page.screenshot().await.expect("a picture")
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
        self.end();
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
