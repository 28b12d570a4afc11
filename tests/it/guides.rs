//! The guides call commands that there are, and whoever follows them command by command gets where they lead.

mod elsewhere;
mod pages;
mod reader;

use std::collections::BTreeSet;

use clap::Parser;
use clap::error::ErrorKind;
use elsewhere::{ELSEWHERE, is_elsewhere};
use keydesk::cli::Arguments;
use pages::{Command, GUIDES, commands, read, simple_commands};
use reader::Reader;

/// The guides that lead from nothing to a shop, each of which somebody follows alone.
const FROM_NOTHING: [&str; 4] = ["README.md", "docs/vendor.md", "docs/vendor.ru.md", "docs/deployment/README.md"];

async fn is_followed(guides: &[&str]) {
    let commands: Vec<Command> = guides.iter().flat_map(|guide| commands(&read(guide))).collect();
    let mut reader = Reader::of(&commands).await;
    for command in &commands {
        reader.follows(command).await;
    }
}

#[tokio::test]
async fn the_readme_is_followed_command_by_command() {
    is_followed(&["README.md"]).await;
}

#[tokio::test]
async fn the_vendors_guide_is_followed_command_by_command() {
    is_followed(&["docs/vendor.md"]).await;
}

#[tokio::test]
async fn the_vendors_guide_in_russian_is_followed_command_by_command() {
    is_followed(&["docs/vendor.ru.md"]).await;
}

#[tokio::test]
async fn the_guide_to_a_service_is_followed_command_by_command() {
    is_followed(&["docs/deployment/README.md"]).await;
}

#[tokio::test]
async fn what_the_other_pages_say_is_typed_in_one_shop() {
    let others: Vec<&str> = GUIDES.into_iter().filter(|guide| !FROM_NOTHING.contains(guide)).collect();
    is_followed(&others).await;
}

#[test]
fn every_reason_not_to_run_a_command_is_still_needed() {
    let all = GUIDES.into_iter().flat_map(|guide| commands(&read(guide)));
    let met: BTreeSet<usize> = all.filter_map(|command| is_elsewhere(command.words())).collect();
    let needless: Vec<_> = (0..ELSEWHERE.len()).filter(|at| !met.contains(at)).map(|at| ELSEWHERE[at].0).collect();
    assert!(needless.is_empty(), "no guide has {needless:?}");
}

#[test]
fn every_command_of_the_guides_is_one() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for guide in GUIDES {
        for command in commands(&read(guide)) {
            let Some(call) = command.call() else { continue };
            count += 1;
            let arguments = call.arguments;
            let Err(error) = Arguments::try_parse_from([&["keydesk".to_owned()], &arguments[..]].concat()) else {
                continue;
            };
            let is_left_out = matches!(
                error.kind(),
                ErrorKind::MissingRequiredArgument
                    | ErrorKind::MissingSubcommand
                    | ErrorKind::ValueValidation
                    | ErrorKind::DisplayHelp
                    | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
            );
            if !matches!(command, Command::Named(_)) || !is_left_out {
                wrong.push(format!("{guide}: keydesk {}: {error}", arguments.join(" ")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 60, "{count} commands were found");
}

#[test]
fn both_guides_for_the_vendor_call_the_same_commands() {
    let of = |guide: &str| {
        let whole = commands(&read(guide)).into_iter().filter_map(|command| match command {
            // The words for customers are in the reader's language.
            Command::Whole { words, .. } => {
                Some(words.into_iter().filter(|word| word.is_ascii() && !word.contains(' ')).collect())
            }
            Command::Named(_) => None,
        });
        whole.collect::<Vec<Vec<String>>>()
    };
    assert_eq!(of("docs/vendor.md"), of("docs/vendor.ru.md"));
}

#[test]
fn links_between_the_guides_lead_somewhere() {
    for guide in GUIDES {
        let text = read(guide);
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let path = link.split('#').next().unwrap();
            if path.is_empty() || path.contains("://") {
                continue;
            }
            let beside = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(guide);
            assert!(beside.with_file_name("").join(path).exists(), "{guide}: {link}");
        }
    }
}

#[test]
fn a_line_of_a_shell_is_split_into_its_commands() {
    let found = |line: &str| {
        let calls = simple_commands(line).filter_map(|words| Command::Named(words).call());
        calls.map(|call| call.arguments.join(",")).collect::<Vec<_>>()
    };
    assert_eq!(found("sudo -u keydesk keydesk stock --config x   # keydesk run"), ["stock,--config,x"]);
    assert_eq!(
        found("cargo build && keydesk check || keydesk maintenance on \"a b\""),
        ["check", "maintenance,on,a b"]
    );
    assert_eq!(found("cargo run --release -- demo"), ["demo"]);
    assert!(found("sudo systemctl enable --now keydesk").is_empty());
    assert!(found("podman build -t keydesk -f Containerfile .").is_empty());
}
