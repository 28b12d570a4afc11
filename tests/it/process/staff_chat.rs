//! What `keydesk check` finds of the bot's standing in the staff chat, as Telegram words it.

use insta::assert_snapshot;
use serde_json::{Value, json};

use super::faults::sober;
use crate::support::bot_api;
use crate::support::program::{Flood, Premises, Program, STAFF_CHAT};

/// What `check` says of the staff chat, with this membership of the bot and these permissions of everybody.
async fn said(premises: &Premises, member: Value, permissions: Value) -> String {
    let chat = json!({ "id": STAFF_CHAT, "title": "Сотрудники", "type": "supergroup", "permissions": permissions });
    let me = json!({ "id": 1_000_000_001, "is_bot": true, "first_name": "keydesk", "username": "keydesk_bot" });
    let api = bot_api::answering([
        ("getMe", me),
        ("getWebhookInfo", json!({ "url": "", "has_custom_certificate": false, "pending_update_count": 0 })),
        ("getChat", chat),
        ("getChatMember", member),
    ])
    .await;
    let check = Program::start(premises.command(&["check"]).env("TELOXIDE_API_URL", &api)).ends().await;
    let told = sober(premises, &check);
    told.lines().find(|line| line.contains("staff chat")).unwrap().to_owned()
}

#[tokio::test]
async fn a_staff_chat_in_which_the_bot_may_not_write_is_a_fault() {
    let premises = Premises::on_sqlite(Flood::Unlimited).await;
    let open = json!({ "can_send_messages": true, "can_send_documents": true, "can_send_photos": true });
    let quiet = json!({ "can_send_messages": false, "can_send_documents": false, "can_send_photos": false });
    let pictureless = json!({ "can_send_messages": true, "can_send_documents": true, "can_send_photos": false });
    let mut restricted = pictureless.clone();
    restricted["status"] = "restricted".into();
    restricted["is_member"] = true.into();
    let mut restricted_outside = restricted.clone();
    restricted_outside["is_member"] = false.into();
    let mut told = Vec::new();
    for (member, permissions) in [
        (json!({ "status": "administrator" }), quiet.clone()),
        (json!({ "status": "member" }), open.clone()),
        (json!({ "status": "member" }), quiet),
        (json!({ "status": "member" }), pictureless),
        (restricted, open.clone()),
        (restricted_outside, open.clone()),
        (json!({ "status": "left" }), open.clone()),
        (json!({ "status": "kicked", "until_date": 0 }), open.clone()),
        (json!({ "status": "member" }), json!({ "can_send_messages": true })),
    ] {
        told.push(said(&premises, member, permissions).await);
    }
    assert_snapshot!(told.join("\n"));
}
