//! The manifests, Cargo.lock and the migrations.

use toml::Table;

/// Packages that must not creep in: (name, why).
const BANNED: &[(&str, &str)] = &[
    ("openssl-sys", "TLS is rustls: turn the dependency's default features off"),
    ("native-tls", "TLS is rustls: turn the dependency's default features off"),
];

/// The first libsqlite3-sys whose SQLite (3.51.3) is free of the WAL-reset corruption.
const SQLITE_SYS: (u64, u64) = (0, 37);

/// Dependencies without a word on why they are there.
pub fn unexplained(path: &str, manifest: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut among_dependencies = false;
    for (number, line) in (1..).zip(manifest.lines().map(str::trim)) {
        if let Some(section) = line.strip_prefix('[').and_then(|rest| rest.split(']').next()) {
            among_dependencies = section.ends_with("dependencies");
            if section.contains("dependencies.") {
                found.push(format!("{path}:{number}: write {section} as one line of its table, with its reason"));
            }
        } else if among_dependencies && line.contains('=') && !line.starts_with('#') {
            let reason = line.rsplit_once(" # ").map_or("", |(_, reason)| reason.trim());
            if reason.is_empty() {
                found.push(format!("{path}:{number}: say behind a # why this dependency is there"));
            }
        }
    }
    found
}

/// Packages that are banned, doubled or too old.
pub fn unwanted(lock: &str) -> Vec<String> {
    let lock: Table = lock.parse().expect("Cargo.lock is TOML");
    let packages: Vec<(&str, &str)> = (lock["package"].as_array().into_iter().flatten())
        .filter_map(|package| Some((package.get("name")?.as_str()?, package.get("version")?.as_str()?)))
        .collect();
    let mut found: Vec<_> = (BANNED.iter())
        .filter(|(name, _)| packages.iter().any(|(package, _)| package == name))
        .map(|(name, why)| format!("Cargo.lock: {name} crept in ('cargo tree -i {name}' shows how): {why}"))
        .collect();
    let sqlite: Vec<_> =
        packages.iter().filter(|(name, _)| *name == "libsqlite3-sys").map(|(_, version)| *version).collect();
    match sqlite[..] {
        [version] if release(version) >= SQLITE_SYS => {}
        [version] => {
            found.push(format!("Cargo.lock: libsqlite3-sys {version} has an SQLite older than 3.51.3: update it"))
        }
        _ => found.push(format!(
            "Cargo.lock: {} libsqlite3-sys, one is right: see 'cargo tree -i libsqlite3-sys'",
            sqlite.len()
        )),
    }
    found
}

fn release(version: &str) -> (u64, u64) {
    let mut numbers = version.split('.').map(|number| number.parse().unwrap_or(0));
    (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0))
}

/// Migrations that one database has and the other lacks.
pub fn unpaired(sqlite: &[String], postgres: &[String]) -> Vec<String> {
    let name = |path: &String| path.rsplit('/').next().unwrap_or_default().to_owned();
    let lacking = |these: &[String], those: &[String], folder: &str| -> Vec<String> {
        let those: Vec<_> = those.iter().map(name).collect();
        let missing = these.iter().map(name).filter(|name| !those.contains(name));
        missing.map(|name| format!("{folder}/{name}: missing, but the other database has it: write it")).collect()
    };
    [lacking(sqlite, postgres, "migrations/postgres"), lacking(postgres, sqlite, "migrations/sqlite")].concat()
}

#[test]
fn every_dependency_says_why_it_is_there() {
    let manifests = ["Cargo.toml", "emulator/Cargo.toml"];
    super::report(manifests.iter().flat_map(|path| unexplained(path, &super::read(path))).collect());
}

#[test]
fn the_lock_holds_one_recent_sqlite_and_no_openssl() {
    super::report(unwanted(&super::read("Cargo.lock")));
}

#[test]
fn both_databases_have_the_same_migrations() {
    let of = |folder: &str| super::files(&[folder], "sql");
    super::report(unpaired(&of("migrations/sqlite"), &of("migrations/postgres")));
}

#[test]
fn unexplained_and_unwanted_packages_are_found() {
    let manifest = "[package]\nname = \"a\"\n[dependencies]\n# All of them.\na = \"1\" # why\nb = \"1\"\n[dev-dependencies.c]\n[features]\nd = []\n";
    assert_eq!(unexplained("Cargo.toml", manifest).len(), 2);
    let package = |name: &str, version: &str| format!("[[package]]\nname = \"{name}\"\nversion = \"{version}\"\n");
    let sqlite = |version: &str| package("libsqlite3-sys", version);
    assert_eq!(unwanted(&sqlite("0.37.0")), [""; 0]);
    assert_eq!(unwanted(&sqlite("0.36.1")).len(), 1);
    assert_eq!(unwanted(&(sqlite("0.37.0") + &sqlite("0.38.0"))).len(), 1);
    assert_eq!(unwanted(&(sqlite("1.0.0") + &package("native-tls", "0.2.1"))).len(), 1);
}

#[test]
fn a_migration_without_its_pair_is_found() {
    let one = ["migrations/sqlite/0001_start.sql".to_owned()];
    let found = unpaired(&one, &[]);
    assert_eq!(found, ["migrations/postgres/0001_start.sql: missing, but the other database has it: write it"]);
    assert_eq!(unpaired(&one, &["migrations/postgres/0001_start.sql".to_owned()]), [""; 0]);
}
