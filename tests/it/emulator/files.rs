//! Files: uploaded, sent again, refused, fetched.

use super::{ANNA, Desk, id_of, picture};
use keydesk_emulator::{Body, Content};
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

impl Desk {
    /// An emulator to which Anna wrote already.
    async fn open_to_anna() -> Desk {
        let desk = Desk::open().await;
        desk.emulator.say(ANNA, ANNA, "/start");
        desk
    }

    async fn upload(&self, method: &str, field: &str, bytes: &[u8], texts: &[(&str, &str)]) -> Value {
        self.uploads(ANNA, method, field, bytes, texts).await
    }

    async fn fetches(&self, path: &str) -> (u16, Vec<u8>) {
        let response = self.client.get(format!("{}{path}", self.emulator.url())).send().await.unwrap();
        (response.status().as_u16(), response.bytes().await.unwrap().to_vec())
    }
}

#[tokio::test]
async fn a_file_comes_in_its_own_field_or_in_one_that_is_named() {
    let desk = Desk::open_to_anna().await;
    let direct = desk.upload("sendDocument", "document", b"x", &[]).await;
    assert_eq!(direct["result"]["document"]["file_size"], 1, "{direct}");
    let named = desk.upload("sendPhoto", "mine", &picture(9, 9), &[("photo", "attach://mine")]).await;
    assert_eq!(named["result"]["photo"][0]["file_size"], 24, "{named}");
    let missing = desk.upload("sendDocument", "mine", b"x", &[("document", "attach://other")]).await;
    assert_eq!(missing["description"], "Bad Request: there is no document in the request");
    let none = desk.refusal("sendPhoto", json!({ "chat_id": ANNA })).await;
    assert_eq!(none, "Bad Request: there is no photo in the request");
}

#[tokio::test]
async fn a_known_file_is_sent_again_as_what_it_was() {
    let desk = Desk::open_to_anna().await;
    let first = desk.upload("sendDocument", "document", b"x", &[]).await;
    let id = first["result"]["document"]["file_id"].as_str().unwrap();
    let again = desk.get("sendDocument", json!({ "chat_id": ANNA, "document": id, "caption": "ещё" })).await;
    assert_eq!(again["document"], first["result"]["document"]);
    assert_eq!(again["caption"], "ещё");
    let picture = desk.emulator.send(ANNA, ANNA, Content::Photo { bytes: vec![0xff, 0xd8, 0xff, 0xe0], caption: None });
    let Body::Photo(picture) = desk.emulator.message(ANNA, picture).unwrap().body else { panic!("no photo") };
    let shown = desk.get("sendPhoto", json!({ "chat_id": ANNA, "photo": picture.file_id })).await;
    assert_eq!(shown["photo"][0]["file_id"], picture.file_id);
    for (method, field, id, reason) in [
        ("sendDocument", "document", picture.file_id.as_str(), "can't use file of type Photo as Document"),
        ("sendPhoto", "photo", id, "can't use file of type Document as Photo"),
        ("sendDocument", "document", "BQACnobody", "wrong file identifier/HTTP URL specified"),
        ("sendDocument", "document", "https://example.com/a.pdf", "failed to get HTTP URL content"),
    ] {
        let refused = desk.refusal(method, json!({ "chat_id": ANNA, field: id })).await;
        assert_eq!(refused, format!("Bad Request: {reason}"));
    }
}

