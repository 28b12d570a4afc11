//! `keydesk init`: everything that a first order needs, by asking.

mod files;
mod questions;
mod staff_chat;
mod surroundings;

use std::path::{Path, PathBuf};

use anyhow::{bail, ensure};

use self::files::{Places, Settings, catalogue_of};
use self::questions::{Question, Questions};
use self::surroundings::Surroundings;
use super::ConfigFile;
use super::check;
use super::exit::{Exit, Failure};
use super::run::{Signals, unless_stopped};
use super::said::say;
use super::startup::sentences;
use crate::config::{Config, Environment, PlainHttp, Secret, text};
use crate::domain::catalogue::file as catalogue_file;
use crate::domain::typed::{self, clean_line};
use crate::domain::{ChatId, Currency, Fault, Language, Money, PersonId, Sku};
use crate::telegram::{CallError, Client};

/// The options of `keydesk init`. Each answers a question beforehand; the token comes from the environment, since everybody
/// on a machine can read the command lines of its programs.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  keydesk init\n  keydesk init --name Guardant --language ru --staff-chat=-1001234567890 --admin 111111111 \\\n      \
        --catalog catalog.toml"
)]
pub struct Options {
    #[command(flatten)]
    file: ConfigFile,
    /// The shop's name, as customers know it.
    #[arg(long)]
    name: Option<String>,
    /// The language of the staff chat, such as en.
    #[arg(long, value_name = "LANG")]
    language: Option<String>,
    /// The currency of all prices, an ISO 4217 code.
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,
    /// The time zone of all dates, by its name in the IANA database.
    #[arg(long, value_name = "ZONE")]
    time_zone: Option<String>,
    /// A price list that is there already, instead of a first product.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["product", "sku", "price"])]
    catalog: Option<PathBuf>,
    /// The name of the first product.
    #[arg(long, value_name = "NAME")]
    product: Option<String>,
    /// What orders and stock call the first product.
    #[arg(long)]
    sku: Option<String>,
    /// What one key of the first product costs.
    #[arg(long, value_name = "AMOUNT")]
    price: Option<String>,
    /// The id of the staff chat, instead of waiting for somebody to write there.
    #[arg(long, value_name = "ID", allow_negative_numbers = true, requires = "admin", value_parser = numeric_id)]
    staff_chat: Option<i64>,
    /// The numeric id of an admin; may be given several times.
    #[arg(long, value_name = "ID", requires = "staff_chat", value_parser = numeric_id)]
    admin: Vec<i64>,
    /// Replace a configuration and a price list that are there.
    #[arg(long)]
    force: bool,
}

fn numeric_id(typed: &str) -> Result<i64, String> {
    typed.parse().map_err(|_| {
        "write the numeric id instead of a name: it stands after the # in the address bar of https://web.telegram.org/a, \
         yours when Saved Messages are open, and @userinfobot tells it as well"
            .to_owned()
    })
}

/// Asks, writes the files, and checks them.
pub async fn init(options: &Options) -> anyhow::Result<()> {
    let mut signals = Signals::listen()?;
    let Some(outcome) = unless_stopped(&mut signals, set_up(options)).await else {
        bail!("stopped before everything was known; nothing was written");
    };
    // What is missing or wrong is what would stand in the configuration.
    outcome.map_err(|error| match Exit::of(&error) {
        Exit::Failed => Failure::configuration(format!("{error:#}")),
        _ => error,
    })
}

