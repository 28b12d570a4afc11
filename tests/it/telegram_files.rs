//! Messages with files, and files fetched: the client over real HTTP against the emulator.

mod hostile;

use std::time::Duration;

use keydesk::chat::action::Action;
use keydesk::chat::view::{Attachment, Button, Html, Keyboard, OutgoingMessage, Screen};
use keydesk::config::Secret;
use keydesk::domain::{ChatId, Media, MessageId, Sharing};
use keydesk::telegram::{CallError, Client, Download};
use keydesk_emulator::{Content, Emulator, Fault, FaultKind, Setup};
use url::Url;

const ANNA: i64 = 101;
const CHAT: ChatId = ChatId(ANNA);
const SERIALS: &[u8] = b"AAAA-1\r\nAAAA-2\n\0\xff--boundary--\r\n";
const NAME: &str = "Заказ 450, ключи.txt";
/// The head of a picture of 16 by 16 points.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10 and so on";
const ENOUGH: usize = 1024 * 1024;

/// An emulator to which Anna wrote, and the bot's client.
struct Post {
    emulator: Emulator,
    client: Client,
}

impl Post {
    async fn open() -> Post {
        let emulator = Emulator::start(Setup::loopback()).await.unwrap();
        emulator.say(ANNA, ANNA, "/start");
        let client = client(&emulator.url(), &emulator.token());
        Post { emulator, client }
    }

    async fn sends(&self, message: &OutgoingMessage) -> keydesk_emulator::Message {
        let posted = self.client.send_message(CHAT, message).await.unwrap();
        self.message(posted.message)
    }

    fn message(&self, id: MessageId) -> keydesk_emulator::Message {
        self.emulator.message(ANNA, keydesk_emulator::MessageId(i32::try_from(id.0).unwrap())).unwrap()
    }

    async fn refusal(&self, message: &OutgoingMessage) -> CallError {
        let error = self.client.send_message(CHAT, message).await.unwrap_err();
        assert_discreet(&error, &self.emulator.token());
        error
    }

    /// Anna sends a document; the `file_id` of it.
    fn receives(&self, bytes: Vec<u8>) -> String {
        let content = Content::Document { name: "stock.csv".into(), mime: "text/csv".into(), bytes, caption: None };
        let id = self.emulator.send(ANNA, ANNA, content);
        self.emulator.message(ANNA, id).unwrap().document().unwrap().file_id.clone()
    }
}

fn client(url: &str, token: &str) -> Client {
    Client::new(&Url::parse(url).unwrap(), &Secret::new(token.to_owned())).unwrap()
}

fn assert_discreet(error: &CallError, token: &str) {
    let (_, secret) = token.split_once(':').unwrap();
    assert!(!format!("{error} {error:?}").contains(secret), "the token is shown");
}

fn message(caption: Html) -> OutgoingMessage {
    let keyboard = Keyboard::new().row([Button::act("Меню".into(), Action::Home)]);
    OutgoingMessage::plain(Screen { text: caption, keyboard })
}

fn fresh(media: Media, name: &str, bytes: &[u8]) -> Attachment {
    Attachment::Fresh { media, name: name.to_owned(), bytes: bytes.to_vec() }
}

fn kept(media: Media, file_id: &str) -> Attachment {
    Attachment::Kept { media, file_id: file_id.to_owned() }
}

#[tokio::test]
async fn a_fresh_document_arrives_byte_for_byte_with_all_that_belongs_to_it() {
    let post = Post::open().await;
    let caption = Html::new().bold("Заказ №450").text(": a < b & c");
    let shown =
        post.sends(&message(caption).attaching(fresh(Media::Document, NAME, SERIALS)).shared(Sharing::Protected)).await;
    assert_eq!(shown.html(), "<b>Заказ №450</b>: a &lt; b &amp; c");
    assert_eq!(shown.caption(), Some("Заказ №450: a < b & c"));
    assert_eq!(shown.labels(), [["Меню"]]);
    assert!(shown.protect_content);
    assert_eq!(shown.reply_to, None);
    let file_id = &shown.document().unwrap().file_id;
    assert_eq!(post.emulator.file(file_id), Some((NAME.to_owned(), SERIALS.to_vec())));
}