#[tokio::test]
async fn a_caption_has_a_quarter_of_a_texts_length() {
    let desk = Desk::open_to_anna().await;
    let caption = |length: usize| format!(" <b>{}</b> ", "я".repeat(length));
    for (method, field, bytes) in [("sendDocument", "document", b"x".to_vec()), ("sendPhoto", "photo", picture(9, 9))] {
        let longest = desk.upload(method, field, &bytes, &[("caption", &caption(1024)), ("parse_mode", "HTML")]).await;
        assert_eq!(longest["ok"], true, "{longest}");
        let longer = desk.upload(method, field, &bytes, &[("caption", &caption(1025)), ("parse_mode", "HTML")]).await;
        assert_eq!(longer["description"], "Bad Request: message caption is too long");
        let broken = desk.upload(method, field, &bytes, &[("caption", "<b>"), ("parse_mode", "HTML")]).await;
        assert!(broken["description"].as_str().unwrap().starts_with("Bad Request: can't parse entities"), "{broken}");
    }
    assert_eq!(
        desk.upload("sendDocument", "document", b"", &[]).await["description"],
        "Bad Request: file must be non-empty"
    );
    assert_eq!(desk.upload("sendPhoto", "photo", b"x", &[]).await["description"], "Bad Request: IMAGE_PROCESS_FAILED");
}