async fn set_up(options: &Options) -> anyhow::Result<()> {
    let places = Places::beside(&options.file.path);
    for path in [&places.config, &places.catalogue] {
        ensure!(
            options.force || path.symlink_metadata().is_err(),
            "{} is there already; edit it, name another folder's file with --config, or replace it with --force",
            path.display()
        );
    }
    let mut questions = Questions::new();
    let environment = read_environment(&places)?;
    let (client, token, bot) = bot(&mut questions, &environment).await?;
    if let Some(webhook) = client.webhook().await?.filter(|_| options.staff_chat.is_none()) {
        bail!(
            "a webhook at {} receives this bot's updates; give --staff-chat and --admin, stop what serves it, and start \
             `keydesk run --take-over`, which loses no update",
            webhook.host()
        );
    }
    let surroundings = Surroundings::look(|name| std::env::var(name).ok());
    let mut settings = asked(options, &mut questions, surroundings).await?;
    let (catalogue, first) = price_list(options, &mut questions, &settings).await?;
    if options.staff_chat.is_none() {
        let found = staff_chat::found(&client, &bot).await?;
        settings.staff_chat = found.chat;
        settings.admins = vec![found.admin.id];
        let (title, chat, name, id) = (found.title, found.chat, found.admin.name, found.admin.id);
        say(&format!("The staff chat is {title} ({chat}), and {name} ({id}) is its first admin.\n"))?;
    }
    let config = settings.to_toml();
    Config::parse(&config, &places.config).map_err(sentences)?;
    write_all(&places, &config, &catalogue, token.as_ref())?;
    check::check_in(&options.file, read_environment(&places).map_err(|fault| vec![fault])).await?;
    say_what_comes_next(&places, &bot, &first, token.as_ref())
}

/// The environment, with the token's file beside the configuration for a default.
fn read_environment(places: &Places) -> Result<Environment, Fault> {
    Environment::read_beside(|name| std::env::var(name).ok(), &places.token)
}

/// The bot with the token that is known or typed, that token if it was typed, and the bot's username.
async fn bot(questions: &mut Questions, environment: &Environment) -> anyhow::Result<(Client, Option<Secret>, String)> {
    let api_url = environment.trusted_api_url(PlainHttp::OnLoopback)?;
    if environment.token.is_some() {
        let client = Client::new(api_url, environment.required_token()?)?;
        return match client.own_username().await {
            Ok(username) => Ok((client, None, username)),
            Err(error) => bail!("{}: {}", environment.token_place, refusal(&error)),
        };
    }
    let question = Question {
        asks: "The bot's token, from @BotFather (it is not shown)",
        option: "TELOXIDE_TOKEN",
        default: None,
    };
    loop {
        let token = Secret::new(questions.secret(&question).await?);
        let mut typed = environment.clone();
        typed.token = Some(token.clone());
        let problem = match typed.required_token() {
            Ok(_) => {
                let client = Client::new(api_url, &token)?;
                match client.own_username().await {
                    Ok(username) => {
                        say(&format!("  It belongs to @{username}.\n"))?;
                        return Ok((client, Some(token), username));
                    }
                    Err(error) => refusal(&error),
                }
            }
            Err(fault) => fault.problem,
        };
        ensure!(questions.may_ask_again(), "the token {problem}");
        say(&format!("  The token {problem}.\n"))?;
    }
}

fn refusal(error: &CallError) -> String {
    match error {
        CallError::Unauthorized => "is not accepted by the Bot API; copy it from @BotFather again".to_owned(),
        error => format!("could not be tried ({error}); check TELOXIDE_API_URL and this machine's connection"),
    }
}

async fn asked(options: &Options, questions: &mut Questions, surroundings: Surroundings) -> anyhow::Result<Settings> {
    let name = Question { asks: "The shop's name, as customers know it", option: "--name", default: None };
    let name = questions.answer(options.name.as_deref(), &name, |typed| line(typed, 64)).await?;
    let codes = Language::codes();
    let language = Question {
        asks: &format!("The language of the staff chat ({codes})"),
        option: "--language",
        default: Some(surroundings.language.code().to_owned()),
    };
    let language = questions
        .answer(options.language.as_deref(), &language, |typed| {
            Language::with_code(typed).ok_or_else(|| format!("use one of {codes}"))
        })
        .await?;
    let currency = Question {
        asks: "The currency of all prices",
        option: "--currency",
        default: Some(surroundings.currency.to_owned()),
    };
    let currency = questions
        .answer(options.currency.as_deref(), &currency, |typed| {
            Currency::parse(&typed.to_ascii_uppercase()).ok_or_else(|| "use an ISO code such as RUB".to_owned())
        })
        .await?;
    let time_zone = Question { asks: "The time zone", option: "--time-zone", default: Some(surroundings.time_zone) };
    let time_zone = questions
        .answer(options.time_zone.as_deref(), &time_zone, |typed| match typed.parse::<chrono_tz::Tz>() {
            Ok(zone) => Ok(zone.name().to_owned()),
            Err(_) => Err("use a name of the IANA database such as Europe/Moscow".to_owned()),
        })
        .await?;
    let staff_chat = ChatId(options.staff_chat.unwrap_or_default());
    let admins = options.admin.iter().copied().map(PersonId).collect();
    Ok(Settings { name, language, currency, time_zone, staff_chat, admins, health: surroundings.health })
}

