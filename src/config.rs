//! The configuration file and the environment, read with faults that name file, key and remedy.

mod backup;
mod environment;
mod http;
mod limits;
mod retention;
mod secret;
mod stock;
pub mod text;
mod toml_fault;
mod webhook;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chrono_tz::Tz;
use serde::Deserialize;
use url::Url;

pub use backup::{BackupSettings, PreferredForm};
pub use environment::{Environment, FloodLimits, PlainHttp, TOKEN_FILE, is_loopback};
pub use http::Http;
pub use retention::Retention;
pub use secret::Secret;
pub use stock::{KeyText, Stock, read_key};
pub use webhook::Webhook;

use self::backup::BackupSection;
use self::http::HttpForm;
use self::limits::LimitsForm;
use self::retention::RetentionForm;
use self::stock::StockForm;
use self::webhook::WebhookForm;
use crate::domain::typed::clean_line;
use crate::domain::{
    AccessPolicy, BillingPolicy, ChatId, Currency, Fault, Language, Limits, OrderNumber, PersonId, Sharing, TopicId,
};

/// The configuration file, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    pub telegram: Telegram,
    pub shop: Shop,
    /// How long the database keeps what nobody needs any more.
    pub retention: Retention,
    /// What one account may do.
    pub limits: Limits,
    /// Where health and figures are served; without it they are not.
    pub http: Option<Http>,
    pub stock: Stock,
    /// Backups that the bot takes by itself; without it none are.
    pub backup: Option<BackupSettings>,
}

/// Section `[telegram]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Telegram {
    /// Where new orders are announced; whoever acts there is staff.
    pub staff_chat: ChatId,
    pub admins: BTreeSet<PersonId>,
    /// The topic for what has none of its own, where the staff chat is a forum.
    pub staff_topic: Option<TopicId>,
    pub staff_topics: StaffTopics,
    /// Whether Telegram's flood limits are kept.
    pub limits: FloodLimits,
    /// Whether the Bot API server may be one beyond this machine that takes the token in plain text.
    pub plain_http: PlainHttp,
    /// Where Telegram posts updates; without it the bot asks for them.
    pub webhook: Option<Webhook>,
}

/// Which topics orders have, where the staff chat is a forum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StaffTopics {
    /// They share one.
    #[default]
    Shared,
    /// `telegram.staff_topics = "order"`: each has its own.
    Order,
}

/// Section `[shop]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shop {
    /// The vendor's or the product's name, as customers know it.
    pub name: String,
    /// For people whose Telegram speaks none of the bot's languages, and for the staff chat.
    pub default_language: Language,
    /// The currency of every price.
    pub currency: Currency,
    /// For every date that is shown.
    pub time_zone: Tz,
    pub terms_url: Option<Url>,
    /// The documentation of what is sold.
    pub docs_url: Option<Url>,
    /// Where customers turn to beside the bot: an e-mail address, a phone number.
    pub contact: Option<String>,
    pub catalog: PathBuf,
    /// The number of the very first order.
    pub first_order_number: OrderNumber,
    /// Staff are told when the stock of a product falls below so many serial numbers; 0 means never.
    pub low_stock: u32,
    /// Whether newcomers are served at once.
    pub access: AccessPolicy,
    /// Whether orders wait for billing details.
    pub billing: BillingPolicy,
    /// Whether customers' apps let them save and forward messages with serial numbers.
    pub serials_sharing: Sharing,
}

