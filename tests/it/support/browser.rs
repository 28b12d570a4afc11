//! Chromium without a window, driven through WebDriver.

use std::{
    fs,
    io::{BufRead, BufReader, ErrorKind, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use fantoccini::{
    Client, ClientBuilder, Locator,
    elements::Element,
    error::{CmdError, ErrorStatus},
};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::devtools::DevTools;
use super::picture::Picture;

/// How long a page may take to show something: far above what it takes on a busy machine, as only failures wait it out.
const PATIENCE: Duration = Duration::from_secs(20);
const DRIVER_TRIES: usize = 3;
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// How often a page may redraw a button just as it is clicked.
const MOST_REDRAWS: usize = 10;
/// Tab comes to any box of the page within so many steps.
const MOST_TABS: usize = 20;
/// More than can be pressed in one chat.
const MOST_ARROWS: usize = 40;
const FOCUSED: &str = "(document.activeElement.innerText || document.activeElement.ariaLabel || '').trim()";
/// Gathers what has the focus, and what gets it from now on, in `window.passed`.
const FOLLOW_THE_FOCUS: &str = "(() => {
    const name = (node) => (node.innerText || node.ariaLabel || '').trim();
    window.passed = [name(document.activeElement)];
    window.pass ??= ({ target }) => window.passed.push(name(target));
    document.addEventListener('focusin', window.pass);
})()";

/// A browser with a fresh profile; closed with the value.
pub struct Browser {
    client: Client,
    // Dropped in this order: the profile is in use until the driver has closed Chromium.
    _driver: Driver,
    _profile: TempDir,
}

