//! Files of a Bot API server that runs with `--local`: it names where they lie on its disk, and serves none of them
//! (<https://core.telegram.org/bots/api#using-a-local-bot-api-server>).

use std::io;
use std::path::{Component, Path};

use tokio::fs::{self, File};
use tokio::io::AsyncReadExt;

use super::call_error::CallError;
use super::download::Download;
use crate::config::Secret;

/// Reads a file of at most `limit` bytes.
pub(super) async fn read(path: &str, token: &Secret, limit: usize) -> Result<Download, CallError> {
    if !is_of_the_bot(Path::new(path), token) {
        return Err(CallError::Rejected("the file's path leads out of the bot's files".to_owned()));
    }
    Ok(match read_at_most(path, limit).await {
        Ok(Some(bytes)) => Download::Whole(bytes),
        Ok(None) => Download::TooLarge,
        Err(error) => Download::OutOfReach(format!(
            "the Bot API server runs with --local, and its file {} cannot be read ({error}); let keydesk's user read that \
             folder, and mount it at the same place where the two do not share a machine",
            path.replace(token.reveal(), "…")
        )),
    })
}

/// Whether a path stays in a folder that is named by the token, as the server keeps each bot's files: no answer of a server
/// makes the bot read anything else of this machine.
fn is_of_the_bot(path: &Path, token: &Secret) -> bool {
    // The server replaces the colon where a file system takes none.
    let names = [token.reveal().to_owned(), token.reveal().replace(':', "~")];
    let mut of_token = false;
    for component in path.components() {
        match component {
            Component::RootDir => {}
            Component::Normal(name) => of_token |= names.iter().any(|token| name == token.as_str()),
            Component::CurDir | Component::ParentDir | Component::Prefix(_) => return false,
        }
    }
    of_token
}

async fn read_at_most(path: &str, limit: usize) -> io::Result<Option<Vec<u8>>> {
    // Opening a pipe would wait for its writer.
    if !fs::metadata(path).await?.is_file() {
        return Err(io::Error::other("not a file"));
    }
    let mut bytes = Vec::new();
    let limit = u64::try_from(limit).unwrap_or(u64::MAX);
    let read = File::open(path).await?.take(limit.saturating_add(1)).read_to_end(&mut bytes).await?;
    Ok((read as u64 <= limit).then_some(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_bots_own_folder_is_read() {
        let token = Secret::new("123:very-secret".to_owned());
        let own = |path: &str| is_of_the_bot(Path::new(path), &token);
        for path in ["/var/lib/telegram-bot-api/123:very-secret/documents/file_1.bin", "/123~very-secret/a"] {
            assert!(own(path), "{path}");
        }
        for path in [
            "/etc/passwd",
            "/var/lib/telegram-bot-api/123:very-secret/../../../../etc/passwd",
            "/var/lib/telegram-bot-api/124:other/documents/file_1.bin",
            "/var/lib/telegram-bot-api/123:very-secrets/a",
        ] {
            assert!(!own(path), "{path}");
        }
    }
}