/// The text of the price list, and the SKU of a product in it.
async fn price_list(
    options: &Options,
    questions: &mut Questions,
    settings: &Settings,
) -> anyhow::Result<(String, Sku)> {
    let read = |text: &str, place: &Path| {
        let parsed = catalogue_file::parse(text, settings.currency, settings.language);
        parsed.map_err(|faults| {
            let place = place.display().to_string();
            sentences(faults.iter().map(|found| Fault { place: place.clone(), problem: found.to_string() }).collect())
        })
    };
    if let Some(path) = &options.catalog {
        let text = text::read(path, "name another file with --catalog")?;
        let first = read(&text, path)?.products.into_iter().next().map(|product| product.sku);
        let Some(first) = first else { bail!("{} has no product; name another file with --catalog", path.display()) };
        return Ok((text, first));
    }
    let product =
        Question { asks: "The first product's name, as customers read it", option: "--product", default: None };
    let product = questions.answer(options.product.as_deref(), &product, |typed| line(typed, 100)).await?;
    let sku = Question {
        asks: "Its SKU, by which orders and stock know it for ever (a-z 0-9 . _ -)",
        option: "--sku",
        default: Some("key-1".to_owned()),
    };
    let sku = questions
        .answer(options.sku.as_deref(), &sku, |typed| {
            Sku::parse(typed).ok_or_else(|| "use 1 to 32 of a-z 0-9 . _ -".to_owned())
        })
        .await?;
    let price =
        Question { asks: &format!("The price of one key, in {}", settings.currency), option: "--price", default: None };
    let price: Money = questions
        .answer(options.price.as_deref(), &price, |typed| {
            typed::amount(typed, settings.currency).ok_or_else(|| "use an amount such as 1500 or 99.90".to_owned())
        })
        .await?;
    let text = catalogue_of(&sku, &product, price);
    read(&text, Path::new("--product"))?;
    Ok((text, sku))
}

fn line(typed: &str, longest: usize) -> Result<String, String> {
    let cleaned = clean_line(typed, longest);
    if cleaned == typed && !typed.is_empty() {
        Ok(cleaned)
    } else {
        Err(format!("use 1 to {longest} plain characters"))
    }
}

fn write_all(places: &Places, config: &str, catalogue: &str, token: Option<&Secret>) -> anyhow::Result<()> {
    if let Some(token) = token {
        files::put_token(&places.token, token)?;
    }
    files::put(&places.catalogue, catalogue)?;
    // Last, so that whoever finds it finds all that it names.
    files::put(&places.config, config)?;
    let written = [Some(&places.config), Some(&places.catalogue), token.map(|_| &places.token)];
    let written: Vec<String> = written.into_iter().flatten().map(|path| path.display().to_string()).collect();
    say(&format!("\nWritten: {}\n\n", written.join(", ")))
}

fn say_what_comes_next(places: &Places, bot: &str, first: &Sku, token: Option<&Secret>) -> anyhow::Result<()> {
    let is_here = places.config == Path::new("keydesk.toml");
    let config = if is_here { String::new() } else { format!(" --config {}", places.config.display()) };
    let token = match token {
        Some(_) if !is_here => format!("TELOXIDE_TOKEN_FILE={} ", places.token.display()),
        Some(_) | None => String::new(),
    };
    say(&format!(
        "\nWhat comes next:\n  \
         {token}keydesk run{config}   # customers order at https://t.me/{bot}\n  \
         {token}keydesk serials import {first} FILE{config}   # meanwhile, elsewhere: serial numbers to sell, one a line\n"
    ))
}
