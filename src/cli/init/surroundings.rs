//! What the machine says of the place where the shop is, as defaults.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};

use crate::config::FALLBACK_TIME_ZONE;
use crate::domain::Language;

/// The port that exporters of figures have by custom (<https://github.com/prometheus/prometheus/wiki/Default-port-allocations>), and
/// those above it, for a second shop on the same machine.
const HEALTH_PORTS: std::ops::Range<u16> = 9464..9474;

/// What the shop probably has, by this machine's settings.
pub(super) struct Surroundings {
    pub(super) language: Language,
    pub(super) currency: &'static str,
    pub(super) time_zone: String,
    /// Where the bot can give its health, reached from this machine alone.
    pub(super) health: SocketAddr,
}

impl Surroundings {
    pub(super) fn look(variable: impl Fn(&str) -> Option<String>) -> Surroundings {
        let locale =
            ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(|name| variable(name).filter(|v| !v.is_empty()));
        let locale = locale.unwrap_or_default();
        let language = Language::parse(locale.split('.').next().unwrap_or_default()).unwrap_or(Language::FIRST);
        let named = variable("TZ").map(|zone| zone.trim_start_matches(':').to_owned());
        let zones = [named, fs::read_to_string("/etc/timezone").ok(), linked_zone()];
        // A server's clock in UTC says nothing about where its shop is.
        let zone = zones.into_iter().flatten().map(|zone| zone.trim().to_owned()).find(|zone| is_place(zone));
        Surroundings {
            language,
            currency: currency_of(&locale),
            time_zone: zone.unwrap_or_else(|| FALLBACK_TIME_ZONE.to_owned()),
            health: health_address(),
        }
    }
}

fn health_address() -> SocketAddr {
    let address = |port: u16| SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let free = HEALTH_PORTS.map(address).find(|address| TcpListener::bind(address).is_ok());
    free.unwrap_or_else(|| address(HEALTH_PORTS.start))
}

fn is_place(zone: &str) -> bool {
    zone.contains('/') && !zone.starts_with("Etc/") && zone.parse::<chrono_tz::Tz>().is_ok()
}

fn linked_zone() -> Option<String> {
    let target = fs::read_link("/etc/localtime").ok()?;
    target.to_str()?.split_once("zoneinfo/").map(|(_, zone)| zone.to_owned())
}

/// The currency where a locale such as `en_GB.UTF-8` is at home; where it names no place, that of the first shop.
fn currency_of(locale: &str) -> &'static str {
    let territory = locale.split(['.', '@']).next().and_then(|tag| tag.split_once('_')).map_or("", |(_, place)| place);
    match territory {
        "AT" | "BE" | "CY" | "DE" | "EE" | "ES" | "FI" | "FR" | "GR" | "HR" | "IE" | "IT" | "LT" | "LU" | "LV"
        | "MT" | "NL" | "PT" | "SI" | "SK" => "EUR",
        "AM" => "AMD",
        "AZ" => "AZN",
        "BY" => "BYN",
        "CH" => "CHF",
        "CZ" => "CZK",
        "GB" => "GBP",
        "GE" => "GEL",
        "IN" => "INR",
        "KZ" => "KZT",
        "PL" => "PLN",
        "TR" => "TRY",
        "US" => "USD",
        _ => "RUB",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(variables: &[(&str, &str)]) -> (String, &'static str, String) {
        let found = Surroundings::look(|name| {
            variables.iter().find(|(set, _)| *set == name).map(|(_, value)| (*value).to_owned())
        });
        (found.language.code().to_owned(), found.currency, found.time_zone)
    }

    #[test]
    fn language_currency_and_time_zone_are_guessed_from_the_environment() {
        let german = guessed(&[("LANG", "en_DE.UTF-8"), ("TZ", ":Europe/Berlin")]);
        assert_eq!(german, ("en".to_owned(), "EUR", "Europe/Berlin".to_owned()));
        let russian = guessed(&[("LC_ALL", "ru_RU.UTF-8"), ("LANG", "en_US.UTF-8"), ("TZ", "Asia/Omsk")]);
        assert_eq!(russian, ("ru".to_owned(), "RUB", "Asia/Omsk".to_owned()));
        let (language, currency, zone) = guessed(&[("LANG", "C.UTF-8"), ("TZ", "UTC")]);
        assert_eq!((language.as_str(), currency), (Language::FIRST.code(), "RUB"));
        assert!(is_place(&zone), "{zone}");
    }
}
