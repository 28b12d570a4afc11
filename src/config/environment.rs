//! What the environment says, and whether the Bot API server that it names may be trusted with the token.

use std::net::IpAddr;
use std::path::{Path, PathBuf};

use url::Url;

use super::secret::Secret;
use super::text::read_at_most;
use super::webhook::Webhook;
use crate::domain::Fault;

const TELEGRAM_API: &str = "https://api.telegram.org";
const TELEGRAM_HOST: &str = "api.telegram.org";
const DEFAULT_DATABASE: &str = "sqlite://keydesk.db";
/// Where the token is looked for when no variable names it: in the current folder, as the database is.
pub const TOKEN_FILE: &str = "keydesk.token";
/// Far above what a token or an address comes to.
const LARGEST_SECRET: u64 = 64 * 1024;
/// Far above what the certificates of all authorities come to.
const LARGEST_BUNDLE: u64 = 16 * 1024 * 1024;

/// Whether the token may travel in plain text beyond this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlainHttp {
    OnLoopback,
    /// `telegram.allow_plain_http = true`: the vendor vouches for the network.
    Anywhere,
}

/// Whether the bot keeps Telegram's flood limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FloodLimits {
    Telegram,
    /// `telegram.limits = "off"`: the Bot API server is this machine's own and knows none, as for measurements.
    Off,
}

/// What the environment says.
#[derive(Debug, Clone)]
pub struct Environment {
    /// The bot's token, if it is set.
    pub token: Option<Secret>,
    /// Where the token came from, or should: a variable, or the file that is read when none is set.
    pub token_place: String,
    /// `TELOXIDE_API_URL`: the Bot API server.
    pub api_url: Url,
    /// `sqlite://FILE` or `postgres://…`; may hold a password.
    pub database_url: Secret,
    /// The variable that the database's address came from, or could.
    pub database_variable: &'static str,
    /// What Telegram shows with each update that it posts, if it is set.
    pub webhook_secret: Option<Secret>,
    /// The variable that the webhook's secret came from, or should.
    pub webhook_secret_variable: &'static str,
    /// The key that serial numbers are encrypted with, if it is set here and not in the configuration file.
    pub stock_key: Option<Secret>,
    /// The variable that it came from, or could.
    pub stock_key_variable: &'static str,
    /// Files of secrets that everybody on this machine can read, by their variables.
    pub exposed: Vec<Fault>,
    /// `SSL_CERT_FILE`: certificates of authorities beside the built-in ones.
    certificates: Option<PathBuf>,
}

/// A secret's own variable, and the variable that names a file with it.
struct Source {
    direct: &'static str,
    file: &'static str,
}

const TOKEN: Source = Source { direct: "TELOXIDE_TOKEN", file: "TELOXIDE_TOKEN_FILE" };
const DATABASE: Source = Source { direct: "DATABASE_URL", file: "DATABASE_URL_FILE" };
const WEBHOOK: Source = Source { direct: "TELEGRAM_WEBHOOK_SECRET", file: "TELEGRAM_WEBHOOK_SECRET_FILE" };
const STOCK_KEY: Source = Source { direct: "KEYDESK_STOCK_KEY", file: "KEYDESK_STOCK_KEY_FILE" };
/// The ports to which Telegram posts (<https://core.telegram.org/bots/api#setwebhook>).
const WEBHOOK_PORTS: [u16; 4] = [443, 80, 88, 8443];
/// The longest secret that Telegram takes (<https://core.telegram.org/bots/api#setwebhook>).
const LONGEST_WEBHOOK_SECRET: usize = 256;
/// Whoever guesses it posts updates in anybody's name. So many signs out of 64 cannot be tried one by one, and whoever draws a secret
/// by chance makes no shorter one.
const SHORTEST_WEBHOOK_SECRET: usize = 16;

/// A secret that was found.
struct Found {
    secret: Secret,
    /// The variable that says so, or for which the file stands in.
    variable: &'static str,
    /// Where to correct it.
    place: String,
    exposed: Option<Fault>,
}

impl FloodLimits {
    pub(super) fn parse(text: &str) -> Option<FloodLimits> {
        match text {
            "telegram" => Some(FloodLimits::Telegram),
            "off" => Some(FloodLimits::Off),
            _ => None,
        }
    }
}

