//! The shop that the demo plays: its cast, its configuration and its catalogue, and the emulator that they meet in.

use std::io;
use std::path::Path;

use keydesk_emulator::{Emulator, FloodLimits, Group, GroupKind, PrivacyMode, Setup};
use serde::Deserialize;

use super::cast::{Cast, Pane, Person, Standing};
use crate::config::Config;
use crate::domain::{Fault, PersonId};

const CAST: &str = include_str!("cast.toml");
const CONFIG: &str = include_str!("../../keydesk.example.toml");
/// The price list of the demo.
const CATALOGUE: &str = include_str!("../../catalog.example.toml");

#[derive(Deserialize)]
struct CastForm {
    customer: Vec<CustomerForm>,
    staff: StaffForm,
}

#[derive(Deserialize)]
struct CustomerForm {
    key: String,
    id: i64,
    first_name: String,
    last_name: String,
    username: String,
    language: String,
    subtitle: String,
}

#[derive(Deserialize)]
struct StaffForm {
    key: String,
    chat: i64,
    title: String,
    subtitle: String,
    language: String,
    member: Vec<MemberForm>,
}

#[derive(Deserialize)]
struct MemberForm {
    id: i64,
    first_name: String,
    username: String,
    #[serde(default)]
    admin: bool,
}

impl MemberForm {
    fn standing(&self) -> Standing {
        if self.admin { Standing::Admin } else { Standing::Member }
    }
}

/// Everything that the demo needs beside the bot.
pub struct Rehearsal {
    /// The Bot API that the bot talks to, flood limits included.
    pub emulator: Emulator,
    /// Who is on the page.
    pub cast: Cast,
    pub config: Config,
    /// The text of its catalogue file.
    pub catalogue: &'static str,
}

impl Rehearsal {
    /// Starts the emulator and gathers the cast in it.
    ///
    /// # Errors
    ///
    /// If no loopback port can be had.
    pub async fn start() -> io::Result<Rehearsal> {
        let form: CastForm = toml::from_str(CAST).map_err(io::Error::other)?;
        let first_fault =
            |faults: Vec<Fault>| io::Error::other(faults.first().map(ToString::to_string).unwrap_or_default());
        let mut config = Config::parse(CONFIG, Path::new("keydesk.example.toml")).map_err(first_fault)?;
        let admins = form.staff.member.iter().filter(|member| member.standing() == Standing::Admin);
        config.telegram.admins = admins.map(|member| PersonId(member.id)).collect();
        let emulator = Emulator::start(Setup { limits: Some(FloodLimits::default()), ..Setup::loopback() }).await?;
        gather(&emulator, &form);
        Ok(Rehearsal { emulator, cast: cast(form), config, catalogue: CATALOGUE })
    }
}

fn gather(emulator: &Emulator, form: &CastForm) {
    for customer in &form.customer {
        emulator.add_person(keydesk_emulator::Person {
            id: customer.id,
            first_name: customer.first_name.clone(),
            last_name: Some(customer.last_name.clone()),
            username: Some(customer.username.clone()),
            language_code: Some(customer.language.clone()),
        });
    }
    for member in &form.staff.member {
        emulator.add_person(keydesk_emulator::Person {
            id: member.id,
            first_name: member.first_name.clone(),
            last_name: None,
            username: Some(member.username.clone()),
            language_code: Some(form.staff.language.clone()),
        });
    }
    let group = Group {
        id: form.staff.chat,
        title: form.staff.title.clone(),
        kind: GroupKind::Supergroup,
        privacy: PrivacyMode::Restricted,
    };
    emulator.add_group(group, &form.staff.member.iter().map(|member| member.id).collect::<Vec<_>>());
}

fn cast(form: CastForm) -> Cast {
    let customers = form.customer.into_iter().map(|customer| Pane {
        key: customer.key,
        chat: customer.id,
        people: vec![Person { id: customer.id, name: customer.first_name.clone(), standing: Standing::Member }],
        title: format!("{} {}", customer.first_name, customer.last_name),
        subtitle: customer.subtitle,
        language: customer.language,
    });
    let members = form.staff.member.into_iter().map(|member| Person {
        id: member.id,
        standing: member.standing(),
        name: member.first_name,
    });
    let staff = Pane {
        key: form.staff.key,
        chat: form.staff.chat,
        people: members.collect(),
        title: form.staff.title,
        subtitle: form.staff.subtitle,
        language: form.staff.language,
    };
    Cast { panes: customers.chain([staff]).collect() }
}
