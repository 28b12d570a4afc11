//! `keydesk check`: proves everything that the first start needs, and names every fault.

mod prices;
mod schema;

use chrono::{DateTime, Utc};

use super::ConfigFile;
use super::exit::{Exit, Failure};
use super::run::webhook_left;
use super::said::{instant, say};
use super::startup::{NOT_ACCEPTED, read_catalogue, stock_key};
use crate::config::{BackupSettings, Config, Environment, PlainHttp, StaffTopics, Webhook};
use crate::domain::catalogue::file as catalogue_file;
use crate::domain::{CatalogueFault, ChatId, Fault, Openness};
use crate::store::{Database, OpenError, Readiness, Store, prove_folder};
use crate::telegram::checkup::{Standing, TopicRight};
use crate::telegram::outgoing::ChatKind;
use crate::telegram::{CallError, Client};

const API_URL: &str = "TELOXIDE_API_URL";
/// How TLS says that nobody whom this machine trusts has signed a certificate.
const UNKNOWN_ISSUER: &str = "UnknownIssuer";
/// The ids of supergroups and channels lie below this (<https://core.telegram.org/api/bots/ids>).
const SUPERGROUPS: i64 = -1_000_000_000_000;

/// What holds, and what would make it faster.
const WITHOUT_TRIGRAMS: &str = "its tables are up to date; /find reads every text, which takes tenths of a second among a million \
    orders, until an administrator runs CREATE EXTENSION pg_trgm in this database and keydesk is started again";

/// Checks configuration, catalogue, database, token and staff chat, and reports each on a line.
pub async fn check(file: &ConfigFile) -> anyhow::Result<()> {
    let environment = Environment::read(|name| std::env::var(name).ok()).map_err(|fault| vec![fault]);
    check_in(file, environment).await
}

/// Checks all that in an environment that was read already.
pub(super) async fn check_in(file: &ConfigFile, environment: Result<Environment, Vec<Fault>>) -> anyhow::Result<()> {
    let mut report = Report { faults: 0, exit: Exit::Done };
    let config = report
        .all("configuration", Config::load(&file.path).map(|config| (config, file.path.display().to_string())))?;
    match &config {
        Some(config) => {
            if let Some(notes) = report.all("catalogue", check_catalogue(config))? {
                report.notes("catalogue", &notes)?;
            }
        }
        None => report.not_reached("catalogue", "the configuration")?,
    }
    if let Some(settings) = config.as_ref().and_then(|config| config.backup.as_ref()) {
        report.all("backups", check_backups(settings, file))?;
    }
    let environment = report.all("environment", environment.map(|found| (found, "read".to_owned())))?;
    let client = match &environment {
        Some(environment) => {
            report.notes("environment", &environment.exposed)?;
            let limits = config.as_ref().map(|config| environment.check_limits(config.telegram.limits, &file.path));
            if let Some(Err(fault)) = limits {
                report.all::<()>("limits", Err(vec![fault]))?;
            }
            check_stored(&mut report, config.as_ref(), environment, file).await?;
            let plain_http = config.as_ref().map(|config| config.telegram.plain_http);
            if plain_http.is_none() && environment.trusted_api_url(PlainHttp::OnLoopback).is_err() {
                report.not_reached("token", "the configuration")?;
                None
            } else {
                let plain_http = plain_http.unwrap_or(PlainHttp::OnLoopback);
                report.all("token", check_token(environment, plain_http).await)?
            }
        }
        None => None,
    };
    match (&client, &environment) {
        (Some(client), Some(environment)) => {
            if let Some(notes) =
                report.all("updates", check_updates(client, environment, config.as_ref(), file).await)?
            {
                report.notes("updates", &notes)?;
            }
        }
        _ => report.not_reached("updates", "everything above")?,
    }
    match (&client, &config) {
        (Some(client), Some(config)) => drop(report.all("staff chat", check_staff_chat(client, config, file).await)?),
        _ => report.not_reached("staff chat", "everything above")?,
    }
    match report.faults {
        0 => Ok(()),
        1 => Err(Failure::of(report.exit, "one fault must be fixed before the bot can start")),
        faults => Err(Failure::of(report.exit, format!("{faults} faults must be fixed before the bot can start"))),
    }
}