impl Environment {
    /// Reads the variables through `variable`, which gives a variable's value by its name.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Environment, Fault> {
        Environment::read_beside(variable, Path::new(TOKEN_FILE))
    }

    /// The same with another file of the token, which counts when no variable says otherwise.
    pub fn read_beside(variable: impl Fn(&str) -> Option<String>, token_file: &Path) -> Result<Environment, Fault> {
        let set = |name: &str| variable(name).filter(|value| !value.trim().is_empty());
        let api_url = set("TELOXIDE_API_URL").unwrap_or_else(|| TELEGRAM_API.to_owned());
        let api_url =
            Url::parse(&api_url).ok().filter(|url| matches!(url.scheme(), "http" | "https")).ok_or_else(|| {
                fault("TELOXIDE_API_URL", format!("is not a web address; use {TELEGRAM_API}, or unset it"))
            })?;
        let token = match TOKEN.find(&set)? {
            None if token_file.is_file() => Some(TOKEN.stand_in(token_file)?),
            found => found,
        };
        let database = DATABASE.find(&set)?;
        let webhook = WEBHOOK.find(&set)?;
        let stock_key = STOCK_KEY.find(&set)?;
        let exposed = [&token, &database, &webhook, &stock_key]
            .into_iter()
            .flatten()
            .filter_map(|found| found.exposed.clone())
            .collect();
        let variable_of = |found: &Option<Found>, source: Source| found.as_ref().map_or(source.direct, |f| f.variable);
        Ok(Environment {
            token_place: token.as_ref().map_or_else(|| of_variable(TOKEN.direct), |found| found.place.clone()),
            token: token.map(|found| found.secret),
            api_url,
            database_variable: variable_of(&database, DATABASE),
            database_url: database.map_or_else(|| Secret::new(DEFAULT_DATABASE.to_owned()), |found| found.secret),
            webhook_secret_variable: variable_of(&webhook, WEBHOOK),
            webhook_secret: webhook.map(|found| found.secret),
            stock_key_variable: variable_of(&stock_key, STOCK_KEY),
            stock_key: stock_key.map(|found| found.secret),
            exposed,
            certificates: set("SSL_CERT_FILE").map(PathBuf::from),
        })
    }

    /// The token, or what to do about its absence.
    pub fn required_token(&self) -> Result<&Secret, Fault> {
        let fault = |problem: &str| Fault { place: self.token_place.clone(), problem: problem.to_owned() };
        let token = self.token.as_ref().ok_or_else(|| {
            fault(
                "is not set, and this folder has no file keydesk.token; put the token from @BotFather into one of the two, or \
                 run `keydesk init`",
            )
        })?;
        if token.reveal().trim() != token.reveal() {
            return Err(fault("has a space or a line break at an end of the token; take it out"));
        }
        let well_formed = token.reveal().split_once(':').is_some_and(|(id, secret)| {
            let secret_byte = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
            !id.is_empty()
                && id.bytes().all(|b| b.is_ascii_digit())
                && !secret.is_empty()
                && secret.bytes().all(secret_byte)
        });
        if !well_formed {
            return Err(fault("is not a bot token; it looks like 123456789:AbC… and comes from @BotFather"));
        }
        Ok(token)
    }

    /// The webhook's secret, or what to do about its absence: without one, anybody could post updates in anybody's name.
    pub fn required_webhook_secret(&self) -> Result<&Secret, Fault> {
        let fault = |problem: &str| fault(self.webhook_secret_variable, problem);
        let secret = self.webhook_secret.as_ref().ok_or_else(|| {
            fault(
                "is not set; put a random text there, such as `openssl rand -hex 32` makes, for key `telegram.webhook`",
            )
        })?;
        let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
        if secret.reveal().len() > LONGEST_WEBHOOK_SECRET || !secret.reveal().bytes().all(is_allowed) {
            return Err(fault("is not what Telegram takes; use 16 to 256 Latin letters, digits, `_` and `-`"));
        }
        if secret.reveal().len() < SHORTEST_WEBHOOK_SECRET {
            return Err(fault(
                "can be guessed: it has fewer than 16 characters; put a random text there, such as `openssl rand -hex 32` makes",
            ));
        }
        Ok(secret)
    }

    /// Whether the Bot API server would post to this webhook. One on this machine posts to any.
    pub fn check_webhook(&self, webhook: &Webhook, configuration: &Path) -> Result<(), Fault> {
        let port = webhook.url.port_or_known_default().unwrap_or_default();
        let problem = match webhook.url.scheme() {
            _ if is_loopback(&self.api_url) => return Ok(()),
            // A server of the vendor's own may run with `--local`, and post to any port.
            "https" if WEBHOOK_PORTS.contains(&port) || self.api_url.host_str() != Some(TELEGRAM_HOST) => return Ok(()),
            "https" => format!("has port {port}, and Telegram posts to 443, 80, 88 and 8443 only; let the proxy listen on one of them"),
            _ => "would have updates posted over the network in plain text; let a proxy with TLS stand before the bot, and use its \
                  https address"
                .to_owned(),
        };
        Err(Fault { place: format!("{}, key `telegram.webhook`", configuration.display()), problem })
    }

    /// The Bot API server, if the token may be sent there.
    pub fn trusted_api_url(&self, plain_http: PlainHttp) -> Result<&Url, Fault> {
        if self.api_url.scheme() == "https" {
            self.check_certificates()?;
            return Ok(&self.api_url);
        }
        if is_loopback(&self.api_url) || plain_http == PlainHttp::Anywhere {
            return Ok(&self.api_url);
        }
        Err(fault(
            "TELOXIDE_API_URL",
            "would send the token over the network in plain text; use https, or, if that network is yours alone, put \
             `allow_plain_http = true` into section [telegram] of the configuration",
        ))
    }

    /// Whether the flood limits may be as the configuration file says: lifted against Telegram, a rush would have the bot
    /// shut out for minutes.
    pub fn check_limits(&self, limits: FloodLimits, configuration: &Path) -> Result<(), Fault> {
        if limits == FloodLimits::Telegram || is_loopback(&self.api_url) {
            return Ok(());
        }
        Err(Fault {
            place: format!("{}, key `telegram.limits`", configuration.display()),
            problem:
                "is \"off\", which is for a Bot API server on this machine only, and TELOXIDE_API_URL names another; \
                      remove the key to keep Telegram's limits"
                    .to_owned(),
        })
    }

    /// A file that is not there would be passed over, and the server's certificate be refused with a riddle.
    fn check_certificates(&self) -> Result<(), Fault> {
        let Some(path) = &self.certificates else { return Ok(()) };
        let fault = |problem: String| fault("SSL_CERT_FILE", problem);
        let bytes = read_at_most(path, LARGEST_BUNDLE).map_err(|error| {
            fault(format!("{} cannot be read ({error}); name a file of certificates, or unset it", path.display()))
        })?;
        let begins = b"-----BEGIN CERTIFICATE-----";
        if bytes.is_some_and(|bytes| bytes.windows(begins.len()).any(|window| window == begins)) {
            return Ok(());
        }
        Err(fault(format!("{} holds no certificate; name a file in PEM form, or unset it", path.display())))
    }
}

