//! The guides call commands that there are, with options that they take.

use std::fs;

use clap::Parser;
use clap::error::ErrorKind;
use keydesk::cli::Arguments;

/// Everything that people read about commands.
const GUIDES: [&str; 7] = [
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "docs/vendor.md",
    "docs/vendor.ru.md",
    "docs/engineer.md",
    "docs/deployment/README.md",
];

/// A command as a guide has it: in a block to be copied, or named in a sentence, where what it needs may be left out.
#[derive(Debug)]
enum Called {
    Whole(Vec<String>),
    Named(Vec<String>),
}

fn read(guide: &str) -> String {
    fs::read_to_string(format!("{}/{guide}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn calls(guide: &str) -> Vec<Called> {
    let mut in_block = false;
    let mut found = Vec::new();
    for line in guide.lines() {
        if let Some(kind) = line.trim_start().strip_prefix("```") {
            in_block = kind == "sh";
        } else if in_block {
            found.extend(commands(line).map(Called::Whole));
        } else {
            let spans = line.split('`').skip(1).step_by(2).filter(|span| span.starts_with("keydesk "));
            found.extend(spans.flat_map(commands).map(Called::Named));
        }
    }
    found
}

/// The calls of the program in a line of a shell, each without the program's name.
fn commands(line: &str) -> impl Iterator<Item = Vec<String>> {
    let simple = words(line);
    let simple: Vec<_> =
        simple.split(|word| ["&&", "|", ";", "||"].contains(&word.as_str())).map(<[_]>::to_vec).collect();
    simple.into_iter().filter_map(|mut words| {
        // The user of that name is no call of the program.
        if words.first().is_some_and(|first| first == "sudo") && words.get(1).is_some_and(|option| option == "-u") {
            words.drain(..3.min(words.len()));
        }
        let program = |(at, word): (usize, &String)| {
            let is_program = word == "keydesk" || word.ends_with("/keydesk") || word == "--";
            let next = words.get(at + 1).is_some_and(|next| next.starts_with(|c: char| c.is_ascii_lowercase()));
            (is_program && next && !words[0].starts_with("git")).then_some(at)
        };
        let at = words.iter().enumerate().find_map(program)?;
        Some(words[at + 1..].to_vec())
    })
}

/// Splits a line as a shell does, as far as guides need it; what stands behind a # is left out.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let (mut word, mut quote) = (None::<String>, None);
    for c in line.chars() {
        match (quote, c) {
            (None, '#') if word.is_none() => break,
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (Some(open), c) if open == c => quote = None,
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

#[test]
fn every_command_of_the_guides_is_one() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for guide in GUIDES {
        for called in calls(&read(guide)) {
            count += 1;
            let (Called::Whole(arguments) | Called::Named(arguments)) = &called;
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
            if !matches!(called, Called::Named(_)) || !is_left_out {
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
        let whole = calls(&read(guide)).into_iter().filter_map(|called| match called {
            // The words for customers are in the reader's language.
            Called::Whole(words) => {
                Some(words.into_iter().filter(|word| word.is_ascii() && !word.contains(' ')).collect())
            }
            Called::Named(_) => None,
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
    let found = |line: &str| commands(line).map(|words| words.join(",")).collect::<Vec<_>>();
    assert_eq!(found("sudo -u keydesk keydesk stock --config x   # keydesk run"), ["stock,--config,x"]);
    assert_eq!(
        found("cargo build && keydesk check || keydesk maintenance on \"a b\""),
        ["check", "maintenance,on,a b"]
    );
    assert_eq!(found("cargo run --release -- demo"), ["demo"]);
    assert!(found("sudo systemctl enable --now keydesk").is_empty());
    assert!(found("podman build -t keydesk -f Containerfile .").is_empty());
}
