//! Messages with what is younger than some servers: sent as they are where that is known, and without where it is not.

use chrono::DateTime;
use keydesk::chat::action::Action;
use keydesk::chat::view::{Attachment, Button, Html, Keyboard, Moment, OutgoingMessage, Screen, Style};
use keydesk::config::Secret;
use keydesk::domain::{ChatId, Media, MessageId};
use keydesk::telegram::{CallError, Client};
use keydesk_emulator::{BotApi, ButtonAction, Emulator, Fault, FaultKind, Setup};
use url::Url;

const ANNA: i64 = 101;
const CHAT: ChatId = ChatId(ANNA);

/// A server to which Anna wrote, and a client that has not met it before.
struct Line {
    emulator: Emulator,
    client: Client,
}

impl Line {
    async fn to(bot_api: BotApi) -> Line {
        let emulator = Emulator::start(Setup { bot_api, ..Setup::loopback() }).await.unwrap();
        emulator.say(ANNA, ANNA, "/start");
        let url = Url::parse(&emulator.url()).unwrap();
        let client = Client::new(&url, &Secret::new(emulator.token())).unwrap();
        Line { emulator, client }
    }

    async fn sends(&self, screen: &Screen) -> MessageId {
        self.client.send_message(CHAT, &OutgoingMessage::plain(screen.clone())).await.unwrap().message
    }

    /// The message as Anna sees it: its text as HTML, then its buttons.
    fn shows(&self, message: MessageId) -> String {
        let id = keydesk_emulator::MessageId(i32::try_from(message.0).unwrap());
        let message = self.emulator.message(ANNA, id).unwrap();
        let button = |button: &keydesk_emulator::Button| {
            let does = match &button.action {
                ButtonAction::Data(_) => "pressed",
                ButtonAction::Url(_) => "opened",
                ButtonAction::Other(kind, _) => kind,
            };
            format!("{} {} {does}", button.label, button.style.as_deref().unwrap_or("plain"))
        };
        let buttons: Vec<String> = message.keyboard.iter().flatten().map(button).collect();
        format!("{}\n{}", message.html(), buttons.join("\n"))
    }

    /// How many calls were made so far, and how many of them refused.
    fn calls(&self) -> (usize, usize) {
        let calls = self.emulator.calls();
        (calls.len(), calls.iter().filter(|call| call.refusal.is_some()).count())
    }
}

/// A screen with all that is young.
fn young(text: &str) -> Screen {
    let noon = DateTime::from_timestamp(1_766_000_000, 0).unwrap();
    let label = |text: &str| text.to_owned();
    Screen {
        text: Html::new().text(text).moment(noon, Moment::Relative, "noon").expandable(&Html::new().text("long")),
        keyboard: Keyboard::new()
            .row([Button::act(label("Send"), Action::Home).styled(Style::Success)])
            .row([Button::inert(label("Taken"), Action::Home).styled(Style::Danger)])
            .row(Button::copy(label("Copy"), label("AAAA-1"))),
    }
}

const AS_IT_IS: &str = "<tg-time unix=\"1766000000\" format=\"r\">noon</tg-time>\
    <blockquote expandable>long</blockquote>\nSend success pressed\nTaken danger disabled\nCopy plain copy_text";
const WITHOUT: &str =
    "noon<blockquote expandable>long</blockquote>\nSend plain pressed\nTaken plain pressed\nCopy plain copy_text";

#[tokio::test]
async fn a_server_of_today_is_sent_everything() {
    let line = Line::to(BotApi::V10_3).await;
    let message = line.sends(&young("Since ")).await;
    assert_eq!(line.shows(message), format!("Since {AS_IT_IS}"));
    assert_eq!(line.calls(), (1, 0));
}

#[tokio::test]
async fn an_older_server_gets_a_message_that_can_be_used_and_is_asked_only_once() {
    let line = Line::to(BotApi::V9_2).await;
    let message = line.sends(&young("Since ")).await;
    assert_eq!(line.shows(message), format!("Since {WITHOUT}"));
    let (calls, refused) = line.calls();
    assert_eq!((calls, refused), (3, 2), "the tag and the button are each refused once");
    line.client.edit_screen(CHAT, message, &young("Until ")).await.unwrap();
    assert_eq!(line.shows(message), format!("Until {WITHOUT}"));
    let file = Attachment::Fresh { media: Media::Document, name: "a.txt".to_owned(), bytes: b"AAAA-1".to_vec() };
    let document = OutgoingMessage::plain(young("At ")).attaching(file);
    let document = line.client.clone().send_message(CHAT, &document).await.unwrap().message;
    assert_eq!(line.shows(document), format!("At {WITHOUT}"));
    assert_eq!(line.calls(), (calls + 2, refused));
}

#[tokio::test]
async fn whatever_names_a_novelty_is_answered_without_it() {
    let line = Line::to(BotApi::V10_3).await;
    let refuses = |description: &str| {
        let kind = FaultKind::Refuse { code: 400, description: format!("Bad Request: {description}") };
        line.emulator.inject(Fault { method: Some("sendMessage".to_owned()), chat: None, times: 1, kind });
    };
    refuses("can't parse inline keyboard button: Invalid button style specified");
    refuses("BUTTON_COPY_TEXT_INVALID");
    let message = line.sends(&young("Since ")).await;
    let shown = line.shows(message);
    assert!(shown.ends_with("Send plain pressed\nTaken plain disabled"), "{shown}");
    // What is refused for another reason is known for good.
    refuses("can't parse entities: Unsupported start tag \"x\" at byte offset 0");
    let error = line.client.send_message(CHAT, &OutgoingMessage::plain(young("Since "))).await.unwrap_err();
    assert!(matches!(error, CallError::Rejected(_)), "{error:?}");
    let plain = Screen::sentence("Since when?");
    refuses("BUTTON_TYPE_INVALID");
    let error = line.client.send_message(CHAT, &OutgoingMessage::plain(plain)).await.unwrap_err();
    assert!(matches!(error, CallError::Rejected(_)), "{error:?}");
}
