//! The life of an order, as README shows it: the test plays all its parts in English, and photographs them if it is asked to.

use std::path::Path;
use std::{env, fs};

use super::{ANNA, BORIS, STAFF, download, press_all};
use crate::support::browser::Browser;
use crate::support::demo::Demo;
use crate::support::devtools::DevTools;
use crate::support::picture::Picture;

/// The picture that moves is drawn as it is, the other one larger and finer.
const WIDTH: u32 = 1180;
const HEIGHT: u32 = 780;
/// How long each of its frames is shown.
const FRAME: u16 = 1_800;

/// Photographs, if there is a folder to put them into.
struct Photographer<'a> {
    browser: &'a Browser,
    folder: Option<std::ffi::OsString>,
    frames: Vec<(Picture, u16)>,
}

impl Photographer<'_> {
    async fn frame(&mut self) {
        if self.folder.is_none() {
            return;
        }
        self.browser.click("h1").await; // nothing is under the pointer then
        self.frames.push((self.browser.picture().await, FRAME));
    }

    async fn still(&mut self, name: &str) {
        let Some(folder) = &self.folder else { return };
        self.browser.set(DevTools::window(1400, 900, 1.5)).await;
        let to_the_end = "document.querySelectorAll('.latest:not([hidden])').forEach((button) => button.click())";
        self.browser.evaluate(to_the_end).await;
        self.browser.click("h1").await; // nothing is under the pointer then
        self.browser.find(&format!("#{STAFF} .toasts:empty")).await;
        let picture = self.browser.picture().await;
        fs::write(Path::new(folder).join(name), Picture::write(&[(picture, 0)])).unwrap();
        self.browser.set(DevTools::window(WIDTH, HEIGHT, 1.0)).await;
    }

    fn film(self, name: &str) {
        let Some(folder) = self.folder else { return };
        fs::write(Path::new(&folder).join(name), Picture::write(&self.frames)).unwrap();
    }
}

async fn says(browser: &Browser, pane: &str, text: &str) {
    browser.type_into(&format!("#{pane} textarea"), &format!("{text}\n")).await;
}

/// Somebody replies to the newest message of their chat that has these words.
async fn replies(browser: &Browser, pane: &str, to: &str, text: &str) {
    let button = format!(
        "[...document.querySelectorAll('#{pane} .message')].filter((it) => it.innerText.includes('{to}')).at(-1)\
         .querySelector('.reply').click()"
    );
    browser.evaluate(&button).await;
    says(browser, pane, text).await;
}

#[tokio::test]
async fn an_order_lives_from_one_line_to_its_keys() {
    let demo = Demo::start_in("en");
    let browser = Browser::start().await;
    browser.set(DevTools::window(WIDTH, HEIGHT, 1.0)).await;
    browser.set(DevTools::language("en-GB")).await;
    browser.set(DevTools::time_zone("Europe/Moscow")).await; // the shop's
    browser.set(DevTools::grant(&["clipboardReadWrite", "clipboardSanitizedWrite"])).await;
    browser.open(&demo.address).await;
    let mut photographer =
        Photographer { browser: &browser, folder: env::var_os("KEYDESK_PICTURES"), frames: Vec::new() };

    press_all(&browser, BORIS, &["Start", "New order", "Guardant SP licence, 3 activations"]).await;
    browser.see(BORIS, "Choose a quantity").await;

    // Ordered in one line.
    browser.press(ANNA, "Start").await;
    browser.see(ANNA, "Hello, Anna").await;
    says(&browser, ANNA, "/new trial-30000 2").await;
    browser.see(ANNA, "Total: 2\u{a0}keys — RUB\u{a0}9,200.00").await;
    photographer.frame().await;
    browser.press(ANNA, "Send order").await;
    browser.see(STAFF, "Customer: Anna Ivanova").await;
    photographer.frame().await;

    // Invoiced by one tap on the alert, and for another sum instead.
    browser.press(STAFF, "Invoice RUB\u{a0}9,200.00").await;
    browser.see(ANNA, "has been invoiced: RUB\u{a0}9,200.00").await;
    photographer.frame().await;
    browser.press(STAFF, "Other amount…").await;
    browser.click("dialog.alert[open] button").await;
    replies(&browser, STAFF, "Customer: Anna Ivanova", "9000").await;
    browser.see(ANNA, "It replaces the invoice for RUB\u{a0}9,200.00").await;
    photographer.frame().await;

    // A question in two messages, answered, and followed up by a reply to the answer.
    browser.press(ANNA, "Ask about the order").await;
    browser.see(ANNA, "Question about order").await;
    says(&browser, ANNA, "When will the keys be here?").await;
    browser.see(STAFF, "When will the keys be here?").await;
    says(&browser, ANNA, "We move on Monday.").await;
    browser.see(STAFF, "We move on Monday.").await;
    photographer.frame().await;
    replies(&browser, STAFF, "When will the keys be here?", "Within the hour").await;
    browser.see(ANNA, "Answer about order #1").await;
    replies(&browser, ANNA, "Answer about order #1", "Thank you, paid").await;
    browser.see(STAFF, "Thank you, paid").await;
    photographer.frame().await;

    // Delivered by one tap.
    browser.press(STAFF, "Deliver from stock (2 of 2)").await;
    browser.see(ANNA, "The file has 2 serial numbers").await;
    photographer.frame().await;
    photographer.still("demo.png").await;
    let saved = download(&browser, ANNA).await;
    assert_eq!(saved.matches("DEMO-TRIAL30000-").count(), 2, "{saved}");
    let staff = browser.evaluate("document.querySelector('#pane-staff').innerText").await;
    assert!(!staff.as_str().unwrap().contains("DEMO-"), "{staff}");

    // And copied.
    browser.click("#pane-anna .message:has(a.document[href]) code").await;
    browser.see(ANNA, "Copied.").await;
    photographer.frame().await;
    let copied = browser.evaluate("navigator.clipboard.readText()").await;
    assert!(saved.contains(copied.as_str().unwrap()), "{copied}");

    // Everything on the page was English.
    let page = browser.evaluate("document.body.innerText").await;
    let russian: String = page.as_str().unwrap().chars().filter(|c| ('а'..='я').contains(c)).collect();
    assert_eq!(russian, "");
    photographer.film("demo-story.png");
}