impl Source {
    fn find(&self, set: &impl Fn(&str) -> Option<String>) -> Result<Option<Found>, Fault> {
        match (set(self.direct), set(self.file)) {
            (Some(_), Some(_)) => {
                Err(fault(self.file, format!("is set as well as {}; unset one of the two", self.direct)))
            }
            (Some(text), None) => Ok(Some(Found {
                secret: Secret::new(text),
                variable: self.direct,
                place: of_variable(self.direct),
                exposed: None,
            })),
            (None, Some(path)) => {
                let path = Path::new(&path);
                self.read(path, of_variable(self.file), |problem| {
                    fault(self.file, format!("{} {problem}", path.display()))
                })
                .map(Some)
            }
            (None, None) => Ok(None),
        }
    }

    /// Reads the file that holds it when no variable is set, and which is all that there is to be named.
    fn stand_in(&self, path: &Path) -> Result<Found, Fault> {
        let place = path.display().to_string();
        self.read(path, place.clone(), |problem| Fault { place: place.clone(), problem })
    }

    /// Reads a secret's file; what stands around the text, as editors and `echo` leave it, goes.
    fn read(&self, path: &Path, place: String, fault: impl Fn(String) -> Fault) -> Result<Found, Fault> {
        let bytes = read_at_most(path, LARGEST_SECRET)
            .map_err(|error| fault(format!("cannot be read ({error}); name a file that you may read, or unset it")))?
            .ok_or_else(|| fault("is too large; name a file that holds nothing but the secret".to_owned()))?;
        let text = String::from_utf8(bytes).map_err(|_| fault("is not text; save it as UTF-8".to_owned()))?;
        let text = text.trim_start_matches('\u{feff}').trim();
        if text.is_empty() {
            return Err(fault(format!("is empty; put the value of {} there", self.direct)));
        }
        let exposed = is_for_everybody(path).then(|| {
            fault("can be read by everybody on this machine; make it the bot's alone with chmod 600".to_owned())
        });
        Ok(Found { secret: Secret::new(text.to_owned()), variable: self.file, place, exposed })
    }
}

