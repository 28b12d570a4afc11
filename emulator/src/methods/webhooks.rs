//! Setting, deleting and asking about the webhook.

use super::super::error::ApiError;
use super::super::json::Fields;
use super::super::params::Params;
use super::super::render::unix_time;
use super::super::world::{Webhook, World};
use super::parts::{Success, allowed_updates, done};
use serde_json::{Value, json};
use url::{Host, Url};

pub(super) fn set_webhook(world: &mut World, params: &Params) -> Result<Success, ApiError> {
    let kinds = allowed_updates(params)?;
    let address = params.text("url").trim();
    if address.is_empty() {
        return Ok(delete_webhook(world, params));
    }
    let url = checked_url(address)?;
    let secret = checked_secret(params.text("secret_token"))?;
    let connections = params.integer("max_connections").unwrap_or(40).clamp(1, 100);
    if let Some(kinds) = kinds {
        world.updates.allow(kinds);
    }
    if params.is_true("drop_pending_updates") {
        world.updates.clear();
    }
    let webhook =
        Webhook { url, secret, max_connections: usize::try_from(connections).unwrap_or(40), last_error: None };
    let same = world.webhook.as_ref().is_some_and(|old| {
        (&old.url, &old.secret, old.max_connections) == (&webhook.url, &webhook.secret, webhook.max_connections)
    });
    if same {
        return Ok(with_remark("Webhook is already set"));
    }
    world.webhook = Some(webhook);
    Ok(with_remark("Webhook was set"))
}

pub(super) fn delete_webhook(world: &mut World, params: &Params) -> Success {
    if params.is_true("drop_pending_updates") {
        world.updates.clear();
    }
    match world.webhook.take() {
        Some(_) => with_remark("Webhook was deleted"),
        None => with_remark("Webhook is already deleted"),
    }
}

pub(super) fn get_webhook_info(world: &World) -> Value {
    let mut info = json!({
        "url": world.webhook.as_ref().map_or("", |webhook| webhook.url.as_str()),
        "has_custom_certificate": false,
        "pending_update_count": world.pending_updates(),
    });
    if let Some(webhook) = &world.webhook {
        info.set("max_connections", json!(webhook.max_connections));
        info.set("ip_address", json!("127.0.0.1"));
        if let Some((at, text)) = &webhook.last_error {
            info.set("last_error_date", json!(unix_time(*at)));
            info.set("last_error_message", json!(text));
        }
    }
    if let Some(kinds) = world.updates.allowed() {
        info.set("allowed_updates", json!(kinds));
    }
    info
}

fn with_remark(description: &'static str) -> Success {
    Success { result: done(), description: Some(description) }
}

fn checked_url(address: &str) -> Result<Url, ApiError> {
    let bad = |why: &str| ApiError::bad_request(format!("bad webhook: {why}"));
    let url = Url::parse(address).map_err(|_| bad("invalid HTTP URL specified"))?;
    let is_loopback = match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_loopback => Ok(url),
        _ => Err(bad("An HTTPS URL must be provided for webhook")),
    }
}

fn checked_secret(secret: &str) -> Result<Option<String>, ApiError> {
    if secret.len() > 256 {
        return Err(ApiError::bad_request("secret token is too long"));
    }
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    match secret.chars().all(allowed) {
        true => Ok((!secret.is_empty()).then(|| secret.to_owned())),
        false => Err(ApiError::bad_request("secret token contains unallowed characters")),
    }
}
