//! What a refusal of Telegram's is about, by its text. The texts are not documented and change; these are the Bot API
//! server's own and those of the servers behind it, which it passes on as they come
//! (<https://github.com/tdlib/telegram-bot-api>, <https://github.com/tdlib/td>).
//!
//! A text that nobody here knows is [`About::Unknown`], and whoever sent the message keeps it: a refusal for now that is
//! taken for one for good loses it, while one for good that is taken for one for now only costs a call now and then.

/// What a refusal is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    /// An edit that would change nothing.
    NoChange,
    /// The message to edit, delete or answer.
    Message,
    /// The chat or its reader, who may take messages later.
    Chat,
    /// The reader's account, which is gone.
    Reader,
    /// Files of this kind, which the chat does not take for now.
    FileKind,
    /// This very file.
    File,
    /// This very text, or its buttons.
    Text,
    /// Nobody knows.
    Unknown,
}

/// Codes of Telegram's servers by their beginnings; the first that fits decides.
const CODES: &[(&str, About)] = &[
    ("MESSAGE_NOT_MODIFIED", About::NoChange),
    ("MESSAGE_EMPTY", About::Text),
    ("MESSAGE_TOO_LONG", About::Text),
    ("MEDIA_CAPTION_TOO_LONG", About::Text),
    ("MESSAGE_ID_", About::Message),
    ("MESSAGE_EDIT_", About::Message),
    ("MESSAGE_DELETE_", About::Message),
    ("MESSAGE_AUTHOR_", About::Message),
    ("MESSAGE_NOT_FOUND", About::Message),
    ("MSG_ID_", About::Message),
    ("REPLY_MESSAGE_ID_", About::Message),
    ("REPLY_TO_INVALID", About::Message),
    ("QUOTE_TEXT_", About::Message),
    ("INPUT_USER_DEACTIVATED", About::Reader),
    ("USER_DEACTIVATED", About::Reader),
    ("USER_DELETED", About::Reader),
    ("CHAT_SEND_PLAIN_", About::Chat),
    ("CHAT_SEND_", About::FileKind),
    ("CHAT_", About::Chat),
    ("CHANNEL_", About::Chat),
    ("TOPIC_NOT_MODIFIED", About::NoChange),
    ("TOPIC_", About::Chat),
    ("PEER_", About::Chat),
    ("USER_", About::Chat),
    ("INPUT_USER_", About::Chat),
    ("YOU_BLOCKED_", About::Chat),
    ("PRIVACY_", About::Chat),
    ("ALLOW_PAYMENT_", About::Chat),
    ("SLOWMODE_", About::Chat),
    ("BOT_GROUPS_BLOCKED", About::Chat),
    ("VOICE_MESSAGES_FORBIDDEN", About::FileKind),
    ("FILE_", About::File),
    ("STICKER_", About::File),
    ("VIDEO_", About::File),
    ("MEDIA_", About::File),
    ("DOCUMENT_", About::File),
    ("PHOTO_", About::File),
    ("IMAGE_", About::File),
    ("ENTITY_", About::Text),
    ("ENTITIES_", About::Text),
    ("BUTTON_", About::Text),
    ("REACTION", About::Text),
    ("REPLY_MARKUP_", About::Text),
];

/// Sentences by their beginnings, in small letters; the first that fits decides.
const SENTENCES: &[(&str, About)] = &[
    ("message is not modified", About::NoChange),
    ("message to ", About::Message),
    ("message can't be ", About::Message),
    ("message identifier is not", About::Message),
    ("message not found", About::Message),
    ("replied message not found", About::Message),
    ("reply message not found", About::Message),
    ("there is no text in the message", About::Message),
    ("there is no caption in the message", About::Message),
    ("message thread not found", About::Chat),
    ("chat not found", About::Chat),
    ("private chat not found", About::Chat),
    ("group chat was ", About::Chat),
    ("the group chat was ", About::Chat),
    ("the chat is not a forum", About::Chat),
    ("chat is ", About::Chat),
    ("can't access the chat", About::Chat),
    ("can't access the topic", About::Chat),
    ("can't access the user", About::Chat),
    ("have no access", About::Chat),
    ("have no rights", About::Chat),
    ("have no write access", About::Chat),
    ("need administrator rights", About::Chat),
    ("not enough rights to send text", About::Chat),
    ("not enough rights to send", About::FileKind),
    ("not enough rights", About::Chat),
    ("bot was ", About::Chat),
    ("bot is not ", About::Chat),
    ("bot can't ", About::Chat),
    ("the bot can't ", About::Chat),
    ("user is deactivated", About::Reader),
    ("user is ", About::Chat),
    ("user not found", About::Chat),
    ("user restricted ", About::Chat),
    ("wrong file", About::File),
    ("wrong remote file", About::File),
    ("invalid file", About::File),
    ("invalid remote file", About::File),
    ("remote file identifier", About::File),
    ("file ", About::File),
    ("can't use file ", About::File),
    ("can't upload file", About::File),
    ("can't download file", About::File),
    ("failed to upload", About::File),
    ("type of file", About::File),
    ("document must be", About::File),
    ("photo ", About::File),
    ("there is no document in the request", About::File),
    ("there is no photo in the request", About::File),
    ("request entity too large", About::File),
    ("message text is empty", About::Text),
    ("message is too long", About::Text),
    ("message caption is too long", About::Text),
    ("text must be ", About::Text),
    ("text is too long", About::Text),
    ("text contains ", About::Text),
    ("strings must be ", About::Text),
    ("can't parse ", About::Text),
    ("can't find end of", About::Text),
    ("can't find field", About::Text),
    ("entity ", About::Text),
    ("receive an entity", About::Text),
    ("unsupported parse_mode", About::Text),
    ("invalid custom emoji", About::Text),
    ("reply markup is too long", About::Text),
    ("inline keyboard", About::Text),
    ("text buttons are unallowed", About::Text),
    ("object expected as reply markup", About::Text),
    ("link to a user", About::Text),
];

