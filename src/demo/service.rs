//! What Telegram says in a chat by itself, as the page shows it.

use keydesk_emulator::{Body, Service, World};
use serde::Serialize;

/// The page has a sentence for each kind in the reader's language.
#[derive(Debug, Serialize)]
pub(super) struct ServiceView {
    kind: &'static str,
    /// The name that stands in the sentence, if there is any.
    name: String,
}

pub(super) fn service_view(world: &World, body: &Body) -> Option<ServiceView> {
    let said = |kind, name| Some(ServiceView { kind, name });
    let plain = |kind| said(kind, String::new());
    match body {
        Body::MigratedTo(_) | Body::MigratedFrom(_) => plain("migrated"),
        Body::Service(Service::Joined(person)) => said("joined", full_name(world, *person)),
        Body::Service(Service::Left(person)) => said("left", full_name(world, *person)),
        Body::Service(Service::TopicCreated { name, .. }) => said("topic_created", name.clone()),
        Body::Service(Service::TopicRenamed { name }) => said("topic_renamed", name.clone()),
        Body::Service(Service::TopicClosed) => plain("topic_closed"),
        Body::Service(Service::TopicReopened) => plain("topic_reopened"),
        Body::Service(Service::GeneralTopicHidden) => plain("general_hidden"),
        Body::Service(Service::GeneralTopicUnhidden) => plain("general_shown"),
        Body::Service(Service::Pinned(_)) => plain("pinned"),
        Body::Service(Service::UsersShared(_, people)) => {
            let names: Vec<_> = people.iter().map(|person| full_name(world, *person)).collect();
            said("users_shared", names.join(", "))
        }
        _ => None,
    }
}

/// First and last name, as an app shows them.
pub(super) fn full_name(world: &World, person: i64) -> String {
    let known = world.person(person);
    let names = known.into_iter().flat_map(|known| [Some(&known.first_name), known.last_name.as_ref()]);
    names.flatten().map(String::as_str).collect::<Vec<_>>().join(" ")
}