impl Browser {
    /// Starts one.
    pub async fn start() -> Browser {
        let driver = Driver::start();
        let profile = tempfile::tempdir().expect("a folder for the profile");
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities(profile.path()))
            .connect(&format!("http://127.0.0.1:{}", driver.port))
            .await
            .unwrap_or_else(|error| panic!("Chromium did not start: {error}"));
        Browser { client, _driver: driver, _profile: profile }
    }

    /// Opens an address.
    pub async fn open(&self, url: &str) {
        self.client.goto(url).await.unwrap_or_else(|error| panic!("{url}: {error}"));
    }

    /// Waits until an element stands on the page.
    pub async fn find(&self, css: &str) -> Element {
        self.wait_for(Locator::Css(css)).await
    }

    /// Waits until a text stands within the element of this id; spaces and line ends count as one space.
    pub async fn see(&self, id: &str, text: &str) {
        let path = format!("//*[@id={}]//text()[contains(normalize-space(.), {})]/..", quoted(id), quoted(text));
        let inner = format!("//*[@id={}][contains(normalize-space(.), {})]", quoted(id), quoted(text));
        self.wait_for(Locator::XPath(&format!("{path} | {inner}"))).await;
    }

    /// Clicks an element, as soon as there is one.
    pub async fn click(&self, css: &str) {
        self.click_on(Locator::Css(css)).await;
    }

    /// Clicks the last button with this text within the element of this id, as soon as there is one.
    pub async fn press(&self, id: &str, text: &str) {
        let buttons = format!("//*[@id={}]//button[normalize-space(.)={}]", quoted(id), quoted(text));
        self.click_on(Locator::XPath(&format!("({buttons})[last()]"))).await;
    }

    /// Types into an element; `\n` presses Enter.
    pub async fn type_into(&self, css: &str, text: &str) {
        let typed = self.find(css).await.send_keys(&text.replace('\n', "\u{e007}")).await;
        typed.unwrap_or_else(|error| panic!("typing into {css}: {error}"));
    }

    /// Goes from element to element with Tab, and with arrows within a chat, until one has the focus whose words, or else its
    /// name, are these.
    pub async fn tab_to(&self, label: &str) {
        for _ in 0..MOST_TABS {
            if self.evaluate(FOCUSED).await == label || self.arrows_to(label).await {
                return;
            }
            self.strike("\u{e004}").await;
        }
        panic!("{label:?} cannot be reached with Tab; the page shows:\n{}", self.shown().await);
    }

    /// Goes from one thing to the next that can be pressed in the chat that has the focus, from the oldest on. It looks where
    /// the arrows lead before it follows them, since each key that is struck by itself is a call to the browser.
    async fn arrows_to(&self, label: &str) -> bool {
        if self.evaluate("document.activeElement.matches('.log *')").await != true {
            return false;
        }
        const HOME: &str = "\u{e011}";
        const DOWN: &str = "\u{e015}";
        self.strike(HOME).await;
        self.evaluate(FOLLOW_THE_FOCUS).await;
        self.strike(&DOWN.repeat(MOST_ARROWS)).await;
        let passed = self.evaluate("window.passed").await;
        let Some(steps) = passed.as_array().and_then(|names| names.iter().position(|name| name == label)) else {
            return false;
        };
        self.strike(&format!("{HOME}{}", DOWN.repeat(steps))).await;
        self.evaluate(FOCUSED).await == label
    }

    /// Types to whatever has the focus; `\n` presses Enter.
    pub async fn strike(&self, keys: &str) {
        let focused = self.client.active_element().await.expect("something has the focus");
        let typed = focused.send_keys(&keys.replace('\n', "\u{e007}")).await;
        typed.unwrap_or_else(|error| panic!("typing {keys:?}: {error}"));
    }

    /// What a JavaScript expression gives on the page.
    pub async fn evaluate(&self, expression: &str) -> Value {
        let value = self.client.execute(&format!("return {expression};"), Vec::new()).await;
        value.unwrap_or_else(|error| panic!("{expression}: {error}"))
    }

    /// Changes how the page is shown.
    pub async fn set(&self, devtools: DevTools) {
        let done = self.client.issue_cmd(devtools).await;
        done.unwrap_or_else(|error| panic!("Chromium refused: {error}"));
    }

    /// Writes what the window shows as a PNG.
    pub async fn screenshot(&self, path: &Path) {
        let picture = self.client.screenshot().await.expect("a picture of the page");
        fs::write(path, picture).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }

    /// What the window shows.
    pub async fn picture(&self) -> Picture {
        Picture::read(&self.client.screenshot().await.expect("a picture of the page"))
    }

    async fn click_on(&self, locator: Locator<'_>) {
        for _ in 0..MOST_REDRAWS {
            match self.hits(&self.wait_for(locator).await).await {
                Ok(true) => return,
                Ok(false) => {}
                Err(error) if was_redrawn(&error) => {}
                Err(error) => panic!("clicking {locator:?}: {error}"),
            }
        }
        panic!("clicking {locator:?}: it was redrawn or moved {MOST_REDRAWS} times under the pointer");
    }

    /// Clicks where an element is, and gives whether that hit it: what arrives meanwhile moves it from under the pointer.
    async fn hits(&self, element: &Element) -> Result<bool, CmdError> {
        const WATCH: &str = "window.hit = false;
            arguments[0].addEventListener('click', () => { window.hit = true; }, { capture: true, once: true });";
        self.client.execute(WATCH, vec![serde_json::to_value(element)?]).await?;
        element.click().await?;
        // A page that the click led away from has no such thing.
        Ok(self.evaluate("window.hit").await != false)
    }

    async fn wait_for(&self, locator: Locator<'_>) -> Element {
        let found = self.client.wait().at_most(PATIENCE).every(LOOK_EVERY).for_element(locator).await;
        match found {
            Ok(element) => element,
            Err(error) => panic!("{locator:?}: {error}; the page shows:\n{}", self.shown().await),
        }
    }

    async fn shown(&self) -> String {
        match self.client.find(Locator::Css("body")).await {
            Ok(body) => body.text().await.unwrap_or_default(),
            Err(error) => error.to_string(),
        }
    }
}

fn was_redrawn(error: &CmdError) -> bool {
    let CmdError::Standard(fault) = error else {
        return false;
    };
    [ErrorStatus::StaleElementReference, ErrorStatus::NoSuchElement].contains(&fault.error)
}