#[tokio::test]
async fn a_file_that_telegram_keeps_is_sent_again_without_an_upload() {
    let post = Post::open().await;
    let first = post.sends(&message(Html::new()).attaching(fresh(Media::Document, NAME, SERIALS))).await;
    let file_id = first.document().unwrap().file_id.clone();
    let again = post.sends(&message(Html::new().text("ещё раз")).attaching(kept(Media::Document, &file_id))).await;
    assert_eq!(again.document(), first.document());
    assert_eq!((again.caption(), again.protect_content), (Some("ещё раз"), false));
    assert_eq!(again.labels(), [["Меню"]]);
    assert_eq!(post.emulator.calls().last().unwrap().params.get("document"), Some(&file_id));
}

#[tokio::test]
async fn a_photo_is_sent_and_sent_again_as_a_photo_only() {
    let post = Post::open().await;
    let photo =
        message(Html::new().text("счёт")).attaching(fresh(Media::Photo, "a.png", PICTURE)).shared(Sharing::Protected);
    let shown = post.sends(&photo).await;
    let keydesk_emulator::Body::Photo(file) = &shown.body else { panic!("{shown:?}") };
    assert_eq!((shown.caption(), shown.protect_content), (Some("счёт"), true));
    assert_eq!(post.emulator.file(&file.file_id).unwrap().1, PICTURE);
    let again = post.sends(&message(Html::new()).attaching(kept(Media::Photo, &file.file_id))).await;
    assert_eq!(again.body, shown.body);
    let mistaken = post.refusal(&message(Html::new()).attaching(kept(Media::Document, &file.file_id))).await;
    assert_eq!(mistaken, CallError::FileRefused("Bad Request: can't use file of type Photo as Document".into()));
}

#[tokio::test]
async fn a_message_answers_a_message_and_goes_without_it_when_it_is_gone() {
    let post = Post::open().await;
    let asked = post.emulator.say(ANNA, ANNA, "когда?");
    let to = MessageId(asked.0.into());
    for attachment in [None, Some(fresh(Media::Document, NAME, SERIALS)), Some(fresh(Media::Photo, "a.png", PICTURE))] {
        let answer = OutgoingMessage { attachment, ..message(Html::new().text("завтра")).replying_to(to) };
        assert_eq!(post.sends(&answer).await.reply_to, Some(asked), "{answer:?}");
        let gone = OutgoingMessage { reply_to: Some(MessageId(77)), ..answer };
        assert_eq!(post.sends(&gone).await.reply_to, None, "{gone:?}");
        let never = OutgoingMessage { reply_to: Some(MessageId(i64::MAX)), ..gone };
        assert_eq!(post.sends(&never).await.reply_to, None, "{never:?}");
    }
}

#[tokio::test]
async fn a_message_without_a_file_is_a_text() {
    let post = Post::open().await;
    let shown = post.sends(&message(Html::new().bold("Заказ")).shared(Sharing::Protected)).await;
    assert_eq!((shown.html().as_str(), shown.protect_content), ("<b>Заказ</b>", true));
    assert_eq!((&shown.body, shown.caption()), (&keydesk_emulator::Body::Text, None));
}

#[tokio::test]
async fn a_file_that_telegram_refuses_is_refused_for_good() {
    let post = Post::open().await;
    for (attachment, reason) in [
        (kept(Media::Document, "BQACnobody"), "wrong file identifier/HTTP URL specified"),
        (fresh(Media::Document, NAME, b""), "file must be non-empty"),
        (fresh(Media::Photo, "a.png", b"no picture"), "IMAGE_PROCESS_FAILED"),
    ] {
        let refused = CallError::FileRefused(format!("Bad Request: {reason}"));
        assert_eq!(post.refusal(&message(Html::new()).attaching(attachment)).await, refused);
    }
    let file = fresh(Media::Document, NAME, SERIALS);
    let longest = message(Html::new().bold(&"я".repeat(1024))).attaching(file.clone());
    assert_eq!(post.sends(&longest).await.caption().unwrap().chars().count(), 1024);
    let longer = message(Html::new().bold(&"я".repeat(1025))).attaching(file);
    let rejected = CallError::Rejected("Bad Request: message caption is too long".to_owned());
    assert_eq!(post.refusal(&longer).await, rejected);
}