/// What a refusal with this description is about.
pub(super) fn about(description: &str) -> About {
    let said = bare(description);
    let decides = |known: &[(&str, About)], text: &str| {
        known.iter().find(|(beginning, _)| text.starts_with(beginning)).map(|(_, about)| *about)
    };
    decides(CODES, said).or_else(|| decides(SENTENCES, &said.to_lowercase())).unwrap_or(About::Unknown)
}

/// A description without the name of its code before it.
pub(super) fn bare(description: &str) -> &str {
    let said = ["Bad Request: ", "Forbidden: "].iter().find_map(|prefix| description.strip_prefix(prefix));
    said.unwrap_or(description)
}

#[cfg(test)]
mod tests {
    use super::{About, about};

    #[test]
    fn every_known_refusal_is_about_what_it_says() {
        for (what, texts) in [
            (About::NoChange, &["message is not modified: specified new message content and reply markup are"][..]),
            (
                About::Message,
                &[
                    "message to edit not found",
                    "message to delete not found",
                    "message to be replied not found",
                    "message can't be edited",
                    "message can't be deleted for everyone",
                    "there is no text in the message to edit",
                    "MESSAGE_ID_INVALID",
                    "MESSAGE_EDIT_TIME_EXPIRED",
                    "REPLY_MESSAGE_ID_INVALID",
                ],
            ),
            (
                About::Chat,
                &[
                    "TOPIC_CLOSED",
                    "TOPIC_DELETED",
                    "CHAT_RESTRICTED",
                    "message thread not found",
                    "need administrator rights in the channel chat",
                    "CHAT_SEND_PLAIN_FORBIDDEN",
                    "group chat was deactivated",
                    "CHAT_WRITE_FORBIDDEN",
                    "CHAT_ADMIN_REQUIRED",
                    "CHAT_GUEST_SEND_FORBIDDEN",
                    "CHANNEL_PRIVATE",
                    "USER_IS_BLOCKED",
                    "USER_BANNED_IN_CHANNEL",
                    "PEER_ID_INVALID",
                    "ALLOW_PAYMENT_REQUIRED_5",
                    "chat not found",
                    "Have no write access to the chat",
                    "have no rights to send a message",
                    "not enough rights to send text messages to the chat",
                    "not enough rights to manage pinned messages in the chat",
                    "bot was blocked by the user",
                    "bot was kicked from the supergroup chat",
                    "bot is not a member of the channel chat",
                    "the group chat was deleted",
                    "bot can't initiate conversation with a user",
                ],
            ),
            (About::Reader, &["user is deactivated", "INPUT_USER_DEACTIVATED"]),
            (
                About::FileKind,
                &[
                    "CHAT_SEND_DOCS_FORBIDDEN",
                    "CHAT_SEND_PHOTOS_FORBIDDEN",
                    "CHAT_SEND_MEDIA_FORBIDDEN",
                    "not enough rights to send documents to the chat",
                    "not enough rights to send photos to the chat",
                    "not enough rights to send voice notes to the chat",
                    "VOICE_MESSAGES_FORBIDDEN",
                ],
            ),
            (
                About::File,
                &[
                    "wrong file identifier/HTTP URL specified",
                    "wrong remote file identifier specified: can't unserialize it. Wrong last symbol",
                    "wrong file_id or the file is temporarily unavailable",
                    "FILE_REFERENCE_EXPIRED",
                    "FILE_REFERENCE_0_EXPIRED",
                    "MEDIA_EMPTY",
                    "can't use file of type Photo as Document",
                    "file is too big",
                    "PHOTO_INVALID_DIMENSIONS",
                ],
            ),
            (
                About::Text,
                &[
                    "can't parse entities: Unsupported start tag \"x\" at byte offset 0",
                    "message text is empty",
                    "message is too long",
                    "message caption is too long",
                    "text must be non-empty",
                    "ENTITY_BOUNDS_INVALID",
                    "BUTTON_DATA_INVALID",
                    "REACTION_INVALID",
                    "reply markup is too long",
                    "inline keyboard button text must be non-empty",
                ],
            ),
            (About::Unknown, &["GALAXY_CLOSED", "the stars are not right", ""]),
        ] {
            for text in texts {
                assert_eq!(about(&format!("Bad Request: {text}")), what, "{text}");
                assert_eq!(about(&format!("Forbidden: {text}")), what, "{text}");
            }
        }
        assert_eq!(about("Request Entity Too Large"), About::File);
    }
}