struct Report {
    faults: usize,
    /// The kind of the first fault.
    exit: Exit,
}

impl Report {
    /// Writes a line for what cannot be looked at before something else is right.
    fn not_reached(&mut self, subject: &str, first: &str) -> anyhow::Result<()> {
        say(&format!("--     {subject}: not checked until {first} is right\n"))
    }

    /// Writes a line for each thing that is no fault and could be better.
    fn notes(&mut self, subject: &str, notes: &[Fault]) -> anyhow::Result<()> {
        notes.iter().try_for_each(|note| say(&format!("note   {subject}: {note}\n")))
    }

    /// Writes a line for what is sound, or one for each fault.
    fn all<T>(&mut self, subject: &str, outcome: Result<(T, String), Vec<Fault>>) -> anyhow::Result<Option<T>> {
        match outcome {
            Ok((value, words)) => {
                say(&format!("ok     {subject}: {words}\n"))?;
                Ok(Some(value))
            }
            Err(faults) => {
                if self.faults == 0 {
                    let is_unreachable = faults.iter().any(|fault| fault.place.ends_with(API_URL));
                    self.exit = match subject {
                        "database" => Exit::Database,
                        "token" if is_unreachable => Exit::Network,
                        _ => Exit::Configuration,
                    };
                }
                self.faults += faults.len();
                for fault in faults {
                    say(&format!("FAULT  {subject}: {fault}\n"))?;
                }
                Ok(None)
            }
        }
    }
}

fn check_catalogue(config: &Config) -> Result<(Vec<Fault>, String), Vec<Fault>> {
    let text = read_catalogue(config)?;
    let shop = &config.shop;
    let (products, notes) = catalogue_file::parse_with_notes(&text, shop.currency, shop.default_language)
        .map_or((0, Vec::new()), |(catalogue, notes)| (catalogue.products.len(), notes));
    let path = shop.catalog.display();
    let note =
        |note: CatalogueFault| Fault { place: format!("{path}, {}", note.place), problem: note.problem.to_string() };
    Ok((notes.into_iter().map(note).collect(), format!("{path}, products: {products}")))
}

/// Whether the bot can put the backups there that it takes by itself.
fn check_backups(settings: &BackupSettings, file: &ConfigFile) -> Result<((), String), Vec<Fault>> {
    let place = format!("{}, key `backup.folder`", file.path.display());
    match prove_folder(&settings.folder) {
        Ok(()) => Ok((
            (),
            format!("the folder {} can be written, backups that stay: {}", settings.folder.display(), settings.keep),
        )),
        Err(error) => Err(vec![Fault { place, problem: error.to_string() }]),
    }
}

/// The database, and whether the key that serial numbers are encrypted with suits it.
async fn check_stored(
    report: &mut Report,
    config: Option<&Config>,
    environment: &Environment,
    file: &ConfigFile,
) -> anyhow::Result<()> {
    let found = config.map_or(Ok(None), |config| stock_key(config, &file.path, environment));
    let (key, text) = match found {
        Ok(found) => found.unzip(),
        Err(fault) => {
            report.all::<()>("stock key", Err(vec![fault]))?;
            return report.not_reached("database", "the stock key");
        }
    };
    let fault = |error: OpenError| {
        vec![Fault { place: format!("environment, {}", environment.database_variable), problem: error.to_string() }]
    };
    let database = Database { url: environment.database_url.reveal(), key: key.as_ref() };
    match (Store::probe(database).await, text) {
        (Err(OpenError::Key(_)), _) if config.is_none() => report.not_reached("database", "the configuration")?,
        (Err(OpenError::Key(fault)), text) => {
            let place = format!("{}, key `stock.key_file`", file.path.display());
            let place = text.map_or(place, |text| text.place);
            report.all::<()>("stock key", Err(vec![Fault { place, problem: fault.to_string() }]))?;
        }
        (Err(error), _) => drop(report.all::<()>("database", Err(fault(error)))?),
        (Ok(readiness), text) => {
            report.all("database", Ok(((), readiness_words(readiness))))?;
            let is_up_to_date = matches!(readiness, Readiness::UpToDate | Readiness::WithoutTrigrams);
            let catalogue = config.and_then(|config| Some((config, read_catalogue(config).ok()?)));
            // Another one is brought up to date by whoever opens it, and a look changes nothing.
            if is_up_to_date {
                let place = format!("environment, {}", environment.database_variable);
                report.notes("database", &schema::notes(&place, database).await)?;
            }
            if let Some((config, source)) = catalogue.filter(|_| is_up_to_date) {
                report.notes("catalogue", prices::note(config, &source, database).await.as_slice())?;
            }
            if let Some(text) = text {
                report.all("stock key", Ok(((), format!("{} suits the database", text.place))))?;
                report.notes("stock key", text.exposed.as_slice())?;
            }
        }
    }
    Ok(())
}

