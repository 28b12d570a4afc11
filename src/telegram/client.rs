//! Calls to the Bot API: teloxide's payloads over our own HTTP.
//!
//! teloxide's `Bot` sleeps ten seconds on every 5xx, matches errors by whole strings and shows the token in its debug
//! form; the bot needs to know at once, and exactly, whether a call may have taken effect.

use std::sync::Arc;
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{RequestBuilder, StatusCode, Url, retry};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Serialize};
use teloxide::requests::Payload;
use tokio::sync::Notify;

use super::call_error::CallError;
use super::novelty::Unknown;
use super::refusal::{About, about};
use crate::config::{Secret, is_loopback};
use crate::domain::ChatId;
use crate::domain::typed::clean_line;
use crate::metrics::{CallOutcome, Calls};

/// How long an ordinary call may take; Telegram answers within a second. Shorter than the time that delivery gives a
/// redraw, so that a call that hangs is known for what it is.
pub(super) const CALL_TIMEOUT: Duration = Duration::from_secs(8);
/// How long connecting may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// Longest rest that a 429 is believed; Telegram has been seen to ask for some minutes.
const LONGEST_REST: Duration = Duration::from_secs(3_600);
/// Characters of an error's description that are worth keeping.
const LONGEST_DESCRIPTION: usize = 300;
/// Largest answer that is read; a hundred updates of 4096 characters are far below.
pub(super) const LARGEST_ANSWER: usize = 16 * 1024 * 1024;

/// A client of one bot. Its debug form shows no token.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    methods: Arc<Url>,
    files: Arc<Url>,
    secret: Secret,
    /// Told when a call was refused as if the token were wrong.
    pub(super) refused: Arc<Notify>,
    /// What its server does not know.
    pub(super) unknown: Arc<Unknown>,
    calls: Calls,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("host", &self.methods.host_str()).finish_non_exhaustive()
    }
}

/// What the Bot API answers (<https://core.telegram.org/bots/api#making-requests>). `ok` is required: a gateway's JSON
/// is not a verdict.
#[derive(Deserialize)]
struct Answer<R> {
    ok: bool,
    result: Option<R>,
    error_code: Option<u16>,
    #[serde(default)]
    description: String,
    #[serde(default)]
    parameters: Parameters,
}

#[derive(Deserialize, Default)]
struct Parameters {
    migrate_to_chat_id: Option<i64>,
    retry_after: Option<u64>,
}

impl Client {
    /// A client for the bot with this token at this server.
    pub fn new(api_url: &Url, token: &Secret) -> Result<Client, CallError> {
        let mut http = reqwest::Client::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(CALL_TIMEOUT)
            // A redirected call would show the token to somebody else.
            .redirect(Policy::none())
            // Whether a call may be made again is for its caller to say.
            .retry(retry::never());
        if is_loopback(api_url) {
            // So would a proxy of the environment, which cannot reach this machine's own server anyway.
            http = http.no_proxy();
        }
        if api_url.scheme() == "http" {
            // Reading the machine's certificates takes a while, and nobody would look at them.
            http = http.tls_built_in_root_certs(false);
        }
        let http = http.build().map_err(|error| CallError::NotSent(error.without_url().to_string()))?;
        let below = |folder: &str| {
            let mut url = api_url.clone();
            url.set_path(&format!("{}/{folder}{}/", api_url.path().trim_end_matches('/'), token.reveal()));
            Arc::new(url)
        };
        Ok(Client {
            http,
            methods: below("bot"),
            files: below("file/bot"),
            secret: token.clone(),
            refused: Arc::default(),
            unknown: Arc::default(),
            calls: Calls::default(),
        })
    }

    /// How many calls came to what.
    pub fn calls(&self) -> &Calls {
        &self.calls
    }

    /// Makes a call and reads from its result what `R` needs.
    pub async fn call<P, R>(&self, payload: &P) -> Result<R, CallError>
    where
        P: Payload + Serialize,
        R: DeserializeOwned,
    {
        self.post(P::NAME, payload).await
    }

    pub(super) async fn post<R: DeserializeOwned>(
        &self,
        method: &str,
        payload: &impl Serialize,
    ) -> Result<R, CallError> {
        self.send(self.method(method)?.json(payload)).await
    }

    /// A request of a method, without its parameters. It has the time of an ordinary call unless it is given another.
    pub(super) fn method(&self, name: &str) -> Result<RequestBuilder, CallError> {
        let mut url = Url::clone(&self.methods);
        // Not joined: that would parse the whole address for each call.
        let mut path = url.path_segments_mut().map_err(|()| CallError::Rejected(format!("no method {name}")))?;
        path.pop_if_empty().push(name);
        drop(path);
        Ok(self.http.post(url))
    }

