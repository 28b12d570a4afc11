//! The database's address, read so that no part of a password is ever taken for a host, a file or a name.

use std::str::FromStr;

use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use url::Url;

use crate::store::open_error::OpenError;

pub(in crate::store) enum Address {
    Sqlite(Box<SqliteConnectOptions>),
    Postgres(Box<PgConnectOptions>),
}

/// The parameters that the driver knows. It would log any other with its value, which may be a secret.
const POSTGRES_PARAMETERS: &[&str] = &[
    "application_name",
    "dbname",
    "host",
    "hostaddr",
    "options",
    "password",
    "port",
    "ssl-ca",
    "ssl-cert",
    "ssl-key",
    "ssl-mode",
    "ssl-root-cert",
    "sslcert",
    "sslkey",
    "sslmode",
    "sslrootcert",
    "statement-cache-capacity",
    "user",
];

/// Parameters that other programs want in an address, and that people leave there.
const OTHERS_PARAMETERS: &[&str] = &[
    "channel_binding",
    "connect_timeout",
    "connection_limit",
    "pgbouncer",
    "pool_timeout",
    "schema",
    "target_session_attrs",
];

pub(in crate::store) fn parse(url: &str) -> Result<Address, OpenError> {
    // The line end of a file of variables would be the end of a file's name.
    if url.contains(char::is_control) || url.trim() != url {
        return Err(OpenError::UnknownAddress);
    }
    if let Some(rest) = url.strip_prefix("postgres://").or_else(|| url.strip_prefix("postgresql://")) {
        return postgres(url, rest).map(|options| Address::Postgres(Box::new(options)));
    }
    if url.contains(":memory:") || url.contains("mode=memory") {
        return Err(OpenError::InMemory);
    }
    // Whatever has no scheme is no address, and must not become a file: it may be a password.
    let rest = url.strip_prefix("sqlite:").ok_or(OpenError::UnknownAddress)?;
    sqlite(url, rest.strip_prefix("//").unwrap_or(rest)).map(|options| Address::Sqlite(Box::new(options)))
}

fn sqlite(url: &str, rest: &str) -> Result<SqliteConnectOptions, OpenError> {
    if url.contains("mode=ro") || url.contains("immutable=") {
        return Err(OpenError::ReadOnly);
    }
    // A server's address with the wrong scheme.
    let first = rest.split(['/', '?']).next().unwrap_or_default();
    if first.contains(['@', ':']) {
        return Err(OpenError::UnknownAddress);
    }
    let options = SqliteConnectOptions::from_str(url).map_err(|_| OpenError::UnknownAddress)?;
    let named = !options.get_filename().as_os_str().is_empty();
    if named { Ok(options) } else { Err(OpenError::UnknownAddress) }
}

/// What is said of a parameter that is not known. Behind an `&` it may be a part of the password, and only the names of other
/// programs' parameters are said again.
fn passed_over(key: &str) -> String {
    match OTHERS_PARAMETERS.iter().find(|known| **known == key) {
        Some(known) => {
            format!("the database address has a parameter that keydesk does not use and passes over: {known}")
        }
        None => {
            "the database address has a parameter that is not known and is passed over; should it be a part of the \
                 password, write the password's special characters as %26 (&), %23 (#), %40 (@) and %3F (?)"
                .to_owned()
        }
    }
}

fn postgres(url: &str, rest: &str) -> Result<PgConnectOptions, OpenError> {
    let (_, behind) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    if rest.contains('#') || behind.contains('@') {
        return Err(OpenError::Unescaped);
    }
    let mut url = Url::parse(url).map_err(|_| OpenError::UnknownAddress)?;
    let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let (known, unknown): (Vec<_>, Vec<_>) = pairs
        .into_iter()
        .partition(|(key, _)| POSTGRES_PARAMETERS.contains(&key.as_str()) || key.starts_with("options["));
    for (key, _) in unknown {
        tracing::warn!("{}", passed_over(&key));
    }
    url.set_query(None);
    if !known.is_empty() {
        url.query_pairs_mut().extend_pairs(known);
    }
    let options = PgConnectOptions::from_str(url.as_str()).map_err(|_| OpenError::UnknownAddress)?;
    // Poolers refuse this among the start-up parameters, and no statement of ours reads a float.
    Ok(options.extra_float_digits(None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_with_characters_that_mean_something_is_read_or_refused_and_never_shown() {
        let refused = |password: &str| {
            let url = format!("postgres://app:{password}@127.0.0.1:5432/shop");
            parse(&url).err().map(|error| error.to_string())
        };
        for torn in ["p@Ss9kTail#1", "48151#Zq", "48151?Zq", "48151/Zq", "Ss9k/Tail", "Ss9k?Tail", "a#b@c", "#", "/@/"]
        {
            assert_eq!(refused(torn), Some(OpenError::Unescaped.to_string()), "{torn}");
        }
        for whole in ["p@Ss9kTail", "a:b", "50%off", "p%23%40%2F%3F%25", "[x]", "a b", "+&=;!$'()*,"] {
            assert_eq!(refused(whole), None, "{whole}");
        }
    }

    #[test]
    fn a_parameter_that_may_be_a_part_of_a_password_is_not_named() {
        assert!(passed_over("pgbouncer").ends_with(": pgbouncer"));
        for part in ["Ss9kTail", "pgbouncerSs9k", "PGBOUNCER", ""] {
            let said = passed_over(part);
            assert!(said.contains("%26") && !said.contains("Ss9k") && !said.contains("PGB"), "{said}");
        }
    }

    #[test]
    fn only_addresses_of_databases_are_taken() {
        let is_taken = |url: &str| parse(url).is_ok();
        for url in [
            "foo",
            "keydesk.db",
            "/var/lib/keydesk.db",
            "hunter2",
            "",
            " sqlite://a.db",
            "sqlite://a.db ",
            "sqlite://a.db\r",
            "\"sqlite://a.db\"",
            "sqlite:",
            "sqlite://",
            "sqlite://app:hunter2@host/shop",
            "sqlite:app:hunter2@host/shop",
            "mysql://app:hunter2@host/shop",
            "postgres:app:hunter2@host/shop",
            "postgres://app:hunter2@host:port/shop",
            "host=127.0.0.1 password=hunter2",
        ] {
            assert!(!is_taken(url), "{url}");
        }
        for url in [
            "sqlite://a.db",
            "sqlite:a.db",
            "sqlite:///srv/me@firm/a b.db",
            "sqlite://data/a:b.db",
            "postgres://app@host/shop",
            "postgresql:///shop?host=/run/postgresql",
            "postgres://host/shop?sslmode=require&pgbouncer=true",
        ] {
            assert!(is_taken(url), "{url}");
        }
    }
}