/// Where the first shops are.
pub const FALLBACK_TIME_ZONE: &str = "Europe/Moscow";
/// What most vendors restock at, being a package of the smallest usual size.
const LOW_STOCK: u32 = 50;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileForm {
    telegram: TelegramForm,
    shop: ShopForm,
    #[serde(default)]
    retention: RetentionForm,
    #[serde(default)]
    limits: LimitsForm,
    http: Option<HttpForm>,
    #[serde(default)]
    stock: StockForm,
    backup: Option<BackupSection>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TelegramForm {
    staff_chat: i64,
    #[serde(default)]
    admins: Vec<i64>,
    staff_topic: Option<i64>,
    staff_topics: Option<String>,
    limits: Option<String>,
    #[serde(default)]
    allow_plain_http: bool,
    webhook: Option<WebhookForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ShopForm {
    name: String,
    default_language: Option<String>,
    currency: Option<String>,
    time_zone: Option<String>,
    terms_url: Option<String>,
    docs_url: Option<String>,
    contact: Option<String>,
    catalog: PathBuf,
    first_order_number: Option<i64>,
    low_stock: Option<u32>,
    access: Option<String>,
    billing: Option<String>,
    #[serde(default)]
    protect_serials: bool,
}

impl StaffTopics {
    fn parse(text: &str) -> Option<StaffTopics> {
        match text {
            "shared" => Some(StaffTopics::Shared),
            "order" => Some(StaffTopics::Order),
            _ => None,
        }
    }
}

impl Config {
    /// Reads a configuration file; the catalogue's path is taken relative to it.
    pub fn load(path: &Path) -> Result<Config, Vec<Fault>> {
        let remedy = "run `keydesk init`, or name the file with --config";
        let text = text::read(path, remedy).map_err(|fault| vec![fault])?;
        Config::parse(&text, path)
    }

    /// Reads the text of the configuration file at `path`.
    pub fn parse(text: &str, path: &Path) -> Result<Config, Vec<Fault>> {
        let form: FileForm = toml::from_str(text).map_err(|error| vec![toml_fault::explained(text, &error, path)])?;
        let mut reader = Reader { path, faults: Vec::new() };
        let config = reader.config(form);
        config.filter(|_| reader.faults.is_empty()).ok_or(reader.faults)
    }
}

struct Reader<'a> {
    path: &'a Path,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn required<T>(&mut self, key: &str, value: Option<T>, problem: &str) -> Option<T> {
        if value.is_none() {
            let place = format!("{}, key `{key}`", self.path.display());
            self.faults.push(Fault { place, problem: problem.to_owned() });
        }
        value
    }

    /// What a section says, or all that is wrong in it.
    fn each<T>(&mut self, read: Result<T, Vec<(&str, &str)>>) -> Option<T> {
        let faults = match read {
            Ok(value) => return Some(value),
            Err(faults) => faults,
        };
        for (key, problem) in faults {
            self.required::<()>(key, None, problem);
        }
        None
    }

    fn optional<T>(
        &mut self,
        key: &str,
        text: Option<String>,
        read: impl Fn(&str) -> Option<T>,
        problem: &str,
    ) -> Option<T> {
        let text = text?;
        self.required(key, read(&text), problem)
    }

    fn config(&mut self, form: FileForm) -> Option<Config> {
        let staff_chat = Some(form.telegram.staff_chat).filter(|id| *id < 0).map(ChatId);
        let staff_chat = self.required(
            "telegram.staff_chat",
            staff_chat,
            "is not a group; add the bot to the staff group and put its id here, a negative number such as -1001234567890",
        );
        let admins: Option<BTreeSet<PersonId>> =
            form.telegram.admins.iter().map(|id| (*id > 0).then_some(PersonId(*id))).collect();
        let admins =
            self.required("telegram.admins", admins, "holds something other than user ids; use positive numbers");
        let shop = self.shop(form.shop);
        for (key, remedy) in form.retention.faults() {
            self.required::<()>(key, None, remedy);
        }
        for key in form.limits.faults() {
            self.required::<()>(&key, None, LimitsForm::REMEDY);
        }
        let http = form.http.and_then(|form| self.required("http.listen", form.read(), HttpForm::REMEDY));
        let backup = form.backup.and_then(|form| self.each(form.read()));
        let topic = |id: i64| (1..=i64::from(i32::MAX)).contains(&id).then_some(TopicId(id));
        let staff_topic = form.telegram.staff_topic.and_then(|id| {
            self.required(
                "telegram.staff_topic",
                topic(id),
                "is not a topic; put there the number at the end of the topic's link",
            )
        });
        let topics = form.telegram.staff_topics.or_else(|| Some("shared".to_owned()));
        let topics = self.optional("telegram.staff_topics", topics, StaffTopics::parse, "use \"shared\" or \"order\"");
        let limits = form.telegram.limits.or_else(|| Some("telegram".to_owned()));
        let limits = self.optional("telegram.limits", limits, FloodLimits::parse, "use \"telegram\" or \"off\"");
        let allow_plain_http = form.telegram.allow_plain_http;
        let plain_http = if allow_plain_http { PlainHttp::Anywhere } else { PlainHttp::OnLoopback };
        let webhook = form.telegram.webhook;
        let webhook = webhook.and_then(|form| self.required("telegram.webhook", form.read(), WebhookForm::REMEDY));
        let telegram = Telegram {
            staff_chat: staff_chat?,
            admins: admins?,
            staff_topic,
            staff_topics: topics?,
            limits: limits?,
            plain_http,
            webhook,
        };
        let stock = form.stock.read(self.path.parent().unwrap_or(Path::new("")));
        let (retention, limits) = (form.retention.retention(), form.limits.limits());
        Some(Config { telegram, shop: shop?, retention, limits, http, stock, backup })
    }

    fn shop(&mut self, form: ShopForm) -> Option<Shop> {
        let line = |text: &str| Some(clean_line(text, 64)).filter(|line| line == text && !line.is_empty());
        let name = self.required("shop.name", line(&form.name), "use 1 to 64 plain characters");
        let language = form.default_language.or_else(|| Some(Language::FIRST.code().to_owned()));
        let language = self.optional("shop.default_language", language, Language::parse, &language_remedy());
        let currency = form.currency.or_else(|| Some("RUB".to_owned()));
        let currency = self.optional("shop.currency", currency, Currency::parse, "use an ISO code such as \"RUB\"");
        let zone = form.time_zone.or_else(|| Some(FALLBACK_TIME_ZONE.to_owned()));
        let zone = self.optional(
            "shop.time_zone",
            zone,
            |text| text.parse().ok(),
            "is unknown; use a name of the IANA database such as \"Europe/Moscow\"",
        );
        let web = |text: &str| Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
        let terms_url = self.optional(
            "shop.terms_url",
            form.terms_url,
            web,
            "use a full web address such as \"https://example.com/terms\"",
        );
        let docs_url = self.optional(
            "shop.docs_url",
            form.docs_url,
            web,
            "use a full web address such as \"https://example.com/docs\"",
        );
        let contact = self.optional("shop.contact", form.contact, line, "use 1 to 64 plain characters");
        let first = form.first_order_number.unwrap_or(1);
        let first = self.required("shop.first_order_number", OrderNumber::new(first), "use a whole number, 1 or more");
        let access = form.access.or_else(|| Some("open".to_owned()));
        let access = self.optional("shop.access", access, AccessPolicy::parse, "use \"open\" or \"approval\"");
        let billing = form.billing.or_else(|| Some("optional".to_owned()));
        let billing = self.optional("shop.billing", billing, BillingPolicy::parse, "use \"optional\" or \"required\"");
        let beside = self.path.parent().unwrap_or(Path::new(""));
        Some(Shop {
            name: name?,
            default_language: language?,
            currency: currency?,
            time_zone: zone?,
            terms_url,
            docs_url,
            contact,
            catalog: beside.join(form.catalog),
            first_order_number: first?,
            low_stock: form.low_stock.unwrap_or(LOW_STOCK),
            access: access?,
            billing: billing?,
            serials_sharing: if form.protect_serials { Sharing::Protected } else { Sharing::Free },
        })
    }
}

