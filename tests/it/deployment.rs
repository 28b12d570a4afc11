//! What stands under docs/deployment, held to what it says.

use std::fs;
use std::path::Path;
use std::process::Command;

use keydesk::store::Store;
use sqlx::{Connection, PgConnection};
use tempfile::TempDir;
use url::Url;

use crate::support::postgres::{self, Database};

const UNIT: &str = include_str!("../../docs/deployment/keydesk.service");
const GUIDE: &str = include_str!("../../docs/deployment/README.md");
const POSTGRES: &str = include_str!("../../docs/deployment/postgres.sql");
/// What the guide promises.
const EXPOSURE: f32 = 2.0;

/// What `systemd-analyze` says of the unit, with the program of the tests in it.
fn analyzed(arguments: &[&str]) -> String {
    let folder = TempDir::new().unwrap();
    let unit = folder.path().join("keydesk.service");
    fs::write(&unit, UNIT.replace("/usr/bin/keydesk", env!("CARGO_BIN_EXE_keydesk"))).unwrap();
    let output = Command::new("systemd-analyze").args(arguments).arg(&unit).env("SYSTEMD_COLORS", "0").output();
    let output = output.expect("systemd-analyze is there: scripts/test installs the package systemd");
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(output.status.success(), "{arguments:?}: {said}");
    said
}

#[test]
fn systemd_finds_nothing_wrong_with_the_unit() {
    assert_eq!(analyzed(&["verify", "--man=no"]), "");
}

#[test]
fn the_units_exposure_is_what_it_says() {
    let said = analyzed(&["security", "--offline=true", "--no-pager"]);
    let (_, level) = said.rsplit_once("keydesk.service: ").unwrap_or_else(|| panic!("no level in {said}"));
    let level = level.split(' ').next().unwrap();
    assert!(level.parse::<f32>().unwrap() < EXPOSURE, "{level}");
    for text in [UNIT, GUIDE] {
        assert!(text.contains(&format!("exposure {level} of 10")), "the exposure is {level} of 10");
    }
}

#[tokio::test]
async fn the_role_that_the_guide_makes_can_do_what_keydesk_needs_and_no_more() {
    let elsewhere = Database::create().await;
    // The server is shared by all tests.
    let name = format!("{}_own", elsewhere.name());
    let (server, own) = POSTGRES.split_once("\\connect keydesk").unwrap();
    for statement in statements(server, &name) {
        postgres::execute(statement).await.unwrap();
    }
    let mut url = Url::parse(&elsewhere.url).unwrap();
    url.set_path(&name);
    let mut administrator = PgConnection::connect(url.as_str()).await.unwrap();
    for statement in statements(own, &name) {
        sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(&mut administrator).await.unwrap();
    }
    administrator.close().await.unwrap();

    url.set_username(&name).unwrap();
    Store::open(url.as_str()).await.expect("it makes its tables").close().await;
    let store = Store::open(url.as_str()).await.expect("it opens them again");
    assert_eq!(store.read().extent().await.unwrap().orders, 0);
    store.close().await;

    let mut role = PgConnection::connect(url.as_str()).await.unwrap();
    for more in ["CREATE TABLE public.a (b INT)", "CREATE SCHEMA a", "CREATE DATABASE a", "CREATE ROLE a"] {
        let refusal = sqlx::raw_sql(more).execute(&mut role).await.unwrap_err();
        assert!(refusal.to_string().contains("permission denied"), "{more}: {refusal}");
    }
    role.close().await.unwrap();
    postgres::execute(format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
    postgres::execute(format!("DROP ROLE {name}")).await.unwrap();
}

/// The statements of a script, for a database and a role of another name.
fn statements(script: &str, name: &str) -> Vec<String> {
    let code: Vec<&str> = script.lines().filter(|line| !line.trim_start().starts_with("--")).collect();
    let named = code.join("\n").replace("keydesk", name);
    named.split(';').map(str::trim).filter(|statement| !statement.is_empty()).map(str::to_owned).collect()
}

#[test]
fn the_package_holds_files_that_are_there() {
    let manifest: toml::Table = include_str!("../../Cargo.toml").parse().unwrap();
    let deb = &manifest["package"]["metadata"]["deb"];
    let assets = deb["assets"].as_array().unwrap().iter().map(|asset| asset[0].as_str().unwrap());
    let scripts = deb["maintainer-scripts"].as_str().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for path in assets.filter(|asset| !asset.starts_with("target/")).chain([scripts]) {
        assert!(root.join(path).exists(), "{path}");
    }
}
