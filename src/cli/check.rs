//! `keydesk check`: proves everything that the first start needs, and names every fault.

use std::io::Write;

use super::ConfigFile;
use super::startup::read_catalogue;
use crate::config::{Config, Environment};
use crate::domain::catalogue::file as catalogue_file;
use crate::domain::{Fault, Openness};
use crate::store::{OpenError, Readiness, Store};
use crate::telegram::outgoing::ChatKind;
use crate::telegram::{CallError, Client};

/// Checks configuration, catalogue, database, token and staff chat, and reports each on a line.
pub async fn check(file: &ConfigFile) -> anyhow::Result<()> {
    let mut report = Report::default();
    let config = report
        .all("configuration", Config::load(&file.path).map(|config| (config, file.path.display().to_string())))?;
    match &config {
        Some(config) => drop(report.all("catalogue", check_catalogue(config))?),
        None => report.not_reached("catalogue", "the configuration")?,
    }
    let environment = Environment::read(|name| std::env::var(name).ok()).map_err(|fault| vec![fault]);
    let environment = report.all("environment", environment.map(|found| (found, "read".to_owned())))?;
    let client = match &environment {
        Some(environment) => {
            report.all("database", check_database(environment).await)?;
            report.all("token", check_token(environment).await)?
        }
        None => None,
    };
    match (&client, &config) {
        (Some(client), Some(config)) => drop(report.all("staff chat", check_staff_chat(client, config, file).await)?),
        _ => report.not_reached("staff chat", "what stands above")?,
    }
    match report.faults {
        0 => Ok(()),
        1 => anyhow::bail!("one fault must be mended before the bot can start"),
        faults => anyhow::bail!("{faults} faults must be mended before the bot can start"),
    }
}

#[derive(Default)]
struct Report {
    faults: usize,
}

impl Report {
    /// Writes a line for what cannot be looked at before something else is right.
    fn not_reached(&mut self, subject: &str, first: &str) -> std::io::Result<()> {
        writeln!(std::io::stdout().lock(), "--     {subject}: not checked until {first} is right")
    }

    /// Writes a line for what is sound, or one for each fault.
    fn all<T>(&mut self, subject: &str, outcome: Result<(T, String), Vec<Fault>>) -> std::io::Result<Option<T>> {
        let mut out = std::io::stdout().lock();
        match outcome {
            Ok((value, words)) => {
                writeln!(out, "ok     {subject}: {words}")?;
                Ok(Some(value))
            }
            Err(faults) => {
                self.faults += faults.len();
                for fault in faults {
                    writeln!(out, "FAULT  {subject}: {fault}")?;
                }
                Ok(None)
            }
        }
    }
}

fn check_catalogue(config: &Config) -> Result<((), String), Vec<Fault>> {
    let text = read_catalogue(config)?;
    let shop = &config.shop;
    let products = catalogue_file::parse(&text, shop.currency, shop.default_language)
        .map_or(0, |catalogue| catalogue.products.len());
    Ok(((), format!("{}, products: {products}", config.shop.catalog.display())))
}

async fn check_database(environment: &Environment) -> Result<((), String), Vec<Fault>> {
    let fault =
        |error: OpenError| vec![Fault { place: "environment, DATABASE_URL".to_owned(), problem: error.to_string() }];
    let words = match Store::probe(environment.database_url.reveal()).await.map_err(fault)? {
        Readiness::UpToDate => "its tables are up to date".to_owned(),
        Readiness::Empty => "can be used, the first start makes its tables".to_owned(),
        Readiness::Behind(missing) => format!("can be used, migrations that the next start applies: {missing}"),
    };
    Ok(((), words))
}

async fn check_token(environment: &Environment) -> Result<(Client, String), Vec<Fault>> {
    let token = environment.required_token().map_err(|fault| vec![fault])?;
    let fault = |error: CallError| {
        let (place, problem) = match error {
            CallError::Unauthorized => {
                ("TELOXIDE_TOKEN", "is not accepted by the Bot API; copy the token from @BotFather again".to_owned())
            }
            error => ("TELOXIDE_API_URL", format!("{error}; check the address and this machine's connection")),
        };
        vec![Fault { place: format!("environment, {place}"), problem }]
    };
    let client = Client::new(&environment.api_url, token).map_err(fault)?;
    let username = client.own_username().await.map_err(fault)?;
    Ok((client, format!("belongs to @{username}")))
}

async fn check_staff_chat(client: &Client, config: &Config, file: &ConfigFile) -> Result<((), String), Vec<Fault>> {
    let id = config.telegram.staff_chat;
    let problem = match client.chat_facts(id).await {
        Ok(facts) => match facts.kind {
            ChatKind::Closed => return Ok(((), facts.title.unwrap_or_else(|| id.to_string()))),
            ChatKind::Private => format!("chat {id} is a person's; name a private group"),
            ChatKind::Open(Openness::Channel) => format!("chat {id} is a channel; name a private group"),
            ChatKind::Open(Openness::PublicGroup) => {
                format!("chat {id} is a public group, where anybody would read who orders what; make it private")
            }
        },
        Err(CallError::Blocked(said) | CallError::Rejected(said)) => {
            format!("chat {id} does not know the bot ({said}); add the bot to the group, or correct the id")
        }
        Err(error) => format!("chat {id} could not be asked for ({error}); run the check again"),
    };
    Err(vec![Fault { place: format!("{}, key `telegram.staff_chat`", file.path.display()), problem }])
}