fn language_remedy() -> String {
    let codes: Vec<String> = Language::all().iter().map(|language| format!("{:?}", language.code())).collect();
    format!("use {}", codes.join(" or "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> String {
        let faults = Config::parse(text, Path::new("keydesk.toml")).unwrap_err();
        // A new language changes no snapshot.
        let spoken = |fault: String| fault.replace(&language_remedy(), "use \"ru\" or \"en\"");
        faults.iter().map(|fault| spoken(fault.to_string())).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn the_example_configuration_is_sound() {
        let config = Config::parse(include_str!("../keydesk.example.toml"), Path::new("/etc/keydesk.toml")).unwrap();
        assert_eq!(config.telegram.staff_chat, ChatId(-1001234567890));
        assert_eq!(config.shop.catalog, Path::new("/etc/catalog.toml"));
        assert_eq!(config.stock.key_file, None);
    }

    #[test]
    fn what_the_example_leaves_out_is_sound_too() {
        let text = include_str!("../keydesk.example.toml");
        let uncommented = |line: &str| {
            line.strip_prefix("# ").filter(|rest| rest.starts_with('[') || is_key(rest)).map(str::to_owned)
        };
        let lines: Vec<String> =
            text.lines().map(|line| uncommented(line).unwrap_or_else(|| line.to_owned())).collect();
        let config = Config::parse(&lines.join("\n"), Path::new("keydesk.toml")).unwrap();
        let backup = config.backup.unwrap();
        assert_eq!((backup.every, backup.keep, backup.folder), (chrono::TimeDelta::hours(24), 14, "backups".into()));
        assert_eq!(backup.form, PreferredForm::Usual);
        assert!(config.http.is_some() && config.telegram.webhook.is_some());
    }

    /// Whether a remark is a key with its value: prose has no word alone before the sign.
    fn is_key(text: &str) -> bool {
        text.split_once(" = ").is_some_and(|(key, _)| key.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
    }

    #[test]
    fn every_fault_names_file_key_and_remedy() {
        insta::assert_snapshot!(faults(
            "[telegram]\nstaff_chat = 5\nadmins = [-1]\nstaff_topic = 0\nstaff_topics = \"all\"\nlimits = \"none\"\nwebhook = { url = \"bot.example.com\", listen = \"8443\" }\n[shop]\nname = \"\"\ndefault_language = \"xx\"\ncurrency = \"rub\"\n\
             time_zone = \"Moscow\"\nterms_url = \"example.com\"\ndocs_url = \"docs\"\ncatalog = \"c.toml\"\nfirst_order_number = 0\n\
             access = \"closed\"\nbilling = \"yes\"\n[retention]\nsent_messages_days = 0\nprocessed_updates_days = 6\n\
             dead_letters_days = 99999\nbroken_dialogues_days = 0\naudit_days = 29\n[limits]\nopen_orders = 0\norders_per_hour = 1000001\n\
             [http]\nlisten = \"9464\"\n[backup]\nevery = \"daily\"\nkeep = 0\nfolder = \"\""
        ));
        insta::assert_snapshot!(faults("[telegram]\nstaff_chat = \"a\""));
        insta::assert_snapshot!(faults("[telegram]\nstaff_chat = -1\nwebhok = 1"));
    }
}
