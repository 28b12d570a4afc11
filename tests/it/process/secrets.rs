//! Neither the token nor the database's password is ever written, however much is logged.

use std::time::Duration;

use keydesk_emulator::{Fault, FaultKind};
use url::Url;

use super::crowd::{self, Customer};
use crate::support::program::{Ended, Flood, Premises, Program};

const PASSWORD: &str = "hunter2-of-the-database";

/// The address with a password, which a server that trusts everybody does not ask for.
fn with_password(address: &str) -> String {
    let mut url = Url::parse(address).unwrap();
    url.set_password(Some(PASSWORD)).unwrap();
    url.into()
}

fn assert_discreet(premises: &Premises, ended: &Ended) {
    let token = premises.emulator.token();
    let (_, secret) = token.split_once(':').unwrap();
    for line in ended.output().lines() {
        assert!(!line.contains(secret), "the token is written: {line}");
        assert!(!line.contains(PASSWORD), "the password is written: {line}");
    }
}

fn loud(premises: &Premises) -> std::process::Command {
    let mut command = premises.command(&["run"]);
    command.env("RUST_LOG", "trace").env("DATABASE_URL", with_password(&premises.database));
    command
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_traces_all_its_troubles_shows_no_secret() {
    let premises = Premises::on_postgres(Flood::Limited).await;
    for (method, kind) in [
        ("getMe", FaultKind::DropBefore),
        ("getUpdates", FaultKind::ServerError(502)),
        ("sendMessage", FaultKind::DropAfter),
        ("sendMessage", FaultKind::TooManyRequests { retry_after: 1 }),
        ("editMessageText", FaultKind::ServerError(500)),
        ("answerCallbackQuery", FaultKind::Refuse { code: 400, description: "Bad Request: query is too old".into() }),
    ] {
        premises.emulator.inject(Fault { method: Some(method.to_owned()), chat: None, times: 1, kind });
    }
    let bot = Program::start(&mut loud(&premises));
    crowd::order_at_once(vec![Customer::new(&premises.emulator, 101)], || false).await;
    let unauthorized = FaultKind::Unauthorized;
    premises.emulator.inject(Fault { method: Some("getUpdates".into()), chat: None, times: 1, kind: unauthorized });
    premises.emulator.say(101, 101, "/help");
    bot.says("accepts the token again").await;
    let ended = bot.stops().await;
    assert_eq!(ended.status.code(), Some(0));
    assert!(ended.stderr.contains("TRACE"), "it traces");
    assert_discreet(&premises, &ended);
}

#[tokio::test]
async fn connections_that_are_refused_or_time_out_show_no_secret() {
    let premises = Premises::on_postgres(Flood::Unlimited).await;
    // Takes connections and never says a word.
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let silent = format!("http://{}", silent.local_addr().unwrap());
    for api in ["http://127.0.0.1:1", silent.as_str()] {
        let bot = Program::start(loud(&premises).env("TELOXIDE_API_URL", api));
        bot.says("trying again in 1s").await;
        assert_discreet(&premises, &bot.stops().await);
    }
    for address in ["postgres://keydesk:hunter2-of-the-database@127.0.0.1:1/desk", "sqlite:///no/folder/keydesk.db"] {
        let ended = Program::start(loud(&premises).env("DATABASE_URL", address)).ends_within(Duration::from_secs(30));
        assert_discreet(&premises, &ended.await);
    }
}
