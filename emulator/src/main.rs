//! The emulator as a program of its own.

use std::io::{self, ErrorKind, IsTerminal, Write, stderr};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::str::FromStr;

use anyhow::{Context, anyhow};
use clap::Parser;
use keydesk_emulator::{Bot, Emulator, FloodLimits, Setup, WebhookRules};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tracing::Level;

/// A strict emulator of the Telegram Bot API
///
/// It prints its address as one line on standard output, and serves until Ctrl-C or SIGTERM.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// Where to listen; port 0 takes any free port
    #[arg(long, value_name = "IP:PORT", default_value = "127.0.0.1:0", value_parser = address)]
    listen: SocketAddr,
    /// The only token that is accepted; make one up, such as 42:secret
    #[arg(long, default_value_t = Token::made_up())]
    token: Token,
    /// Let webhooks have any address, plain http on loopback too, as Telegram's server does with its option of this name
    #[arg(long)]
    local: bool,
}

fn address(text: &str) -> Result<SocketAddr, &'static str> {
    text.parse().map_err(|_| "it needs an IP address with a port, such as 127.0.0.1:8081")
}

/// A bot's token, which begins with the bot's id.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Token {
    bot: i64,
    text: String,
}

impl Token {
    fn made_up() -> Self {
        let Setup { token, bot, .. } = Setup::loopback();
        Self { bot: bot.id, text: token }
    }
}

impl FromStr for Token {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let remedy = "it needs a number, a colon and a secret of letters, digits, - and _, such as 42:secret";
        let (bot, secret) = text.split_once(':').ok_or(remedy)?;
        let bot = bot.parse().ok().filter(|bot| *bot > 0).ok_or(remedy)?;
        let is_allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if secret.is_empty() || !secret.chars().all(is_allowed) {
            return Err(remedy);
        }
        Ok(Self { bot, text: text.to_owned() })
    }
}

impl std::fmt::Display for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // Standard output carries the address and nothing else.
    tracing_subscriber::fmt().with_max_level(Level::WARN).with_writer(stderr).with_ansi(stderr().is_terminal()).init();
    match serve(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("keydesk-emulator: {error:#}");
            ExitCode::FAILURE
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn serve(arguments: Arguments) -> anyhow::Result<()> {
    // Whoever reads the address may stop the program at once, so it listens to signals first.
    let mut terminate = listen_to(SignalKind::terminate())?;
    let mut interrupt = listen_to(SignalKind::interrupt())?;
    let listen = arguments.listen;
    let emulator = Emulator::start(setup(arguments)).await.map_err(|error| no_listener(listen, &error))?;
    announce(&emulator).context("the address cannot be written to standard output")?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    emulator.stop();
    Ok(())
}

fn listen_to(kind: SignalKind) -> anyhow::Result<Signal> {
    signal(kind).context("the system does not hand over its signals")
}

fn setup(Arguments { listen, token, local }: Arguments) -> Setup {
    let by_default = Setup::loopback();
    Setup {
        listen,
        token: token.text,
        bot: Bot { id: token.bot, ..by_default.bot },
        limits: Some(FloodLimits::default()),
        webhook_rules: if local { WebhookRules::Local } else { WebhookRules::Telegram },
        ..by_default
    }
}

fn no_listener(address: SocketAddr, error: &io::Error) -> anyhow::Error {
    match error.kind() {
        ErrorKind::AddrInUse => anyhow!("{address} is taken; stop what uses it, or choose another port with --listen"),
        ErrorKind::PermissionDenied => anyhow!("{address} is not permitted; choose a port above 1023 with --listen"),
        ErrorKind::AddrNotAvailable => {
            anyhow!("{address} is no address of this machine; choose one that is with --listen, such as 127.0.0.1:0")
        }
        _ => anyhow!("{address} cannot be used ({error}); choose another address with --listen"),
    }
}

fn announce(emulator: &Emulator) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{}", emulator.url())?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::Token;

    #[test]
    fn a_token_begins_with_the_id_of_its_bot() {
        assert_eq!("42:a-B_9".parse(), Ok(Token { bot: 42, text: "42:a-B_9".to_owned() }));
        assert_eq!(Token::made_up().to_string().parse(), Ok(Token::made_up()));
        for bad in ["", "42", "42:", ":a", "a:b", "0:a", "-1:a", "42:a/b", "42:a b"] {
            assert!(bad.parse::<Token>().is_err(), "{bad}");
        }
    }
}
