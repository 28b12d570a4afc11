//! The example of a proxy that has the certificate, between Telegram and the bot.

use std::path::Path;
use std::process::Command;

use keydesk_emulator::Setup;

use super::crowd::Customer;
use crate::support::detours::AUTHORITY;
use crate::support::program::{Premises, Program, free_port};

const EXAMPLE: &str = include_str!("../../../docs/webhook/nginx.conf");
/// What the example stands in, of which every installation has its own. One process, which dies with the test.
const AROUND: &str = "daemon off; master_process off; pid FOLDER/nginx.pid; error_log stderr; events {}
http { access_log off; client_body_temp_path FOLDER/body; proxy_temp_path FOLDER/proxy; fastcgi_temp_path FOLDER/fastcgi;
uwsgi_temp_path FOLDER/uwsgi; scgi_temp_path FOLDER/scgi; include FOLDER/example.conf; }";

/// nginx with the committed example, whose names and ports are the test's.
fn nginx(premises: &Premises, listen: u16, bot: u16) -> Program {
    let tls = Path::new(AUTHORITY).parent().unwrap().display().to_string();
    let mut example = EXAMPLE.to_owned();
    for (theirs, ours) in [
        ("127.0.0.1:8443 ", format!("127.0.0.1:{bot} ")),
        ("listen 443 ssl", format!("listen 127.0.0.1:{listen} ssl")),
        ("server_name bot.example.com", "server_name localhost".to_owned()),
        ("/etc/letsencrypt/live/bot.example.com/fullchain.pem", format!("{tls}/server.pem")),
        ("/etc/letsencrypt/live/bot.example.com/privkey.pem", format!("{tls}/server.key")),
        ("deny all", "allow 127.0.0.1; deny all".to_owned()),
    ] {
        assert!(example.contains(theirs), "the example has no {theirs}");
        example = example.replace(theirs, &ours);
    }
    premises.writes("example.conf", &example);
    let folder = premises.file("").display().to_string();
    premises.writes("nginx.conf", &AROUND.replace("FOLDER/", &folder));
    // Debian keeps it out of other users' PATH.
    let known = Path::new("/usr/sbin/nginx");
    let mut command = Command::new(if known.exists() { known } else { Path::new("nginx") });
    Program::start(command.args(["-e", "stderr", "-c"]).arg(premises.file("nginx.conf")))
}

#[tokio::test]
async fn the_example_for_nginx_posts_on_what_telegram_posts() {
    let authority = std::fs::read(AUTHORITY).unwrap();
    let premises = Premises::with_bot_api(Setup { webhook_authority: Some(authority), ..Setup::loopback() }).await;
    let (proxy, port) = (free_port(), free_port());
    premises.posts_to(&format!("https://localhost:{proxy}/telegram"), port);
    let _nginx = nginx(&premises, proxy, port);
    let bot = premises.runs().await;
    let [anna, boris] = [101, 102].map(|id| Customer::new(&premises.emulator, id));
    assert_eq!(anna.orders_typed("sp-1 50").await, 1);
    bot.ends_well().await;
    let (number, bot) = tokio::join!(boris.orders_typed("sp-1 100"), premises.runs());
    assert_eq!(number, 2);
    bot.ends_well().await;
}
