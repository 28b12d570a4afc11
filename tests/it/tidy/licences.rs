//! Every dependency's licence lets us ship it.

use std::{env, process::Command};

/// Licences that ask for no more than a notice, or for changes to the dependency's own files to stay open (MPL).
const ACCEPTED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Unlicense",
    "Zlib",
];

/// Packages that carry a licence file instead of an expression, and whose file a person has read: (name, licence).
const READ_BY_HAND: &[(&str, &str)] = &[];

/// Whether an SPDX expression can be satisfied with accepted licences only; None if it is no expression.
pub fn is_accepted(expression: &str) -> Option<bool> {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let mut words = spaced.split_whitespace().peekable();
    let accepted = any_of(&mut words)?;
    words.next().is_none().then_some(accepted)
}

type Tokens<'e> = std::iter::Peekable<std::str::SplitWhitespace<'e>>;

fn any_of(words: &mut Tokens<'_>) -> Option<bool> {
    let mut accepted = all_of(words)?;
    while words.next_if(|word| word.eq_ignore_ascii_case("or")).is_some() {
        accepted |= all_of(words)?;
    }
    Some(accepted)
}

fn all_of(words: &mut Tokens<'_>) -> Option<bool> {
    let mut accepted = one(words)?;
    while words.next_if(|word| word.eq_ignore_ascii_case("and")).is_some() {
        accepted &= one(words)?;
    }
    Some(accepted)
}

fn one(words: &mut Tokens<'_>) -> Option<bool> {
    let word = words.next()?;
    if word == "(" {
        let accepted = any_of(words)?;
        return (words.next()? == ")").then_some(accepted);
    }
    if !word.starts_with(|c: char| c.is_ascii_alphanumeric())
        || ["or", "and", "with"].contains(&word.to_ascii_lowercase().as_str())
    {
        return None;
    }
    let mut licence = word.to_owned();
    if words.next_if(|word| word.eq_ignore_ascii_case("with")).is_some() {
        licence = format!("{licence} WITH {}", words.next()?);
    }
    Some(ACCEPTED.contains(&licence.as_str()))
}

fn refusals(metadata: &serde_json::Value) -> Vec<String> {
    let packages = metadata["packages"].as_array().expect("cargo metadata lists packages");
    assert!(packages.len() > 1, "cargo metadata names no dependency");
    let refusal = |package: &serde_json::Value| {
        let (name, version) = (package["name"].as_str()?, package["version"].as_str()?);
        let read = READ_BY_HAND.iter().find(|(read, _)| *read == name).map(|(_, licence)| *licence);
        let Some(expression) = package["license"].as_str().or(read) else {
            return Some(format!(
                "Cargo.lock: {name} {version} names no licence: read its file, then add it to READ_BY_HAND, or drop it"
            ));
        };
        match is_accepted(expression) {
            Some(true) => None,
            Some(false) => {
                Some(format!("Cargo.lock: {name} {version} is under '{expression}', which is not in ACCEPTED: drop it"))
            }
            None => Some(format!(
                "Cargo.lock: {name} {version}: '{expression}' is no licence expression: read its file, then add it to READ_BY_HAND"
            )),
        }
    };
    packages.iter().filter_map(refusal).collect()
}

/// What cargo knows of the packages that a build on this machine uses; those of other systems need not be downloaded.
fn metadata() -> serde_json::Value {
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let rustc = Command::new("rustc").arg("-vV").output().expect("rustc starts");
    let version = String::from_utf8(rustc.stdout).unwrap();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc -vV names the host");
    let output = Command::new(cargo)
        .args(["metadata", "--offline", "--locked", "--format-version", "1", "--filter-platform", host])
        .current_dir(super::root())
        .output()
        .expect("cargo starts");
    assert!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("cargo metadata prints JSON")
}

#[test]
fn every_dependency_has_an_accepted_licence() {
    super::report(refusals(&metadata()));
}

#[test]
fn cargo_deny_accepts_the_same_licences() {
    let deny: toml::Table = include_str!("../../../deny.toml").parse().unwrap();
    let allowed: Vec<_> =
        deny["licenses"]["allow"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    assert_eq!(allowed, ACCEPTED, "deny.toml and ACCEPTED name the same licences");
}

#[test]
fn licence_expressions_are_evaluated() {
    let accepted = [
        "MIT",
        "MIT/Apache-2.0",
        "MIT OR GPL-3.0",
        "(MIT OR GPL-3.0) AND Unicode-3.0",
        "GPL-2.0 OR MIT AND ISC",
        "Apache-2.0 WITH LLVM-exception",
    ];
    let refused = [
        "GPL-3.0",
        "MIT AND GPL-3.0",
        "(MIT AND GPL-3.0) OR AGPL-3.0",
        "MIT WITH strange-exception",
        "GPL-2.0 WITH Classpath-exception-2.0",
    ];
    let nonsense = ["", "MIT OR", "(MIT", "MIT Apache-2.0", "OR MIT", "MIT)"];
    assert_eq!(accepted.map(is_accepted), [Some(true); 6]);
    assert_eq!(refused.map(is_accepted), [Some(false); 5]);
    assert_eq!(nonsense.map(is_accepted), [None; 6]);
}