pub(super) fn is_for_everybody(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o004 != 0)
}

fn fault(variable: &str, problem: impl Into<String>) -> Fault {
    Fault { place: of_variable(variable), problem: problem.into() }
}

fn of_variable(variable: &str) -> String {
    format!("environment, {variable}")
}

/// Whether an address is this machine's own.
pub fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn environment(variables: &[(&str, &str)]) -> Result<Environment, Fault> {
        Environment::read(|name| variables.iter().find(|(set, _)| *set == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn a_token_is_never_shown() {
        let sound = environment(&[("TELOXIDE_TOKEN", "123:secret")]).unwrap();
        assert_eq!(sound.required_token().unwrap().reveal(), "123:secret");
        assert!(!format!("{sound:?}").contains("123:"));
        let wrong = environment(&[("TELOXIDE_TOKEN", "a secret")]).unwrap();
        assert!(!wrong.required_token().unwrap_err().to_string().contains("secret"));
    }

    #[test]
    fn a_secret_may_come_from_a_file_and_then_its_variable_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token");
        for written in ["123:secret", "123:secret\n", "\u{feff} 123:secret \r\n"] {
            fs::write(&path, written).unwrap();
            let found = environment(&[("TELOXIDE_TOKEN_FILE", path.to_str().unwrap())]).unwrap();
            assert_eq!(found.required_token().unwrap().reveal(), "123:secret", "{written:?}");
        }
        fs::write(&path, "a secret").unwrap();
        let wrong = environment(&[("TELOXIDE_TOKEN_FILE", path.to_str().unwrap())]).unwrap();
        let sentence = wrong.required_token().unwrap_err().to_string();
        assert!(sentence.starts_with("environment, TELOXIDE_TOKEN_FILE: is not a bot token;"), "{sentence}");
        assert_eq!(wrong.database_url.reveal(), DEFAULT_DATABASE);
    }

    #[test]
    fn a_file_of_a_secret_that_is_no_good_is_named_with_the_remedy() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("address");
        let refusal = |more: &[(&str, &str)]| {
            let named = [&[("DATABASE_URL_FILE", path.to_str().unwrap())], more].concat();
            environment(&named).unwrap_err().to_string().replace(folder.path().to_str().unwrap(), "FOLDER")
        };
        let mut told = vec![refusal(&[("DATABASE_URL", "sqlite://a.db")]), refusal(&[])];
        for content in [&b" \r\n"[..], b"postgres://\xff", &[b'a'; 70_000]] {
            fs::write(&path, content).unwrap();
            told.push(refusal(&[]));
        }
        insta::assert_snapshot!(told.join("\n"));
    }

    #[test]
    fn a_file_of_a_secret_that_everybody_can_read_is_remarked_on() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token");
        fs::write(&path, "123:secret").unwrap();
        let exposed = |mode: u32| {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            environment(&[("TELOXIDE_TOKEN_FILE", path.to_str().unwrap())]).unwrap().exposed.len()
        };
        assert_eq!([exposed(0o600), exposed(0o640), exposed(0o644)], [0, 0, 1]);
    }

    #[test]
    fn plain_http_stays_on_this_machine_unless_it_is_allowed() {
        let trusts = |url: &str, plain_http| {
            environment(&[("TELOXIDE_API_URL", url)]).unwrap().trusted_api_url(plain_http).is_ok()
        };
        for own in ["http://127.0.0.1:8081", "http://localhost:8081", "http://[::1]/", "https://bot-api.example.com"] {
            assert!(trusts(own, PlainHttp::OnLoopback), "{own}");
        }
        for other in
            ["http://api.telegram.org", "http://10.0.0.5:8081", "http://localhost.example.com", "http://bot-api"]
        {
            assert!(!trusts(other, PlainHttp::OnLoopback), "{other}");
            assert!(trusts(other, PlainHttp::Anywhere), "{other}");
        }
    }
}
