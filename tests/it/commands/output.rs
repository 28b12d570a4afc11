//! Output that nobody reads, or that cannot be written.

use std::fs::OpenOptions;
use std::process::{Command, Output, Stdio};

use super::premises::Premises;

/// What comes of a command whose output goes there.
fn ended(mut command: Command, out: impl Into<Stdio>, err: impl Into<Stdio>) -> Output {
    command.stdout(out).stderr(err).spawn().unwrap().wait_with_output().unwrap()
}

/// The end of a pipe whose reader is gone.
fn unread() -> Stdio {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    writer.into()
}

#[tokio::test]
async fn output_that_nobody_reads_ends_a_command_in_silence() {
    let premises = Premises::on_sqlite().started().await;
    for arguments in [&["stock"][..], &["check"]] {
        let ended = ended(premises.command(arguments), unread(), Stdio::piped());
        let said = String::from_utf8(ended.stderr).unwrap();
        assert_eq!((ended.status.code(), said.as_str()), (Some(141), ""), "{arguments:?}");
    }
}

#[tokio::test]
async fn a_complaint_that_nobody_reads_is_no_panic() {
    let premises = Premises::on_sqlite().started().await;
    let ended = ended(premises.command(&["stock", "--config", "missing.toml"]), Stdio::piped(), unread());
    assert_eq!(ended.status.code(), Some(4));
}

#[tokio::test]
async fn a_full_disk_is_named() {
    let premises = Premises::on_sqlite().started().await;
    let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
    let ended = ended(premises.command(&["stock"]), full, Stdio::piped());
    assert_eq!(ended.status.code(), Some(1));
    assert!(String::from_utf8(ended.stderr).unwrap().contains("No space left on device"));
}
