//! The files of the page, and whom and what its server refuses.

use super::{ANNA, Theatre, VERA, answer, said};
use reqwest::StatusCode;
use reqwest::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, ORIGIN, X_CONTENT_TYPE_OPTIONS};
use reqwest::multipart::{Form, Part};
use serde_json::json;

#[tokio::test]
async fn the_page_and_its_files_are_served_under_a_strict_policy() {
    let theatre = Theatre::open().await;
    for (path, media) in [
        ("/", "text/html"),
        ("/style.css", "text/css"),
        ("/messages.css", "text/css"),
        ("/app.js", "text/javascript"),
        ("/favicon.svg", "image/svg+xml"),
    ] {
        let response = theatre.get(path).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        let headers = response.headers();
        assert!(headers[CONTENT_TYPE].to_str().unwrap().starts_with(media), "{path}");
        assert!(
            headers[CONTENT_SECURITY_POLICY].to_str().unwrap().starts_with("default-src 'none'; script-src 'self'")
        );
        assert_eq!(headers[X_CONTENT_TYPE_OPTIONS], "nosniff");
    }
}

#[tokio::test]
async fn every_file_that_the_page_names_is_there() {
    let theatre = Theatre::open().await;
    let mut waiting = vec!["/".to_owned()];
    let mut seen = Vec::new();
    while let Some(path) = waiting.pop() {
        let response = theatre.get(&path).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        let text = response.text().await.unwrap();
        let named = text.split(['"', '\'']).filter_map(|word| {
            let local = word.strip_prefix('.').unwrap_or(word);
            let is_file = local.starts_with('/') && [".js", ".css", ".svg"].iter().any(|end| local.ends_with(end));
            is_file.then(|| local.to_owned())
        });
        for file in named {
            if !seen.contains(&file) {
                seen.push(file.clone());
                waiting.push(file);
            }
        }
    }
    assert!(seen.len() > 5, "{seen:?}");
}

#[tokio::test]
async fn another_host_name_is_shown_nothing() {
    let theatre = Theatre::open().await;
    for path in ["/", "/events", "/file/1"] {
        let request = theatre.browser.get(format!("{}{path}", theatre.page)).header(HOST, "rebound.example.com");
        assert_eq!(request.send().await.unwrap().status(), StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test]
async fn a_foreign_page_can_do_nothing() {
    let theatre = Theatre::open().await;
    let request = theatre.browser.post(format!("{}/act/say", theatre.page)).header(ORIGIN, "http://example.com");
    let answered = answer(request.json(&said("anna", ANNA, "hello")).send().await.unwrap()).await;
    assert_eq!(answered, (StatusCode::FORBIDDEN, json!({ "error": "foreign_origin" })));
    assert!(theatre.emulator.messages(ANNA).is_empty());
}

#[tokio::test]
async fn an_action_that_cannot_be_done_names_the_reason() {
    let theatre = Theatre::open().await;
    let press = json!({ "pane": "anna", "person": ANNA, "message": 1, "label": "Нет такой" });
    for (path, body, reason) in [
        ("/act/say", said("anna", ANNA, " \n"), "empty_text"),
        ("/act/say", said("anna", ANNA, &"я".repeat(4097)), "text_too_long"),
        ("/act/say", said("anna", ANNA, &"я".repeat(70_000)), "too_large"),
        ("/act/say", said("nobody", ANNA, "a"), "unknown_pane"),
        ("/act/say", said("anna", VERA, "a"), "unknown_person"),
        ("/act/say", json!({}), "malformed"),
        ("/act/tap", press, "unknown_button"),
    ] {
        let (status, answer) = theatre.act(path, body).await;
        assert!(status.is_client_error(), "{reason}: {status}");
        assert_eq!(answer, json!({ "error": reason }));
    }
    assert!(theatre.emulator.messages(ANNA).is_empty());
}

#[tokio::test]
async fn a_file_that_is_too_large_or_missing_is_refused() {
    let theatre = Theatre::open().await;
    let form = || Form::new().text("pane", "anna").text("person", ANNA.to_string()).text("caption", "");
    let large = Part::bytes(vec![0; 20 * 1024 * 1024 + 1]).file_name("large.bin");
    let (status, answer) = theatre.send_file(form().part("file", large)).await;
    assert_eq!((status, answer), (StatusCode::PAYLOAD_TOO_LARGE, json!({ "error": "too_large" })));
    let (_, answer) = theatre.send_file(form()).await;
    assert_eq!(answer, json!({ "error": "no_file" }));
    let endless = "я".repeat(1025);
    let file = Part::bytes(vec![0]).file_name("a.txt");
    let (_, answer) = theatre.send_file(form().text("caption", endless).part("file", file)).await;
    assert_eq!(answer, json!({ "error": "caption_too_long" }));
    assert!(theatre.emulator.messages(ANNA).is_empty());
}

#[tokio::test]
async fn an_open_page_does_not_hold_the_server_up_when_it_stops() {
    let theatre = Theatre::open().await;
    let mut events = theatre.events().await;
    assert!(events.next().await.is_some());
    drop(theatre.browser);
    theatre.close.send(()).unwrap();
    assert_eq!(events.next().await, None);
    drop(events);
    theatre.closed.await.unwrap().unwrap();
}
