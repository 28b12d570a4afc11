//! The house rules as tests: each failure names file, line and remedy.

mod arrows;
mod circles;
mod code;
mod ftl;
mod licences;
mod locales;
mod manifest;
mod paths;
mod source;
mod statements;

use std::{
    fs,
    path::{Path, PathBuf},
};

use source::Source;

/// The folders of all Rust in the repository.
const RUST: &[&str] = &["src", "tests", "benches", "emulator"];

/// The repository's folder.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Fails with all findings, one a line.
#[track_caller]
fn report(findings: Vec<String>) {
    assert!(findings.is_empty(), "\n{}\n", findings.join("\n"));
}

/// A file's text.
#[track_caller]
fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The Rust files below these folders, in order of their paths.
fn rust_files(folders: &[&str]) -> Vec<Source> {
    files(folders, "rs").into_iter().map(|path| Source::new(&path, read(&path))).collect()
}

/// Paths, from the root, of the files below these folders that end in this extension.
fn files(folders: &[&str], extension: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut pending: Vec<PathBuf> = folders.iter().map(|folder| root().join(folder)).collect();
    while let Some(folder) = pending.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                pending.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    found.sort();
    found
}
