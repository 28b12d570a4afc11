//! HTTP to this machine.

/// A client that trusts no certificate and asks no proxy: reading those of the machine takes longer than a small test.
pub fn http() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().tls_built_in_root_certs(false).build().unwrap()
}
