//! What a command works with: configuration, catalogue and environment, all their faults at once.

use std::path::Path;
use std::sync::Arc;

use super::ConfigFile;
use super::exit::Failure;
use crate::config::{Config, Environment, KeyText, text};
use crate::domain::catalogue::file as catalogue_file;
use crate::domain::{Catalogue, Fault};
use crate::store::{Database, StockKey, Store};

/// What is wrong with a token that has its form.
pub const NOT_ACCEPTED: &str = "is not accepted by the Bot API; copy the token from @BotFather again";

/// Everything that is read before a command begins.
pub struct Startup {
    pub config: Arc<Config>,
    /// The text of the catalogue file, which reads without faults.
    pub catalogue: String,
    pub environment: Environment,
    /// The key that serial numbers are encrypted with, if the vendor has one.
    pub key: Option<StockKey>,
}

impl Startup {
    /// Reads configuration, catalogue and environment.
    pub fn read(file: &ConfigFile) -> Result<Startup, Vec<Fault>> {
        let config = Config::load(&file.path)?;
        let catalogue = read_catalogue(&config)?;
        let environment = Environment::read(|name| std::env::var(name).ok()).map_err(|fault| vec![fault])?;
        let key = stock_key(&config, &file.path, &environment).map_err(|fault| vec![fault])?;
        Ok(Startup { config: Arc::new(config), catalogue, environment, key: key.map(|(key, _)| key) })
    }

    /// The database that is configured, with the key of its serial numbers.
    pub fn database(&self) -> Database<'_> {
        Database { url: self.environment.database_url.reveal(), key: self.key.as_ref() }
    }

    /// The price list that holds; before the bot's first start it is the catalogue file.
    pub async fn price_list(&self, store: &Store) -> anyhow::Result<Catalogue> {
        let applied = store.read().current_price_list().await?;
        let source = applied.map_or_else(|| self.catalogue.clone(), |list| list.source);
        let shop = &self.config.shop;
        catalogue_file::parse(&source, shop.currency, shop.default_language).map_err(|faults| {
            let fault = faults.first().map(ToString::to_string).unwrap_or_default();
            Failure::configuration(format!(
                "the price list in the database does not read ({fault}); correct key `shop.currency`"
            ))
        })
    }
}

/// The key that serial numbers are encrypted with, if the vendor has one, and where it comes from.
pub fn stock_key(
    config: &Config,
    path: &Path,
    environment: &Environment,
) -> Result<Option<(StockKey, KeyText)>, Fault> {
    let found = config.stock.key(path, environment)?;
    found.map(|found| Ok((parsed_key(&found)?, found))).transpose()
}

/// A key of its text.
pub fn parsed_key(found: &KeyText) -> Result<StockKey, Fault> {
    let problem = "holds no key, which is 64 hexadecimal digits; make one with `keydesk stock key FILE`";
    StockKey::parse(found.text.reveal())
        .ok_or_else(|| Fault { place: found.place.clone(), problem: problem.to_owned() })
}

/// Reads the catalogue file's text; every fault names the file.
pub fn read_catalogue(config: &Config) -> Result<String, Vec<Fault>> {
    let path = &config.shop.catalog;
    let text = text::read(path, "copy catalog.example.toml there, or correct key `shop.catalog`")
        .map_err(|fault| vec![fault])?;
    match catalogue_file::parse(&text, config.shop.currency, config.shop.default_language) {
        Ok(_) => Ok(text),
        Err(faults) => {
            let place = path.display();
            Err(faults.iter().map(|found| Fault { place: place.to_string(), problem: found.to_string() }).collect())
        }
    }
}

/// Several faults as one error, a line each.
pub fn sentences(faults: Vec<Fault>) -> anyhow::Error {
    Failure::configuration(faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\nkeydesk: "))
}
