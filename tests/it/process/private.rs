//! What the program makes is its owner's alone.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use crate::support::program::{Flood, Premises};

/// The permissions of the database's files, by their names.
fn modes(premises: &Premises) -> Vec<(String, u32)> {
    let entries = fs::read_dir(premises.file("")).unwrap().map(Result::unwrap);
    let mut modes: Vec<_> = entries
        .map(|entry| (entry.file_name().into_string().unwrap(), entry.metadata().unwrap().permissions().mode() & 0o777))
        .filter(|(name, _)| name.starts_with("keydesk.db"))
        .collect();
    modes.sort();
    modes
}

fn private() -> Vec<(String, u32)> {
    ["keydesk.db", "keydesk.db-shm", "keydesk.db-wal", "keydesk.db.lock"].map(|name| (name.to_owned(), 0o600)).to_vec()
}

#[tokio::test]
async fn the_database_and_what_stands_beside_it_are_the_owners_alone() {
    let premises = Premises::on_sqlite(Flood::Unlimited).await;
    let bot = premises.runs().await;
    assert_eq!(modes(&premises), private());
    bot.killed().await;
    // As a former release left them.
    for (name, _) in modes(&premises) {
        fs::set_permissions(premises.file(&name), Permissions::from_mode(0o644)).unwrap();
    }
    let bot = premises.runs().await;
    assert_eq!(modes(&premises), private());
    bot.stops().await;
}

#[tokio::test]
async fn a_folder_that_the_program_makes_is_the_owners_alone() {
    let premises = Premises::on_sqlite(Flood::Unlimited).await;
    let demo = premises.starts(&["demo", "--port", "0", "--keep", "data"]);
    demo.says("The demo is at").await;
    assert_eq!(fs::metadata(premises.file("data")).unwrap().permissions().mode() & 0o777, 0o700);
    demo.stops().await;
}
