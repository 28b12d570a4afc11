//! What `keydesk check` and `keydesk run` say of a fault: one sentence each, with the remedy, and a status that is not 0.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use insta::assert_snapshot;
use keydesk_emulator::{Fault, FaultKind, Group, GroupKind, PrivacyMode, Right};

use crate::support::program::{Ended, Flood, Premises, Program, STAFF_CHAT};

async fn premises() -> Premises {
    Premises::on_sqlite(Flood::Unlimited).await
}

/// What `check` and `run` say of the same fault, without what differs from run to run.
pub(super) async fn said(premises: &Premises, variables: &[(&str, &str)]) -> String {
    let mut said = String::new();
    for name in ["check", "run"] {
        let mut command = premises.command(&[name]);
        command.env("RUST_LOG", "error").envs(variables.iter().copied());
        let ended = Program::start(&mut command).ends().await;
        assert_ne!(ended.status.code(), Some(0), "{name} finds a fault");
        said += &format!("$ keydesk {name}\n{}", sober(premises, &ended));
    }
    said
}

pub(super) fn sober(premises: &Premises, ended: &Ended) -> String {
    let output = ended.output();
    for unwanted in ["backtrace", "panicked", premises.emulator.token().as_str(), "hunter2"] {
        assert!(!output.contains(unwanted), "{output}");
    }
    premises.plain(&output)
}

#[tokio::test]
async fn a_sound_installation_is_found_sound_beside_a_running_bot_too() {
    let premises = premises().await;
    let alone = premises.starts(&["check"]).ends().await;
    assert_eq!(alone.status.code(), Some(0), "{alone:#?}");
    assert_snapshot!(sober(&premises, &alone));
    assert!(!premises.file("keydesk.db").exists(), "a look makes nothing");
    let bot = premises.runs().await;
    let beside = premises.starts(&["check"]).ends().await;
    let up_to_date = alone.stdout.replace("can be used, the first start makes its tables", "its tables are up to date");
    assert_eq!((beside.status.code(), beside.stdout), (Some(0), up_to_date), "{}", beside.stderr);
    bot.stops().await;
}

#[tokio::test]
async fn a_missing_configuration_is_named() {
    let premises = premises().await;
    fs::remove_file(premises.file("keydesk.toml")).unwrap();
    assert_snapshot!(said(&premises, &[]).await);
}

#[tokio::test]
async fn broken_toml_is_named_with_its_line() {
    let premises = premises().await;
    premises.replaces("keydesk.toml", "currency = \"RUB\"", "currency = RUB");
    assert_snapshot!(said(&premises, &[]).await);
}

#[tokio::test]
async fn an_unknown_key_is_named() {
    let premises = premises().await;
    premises.replaces("keydesk.toml", "terms_url =", "terms =");
    assert_snapshot!(said(&premises, &[]).await);
}

#[tokio::test]
async fn a_configuration_and_a_catalogue_in_another_encoding_are_named_with_the_remedy() {
    let premises = premises().await;
    let text = fs::read_to_string(premises.file("keydesk.toml")).unwrap();
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(premises.file("keydesk.toml"), [b"\xff\xfe", &utf16[..]].concat()).unwrap();
    let configuration = said(&premises, &[]).await;
    premises.writes("keydesk.toml", &text);
    fs::write(premises.file("catalog.toml"), b"[[product]]\nsku = \"sp-1\"\nname = { ru = \"\xca\xeb\xfe\xf7\" }")
        .unwrap();
    assert_snapshot!(format!("{configuration}{}", said(&premises, &[]).await));
}

#[tokio::test]
async fn an_id_of_a_group_without_its_beginning_is_answered_with_the_whole_one() {
    let premises = premises().await;
    let told = async |id: &str| {
        premises.replaces("keydesk.toml", "staff_chat = -1001234567890", &format!("staff_chat = {id}"));
        let check = premises.starts(&["check"]).ends().await;
        premises.replaces("keydesk.toml", &format!("staff_chat = {id}"), "staff_chat = -1001234567890");
        check.stdout.lines().last().unwrap().to_owned()
    };
    assert_snapshot!([told("-1234567890").await, told("-99").await].join("\n"));
}

