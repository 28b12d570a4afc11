//! The files that `keydesk init` writes.

use std::fs::{self, OpenOptions, Permissions};
use std::io::{self, Write};
use std::net::SocketAddr;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::config::{Secret, TOKEN_FILE};
use crate::domain::catalogue::price_list::{FreeQuantity, Tier};
use crate::domain::{Catalogue, ChatId, Currency, Language, LocalName, Money, PersonId, Product, Sku};

/// The catalogue beside the configuration, and what that calls it.
const CATALOGUE: &str = "catalog.toml";
/// Group members may read them: a service has its own user, whose group the folder is given to. No secret is in them.
const SHARED: u32 = 0o640;
const PRIVATE: u32 = 0o600;
/// What one order of the first product may come to, before anybody thought about it.
const MOST_KEYS: u32 = 1_000;

/// The files that are written, beside each other.
pub(super) struct Places {
    pub(super) config: PathBuf,
    pub(super) catalogue: PathBuf,
    pub(super) token: PathBuf,
}

impl Places {
    pub(super) fn beside(config: &Path) -> Places {
        let beside = |name: &str| config.with_file_name(name);
        Places { config: config.to_owned(), catalogue: beside(CATALOGUE), token: beside(TOKEN_FILE) }
    }
}

/// What the configuration says.
pub(super) struct Settings {
    pub(super) name: String,
    pub(super) language: Language,
    pub(super) currency: Currency,
    pub(super) time_zone: String,
    pub(super) staff_chat: ChatId,
    pub(super) admins: Vec<PersonId>,
    pub(super) health: SocketAddr,
}

impl Settings {
    /// The text of the configuration file.
    pub(super) fn to_toml(&self) -> String {
        let Settings { name, language, currency, time_zone, staff_chat, admins, health } = self;
        let admins: Vec<String> = admins.iter().map(ToString::to_string).collect();
        format!(
            "# The configuration of keydesk, made by `keydesk init`; `keydesk check` names every fault. All other keys have\n\
             # defaults: keydesk.example.toml documents every one.\n\
             \n\
             [telegram]\n\
             # The private group where new orders are announced, whose members are staff.\n\
             staff_chat = {staff_chat}\n\
             # Numeric user ids of the first admins, who may appoint others.\n\
             admins = [{}]\n\
             \n\
             [shop]\n\
             # The name that customers know you or your product by.\n\
             name = {}\n\
             # For the staff chat, and for people whose Telegram speaks none of the bot's languages.\n\
             default_language = {}\n\
             currency = {}\n\
             time_zone = {}\n\
             # The price list, relative to this file.\n\
             catalog = {}\n\
             \n\
             # Where the bot tells this machine how it is: `keydesk health`, /healthz, /readyz and /metrics (for Prometheus). Another\n\
             # bot on this machine needs another port.\n\
             [http]\n\
             listen = \"{health}\"\n\
             \n\
             # The bot takes a backup of the database by itself; copy the folder to another machine now and then. The folder is\n\
             # relative to the one that the bot runs in.\n\
             [backup]\n\
             every = \"24h\"\n\
             # How many of them stay.\n\
             keep = 14\n\
             folder = \"backups\"\n",
            admins.join(", "),
            quoted(name),
            quoted(language.code()),
            quoted(currency.code()),
            quoted(time_zone),
            quoted(CATALOGUE)
        )
    }
}

/// A price list of one product, which is sold in any quantity.
pub(super) fn catalogue_of(sku: &Sku, name: &str, unit_price: Money) -> String {
    let free = FreeQuantity { min: 1, max: MOST_KEYS, step: 1, tiers: vec![Tier { from: 1, unit_price }] };
    let product = Product {
        sku: sku.clone(),
        group: None,
        name: LocalName::by_language(|_| name.to_owned()),
        description: None,
        url: None,
        packages: Vec::new(),
        free: Some(free),
        serial_pattern: None,
    };
    let catalogue = Catalogue { currency: unit_price.currency(), groups: Vec::new(), products: vec![product] };
    format!(
        "# The price list, made by `keydesk init`. catalog.example.toml documents every key; a changed file is applied at the\n\
         # next start. An admin changes prices in the chat as well: /catalog.\n\n{}",
        catalogue.to_toml()
    )
}

/// JSON's strings are TOML's as well, once nothing in them is a control character.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Puts a text where nothing stands yet, or instead of what stands there. A file that was begun is never left.
pub(super) fn put(path: &Path, text: &str) -> anyhow::Result<()> {
    write(path, text, SHARED)
}

/// Puts the token into a file of its owner's alone.
pub(super) fn put_token(path: &Path, token: &Secret) -> anyhow::Result<()> {
    write(path, &format!("{}\n", token.reveal()), PRIVATE)
}

fn write(path: &Path, text: &str, mode: u32) -> anyhow::Result<()> {
    let failed = || format!("{} cannot be written; correct --config, or the rights of its folder", path.display());
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let begun = path.with_file_name(format!(".{name}.new"));
    // One that an interrupted command left.
    let _ = fs::remove_file(&begun);
    let outcome = (|| -> io::Result<()> {
        let mut file = OpenOptions::new().create_new(true).write(true).mode(mode).open(&begun)?;
        // The umask took the group's right away.
        file.set_permissions(Permissions::from_mode(mode))?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&begun, path)
    })();
    if outcome.is_err() {
        let _ = fs::remove_file(&begun);
    }
    outcome.with_context(failed)
}