fn readiness_words(readiness: Readiness) -> String {
    match readiness {
        Readiness::UpToDate => "its tables are up to date".to_owned(),
        Readiness::WithoutTrigrams => WITHOUT_TRIGRAMS.to_owned(),
        Readiness::Empty => "can be used, the first start makes its tables".to_owned(),
        Readiness::Behind(missing) => format!("can be used, migrations that the next start applies: {missing}"),
    }
}

async fn check_token(environment: &Environment, plain_http: PlainHttp) -> Result<(Client, String), Vec<Fault>> {
    let token = environment.required_token().map_err(|fault| vec![fault])?;
    let api_url = environment.trusted_api_url(plain_http).map_err(|fault| vec![fault])?;
    let fault = |error: CallError| {
        let api = || format!("environment, {API_URL}");
        let (place, problem) = match error {
            CallError::Unauthorized => (environment.token_place.clone(), NOT_ACCEPTED.to_owned()),
            CallError::NotSent(said) if said.contains(UNKNOWN_ISSUER) => (
                api(),
                format!(
                    "the server's certificate is from an authority that this machine does not know ({said}); put the \
                     authority's certificate into a file, and its name into SSL_CERT_FILE"
                ),
            ),
            error => (api(), format!("{error}; check the address and this machine's connection")),
        };
        vec![Fault { place, problem }]
    };
    let client = Client::new(api_url, token).map_err(fault)?;
    let username = client.own_username().await.map_err(fault)?;
    Ok((client, format!("belongs to @{username}")))
}

/// Whether the updates come here, fetched or posted.
async fn check_updates(
    client: &Client,
    environment: &Environment,
    config: Option<&Config>,
    file: &ConfigFile,
) -> Result<(Vec<Fault>, String), Vec<Fault>> {
    let own = config.and_then(|config| config.telegram.webhook.as_ref());
    if let Some(own) = own {
        let secret = environment.required_webhook_secret().map(drop);
        let faults: Vec<_> =
            [environment.check_webhook(own, &file.path), secret].into_iter().filter_map(Result::err).collect();
        if !faults.is_empty() {
            return Err(faults);
        }
    }
    let host = |own: &Webhook| own.url.host_str().unwrap_or_default().to_owned();
    let fault = |problem: String| vec![Fault { place: environment.token_place.clone(), problem }];
    let found = client.webhook().await;
    let found =
        found.map_err(|error| fault(format!("the webhook could not be asked for ({error}); run the check again")))?;
    match (found, own) {
        (None, None) => Ok((Vec::new(), "no webhook is in the way".to_owned())),
        (None, Some(own)) => Ok((Vec::new(), format!("the next start sets the webhook at {}", host(own)))),
        (Some(found), Some(own)) if found.url == own.url.as_str() => {
            let place = format!("{}, key `telegram.webhook`", file.path.display());
            let note = |(at, said): (DateTime<Utc>, String)| Fault {
                place,
                problem: format!(
                    "Telegram could not post an update at {}: {said}; look at the proxy, unless that is over",
                    instant(at)
                ),
            };
            let notes = found.last_error.map(note).into_iter().collect();
            Ok((notes, format!("posted to {}, updates that wait: {}", host(own), found.pending)))
        }
        (Some(found), _) => Err(fault(webhook_left(&found.host()))),
    }
}