#[tokio::test]
async fn secrets_may_come_from_files() {
    let premises = premises().await;
    premises.writes("token", &format!("{}\n", premises.emulator.token()));
    premises.writes("address", &premises.database);
    let mode = |file: &str, mode| fs::set_permissions(premises.file(file), fs::Permissions::from_mode(mode)).unwrap();
    let (token, address) = (premises.file("token"), premises.file("address"));
    mode("token", 0o644);
    mode("address", 0o600);
    let mut command = premises.command(&["check"]);
    command.env_remove("TELOXIDE_TOKEN").env("TELOXIDE_TOKEN_FILE", &token);
    command.env_remove("DATABASE_URL").env("DATABASE_URL_FILE", &address);
    let check = Program::start(&mut command).ends().await;
    assert_eq!(check.status.code(), Some(0), "{check:#?}");
    let beside = Program::start(premises.command(&["check"]).env("TELOXIDE_TOKEN_FILE", &token)).ends().await;
    fs::write(&token, "123456:hunter2").unwrap();
    let refused = Program::start(&mut command).ends().await;
    assert_snapshot!([check, beside, refused].map(|ended| sober(&premises, &ended)).join("\n"));
}

#[tokio::test]
async fn a_missing_catalogue_is_named() {
    let premises = premises().await;
    fs::remove_file(premises.file("catalog.toml")).unwrap();
    assert_snapshot!(said(&premises, &[]).await);
}

#[tokio::test]
async fn every_fault_of_a_catalogue_is_listed() {
    let premises = premises().await;
    premises.replaces("catalog.toml", "price = \"11000.00\"", "price = \"-1\"");
    premises.replaces("catalog.toml", "sku = \"sp-3\"", "sku = \"sp-1\"");
    premises.replaces("catalog.toml", "min = 1, max = 10", "min = 10, max = 1");
    assert_snapshot!(said(&premises, &[]).await);
}

#[tokio::test]
async fn a_missing_token_is_named() {
    assert_snapshot!(said(&premises().await, &[("TELOXIDE_TOKEN", "")]).await);
}

#[tokio::test]
async fn a_token_that_is_none_is_named_and_not_shown() {
    assert_snapshot!(said(&premises().await, &[("TELOXIDE_TOKEN", "my hunter2 token")]).await);
}

#[tokio::test]
async fn a_token_that_is_not_accepted_is_named_and_not_shown() {
    assert_snapshot!(said(&premises().await, &[("TELOXIDE_TOKEN", "123456:hunter2")]).await);
}

#[tokio::test]
async fn a_token_that_lies_in_the_folder_is_named_by_its_file() {
    let premises = premises().await;
    let mut told = String::new();
    for written in ["123456:hunter2", "no token", " \n"] {
        premises.writes("keydesk.token", written);
        fs::set_permissions(premises.file("keydesk.token"), fs::Permissions::from_mode(0o600)).unwrap();
        let said = said(&premises, &[("TELOXIDE_TOKEN", "")]).await;
        told += &said.lines().filter(|line| line.contains("token")).fold(String::new(), |all, line| all + line + "\n");
    }
    assert_snapshot!(told);
}

#[tokio::test]
async fn a_space_at_an_end_of_the_token_is_named() {
    let said = said(&premises().await, &[("TELOXIDE_TOKEN", "42:hunter2 ")]).await;
    let lines: Vec<_> = said.lines().filter(|line| line.contains("TELOXIDE_TOKEN")).collect();
    assert_snapshot!(lines.join("\n"));
}

#[tokio::test]
async fn a_bot_serves_without_its_staff_chat_and_says_what_to_correct() {
    let premises = premises().await;
    premises.replaces("keydesk.toml", "staff_chat = -1001234567890", "staff_chat = -1009999999999");
    let bot = premises.runs().await;
    let line = bot.says("telegram.staff_chat").await;
    let (_, said) = line.split_once("keydesk::outage: ").unwrap();
    assert_snapshot!(said);
    bot.ends_well().await;
}

