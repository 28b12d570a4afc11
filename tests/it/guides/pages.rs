//! What the guides give their readers to type.

use std::fs;

/// Everything that people read about commands.
pub const GUIDES: [&str; 13] = [
    "README.md",
    "docs/vendor.md",
    "docs/vendor.ru.md",
    "docs/deployment/README.md",
    "docs/observability.md",
    "docs/engineer.md",
    "docs/performance.md",
    "docs/gallery.md",
    "emulator/README.md",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
];
/// The section whose table has a command in each cell of its first column, without the program's name.
const TABLE: &str = "### Commands";

/// A command as a guide has it, split into its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// In a block to be copied; a comment behind it may say how its answer begins.
    Whole { words: Vec<String>, answer: Option<String> },
    /// Named in a sentence or a table, where what it needs may be left out.
    Named(Vec<String>),
}

/// A call of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// What is put into its environment before its name.
    pub variables: Vec<(String, String)>,
    pub arguments: Vec<String>,
}

impl Command {
    pub fn words(&self) -> &[String] {
        let (Command::Whole { words, .. } | Command::Named(words)) = self;
        words
    }

    /// The call of the program in it.
    pub fn call(&self) -> Option<Call> {
        let words = self.words();
        let program = |(at, word): (usize, &String)| {
            let is_program = word == "keydesk" || word.ends_with("/keydesk") || word == "--";
            let next = words.get(at + 1).is_some_and(|next| next.starts_with(|c: char| c.is_ascii_lowercase()));
            (is_program && next && !words[0].starts_with("git")).then_some(at)
        };
        let at = words.iter().enumerate().find_map(program)?;
        let variables = words[..at].iter().filter_map(|word| word.split_once('='));
        let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Some(Call { variables, arguments: words[at + 1..].to_vec() })
    }
}

pub fn read(guide: &str) -> String {
    fs::read_to_string(format!("{}/{guide}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// The commands of a guide, in the order in which it has them.
pub fn commands(guide: &str) -> Vec<Command> {
    let (mut in_block, mut heading) = (None, "");
    let mut found = Vec::new();
    for line in guide.lines() {
        if let Some(kind) = line.trim_start().strip_prefix("```") {
            in_block = if in_block.is_none() { Some(kind) } else { None };
            continue;
        }
        match in_block {
            Some("sh") => {
                found.extend(simple_commands(line).map(|words| Command::Whole { words, answer: answer_in(line) }));
            }
            Some(_) => {}
            None => {
                heading = if line.starts_with('#') { line } else { heading };
                let named = spans(line, heading).flat_map(|span| simple_commands(&span).collect::<Vec<_>>());
                // Behind a bar stands what may be written in the place of the last word.
                found.extend(named.map(Command::Named).filter(|command| command.call().is_some()));
            }
        }
    }
    found
}

/// What the program answers, as far as it is the same for every shop. Other comments begin with a small letter.
fn answer_in(line: &str) -> Option<String> {
    let (_, comment) = line.split_once(" # ")?;
    let is_answer = comment.starts_with(char::is_uppercase) || comment.starts_with("keydesk ");
    is_answer.then(|| comment.split([',', ':']).next().unwrap_or_default().to_owned())
}

/// What stands between backticks and calls the program.
fn spans(line: &str, heading: &str) -> impl Iterator<Item = String> {
    let in_cell = (heading == TABLE && line.starts_with("| `")).then(|| line.split('|').nth(1)).flatten();
    let program = if in_cell.is_some() { "keydesk " } else { "" };
    let spans = in_cell.unwrap_or(line).split('`').skip(1).step_by(2);
    // Brackets say what may be left out.
    let spans: Vec<String> = spans.map(|span| format!("{program}{}", span.replace(['[', ']'], ""))).collect();
    spans.into_iter().filter(|span| span.starts_with("keydesk "))
}

/// The commands in a line of a shell, without the user that one is run as.
pub fn simple_commands(line: &str) -> impl Iterator<Item = Vec<String>> {
    let words = words(line);
    let simple: Vec<_> =
        words.split(|word| ["&&", "|", ";", "||"].contains(&word.as_str())).map(<[_]>::to_vec).collect();
    simple.into_iter().filter(|words| !words.is_empty()).map(|mut words| {
        if words[0] == "sudo" {
            // The user of that name is no call of the program.
            let as_user = words.get(1).is_some_and(|option| option == "-u");
            words.drain(..if as_user { 3.min(words.len()) } else { 1 });
        }
        words
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
