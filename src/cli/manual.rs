//! `keydesk completions` and `keydesk man`: what a shell and `man` know of the commands, made from the commands themselves.

use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use clap::Command;
use clap_complete::Shell;
use clap_mangen::Man;

use super::said::say;

/// The options of `keydesk completions`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  keydesk completions bash > /etc/bash_completion.d/keydesk\n  \
    keydesk completions zsh > ~/.zfunc/_keydesk\n  keydesk completions fish > ~/.config/fish/completions/keydesk.fish")]
pub struct CompletionsOptions {
    /// The shell that is to complete commands and options.
    shell: Shell,
}

/// The options of `keydesk man`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  keydesk man | man -l -\n  keydesk man /usr/local/share/man/man1")]
pub struct ManOptions {
    /// Writes a page for each command into this folder, instead of the program's own to standard output.
    #[arg(value_name = "FOLDER")]
    folder: Option<PathBuf>,
}

/// Writes what a shell completes commands by.
pub fn completions(options: &CompletionsOptions, mut program: Command) -> anyhow::Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut program, "keydesk", &mut script);
    say(&String::from_utf8_lossy(&script))
}

/// Writes the man page, or one of each command into a folder.
pub fn man(options: &ManOptions, program: Command) -> anyhow::Result<()> {
    if let Some(folder) = &options.folder {
        let shown = folder.display();
        fs::create_dir_all(folder)
            .and_then(|()| clap_mangen::generate_to(program, folder))
            .with_context(|| format!("the folder {shown} cannot be written; name one that you may write to"))?;
        return Ok(());
    }
    let mut page = Vec::new();
    Man::new(program).render(&mut page)?;
    say(&String::from_utf8_lossy(&page))
}