#[tokio::test]
async fn a_file_answers_a_message_and_can_be_protected() {
    let desk = Desk::open_to_anna().await;
    let hers = desk.emulator.say(ANNA, ANNA, "?");
    let reply = format!(r#"{{"message_id":{}}}"#, hers.0);
    let texts = [("reply_parameters", reply.as_str()), ("protect_content", "true")];
    let sent = desk.upload("sendDocument", "document", b"x", &texts).await["result"].clone();
    assert_eq!(sent["reply_to_message"]["message_id"], hers.0);
    assert_eq!(sent["has_protected_content"], true);
    let shown = desk.emulator.message(ANNA, id_of(&sent)).unwrap();
    assert_eq!((shown.reply_to, shown.protect_content), (Some(hers), true));
    let gone = r#"{"message_id":77,"allow_sending_without_reply":true}"#;
    let alone = desk.upload("sendDocument", "document", b"x", &[("reply_parameters", gone)]).await["result"].clone();
    assert!(alone["reply_to_message"].is_null(), "{alone}");
    let lost = desk.upload("sendDocument", "document", b"x", &[("reply_parameters", r#"{"message_id":77}"#)]).await;
    assert_eq!(lost["description"], "Bad Request: message to be replied not found");
}

#[tokio::test]
async fn a_file_is_given_to_its_bot_only() {
    let desk = Desk::open_to_anna().await;
    let sent = desk.upload("sendDocument", "document", b"x", &[]).await;
    let file = desk.get("getFile", json!({ "file_id": sent["result"]["document"]["file_id"] })).await;
    let path = file["file_path"].as_str().unwrap();
    let token = desk.emulator.token();
    assert_eq!(desk.fetches(&format!("/file/bot{token}/{path}")).await, (200, b"x".to_vec()));
    assert_eq!(desk.fetches(&format!("/file/bot1:wrong/{path}")).await.0, 401);
    assert_eq!(desk.fetches(&format!("/file/bot{token}/documents/other")).await.0, 404);
    assert_eq!(desk.refusal("getFile", json!({})).await, "Bad Request: file_id not specified");
    assert_eq!(
        desk.refusal("getFile", json!({ "file_id": "BQACnobody" })).await,
        "Bad Request: wrong file_id or the file is temporarily unavailable"
    );
}

#[tokio::test]
async fn a_photo_is_a_picture_of_a_sensible_size() {
    let desk = Desk::open_to_anna().await;
    let large = [picture(10, 10), vec![0; 10 * 1024 * 1024]].concat();
    let too_big =
        format!("file of size {} bytes is too big for a photo; the maximum size is 10485760 bytes", large.len());
    for (bytes, why) in [
        (b"x".to_vec(), "IMAGE_PROCESS_FAILED"),
        (picture(9_991, 10), "PHOTO_INVALID_DIMENSIONS"),
        (picture(10, 201), "PHOTO_INVALID_DIMENSIONS"),
        (large, too_big.as_str()),
    ] {
        let refused = desk.upload("sendPhoto", "photo", &bytes, &[]).await;
        assert_eq!(refused["description"], format!("Bad Request: {why}"));
    }
    let taken = desk.upload("sendPhoto", "photo", &picture(200, 10), &[]).await;
    assert_eq!(taken["ok"], true, "{taken}");
}

#[tokio::test]
async fn the_name_of_a_file_loses_what_no_disk_takes() {
    let desk = Desk::open_to_anna().await;
    let file = Part::bytes(b"x".to_vec()).file_name("счета/№5: «итог».txt");
    let form = Form::new().text("chat_id", ANNA.to_string()).part("document", file);
    let sent = desk.client.post(desk.method_url("sendDocument")).multipart(form).send().await.unwrap();
    let sent: Value = sent.json().await.unwrap();
    assert_eq!(sent["result"]["document"]["file_name"], "5   итог.txt", "{sent}");
}

#[tokio::test]
async fn an_album_goes_as_a_whole_or_not_at_all() {
    let desk = Desk::open_to_anna().await;
    let known = desk.upload("sendDocument", "document", b"x", &[]).await["result"]["document"]["file_id"].clone();
    let document = json!({ "type": "document", "media": known, "caption": "<b>1</b>", "parse_mode": "HTML" });
    let photo = json!({ "type": "photo", "media": "attach://mine" });
    let album = |media: &Value| [("media", media.to_string())];
    let send = async |media: Value| {
        let texts = album(&media);
        let texts: Vec<(&str, &str)> = texts.iter().map(|(name, value)| (*name, value.as_str())).collect();
        desk.upload("sendMediaGroup", "mine", &picture(9, 9), &texts).await
    };
    let sent = send(json!([document, document])).await["result"].clone();
    assert_eq!(sent[1]["caption"], "1");
    assert_eq!(sent[0]["media_group_id"], sent[1]["media_group_id"]);
    assert!(sent[0]["media_group_id"].is_string());
    let before = desk.emulator.messages(ANNA).len();
    for (media, why) in [
        (json!([]), "there are no messages to send"),
        (json!([document, photo]), "document can't be mixed with other media types"),
        (json!(vec![photo.clone(); 11]), "too many messages to send as an album"),
        (json!([photo, { "type": "photo", "media": "attach://other" }]), "can't parse InputMedia: media not found"),
        (json!([photo, { "type": "photo", "media": known }]), "can't use file of type Document as Photo"),
        (json!([1]), "can't parse InputMedia: expected an Object"),
        (json!({}), "expected an Array of InputMedia"),
    ] {
        assert_eq!(send(media).await["description"], format!("Bad Request: {why}"));
    }
    let none = desk.refusal("sendMediaGroup", json!({ "chat_id": ANNA })).await;
    assert_eq!(none, "Bad Request: parameter \"media\" is required");
    assert_eq!(desk.emulator.messages(ANNA).len(), before);
}

#[tokio::test]
async fn a_message_is_given_another_file() {
    let desk = Desk::open_to_anna().await;
    let sent = desk.upload("sendDocument", "document", b"x", &[("caption", "было")]).await["result"].clone();
    let id = sent["message_id"].to_string();
    let media = json!({ "type": "photo", "media": "attach://mine", "caption": "стало" }).to_string();
    let texts = [("message_id", id.as_str()), ("media", media.as_str())];
    let edited = desk.upload("editMessageMedia", "mine", &picture(9, 9), &texts).await["result"].clone();
    assert_eq!((&edited["caption"], edited["photo"].is_array()), (&json!("стало"), true), "{edited}");
    assert!(edited["document"].is_null());
    let hers = desk.emulator.send(ANNA, ANNA, Content::Sticker);
    let foreign = json!({ "chat_id": ANNA, "message_id": hers.0, "media": { "type": "photo", "media": "x" } });
    assert_eq!(desk.refusal("editMessageMedia", foreign).await, "Bad Request: message can't be edited");
}
