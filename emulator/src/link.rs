//! Which links Telegram accepts, and how it writes them.

/// The link as Telegram stores it, or why it is refused.
pub fn checked(link: &str) -> Result<String, String> {
    normalised(link, Schemes::Any).map_err(|why| format!("URL '{link}' is invalid: {why}"))
}

/// The same where nothing but HTTPS is taken: logins and web apps.
pub fn checked_https(link: &str) -> Result<String, String> {
    normalised(link, Schemes::HttpsOnly).map_err(|why| format!("URL '{link}' is invalid: {why}"))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Schemes {
    Any,
    HttpsOnly,
}

/// The user of a `tg://user?id=…` link.
pub fn user_of(link: &str) -> Option<i64> {
    let lower = link.to_lowercase();
    let rest = lower.strip_prefix("tg://").or_else(|| lower.strip_prefix("tg:"))?;
    let query = rest.strip_prefix("user?")?;
    query.split('&').find_map(|pair| pair.strip_prefix("id=")).and_then(|id| id.parse().ok()).filter(|id| *id > 0)
}

fn normalised(link: &str, schemes: Schemes) -> Result<String, &'static str> {
    let link = link.trim();
    if link.len() >= 3 && link.to_lowercase().starts_with("tg:") {
        return match schemes {
            Schemes::Any => Ok(link.to_owned()),
            Schemes::HttpsOnly => Err("Only HTTPS links are allowed"),
        };
    }
    let (scheme, rest) = match link.split_once("://") {
        Some((scheme, rest)) => (scheme.to_lowercase(), rest),
        None => ("http".to_owned(), link),
    };
    if scheme != "http" && scheme != "https" {
        return Err("Unsupported URL protocol");
    }
    let cut = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(cut);
    let host = authority.rsplit_once('@').map_or(authority, |(_, h)| h);
    let (host, port) = match host.rsplit_once(':') {
        Some((host, port)) if !host.contains('[') || host.ends_with(']') => (host, Some(port)),
        _ => (host, None),
    };
    if host.is_empty() {
        return Err("URL host is empty");
    }
    if port.is_some_and(|port| !matches!(port.parse::<u16>(), Ok(1..))) {
        return Err("Wrong port number specified in the URL");
    }
    if schemes == Schemes::HttpsOnly && scheme != "https" {
        return Err("Only HTTPS links are allowed");
    }
    if host.contains([' ', '<', '>', '"', '%']) || host.starts_with('.') || host.ends_with('.') {
        return Err("Wrong HTTP URL");
    }
    if !host.contains('.') && !host.starts_with('[') {
        return Err("Wrong HTTP URL");
    }
    let slash = if path.starts_with('/') { "" } else { "/" };
    let port = port.map(|port| format!(":{port}")).unwrap_or_default();
    Ok(format!("{scheme}://{}{port}{slash}{path}", host.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::{checked, checked_https, user_of};

    #[test]
    fn a_link_is_written_with_its_scheme_and_path() {
        assert_eq!(checked("Example.com"), Ok("http://example.com/".into()));
        assert_eq!(checked("https://example.com?a=1"), Ok("https://example.com/?a=1".into()));
    }

    #[test]
    fn bad_links_are_refused_with_telegrams_words() {
        assert_eq!(checked("http://localhost/x"), Err("URL 'http://localhost/x' is invalid: Wrong HTTP URL".into()));
        assert_eq!(
            checked("ftp://example.com"),
            Err("URL 'ftp://example.com' is invalid: Unsupported URL protocol".into())
        );
        for link in ["example.com", "http://example.com", "tg://resolve?domain=x"] {
            assert_eq!(checked_https(link), Err(format!("URL '{link}' is invalid: Only HTTPS links are allowed")));
        }
        assert_eq!(checked("https://"), Err("URL 'https://' is invalid: URL host is empty".into()));
    }

    #[test]
    fn a_user_link_names_its_user() {
        assert_eq!(user_of("tg://user?id=42"), Some(42));
        assert_eq!(user_of("tg://resolve?domain=x"), None);
    }
}