async fn check_staff_chat(client: &Client, config: &Config, file: &ConfigFile) -> Result<((), String), Vec<Fault>> {
    let id = config.telegram.staff_chat;
    let fault =
        |problem: String| vec![Fault { place: format!("{}, key `telegram.staff_chat`", file.path.display()), problem }];
    let unanswered =
        |error: CallError| fault(format!("chat {id} could not be asked for ({error}); run the check again"));
    let facts = match client.chat_facts(id).await {
        Ok(facts) => facts,
        Err(CallError::Moved(to)) => return Err(fault(format!("chat {id} has become chat {to}; put that id there"))),
        Err(CallError::Blocked(said) | CallError::Rejected(said)) => {
            let remedy = id_remedy(client, id).await;
            return Err(fault(format!("chat {id} does not know the bot ({said}); {remedy}")));
        }
        Err(error) => return Err(unanswered(error)),
    };
    let unfit = match facts.kind {
        ChatKind::Closed => None,
        ChatKind::Private => Some("a person's; name a private group"),
        ChatKind::Open(Openness::Channel) => Some("a channel; name a private group"),
        ChatKind::Open(Openness::PublicGroup) => {
            Some("a public group, where anybody would read who orders what; make it private")
        }
    };
    if let Some(what) = unfit {
        return Err(fault(format!("chat {id} is {what}")));
    }
    let title = facts.title.unwrap_or_else(|| id.to_string());
    match client.own_standing_in(id).await {
        Ok(Standing::MaySend) => {
            check_topics(client, config, file).await?;
            Ok(((), title))
        }
        Ok(Standing::NoMember) => Err(fault(format!("the bot is not a member of {title}; add it to the group"))),
        Ok(Standing::Silenced(what)) => Err(fault(format!(
            "the bot may not send {} in {title}; make it an administrator of the group, or allow it in the group's \
             permissions",
            what.join(", ")
        ))),
        Err(error) => Err(unanswered(error)),
    }
}

/// Whether the topics that the configuration names can be used.
async fn check_topics(client: &Client, config: &Config, file: &ConfigFile) -> Result<(), Vec<Fault>> {
    let (chat, telegram) = (config.telegram.staff_chat, &config.telegram);
    let fault = |key: &str, problem: String| {
        vec![Fault { place: format!("{}, key `telegram.{key}`", file.path.display()), problem }]
    };
    let unanswered = |key: &str, error: CallError| {
        fault(key, format!("topics of chat {chat} could not be asked for ({error}); run the check again"))
    };
    if telegram.staff_topics == StaffTopics::Order {
        let key = "staff_topics";
        match client.topic_right_in(chat).await.map_err(|error| unanswered(key, error))? {
            TopicRight::Granted => {}
            TopicRight::NoForum => {
                let problem =
                    "is \"order\", and the staff chat has no topics; turn them on in the group, or remove the key";
                return Err(fault(key, problem.to_owned()));
            }
            TopicRight::Missing => {
                let problem = "is \"order\", and the bot may not make topics in the staff chat; make it an administrator who \
                               may manage topics, or remove the key";
                return Err(fault(key, problem.to_owned()));
            }
        }
    }
    if telegram.staff_topic.is_none() {
        return Ok(());
    }
    let key = "staff_topic";
    if !client.chat_facts(chat).await.map_err(|error| unanswered(key, error))?.is_forum {
        return Err(fault(key, "names a topic, and the staff chat has none; remove the key".to_owned()));
    }
    Ok(())
}

/// What to do about a group that is not known: many programs show a supergroup's id without its beginning.
async fn id_remedy(client: &Client, id: ChatId) -> String {
    if id.0 <= SUPERGROUPS {
        return "add the bot to the group, or correct the id".to_owned();
    }
    let whole = ChatId(SUPERGROUPS + id.0);
    match client.chat_facts(whole).await {
        Ok(facts) => format!("{} is {whole}: put that id there", facts.title.unwrap_or_default()),
        Err(_) => {
            format!("add the bot to the group, or correct the id: a supergroup's begins with -100, as in {whole}")
        }
    }
}