#[tokio::test]
async fn an_upload_meets_the_faults_of_any_call() {
    let post = Post::open().await;
    let message = message(Html::new()).attaching(fresh(Media::Document, NAME, SERIALS));
    let suffers = |kind: FaultKind| {
        post.emulator.inject(Fault { method: Some("sendDocument".into()), chat: Some(ANNA), times: 1, kind });
    };
    for kind in [FaultKind::DropBefore, FaultKind::DropAfter, FaultKind::ServerError(500), FaultKind::ServerError(502)]
    {
        suffers(kind.clone());
        assert!(matches!(post.refusal(&message).await, CallError::Ambiguous(_)), "{kind:?}");
    }
    suffers(FaultKind::TooManyRequests { retry_after: 7 });
    assert_eq!(post.refusal(&message).await, CallError::Flood(Duration::from_secs(7)));
    post.emulator.block(ANNA);
    assert!(matches!(post.refusal(&message).await, CallError::Blocked(_)));
    post.emulator.stop();
    assert!(matches!(post.refusal(&message).await, CallError::NotSent(_) | CallError::Ambiguous(_)));
}

#[tokio::test]
async fn a_name_cannot_break_out_of_its_place() {
    let post = Post::open().await;
    let name = "a.txt\"\r\nContent-Type: text/html\r\n\r\nx";
    let shown = post.sends(&message(Html::new()).attaching(fresh(Media::Document, name, SERIALS))).await;
    let file = shown.document().unwrap();
    assert_eq!((file.mime.as_str(), file.size), ("application/octet-stream", SERIALS.len()));
    assert!(!file.name.contains(|c: char| c.is_control() || c == '"'), "{}", file.name);
}

#[test]
fn no_debug_form_shows_what_stands_in_a_file() {
    let message = message(Html::new()).attaching(fresh(Media::Document, NAME, b"AAAA-1"));
    let download = Download::Whole(b"AAAA-1".to_vec());
    let shown = format!("{message:?} {message:#?} {download:?}");
    assert!(shown.contains(NAME), "{shown}");
    assert!(!shown.contains("AAAA-1") && !shown.contains("65, 65"), "{shown}");
}

#[tokio::test]
async fn a_file_is_fetched_whole_up_to_the_limit() {
    let post = Post::open().await;
    let file_id = post.receives(SERIALS.to_vec());
    let whole = Ok(Download::Whole(SERIALS.to_vec()));
    assert_eq!(post.client.download(&file_id, ENOUGH).await, whole);
    assert_eq!(post.client.download(&file_id, SERIALS.len()).await, whole);
    assert_eq!(post.client.download(&file_id, SERIALS.len() - 1).await, Ok(Download::TooLarge));
    assert_eq!(post.client.download(&post.receives(Vec::new()), 0).await, Ok(Download::Whole(Vec::new())));
}

#[tokio::test]
async fn a_file_beyond_what_telegram_gives_bots_is_too_large() {
    let post = Post::open().await;
    let most = 20 * 1024 * 1024;
    let file_id = post.receives(vec![0; most + 1]);
    assert_eq!(post.client.download(&file_id, usize::MAX).await, Ok(Download::TooLarge));
    let Ok(Download::Whole(bytes)) = post.client.download(&post.receives(vec![7; most]), most).await else {
        panic!("it is not fetched")
    };
    assert!(bytes.len() == most && bytes.iter().all(|byte| *byte == 7));
}

#[tokio::test]
async fn a_file_that_nobody_knows_is_refused_for_good() {
    let post = Post::open().await;
    let error = post.client.download("BQACnobody", ENOUGH).await.unwrap_err();
    let reason = "Bad Request: wrong file_id or the file is temporarily unavailable";
    assert_eq!(error, CallError::FileRefused(reason.into()));
    let stranger = client(&post.emulator.url(), "123:wrong-token");
    assert_eq!(stranger.download("BQACnobody", ENOUGH).await, Err(CallError::Unauthorized));
}