    /// Sends the request of a method and reads its result.
    pub(super) async fn send<R: DeserializeOwned>(&self, request: RequestBuilder) -> Result<R, CallError> {
        let answer = self.exchange(request).await?;
        let too_large = || self.counted(CallError::Ambiguous("the answer is too large".to_owned()));
        self.result(&answer.ok_or_else(too_large)?)
    }

    /// Status and body of the answer; `None` if that is too large.
    pub(super) async fn exchange(&self, request: RequestBuilder) -> Result<Option<(StatusCode, Vec<u8>)>, CallError> {
        let exchanged = async {
            let response = request.send().await.map_err(unsent)?;
            let status = response.status();
            Ok(body(response, LARGEST_ANSWER).await?.map(|body| (status, body)))
        };
        exchanged.await.map_err(|error| self.counted(error))
    }

    fn counted(&self, error: CallError) -> CallError {
        self.calls.count(error.outcome());
        error
    }

    pub(super) fn result<R: DeserializeOwned>(&self, (status, body): &(StatusCode, Vec<u8>)) -> Result<R, CallError> {
        match read(*status, body) {
            Ok(result) => {
                self.calls.count(CallOutcome::Done);
                Ok(result)
            }
            Err(error) => {
                if error == CallError::Unauthorized {
                    self.refused.notify_one();
                }
                Err(self.discreet(self.counted(error)))
            }
        }
    }

    /// What sends requests; it follows no redirect.
    pub(super) fn http(&self) -> &reqwest::Client {
        &self.http
    }

    /// The folder of the bot's files; the address holds the token.
    pub(super) fn files(&self) -> &Url {
        &self.files
    }

    pub(super) fn token(&self) -> &Secret {
        &self.secret
    }

    /// The error without the token.
    pub(super) fn discreet(&self, error: CallError) -> CallError {
        error.without(&self.secret)
    }
}

/// The body of a response, unless it is longer than `limit` bytes.
pub(super) async fn body(mut response: reqwest::Response, limit: usize) -> Result<Option<Vec<u8>>, CallError> {
    // A buffer that grows by doubling would take twice the bytes of a large file, and the former ones beside them.
    let announced = response.content_length().map_or(0, |length| usize::try_from(length).unwrap_or(usize::MAX));
    if announced > limit {
        return Ok(None);
    }
    let mut body = Vec::with_capacity(announced);
    // The address holds the token, so no error is shown with it.
    let broken = |error: reqwest::Error| CallError::Ambiguous(error.without_url().to_string());
    while let Some(chunk) = response.chunk().await.map_err(broken)? {
        if body.len() + chunk.len() > limit {
            return Ok(None);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Some(body))
}

/// Why nothing came back.
pub(super) fn unsent(error: reqwest::Error) -> CallError {
    let reason = root_cause(&error);
    if error.is_connect() || error.is_builder() { CallError::NotSent(reason) } else { CallError::Ambiguous(reason) }
}

/// The innermost cause: `connection refused` says more than `error sending request`, and holds no address.
fn root_cause(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "timed out".to_owned();
    }
    let mut cause: Option<&dyn std::error::Error> = std::error::Error::source(error);
    let mut reason = "no connection".to_owned();
    while let Some(inner) = cause {
        reason = inner.to_string();
        cause = inner.source();
    }
    reason
}

/// The result in an answer of the Bot API, or its refusal.
pub(super) fn read<R: DeserializeOwned>(status: StatusCode, body: &[u8]) -> Result<R, CallError> {
    let unclear = || CallError::Ambiguous(format!("HTTP status {status}"));
    let answer: Answer<R> = serde_json::from_slice(body).map_err(|error| {
        let is_verdict = serde_json::from_slice(body).is_ok_and(|answer: Answer<IgnoredAny>| answer.ok);
        if is_verdict { CallError::Ambiguous(error.to_string()) } else { unclear() }
    })?;
    match (answer.ok, answer.result, answer.error_code) {
        (true, Some(result), _) => Ok(result),
        (false, _, Some(code)) => {
            Err(classify(code, clean_line(&answer.description, LONGEST_DESCRIPTION), &answer.parameters))
        }
        _ => Err(unclear()),
    }
}

