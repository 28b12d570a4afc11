//! Section `[http]`.

use std::net::SocketAddr;

use serde::Deserialize;

/// Where health and figures are served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Http {
    pub listen: SocketAddr,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HttpForm {
    listen: String,
}

impl HttpForm {
    pub(super) const REMEDY: &str = "use an IP address with a port, such as \"127.0.0.1:9464\"";

    pub(super) fn read(&self) -> Option<Http> {
        Some(Http { listen: self.listen.parse().ok()? })
    }
}
