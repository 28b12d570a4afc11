//! The shop that the demo plays: its cast, its configuration and its catalogue, and the emulator that they meet in.

use std::io;
use std::path::Path;

use keydesk_emulator::{Emulator, FloodLimits, Group, GroupKind, PrivacyMode, Right, Setup};
use serde::Deserialize;

use super::cast::{Cast, Pane, Person, Standing};
use crate::config::{Config, StaffTopics};
use crate::domain::{Fault, Language, LocalName, PersonId};

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
    username: String,
    language: String,
    first_name: LocalName,
    last_name: LocalName,
    subtitle: LocalName,
}

#[derive(Deserialize)]
struct StaffForm {
    key: String,
    chat: i64,
    language: String,
    title: LocalName,
    subtitle: LocalName,
    member: Vec<MemberForm>,
}

#[derive(Deserialize)]
struct MemberForm {
    id: i64,
    username: String,
    first_name: LocalName,
    #[serde(default)]
    admin: bool,
}

/// What the visitor asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wishes<'a> {
    /// The language of everybody; without one, each has their own.
    pub language: Option<Language>,
    /// Where the chats of a former demo are, if any.
    pub chats: Option<&'a Path>,
    pub topics: StaffTopics,
}

impl Wishes<'_> {
    fn language_of(self, own: &str) -> Language {
        self.language.or_else(|| Language::with_code(own)).unwrap_or(Language::FIRST)
    }
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
    /// If no loopback port can be had, or the chats of a former demo cannot be read.
    pub async fn start(wishes: Wishes<'_>) -> io::Result<Rehearsal> {
        let form: CastForm = toml::from_str(CAST).map_err(io::Error::other)?;
        let first_fault =
            |faults: Vec<Fault>| io::Error::other(faults.first().map(ToString::to_string).unwrap_or_default());
        let mut config = Config::parse(CONFIG, Path::new("keydesk.example.toml")).map_err(first_fault)?;
        let admins = form.staff.member.iter().filter(|member| member.standing() == Standing::Admin);
        config.telegram.admins = admins.map(|member| PersonId(member.id)).collect();
        config.shop.default_language = wishes.language_of(&form.staff.language);
        config.telegram.staff_topics = wishes.topics;
        let emulator = Emulator::start(Setup { limits: Some(FloodLimits::default()), ..Setup::loopback() }).await?;
        let is_restored = wishes.chats.map_or(Ok(false), |folder| emulator.restore(folder))?;
        introduce(&emulator, &form, wishes);
        if !is_restored {
            gather(&emulator, &form.staff, wishes);
        }
        if wishes.topics == StaffTopics::Order {
            divide(&emulator, &form.staff);
        }
        Ok(Rehearsal { emulator, cast: cast(form, wishes), config, catalogue: CATALOGUE })
    }
}

fn introduce(emulator: &Emulator, form: &CastForm, wishes: Wishes) {
    for customer in &form.customer {
        let language = wishes.language_of(&customer.language);
        emulator.add_person(keydesk_emulator::Person {
            id: customer.id,
            first_name: customer.first_name.in_language(language).to_owned(),
            last_name: Some(customer.last_name.in_language(language).to_owned()),
            username: Some(customer.username.clone()),
            language_code: Some(language.code().to_owned()),
        });
    }
    let language = wishes.language_of(&form.staff.language);
    for member in &form.staff.member {
        emulator.add_person(keydesk_emulator::Person {
            id: member.id,
            first_name: member.first_name.in_language(language).to_owned(),
            last_name: None,
            username: Some(member.username.clone()),
            language_code: Some(language.code().to_owned()),
        });
    }
}

fn gather(emulator: &Emulator, staff: &StaffForm, wishes: Wishes) {
    let group = Group {
        id: staff.chat,
        title: staff.title.in_language(wishes.language_of(&staff.language)).to_owned(),
        kind: GroupKind::Supergroup,
        privacy: PrivacyMode::Restricted,
    };
    emulator.add_group(group, &staff.member.iter().map(|member| member.id).collect::<Vec<_>>());
}

/// The staff chat becomes a forum whose topics the bot makes, unless it was one before.
fn divide(emulator: &Emulator, staff: &StaffForm) {
    let owner = staff.member.first().map(|member| member.id).unwrap_or_default();
    if emulator.look(|world| world.topics(staff.chat).is_empty()) {
        emulator.make_forum(staff.chat);
    }
    emulator.promote_bot(staff.chat, owner, &[Right::ManageTopics]);
}

fn cast(form: CastForm, wishes: Wishes) -> Cast {
    let customers = form.customer.into_iter().map(|customer| {
        let language = wishes.language_of(&customer.language);
        let (first, last) = (customer.first_name.in_language(language), customer.last_name.in_language(language));
        Pane {
            key: customer.key,
            chat: customer.id,
            people: vec![Person { id: customer.id, name: first.to_owned(), standing: Standing::Member }],
            title: format!("{first} {last}"),
            subtitle: customer.subtitle.in_language(language).to_owned(),
            language: language.code().to_owned(),
        }
    });
    let staff = form.staff;
    let language = wishes.language_of(&staff.language);
    let members = staff.member.into_iter().map(|member| Person {
        id: member.id,
        standing: member.standing(),
        name: member.first_name.in_language(language).to_owned(),
    });
    let staff = Pane {
        key: staff.key,
        chat: staff.chat,
        people: members.collect(),
        title: staff.title.in_language(language).to_owned(),
        subtitle: staff.subtitle.in_language(language).to_owned(),
        language: language.code().to_owned(),
    };
    Cast { panes: customers.chain([staff]).collect() }
}
