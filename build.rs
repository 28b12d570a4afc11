//! Finds the languages: a folder of `locales/` is one, and its texts are built in. Builds the program anew as well when a
//! migration is added, since the migrations are embedded in it.

use std::env;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// The message of a language's folder that tells where the language stands among the others.
const PLACE: &str = "language-place";

struct Locale {
    place: u32,
    tag: String,
    files: Vec<PathBuf>,
}

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=migrations");
    println!("cargo:rerun-if-changed=locales");
    let locales = locales(&PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("locales"))?;
    let (mut languages, mut texts) = (String::new(), String::from("&["));
    for locale in &locales {
        println!("cargo:rerun-if-changed=locales/{}", locale.tag);
        write!(languages, "Language({:?}), ", locale.tag)?;
        write!(texts, "({:?}, &[", locale.tag)?;
        for file in &locale.files {
            write!(texts, "include_str!({:?}), ", file.display().to_string())?;
        }
        texts.push_str("]), ");
    }
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let count = locales.len();
    fs::write(out.join("languages.rs"), format!("const ALL: [Language; {count}] = [{languages}];"))?;
    fs::write(out.join("texts.rs"), texts + "]")?;
    Ok(())
}

/// The folders in the order in which a choice is offered.
fn locales(folder: &Path) -> Result<Vec<Locale>, Box<dyn Error>> {
    let mut found = Vec::new();
    for folder in sorted(folder)?.into_iter().filter(|path| path.is_dir()) {
        let tag = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        // The only codes that Telegram takes for command menus (https://core.telegram.org/bots/api#setmycommands).
        if tag.len() != 2 || !tag.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return Err(
                format!("locales/{tag}: name the folder by a two-letter code of ISO 639-1, such as `de`").into()
            );
        }
        let files: Vec<_> =
            sorted(&folder)?.into_iter().filter(|path| path.extension().is_some_and(|e| e == "ftl")).collect();
        found.push(Locale { place: place(&tag, &files)?, tag, files });
    }
    found.sort_by_key(|locale| locale.place);
    Ok(found)
}

fn place(tag: &str, files: &[PathBuf]) -> Result<u32, Box<dyn Error>> {
    for file in files {
        for line in fs::read_to_string(file)?.lines() {
            if let Some((PLACE, place)) = line.split_once('=').map(|(key, value)| (key.trim(), value.trim())) {
                return Ok(place.parse().map_err(|_| format!("locales/{tag}: {PLACE} must be a whole number"))?);
            }
        }
    }
    Err(format!("locales/{tag}: add {PLACE}, the language's place in the choice of languages").into())
}

fn sorted(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut paths =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>()?;
    paths.sort();
    Ok(paths)
}
