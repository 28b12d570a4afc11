//! Pictures of every reviewed screen, as the demo's page shows it. `scripts/screenshot` runs it; on its own it does nothing.

use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::Value;

use crate::demo_server::{self, Theatre};
use crate::support::browser::Browser;
use crate::support::devtools::DevTools;
use crate::support::picture::Picture;

/// Screens of one picture; their snapshot has them all.
const MOST_SCREENS: usize = 6;
/// A flat ground takes less room in a file, and columns less room on a page.
const LAY_OUT: &str = "(() => {
    const log = document.querySelector('#pane-anna .log');
    const history = log.querySelector('.history');
    document.body.append(log);
    document.querySelectorAll('header, main, nav, .tabs, .connection').forEach((node) => node.remove());
    Object.assign(document.body.style, { height: 'auto', padding: 0, overflow: 'visible' });
    Object.assign(log.style, { padding: 0, overflow: 'visible', flex: 'none', display: 'block' });
    Object.assign(history.style, { columns: '3 400px', columnGap: '20px', padding: '18px', background: '#c6d6dd' });
    document.querySelectorAll('.message .icon').forEach((node) => node.remove());
    document.querySelectorAll('.keyboard').forEach((node) => { node.style.paddingRight = 0; });
    document.querySelectorAll('.message').forEach((node) => {
        Object.assign(node.style, { breakInside: 'avoid', margin: '0 0 18px' });
        node.querySelector('.meta').hidden = true;
    });
})()";

#[tokio::test]
async fn every_reviewed_screen_has_its_picture() {
    let Some(noted) = env::var_os("KEYDESK_GALLERY").map(PathBuf::from) else { return };
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let pictures = docs.join("gallery");
    let _ = fs::remove_dir_all(&pictures);
    fs::create_dir_all(&pictures).unwrap();
    let mut page =
        "# What people meet, in pictures\n\nEach picture shows the first screens of a reviewed snapshot in `tests/it/\
                    snapshots`, which has all of them, in Russian too. `scripts/screenshot` makes this page anew.\n"
            .to_owned();
    let browser = Browser::start().await;
    browser.set(DevTools::window(1296, 3000, 1.0)).await;
    browser.set(DevTools::time_zone("Europe/Moscow")).await; // the shop's
    for name in names(&noted) {
        let scenes: Vec<Value> =
            serde_json::from_slice(&fs::read(noted.join(format!("{name}.json"))).unwrap()).unwrap();
        let mut shown = Vec::new();
        let mut titles = Vec::new();
        for scene in &scenes {
            if shown.len() >= MOST_SCREENS {
                break;
            }
            titles.push(scene["title"].as_str().unwrap());
            shown.extend(scene["screens"].as_array().unwrap().iter().cloned());
        }
        shown.truncate(MOST_SCREENS);
        fs::write(pictures.join(format!("{name}.png")), picture(&browser, &shown).await).unwrap();
        // Some scenes are named after what stands in the code.
        titles.retain(|title| !title.contains(['{', '(']));
        let heading = name.replace('_', " ");
        page.push_str(&format!("\n## {heading}\n\n![{heading}](gallery/{name}.png)\n"));
        if !titles.is_empty() {
            page.push_str(&format!("\n{}\n", titles.join(" · ")));
        }
    }
    fs::write(docs.join("gallery.md"), page).unwrap();
}

fn names(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut names: Vec<String> = files
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    names.sort();
    names
}

async fn picture(browser: &Browser, screens: &[Value]) -> Vec<u8> {
    let theatre = Theatre::open_in("en").await;
    theatre.emulator.say(demo_server::ANNA, demo_server::ANNA, "/start");
    for screen in screens {
        let mut message = screen.clone();
        message["chat_id"] = demo_server::ANNA.into();
        theatre.bot_calls("sendMessage", message).await;
    }
    let said = theatre.emulator.messages(demo_server::ANNA).first().unwrap().id;
    theatre.emulator.delete_message(demo_server::ANNA, said);
    browser.open(&theatre.page).await;
    browser.find(&format!("#pane-anna .message:nth-of-type({})", screens.len())).await;
    browser.evaluate(LAY_OUT).await;
    let shown = browser.find(".history").await.screenshot().await.expect("a picture of the messages");
    Picture::write(&[(Picture::read(&shown), 0)])
}