/// A string of XPath, which knows no escapes.
fn quoted(text: &str) -> String {
    if text.contains('"') {
        assert!(!text.contains('\''), "XPath cannot quote a text with both kinds of quotes: {text}");
        format!("'{text}'")
    } else {
        format!("\"{text}\"")
    }
}

fn capabilities(profile: &Path) -> serde_json::Map<String, serde_json::Value> {
    let args = [
        "--headless".to_owned(),
        "--no-sandbox".to_owned(), // CI is root, and the sandbox refuses root
        "--disable-gpu".to_owned(),
        "--disable-background-networking".to_owned(),
        "--disable-component-update".to_owned(),
        "--disable-dev-shm-usage".to_owned(),
        "--disable-sync".to_owned(),
        "--no-first-run".to_owned(),
        "--window-size=1400,900".to_owned(),
        format!("--user-data-dir={}", profile.display()),
    ];
    let capabilities = json!({ "browserName": "chrome", "goog:chromeOptions": { "args": args } });
    capabilities.as_object().cloned().unwrap_or_default()
}

/// A running chromedriver.
struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    /// Starts one on a port that it picks, which another process can take from it before it listens: it then ends, and the
    /// next one picks another.
    fn start() -> Driver {
        let started = (0..DRIVER_TRIES).find_map(|_| Driver::try_to_start());
        started.expect("chromedriver did not become ready: see what 'chromedriver --port=0' says")
    }

    /// One that says that it is ready.
    fn try_to_start() -> Option<Driver> {
        let started = Command::new("chromedriver")
            .args(["--port=0", "--log-level=SEVERE"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let mut process = match started {
            Ok(process) => process,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                panic!("chromium-driver is missing: run scripts/test")
            }
            Err(error) => panic!("chromedriver did not start: {error}"),
        };
        let output = process.stdout.take().expect("chromedriver's output is piped");
        let (ready, wait) = mpsc::channel();
        // Reads to the end, so that the driver never waits for its output to be taken.
        thread::spawn(move || {
            let lines = BufReader::new(output).lines().map_while(Result::ok);
            lines.filter_map(|line| port_in(&line)).for_each(|port| ready.send(port).unwrap_or_default());
        });
        let Ok(port) = wait.recv_timeout(PATIENCE) else {
            let _ = process.kill();
            let _ = process.wait();
            return None;
        };
        Some(Driver { process, port })
    }

    /// Asks it to close its browsers and itself; killed alone, it would leave them behind.
    fn shut_down(&self) -> std::io::Result<()> {
        let mut connection = TcpStream::connect(("127.0.0.1", self.port))?;
        connection.set_read_timeout(Some(PATIENCE))?;
        let host = format!("127.0.0.1:{}", self.port);
        write!(connection, "GET /shutdown HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")?;
        connection.read_to_end(&mut Vec::new())?;
        Ok(())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.shut_down();
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The port in `ChromeDriver was started successfully on port 12345.`
fn port_in(line: &str) -> Option<u16> {
    let (_, port) = line.split_once("started successfully on port ")?;
    port.trim_end_matches('.').parse().ok()
}

#[tokio::test]
async fn a_page_is_opened_read_typed_into_and_clicked() {
    let page = "<div id=chat><input id=note><button>Отправить</button><p id=said></p></div><script>
        const send = () => setTimeout(() => document.getElementById('said').innerHTML =
            'Записано: <b>' + document.getElementById('note').value + '</b>', 100);
        document.querySelector('button').onclick = send;</script>";
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("page.html");
    fs::write(&file, format!("<meta charset=utf-8>{page}")).unwrap();

    let browser = Browser::start().await;
    browser.open(&format!("file://{}", file.display())).await;
    browser.click("#note").await;
    browser.type_into("#note", "срочно").await;
    browser.press("chat", "Отправить").await;
    browser.see("chat", "Записано: срочно").await;

    let picture = folder.path().join("page.png");
    browser.screenshot(&picture).await;
    assert!(fs::read(&picture).unwrap().starts_with(b"\x89PNG"));
}
