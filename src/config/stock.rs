//! Section `[stock]`: the key that serial numbers are encrypted with.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::environment::{Environment, is_for_everybody};
use super::secret::Secret;
use super::text::read_at_most;
use crate::domain::Fault;

/// Far above what a key comes to.
const LARGEST_KEY: u64 = 4096;

/// Section `[stock]`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stock {
    /// The file of the key; without one serial numbers are stored as they are.
    pub key_file: Option<PathBuf>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StockForm {
    key_file: Option<PathBuf>,
}

impl StockForm {
    pub(super) fn read(self, beside: &Path) -> Stock {
        Stock { key_file: self.key_file.map(|file| beside.join(file)) }
    }
}

/// A text that should be a key.
#[derive(Debug, Clone)]
pub struct KeyText {
    pub text: Secret,
    /// Where it comes from, to name it in a fault.
    pub place: String,
    /// That everybody on this machine can read it.
    pub exposed: Option<Fault>,
}

impl Stock {
    /// The key, from its file or the environment, if the vendor has one; `path` is the configuration file's.
    pub fn key(&self, path: &Path, environment: &Environment) -> Result<Option<KeyText>, Fault> {
        let place = || format!("{}, key `stock.key_file`", path.display());
        match (&self.key_file, &environment.stock_key) {
            (Some(_), Some(_)) => {
                let problem = format!("is set as well as {}; keep one of the two", environment.stock_key_variable);
                Err(Fault { place: place(), problem })
            }
            (Some(file), None) => read_key(file, &place()).map(Some),
            (None, Some(text)) => {
                let place = format!("environment, {}", environment.stock_key_variable);
                Ok(Some(KeyText { text: text.clone(), place, exposed: None }))
            }
            (None, None) => Ok(None),
        }
    }
}

/// The text of a key's file; `place` is what names the file.
pub fn read_key(file: &Path, place: &str) -> Result<KeyText, Fault> {
    let fault = |problem: String| Fault { place: place.to_owned(), problem: format!("{} {problem}", file.display()) };
    let bytes = read_at_most(file, LARGEST_KEY)
        .map_err(|error| fault(format!("cannot be read ({error}); name a key file that you may read")))?;
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    let text = text.ok_or_else(|| fault("is no key file; make one with `keydesk stock key FILE`".to_owned()))?;
    let exposed = is_for_everybody(file)
        .then(|| fault("can be read by everybody on this machine; make it the bot's alone with chmod 600".to_owned()));
    Ok(KeyText { text: Secret::new(text), place: place.to_owned(), exposed })
}
