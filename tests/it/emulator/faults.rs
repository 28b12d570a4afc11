//! Injected faults, tokens, paths.

use super::{ANNA, Desk};
use keydesk_emulator::{Fault, FaultKind, HangEnd};
use serde_json::json;

fn once(kind: FaultKind) -> Fault {
    Fault { method: Some("sendMessage".into()), chat: None, times: 1, kind }
}

#[tokio::test]
async fn a_connection_breaks_before_or_after_the_call_took_effect() {
    let desk = Desk::open().await;
    desk.emulator.say(ANNA, ANNA, "/start");
    let hello = json!({ "chat_id": ANNA, "text": "hi" });
    for (kind, messages) in [(FaultKind::DropBefore, 1), (FaultKind::DropAfter, 2)] {
        desk.emulator.inject(once(kind));
        let broken = desk.try_call("sendMessage", hello.clone()).await.unwrap_err();
        assert!(broken.is_request(), "{broken:?}");
        assert_eq!(desk.emulator.messages(ANNA).len(), messages);
    }
    assert_eq!(desk.call("sendMessage", hello).await["ok"], true);
}

#[tokio::test]
async fn a_call_hangs_before_or_after_it_took_effect_until_it_is_let_go() {
    let desk = Desk::open().await;
    desk.emulator.say(ANNA, ANNA, "/start");
    let hello = json!({ "chat_id": ANNA, "text": "hi" });
    for (call, (kind, messages)) in (1..).zip([(FaultKind::HangBefore, 1), (FaultKind::HangAfter, 3)]) {
        desk.emulator.inject(once(kind));
        let calling = desk.call("sendMessage", hello.clone());
        let looking = async {
            desk.emulator.until(|world| world.hung() == call).await;
            assert_eq!(desk.emulator.messages(ANNA).len(), messages);
            desk.emulator.let_go(call, HangEnd::Answered);
        };
        let (answer, ()) = tokio::join!(calling, looking);
        assert_eq!(answer["ok"], true);
    }
    for (call, (kind, messages)) in (3..).zip([(FaultKind::HangBefore, 3), (FaultKind::HangAfter, 4)]) {
        desk.emulator.inject(once(kind));
        let looking = async {
            desk.emulator.until(|world| world.hung() == call).await;
            desk.emulator.let_go(call, HangEnd::Cut);
        };
        let (answer, ()) = tokio::join!(desk.try_call("sendMessage", hello.clone()), looking);
        assert!(answer.unwrap_err().is_request());
        assert_eq!(desk.emulator.messages(ANNA).len(), messages);
    }
}

#[tokio::test]
async fn busy_and_broken_servers_answer_as_telegrams_do() {
    let desk = Desk::open().await;
    desk.emulator.say(ANNA, ANNA, "/start");
    let hello = json!({ "chat_id": ANNA, "text": "hi" });
    desk.emulator.inject(once(FaultKind::TooManyRequests { retry_after: 7 }));
    let flood = desk.call("sendMessage", hello.clone()).await;
    assert_eq!(flood["parameters"]["retry_after"], 7);
    desk.emulator.inject(once(FaultKind::ServerError(500)));
    assert_eq!(desk.refusal("sendMessage", hello.clone()).await, "Internal Server Error");
    desk.emulator.inject(once(FaultKind::ServerError(502)));
    let page = desk.client.post(desk.method_url("sendMessage")).json(&hello).send().await.unwrap();
    assert_eq!(page.status(), 502);
    assert!(page.text().await.unwrap().contains("Bad Gateway"));
    desk.emulator.inject(once(FaultKind::Unauthorized));
    assert_eq!(desk.refusal("sendMessage", hello).await, "Unauthorized");
    assert_eq!(desk.emulator.messages(ANNA).len(), 1);
}

#[tokio::test]
async fn a_wrong_token_and_an_unknown_method_are_refused() {
    let desk = Desk::open().await;
    let url = format!("{}/bot1:wrong/getMe", desk.emulator.url());
    let wrong = desk.client.get(url).send().await.unwrap();
    assert_eq!(wrong.status(), 401);
    assert_eq!(desk.refusal("doMagic", json!({})).await, "Not Found: method not found");
    assert_eq!(desk.get("GETME", json!({})).await["is_bot"], true);
}

#[tokio::test]
async fn parameters_come_as_json_as_a_form_or_in_the_query() {
    let desk = Desk::open().await;
    desk.emulator.say(ANNA, ANNA, "/start");
    let chat = ANNA.to_string();
    let form = [("chat_id", chat.as_str()), ("text", "формой")];
    desk.client.post(desk.method_url("sendMessage")).form(&form).send().await.unwrap();
    let query = [("chat_id", chat.as_str()), ("text", "строкой")];
    desk.client.get(desk.method_url("sendMessage")).query(&query).send().await.unwrap();
    let texts: Vec<_> = desk.emulator.messages(ANNA).into_iter().map(|message| message.text).collect();
    assert_eq!(texts, ["/start", "формой", "строкой"]);
}

#[tokio::test]
async fn a_stopped_emulator_drops_its_connections() {
    let desk = Desk::open().await;
    let poll = desk.try_call("getUpdates", json!({ "timeout": 50 }));
    let stop = async {
        desk.emulator.until(|world| world.polls() == 1).await;
        desk.emulator.stop();
    };
    let (broken, ()) = tokio::join!(poll, stop);
    assert!(broken.is_err());
    assert!(desk.try_call("getMe", json!({})).await.is_err());
}
