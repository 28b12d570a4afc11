//! Which group is the staff's, and who is the first admin: whoever writes there the code that the terminal shows. A code,
//! since anybody may add a bot to a group of their own.

use std::time::Duration;

use anyhow::bail;

use crate::cli::said::say;
use crate::domain::{ChatId, Openness, Person};
use crate::telegram::introduction::{Introduction, Waiting};
use crate::telegram::outgoing::ChatKind;
use crate::telegram::{CallError, Client};

/// How often Telegram is asked: nobody notices a second, and it is held open by nothing that would confirm updates.
const LOOK: Duration = Duration::from_secs(1);
/// As many codes as nobody tries while the command waits.
const CODES: u32 = 100_000_000;

/// The group and its first admin.
pub(super) struct Found {
    pub(super) chat: ChatId,
    pub(super) title: String,
    pub(super) admin: Person,
}

/// Waits until somebody introduces themselves in a group that can be the staff's.
pub(super) async fn found(client: &Client, bot: &str) -> anyhow::Result<Found> {
    let drawn = getrandom::u32().map_err(|error| anyhow::anyhow!("the system gives no random numbers ({error})"))?;
    let code = format!("{:08}", drawn % CODES);
    say(&format!(
        "\nThe staff chat is the private group where your staff will work. As yourself, not anonymously, open\n\
         \x20   https://t.me/{bot}?startgroup={code}\n\
         where you have Telegram, and choose the group; or add @{bot} to it by hand and write there\n\
         \x20   /start@{bot} {code}\n\
         That group becomes the staff chat, and you become its first admin. Waiting; Ctrl-C leaves, and nothing is written.\n"
    ))?;
    let mut heard = None;
    let mut failing = false;
    loop {
        match client.introductions(&code).await {
            Ok(Waiting::Whole(found)) => {
                failing = false;
                let before = heard;
                for introduction in found.into_iter().filter(|found| Some(found.update) > before) {
                    heard = Some(introduction.update);
                    match judged(client, introduction).await {
                        Ok(found) => return Ok(found),
                        Err(remedy) => say(&format!("  {remedy}\n"))?,
                    }
                }
            }
            Ok(Waiting::Crowded) => bail!(
                "so many updates wait for this bot that yours is not seen among them; give --staff-chat and --admin, and \
                 `keydesk run` serves them all"
            ),
            Err(CallError::Unauthorized) => {
                bail!("the Bot API does not accept the token any more; copy it from @BotFather again")
            }
            Err(CallError::Conflict(_)) => {
                bail!("another program asks for this bot's updates; stop it, or give --staff-chat and --admin")
            }
            Err(error) => {
                if !failing {
                    say(&format!("  The Bot API does not answer ({error}); trying again.\n"))?;
                }
                failing = true;
            }
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// The staff chat, or why it cannot be this one and what to do.
async fn judged(client: &Client, introduction: Introduction) -> Result<Found, String> {
    let Introduction { chat, person, .. } = introduction;
    let facts = client.chat_facts(chat).await;
    let facts = facts
        .map_err(|error| format!("The Bot API does not say what chat {chat} is ({error}): write it once more."))?;
    let title = facts.title.unwrap_or_default();
    let remedy = match (facts.kind, person) {
        (ChatKind::Closed, Some(admin)) => return Ok(Found { chat, title, admin }),
        (ChatKind::Private, _) => "That was in a private chat: write it in the group.".to_owned(),
        (ChatKind::Open(Openness::Channel), _) => format!("{title} is a channel: write it in a private group."),
        (ChatKind::Open(Openness::PublicGroup), _) => {
            format!(
                "{title} is public, and anybody would read who orders what: make it private, and write it once more."
            )
        }
        (ChatKind::Closed, None) => {
            format!(
                "Whoever wrote that in {title} is anonymous there: turn that off for yourself, and write it once more."
            )
        }
    };
    Err(remedy)
}
