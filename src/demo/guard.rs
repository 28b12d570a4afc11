//! Keeps other web sites away: the page is for the browser on this computer only.
//!
//! A hostile site can point its own name at 127.0.0.1 (DNS rebinding) or post a form across origins. So every request
//! must name a loopback host, and every action must come from a page of that very host.

use super::refusal::Refusal;
use axum::extract::Request;
use axum::http::header::{
    CONTENT_SECURITY_POLICY, HOST, HeaderMap, HeaderName, HeaderValue, ORIGIN, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::uri::Authority;
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::IpAddr;

const HEADERS: [(HeaderName, &str); 4] = [
    (
        CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; \
         form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Refuses what does not come from this computer's own page, and puts the page's protection on every answer.
pub(super) async fn guard(request: Request, next: Next) -> Response {
    let mut response = match admit(request.method(), request.headers()) {
        Admission::Admitted => next.run(request).await,
        Admission::ForeignHost => (StatusCode::FORBIDDEN, include_str!("page/foreign_host.txt")).into_response(),
        Admission::ForeignOrigin => Refusal::ForeignOrigin.into_response(),
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

#[derive(Debug, PartialEq, Eq)]
enum Admission {
    Admitted,
    ForeignHost,
    ForeignOrigin,
}

fn admit(method: &Method, headers: &HeaderMap) -> Admission {
    let Some(host) = text(headers, HOST).filter(|host| is_loopback(host)) else {
        return Admission::ForeignHost;
    };
    if method == Method::GET || method == Method::HEAD {
        return Admission::Admitted;
    }
    let own = text(headers, ORIGIN).and_then(|origin| origin.strip_prefix("http://")) == Some(host);
    if own { Admission::Admitted } else { Admission::ForeignOrigin }
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

fn is_loopback(host: &str) -> bool {
    let Ok(authority) = host.parse::<Authority>() else {
        return false;
    };
    let name = authority.host();
    let address = name.trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost") || address.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::{Admission, admit, is_loopback};
    use axum::http::header::{HOST, ORIGIN};
    use axum::http::{HeaderMap, HeaderValue, Method};

    #[test]
    fn only_names_of_this_computer_are_loopback() {
        for own in ["localhost", "LOCALHOST:80", "127.0.0.1:8080", "127.1.2.3", "[::1]:9000"] {
            assert!(is_loopback(own), "{own}");
        }
        for foreign in ["", "example.com", "localhost.example.com", "127.0.0.1.example.com", "10.0.0.1", "[::2]", "a b"]
        {
            assert!(!is_loopback(foreign), "{foreign}");
        }
    }

    #[test]
    fn an_action_needs_the_origin_of_its_own_host() {
        let headers = |origin: Option<&'static str>| {
            let mut headers = HeaderMap::new();
            headers.insert(HOST, HeaderValue::from_static("127.0.0.1:8080"));
            if let Some(origin) = origin {
                headers.insert(ORIGIN, HeaderValue::from_static(origin));
            }
            headers
        };
        let own = headers(Some("http://127.0.0.1:8080"));
        assert_eq!(admit(&Method::POST, &own), Admission::Admitted);
        for foreign in [None, Some("null"), Some("http://example.com"), Some("http://127.0.0.1:9")] {
            assert_eq!(admit(&Method::POST, &headers(foreign)), Admission::ForeignOrigin);
        }
        assert_eq!(admit(&Method::GET, &headers(None)), Admission::Admitted);
        assert_eq!(admit(&Method::GET, &HeaderMap::new()), Admission::ForeignHost);
    }
}