/// Sorts an error by its code and what its description says.
fn classify(code: u16, description: String, parameters: &Parameters) -> CallError {
    if let Some(seconds) = parameters.retry_after {
        return CallError::Flood(Duration::from_secs(seconds).min(LONGEST_REST));
    }
    if let Some(chat) = parameters.migrate_to_chat_id {
        return CallError::Moved(ChatId(chat));
    }
    match code {
        401 | 404 if !description.starts_with("Bad Request") => CallError::Unauthorized,
        409 => CallError::Conflict(description),
        429 => CallError::Flood(Duration::from_secs(1)),
        500.. => CallError::Ambiguous(description),
        _ => match about(&description) {
            About::NoChange => CallError::NotModified,
            About::Message => CallError::MessageGone(description),
            About::Reader => CallError::Deactivated(description),
            About::FileKind => CallError::FileForbidden(description),
            About::File => CallError::FileRefused(description),
            About::Text => CallError::Rejected(description),
            About::Chat => CallError::Blocked(description),
            // Whatever a 403 says, it is about who may write where.
            About::Unknown if code == 403 => CallError::Blocked(description),
            About::Unknown => CallError::Unexplained(description),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telegram::polling::Patience;

    fn error(code: u16, description: &str) -> CallError {
        let body = format!(r#"{{"ok":false,"error_code":{code},"description":"{description}"}}"#);
        read::<i32>(StatusCode::OK, body.as_bytes()).unwrap_err()
    }

    #[test]
    fn errors_are_sorted_by_what_to_do_about_them() {
        assert_eq!(error(401, "Unauthorized"), CallError::Unauthorized);
        assert_eq!(error(404, "Not Found"), CallError::Unauthorized);
        assert_eq!(
            error(400, "Bad Request: message is not modified: specified new message content"),
            CallError::NotModified
        );
        assert!(matches!(error(400, "Bad Request: message to edit not found"), CallError::MessageGone(_)));
        assert!(matches!(error(400, "Bad Request: message can't be edited"), CallError::MessageGone(_)));
        assert!(matches!(error(403, "Forbidden: bot was blocked by the user"), CallError::Blocked(_)));
        assert!(matches!(error(403, "Forbidden: user is deactivated"), CallError::Deactivated(_)));
        assert!(matches!(error(400, "Bad Request: can't parse entities: x"), CallError::Rejected(_)));
        assert!(matches!(error(502, "Bad Gateway"), CallError::Ambiguous(_)));
        let moved = br#"{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded","parameters":{"migrate_to_chat_id":-1005}}"#;
        assert_eq!(read::<i32>(StatusCode::BAD_REQUEST, moved), Err(CallError::Moved(ChatId(-1005))));
        let flood = br#"{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 7","parameters":{"retry_after":7}}"#;
        assert_eq!(read::<i32>(StatusCode::OK, flood), Err(CallError::Flood(Duration::from_secs(7))));
        let rest = br#"{"ok":false,"error_code":429,"parameters":{"retry_after":10000000000000}}"#;
        assert_eq!(read::<i32>(StatusCode::OK, rest), Err(CallError::Flood(LONGEST_REST)));
    }

    #[test]
    fn only_the_bot_api_itself_gives_a_verdict() {
        for (status, body) in [
            (502, "<html>"),
            (200, "{\"ok\":false}"),
            (200, "{\"ok\":true,\"result\":null}"),
            (403, "{\"message\":\"Forbidden by a gateway\"}"),
            (404, "{\"detail\":\"Not Found\"}"),
        ] {
            let answer = read::<i32>(StatusCode::from_u16(status).unwrap(), body.as_bytes());
            assert!(matches!(answer, Err(CallError::Ambiguous(_))), "{status} {body}: {answer:?}");
        }
        let token = Secret::new("123:very-secret".to_owned());
        let echoed = error(400, "Bad Request: bot123:very-secret").without(&token);
        assert_eq!(echoed, CallError::Unexplained("Bad Request: bot…".to_owned()));
    }

    #[tokio::test]
    async fn no_error_and_no_debug_form_shows_the_token() {
        let token = Secret::new("123:very-secret".to_owned());
        // Port 1 of the loopback refuses connections.
        let client = Client::new(&Url::parse("http://127.0.0.1:1").unwrap(), &token).unwrap();
        let error = client.updates(0, 1, Patience::LongPoll).await.err().unwrap();
        assert!(matches!(error, CallError::NotSent(_)), "{error:?}");
        assert!(!format!("{client:?} {error:?} {error}").contains("very-secret"));
    }
}
