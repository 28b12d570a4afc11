//! The chats of a demo that is kept, written as they change.

use std::io;
use std::path::Path;
use std::time::Duration;

use keydesk_emulator::Emulator;

/// After a change, so many others come along that each would be too often; a power cut loses no more than this.
const PAUSE: Duration = Duration::from_millis(500);

/// Writes the chats into the folder after each change, for as long as it is waited for. Without a folder it only waits.
///
/// # Errors
///
/// If the folder cannot be written.
pub async fn keep_chats(emulator: &Emulator, folder: Option<&Path>) -> io::Result<()> {
    let mut revision = emulator.subscribe();
    while let Some(folder) = folder {
        emulator.save(folder)?;
        if revision.changed().await.is_err() {
            break;
        }
        tokio::time::sleep(PAUSE).await;
    }
    std::future::pending().await
}
