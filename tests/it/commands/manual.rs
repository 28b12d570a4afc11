//! What the program says of itself: help, completions, man pages.

use std::fs;

use super::premises::Premises;

/// Every command, with those before it.
const COMMANDS: &[&[&str]] = &[
    &["demo"],
    &["init"],
    &["run"],
    &["check"],
    &["health"],
    &["maintenance", "on"],
    &["maintenance", "off"],
    &["maintenance", "status"],
    &["serials", "import"],
    &["stock"],
    &["catalog", "show"],
    &["catalog", "diff"],
    &["catalog", "apply"],
    &["orders", "list"],
    &["orders", "show"],
    &["orders", "export"],
    &["dead-letters", "list"],
    &["dead-letters", "show"],
    &["dead-letters", "retry"],
    &["doctor"],
    &["backup"],
    &["restore"],
    &["person", "export"],
    &["person", "erase"],
    &["db", "copy"],
    &["completions"],
    &["man"],
];

#[test]
fn every_command_has_examples_in_its_help_and_a_man_page() {
    let premises = Premises::on_sqlite();
    assert_eq!(premises.says(&["man", "pages"]), "");
    for command in COMMANDS {
        let help = premises.says(&[*command, &["--help"]].concat());
        let name = command.join(" ");
        assert!(help.contains("Example") && help.contains(&format!("keydesk {name}")), "{help}");
        assert!(!help.contains('\u{1b}'), "no colours but in a terminal: {help}");
        let page = premises.path("pages").join(format!("keydesk-{}.1", command.join("-")));
        assert!(fs::read_to_string(page).unwrap().contains(".SH SYNOPSIS"), "{name}");
    }
    let listed = premises.says(&["--help"]);
    let listed = listed.lines().skip_while(|line| !line.starts_with("Commands:")).skip(1);
    let listed = listed.take_while(|line| !line.is_empty()).filter(|line| !line.starts_with("   "));
    let mut names: Vec<&str> = listed.filter_map(|line| line.split_whitespace().next()).collect();
    names.retain(|name| *name != "help");
    let mut known: Vec<&str> = COMMANDS.iter().map(|command| command[0]).collect();
    known.dedup();
    names.sort_unstable();
    known.sort_unstable();
    assert_eq!(names, known, "the list above leaves no command out");
}

#[test]
fn every_shell_is_told_the_commands() {
    let premises = Premises::on_sqlite();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = premises.says(&["completions", shell]);
        assert!(script.contains("dead-letters") && script.contains("take-over"), "{shell}: {script}");
    }
    assert!(premises.says(&["man"]).contains("keydesk\\-dead\\-letters(1)"));
}

#[test]
fn a_wrong_command_line_has_a_status_of_its_own() {
    assert_eq!(Premises::on_sqlite().keydesk(&["stock", "--jsno"]).status, Some(2));
}
