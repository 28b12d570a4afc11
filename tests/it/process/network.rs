//! The ways to the Bot API that a vendor's network has: a SOCKS5 proxy, an authority of the firm's own, a server of one's own.

use std::fs;

use insta::assert_snapshot;
use keydesk_emulator::{Content, World};

use super::faults::{said, sober};
use crate::support::detours::{AUTHORITY, LocalServer, Socks, https_before};
use crate::support::program::{Flood, Premises, Program};

/// The admin of the example configuration.
const ADMIN: i64 = 111_111_111;
/// A name that no resolver knows.
const BEYOND: &str = "http://bot-api.invalid:8081";

async fn premises() -> Premises {
    Premises::on_sqlite(Flood::Unlimited).await
}

fn allow_plain_http(premises: &Premises) {
    premises.replaces("keydesk.toml", "allow_plain_http = false", "allow_plain_http = true");
}

#[tokio::test]
async fn a_socks5_proxy_leads_to_the_bot_api_and_its_password_is_not_shown() {
    let premises = premises().await;
    allow_plain_http(&premises);
    let socks = Socks::before(&premises.emulator).await;
    let mut command = premises.command(&["run"]);
    command.env("TELOXIDE_API_URL", BEYOND).env("ALL_PROXY", format!("socks5h://me:hunter2@{}", socks.address));
    let bot = Program::start(command.env("RUST_LOG", "trace,sqlx=warn").env_remove("NO_PROXY"));
    bot.says("serving as").await;
    sober(&premises, &bot.stops().await);
    assert!(!socks.asked().is_empty());
    assert!(socks.asked().iter().all(|host| host == "bot-api.invalid:8081"), "{:?}", socks.asked());
}

#[tokio::test]
async fn a_token_goes_over_the_network_in_plain_text_only_where_that_is_allowed() {
    let premises = premises().await;
    assert_snapshot!(said(&premises, &[("TELOXIDE_API_URL", BEYOND)]).await);
}

#[tokio::test]
async fn an_authority_of_the_firms_own_is_trusted_once_it_is_named() {
    let premises = premises().await;
    let https = https_before(&premises.emulator).await;
    let checked = async |certificates: Option<&str>| {
        let mut command = premises.command(&["check"]);
        command.env("TELOXIDE_API_URL", &https).env_remove("SSL_CERT_FILE").env_remove("SSL_CERT_DIR");
        if let Some(file) = certificates {
            command.env("SSL_CERT_FILE", file);
        }
        let ended = Program::start(&mut command).ends().await;
        let told = sober(&premises, &ended);
        told.lines().find(|line| line.contains(" token: ")).unwrap().to_owned()
    };
    let told = [
        checked(None).await,
        checked(Some(AUTHORITY)).await,
        checked(Some("no-such.pem")).await,
        checked(Some("keydesk.toml")).await,
    ];
    assert_snapshot!(told.join("\n"));
}

/// Sends a list of serial numbers to a bot whose server keeps it, and gives what the admin is answered.
async fn answer_to_a_list(premises: &Premises, server: &LocalServer) -> String {
    let bot = Program::start(premises.command(&["run"]).env("TELOXIDE_API_URL", &server.url));
    bot.says("serving as").await;
    let (name, caption) = ("stock.txt".to_owned(), Some("/stock sp-1".to_owned()));
    let document = Content::Document { name, mime: "text/plain".to_owned(), bytes: b"A-1\nA-2\n".to_vec(), caption };
    premises.emulator.send(ADMIN, ADMIN, document);
    let answer = |world: &World| {
        let mut texts = world.messages(ADMIN).map(|message| message.text.clone());
        texts.find(|text| ["добавлено", "Файл"].iter().any(|word| text.contains(word)))
    };
    premises.until("the file is answered", |world| answer(world).is_some()).await;
    let answered = premises.emulator.look(answer).unwrap();
    let ended = bot.stops().await;
    sober(premises, &ended);
    let log = ended.stderr.lines().find(|line| line.contains("--local")).map(|line| line.split_once(": ").unwrap().1);
    let folder = server.folder.path().display().to_string();
    format!("{}\n{}", answered.lines().next().unwrap(), log.unwrap_or_default()).trim_end().replace(&folder, "FOLDER")
}

#[tokio::test]
async fn files_of_a_server_with_local_files_are_read_from_its_disk() {
    let premises = premises().await;
    let server = LocalServer::before(&premises.emulator).await;
    let answered = answer_to_a_list(&premises, &server).await;
    assert_snapshot!(answered, @"Лицензия Guardant SP, 1 активация: добавлено на склад 2, уже было 0.");
}

#[tokio::test]
async fn files_that_a_server_keeps_out_of_reach_are_named_with_the_remedy() {
    let premises = premises().await;
    let server = LocalServer::before(&premises.emulator).await;
    fs::remove_dir_all(server.folder.path()).unwrap();
    assert_snapshot!(answer_to_a_list(&premises, &server).await);
}
