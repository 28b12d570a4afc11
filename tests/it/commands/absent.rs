//! Commands in a wrong folder, or with an address that is mistyped.

use insta::assert_snapshot;
use keydesk::store::{Readiness, Store};

use super::premises::Premises;

#[test]
fn where_no_database_is_a_command_says_so_and_makes_none() {
    let premises = Premises::on_sqlite();
    premises.write("stock.csv", "A-1\n");
    premises.says(&["stock", "key", "stock.key"]);
    let example = include_str!("../../../keydesk.example.toml");
    premises.write("encrypted.toml", format!("{example}\n[stock]\nkey_file = \"stock.key\"\n"));
    premises.says(&["stock", "key", "new.key"]);
    let mut told = String::new();
    for line in [
        "doctor",
        "serials import sp-1 stock.csv",
        "stock",
        "stock encrypt --config encrypted.toml",
        "stock rekey new.key --config encrypted.toml",
        "stock decrypt --config encrypted.toml",
        "catalog show",
        "catalog diff catalog.toml",
        "catalog apply catalog.toml",
        "orders list",
        "orders show 1",
        "orders export orders.csv",
        "maintenance on Moving",
        "maintenance status",
        "person export 1",
        "person erase 1 --yes",
        "dead-letters list",
        "backup shop.backup",
        "db copy --to sqlite://other.db",
    ] {
        let arguments: Vec<&str> = line.split(' ').collect();
        // As it is by default: the folder's own.
        let ended = premises.command(&arguments).env_remove("DATABASE_URL").output().unwrap();
        let said = String::from_utf8([ended.stdout, ended.stderr].concat()).unwrap();
        told += &format!("$ keydesk {line}\n{said}[{}]\n", ended.status.code().unwrap());
    }
    assert_snapshot!(told);
    assert_eq!(premises.names("keydesk.db"), Vec::<String>::new());
    assert_eq!(premises.names("other.db"), Vec::<String>::new());
}

#[tokio::test]
async fn what_is_to_be_filled_is_made() {
    let (from, to) = (Premises::on_sqlite().started().await, Premises::on_sqlite());
    from.says(&["db", "copy", "--to", to.database_url()]);
    assert_eq!(to.says(&["orders", "list"]), "There are no such orders.\n");
}

#[tokio::test]
async fn where_a_server_has_no_tables_a_command_says_so_and_makes_none() {
    let premises = Premises::on_postgres().await;
    premises.write("stock.csv", "A-1\n");
    for line in
        ["doctor", "stock", "orders list", "serials import sp-1 stock.csv", "catalog show", "maintenance status"]
    {
        let refusal = premises.refusal(&line.split(' ').collect::<Vec<_>>());
        assert!(
            refusal.contains("has no tables of keydesk: correct DATABASE_URL; the first `keydesk run` makes them"),
            "{refusal}"
        );
    }
    for line in ["backup shop.backup", "backup shop.backup --portable", "db copy --to sqlite://other.db"] {
        let refusal = premises.refusal(&line.split(' ').collect::<Vec<_>>());
        assert!(refusal.contains("has no tables of keydesk"), "{refusal}");
    }
    assert_eq!(Store::probe(premises.database_url()).await.unwrap(), Readiness::Empty);
}
