//! Setting, deleting and asking about the webhook.

use super::super::error::ApiError;
use super::super::json::Fields;
use super::super::params::Params;
use super::super::render::unix_time;
use super::super::world::{Webhook, WebhookRules, World};
use super::parts::{Success, allowed_updates, done};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use url::{Host, Url};

/// How often a webhook may be set.
const PAUSE: Duration = Duration::from_secs(1);
const PORTS: [u16; 4] = [443, 80, 88, 8443];

/// A webhook that is refused leaves none behind: Telegram closes the former one first.
pub(super) fn set_webhook(world: &mut World, params: &Params) -> Result<Success, ApiError> {
    let kinds = allowed_updates(params)?;
    let address = params.text("url").trim();
    if address.is_empty() {
        return Ok(delete_webhook(world, params));
    }
    let now = Instant::now();
    if now < world.next_webhook {
        return Err(ApiError::too_many_requests(1));
    }
    world.next_webhook = now + PAUSE;
    let (secret, most) = (params.text("secret_token"), most_connections(world.webhook_rules));
    let max_connections = params.integer("max_connections").unwrap_or(40).clamp(1, most);
    let max_connections = usize::try_from(max_connections).unwrap_or(40);
    let is_same = world.webhook.as_ref().is_some_and(|old| {
        (old.address.as_str(), old.secret.as_deref().unwrap_or_default(), old.max_connections)
            == (address, secret, max_connections)
    });
    if is_same && !params.is_true("drop_pending_updates") {
        kinds.into_iter().for_each(|kinds| world.updates.allow(kinds));
        return Ok(with_remark("Webhook is already set"));
    }
    world.webhook = None;
    if params.is_true("drop_pending_updates") {
        world.updates.clear();
    }
    let url = read_url(address)?;
    let secret = checked_secret(secret)?;
    if world.webhook_rules == WebhookRules::Telegram {
        check_url(&url)?;
    }
    kinds.into_iter().for_each(|kinds| world.updates.allow(kinds));
    world.webhook = Some(Webhook { address: address.to_owned(), url, secret, max_connections, last_error: None });
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
        "url": world.webhook.as_ref().map_or("", |webhook| webhook.address.as_str()),
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

fn most_connections(rules: WebhookRules) -> i64 {
    match rules {
        WebhookRules::Telegram => 100,
        WebhookRules::Local => 100_000,
    }
}

/// Without a scheme it is https.
fn read_url(address: &str) -> Result<Url, ApiError> {
    let whole = if address.contains("://") { address.to_owned() } else { format!("https://{address}") };
    let url = Url::parse(&whole).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    url.ok_or_else(|| ApiError::bad_request("invalid webhook URL specified"))
}

/// What Telegram's own server refuses.
fn check_url(url: &Url) -> Result<(), ApiError> {
    let bad = |why: &str| Err(ApiError::bad_request(format!("bad webhook: {why}")));
    if url.scheme() != "https" {
        return bad("An HTTPS URL must be provided for webhook");
    }
    if !url.port_or_known_default().is_some_and(|port| PORTS.contains(&port)) {
        return bad("Webhook can be set up only on ports 80, 88, 443 or 8443");
    }
    match url.host() {
        Some(Host::Ipv4(ip)) if ip.is_loopback() || ip.is_private() || ip.is_link_local() => {
            bad(&format!("IP address {ip} is reserved"))
        }
        Some(Host::Ipv6(_)) => bad("IPv6-only addresses are not allowed"),
        Some(Host::Domain("localhost")) => bad("IP address 127.0.0.1 is reserved"),
        _ => Ok(()),
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