#[tokio::test]
async fn sections_in_single_brackets_are_said_once() {
    let premises = premises().await;
    premises.replaces("catalog.toml", "[[product]]", "[product]");
    let check = premises.starts(&["check"]).ends().await;
    let told = sober(&premises, &check);
    let faults: Vec<_> = told.lines().filter(|line| line.contains("catalogue")).collect();
    assert_snapshot!(faults.join("\n"));
}

#[tokio::test]
async fn an_address_that_is_none_is_named() {
    assert_snapshot!(said(&premises().await, &[("TELOXIDE_API_URL", "telegram")]).await);
}

#[tokio::test]
async fn a_missing_folder_of_the_database_is_named() {
    let premises = premises().await;
    let address = format!("sqlite://{}", premises.file("nowhere/keydesk.db").display());
    assert_snapshot!(said(&premises, &[("DATABASE_URL", &address)]).await);
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_named_without_the_password() {
    assert_snapshot!(said(&premises().await, &[("DATABASE_URL", "postgres://keydesk:hunter2@127.0.0.1:1/desk")]).await);
}

#[tokio::test]
async fn an_address_of_no_database_is_named_without_the_password() {
    assert_snapshot!(said(&premises().await, &[("DATABASE_URL", "mysql://keydesk:hunter2@127.0.0.1:1/desk")]).await);
}

#[tokio::test]
async fn a_bot_api_out_of_reach_is_a_fault_for_check_and_a_wait_for_run() {
    let premises = premises().await;
    let unreachable = ("TELOXIDE_API_URL", "http://127.0.0.1:1");
    let check = Program::start(premises.command(&["check"]).env(unreachable.0, unreachable.1)).ends().await;
    assert_eq!(check.status.code(), Some(6));
    assert_snapshot!(sober(&premises, &check));
    let run = Program::start(premises.command(&["run"]).env(unreachable.0, unreachable.1));
    run.says("the Bot API did not say who the bot is, trying again in 1s").await;
    assert_eq!(run.stops().await.status.code(), Some(0));
}

#[tokio::test]
async fn a_staff_chat_that_does_not_know_the_bot_is_a_fault_for_check() {
    let premises = premises().await;
    premises.replaces("keydesk.toml", "staff_chat = -1001234567890", "staff_chat = -1009999999999");
    let check = premises.starts(&["check"]).ends().await;
    assert_eq!(check.status.code(), Some(4));
    assert_snapshot!(sober(&premises, &check));
}

#[tokio::test]
async fn a_staff_chat_that_strangers_can_read_is_a_fault_for_check() {
    let premises = premises().await;
    premises.emulator.set_username(STAFF_CHAT, Some("guardant_sales"));
    let public = premises.starts(&["check"]).ends().await;
    let channel = Group {
        id: -1_009_999_999_999,
        title: "Новости".to_owned(),
        kind: GroupKind::Channel,
        privacy: PrivacyMode::SeesAll,
    };
    premises.emulator.add_group(channel, &[201]);
    premises.replaces("keydesk.toml", "staff_chat = -1001234567890", "staff_chat = -1009999999999");
    let channel = premises.starts(&["check"]).ends().await;
    let last =
        |ended: &Ended| sober(&premises, ended).lines().find(|line| line.contains("staff chat")).unwrap().to_owned();
    assert_eq!((public.status.code(), channel.status.code()), (Some(4), Some(4)));
    assert_snapshot!([last(&public), last(&channel)].join("\n"));
}

#[tokio::test]
async fn a_log_filter_that_does_not_read_is_named() {
    let premises = premises().await;
    let run = Program::start(premises.command(&["run"]).env("RUST_LOG", "keydesk=loud")).ends().await;
    assert_eq!(run.status.code(), Some(4));
    assert_snapshot!(sober(&premises, &run), @r#"keydesk: environment, RUST_LOG: error parsing level filter: expected one of "off", "error", "warn", "info", "debug", "trace", or a number 0-5; use a filter such as keydesk=debug, or unset it"#);
}

#[tokio::test]
async fn several_faults_are_found_at_once() {
    let premises = premises().await;
    premises.replaces("catalog.toml", "price = \"11000.00\"", "price = \"much\"");
    let mut command = premises.command(&["check"]);
    let check = Program::start(command.env("TELOXIDE_TOKEN", "").env("DATABASE_URL", "mysql://x@y/z")).ends().await;
    assert_eq!(check.status.code(), Some(4));
    assert_snapshot!(sober(&premises, &check));
}

#[tokio::test]
async fn one_refusal_of_the_token_ends_no_bot() {
    let premises = premises().await;
    let kind = FaultKind::Unauthorized;
    premises.emulator.inject(Fault { method: Some("getMe".to_owned()), chat: None, times: 1, kind: kind.clone() });
    let bot = premises.runs().await;
    for kind in [kind, FaultKind::Refuse { code: 404, description: "Not Found".to_owned() }] {
        premises.emulator.inject(Fault { method: Some("getUpdates".to_owned()), chat: None, times: 1, kind });
        // The poll that is under way ends with this, and the next one is refused.
        premises.emulator.say(201, 201, "/start");
        premises.until("it goes on", |world| world.pending_updates() == 0).await;
    }
    bot.says("the Bot API accepts the token again").await;
    assert_eq!(bot.stops().await.status.code(), Some(0));
}

#[tokio::test]
async fn a_second_bot_on_the_same_file_is_refused() {
    let premises = premises().await;
    let first = premises.runs().await;
    let second = premises.starts(&["run"]).ends().await;
    assert_eq!(second.status.code(), Some(5));
    assert_snapshot!(sober(&premises, &second));
    assert_eq!(first.stops().await.status.code(), Some(0));
}

#[tokio::test]
async fn limits_are_lifted_only_for_a_bot_api_server_on_this_machine() {
    let premises = premises().await;
    premises.replaces("keydesk.toml", "limits = \"telegram\"", "limits = \"off\"");
    let sound = premises.starts(&["check"]).ends().await;
    assert_eq!(sound.status.code(), Some(0), "{sound:#?}");
    // Nobody has this address, and nobody is asked there.
    let said = said(&premises, &[("TELOXIDE_API_URL", "https://192.0.2.1")]).await;
    let lines: Vec<_> = said.lines().filter(|line| line.contains("limits")).collect();
    assert_snapshot!(lines.join("\n"));
}

#[tokio::test]
async fn topics_that_cannot_be_used_are_named_with_the_remedy() {
    let premises = premises().await;
    let check = async || {
        let ended = premises.starts(&["check"]).ends().await;
        let told = sober(&premises, &ended);
        told.lines().find(|line| line.contains("staff chat")).unwrap().to_owned()
    };
    let mut told = Vec::new();
    premises.replaces("keydesk.toml", "# staff_topic = 12", "staff_topic = 12");
    told.push(check().await);
    premises.replaces("keydesk.toml", "staff_topics = \"shared\"", "staff_topics = \"order\"");
    told.push(check().await);
    premises.emulator.make_forum(STAFF_CHAT);
    told.push(check().await);
    premises.emulator.promote_bot(STAFF_CHAT, 201, &[Right::ManageTopics]);
    told.push(check().await);
    assert_snapshot!(told.join("\n"));
}

#[tokio::test]
async fn prices_that_an_edited_file_would_undo_are_named_before_and_counted_at_the_start() {
    let premises = premises().await;
    premises.runs().await.ends_well().await;
    let file = fs::read_to_string(premises.file("catalog.toml")).unwrap();
    premises.writes("next.toml", &file.replacen("\"11000.00\"", "\"12000.00\"", 1));
    let applied = premises.starts(&["catalog", "apply", "next.toml"]).ends().await;
    assert_eq!(applied.status.code(), Some(0), "{applied:#?}");
    let notes = async || {
        let told = sober(&premises, &premises.starts(&["check"]).ends().await);
        told.lines().filter(|line| line.starts_with("note ")).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(notes().await, "", "the file is what it was");
    premises.writes("catalog.toml", &file.replacen("\"27000.00\"", "\"28000.00\"", 1));
    assert_snapshot!(notes().await);
    let bot = premises.runs().await;
    let line = bot.says("applied a new price list").await;
    assert!(line.ends_with("applied a new price list file=catalog.toml changes=2"), "{line}");
    bot.ends_well().await;
}
