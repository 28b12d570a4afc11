//! Files fetched from servers that lie, break off or answer nonsense.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use keydesk::telegram::{CallError, Download};

use super::{ENOUGH, assert_discreet, client};

/// A server that answers calls with this file, and whoever fetches it as it is told; it remembers what it was asked.
struct Hostile {
    url: String,
    asked: Arc<Mutex<Vec<String>>>,
}

const TOKEN: &str = "123:very-secret";

impl Hostile {
    async fn serving<R: IntoResponse>(
        file: &str,
        file_route: impl Fn() -> R + Clone + Send + Sync + 'static,
    ) -> Hostile {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let answer = format!(r#"{{"ok":true,"result":{file}}}"#);
        let remembered = Arc::clone(&asked);
        let app = axum::Router::new().fallback(move |request: Request| {
            let path = request.uri().path().to_owned();
            remembered.lock().unwrap().push(path.clone());
            let response: Response = match *request.method() {
                Method::POST => answer.clone().into_response(),
                _ => file_route().into_response(),
            };
            async move { response }
        });
        tokio::spawn(async move { axum::serve(listener, app).await });
        Hostile { url, asked }
    }

    async fn gives(&self, limit: usize) -> Result<Download, CallError> {
        let outcome = client(&self.url, TOKEN).download("id", limit).await;
        if let Err(error) = &outcome {
            assert_discreet(error, TOKEN);
        }
        outcome
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

#[tokio::test]
async fn a_path_that_leads_out_of_the_bots_files_is_not_followed() {
    for path in ["../getMe", "a/../../x", "/etc/passwd", "https://127.0.0.1:1/x", "//127.0.0.1:1/x", "", "."] {
        let server = Hostile::serving(&format!(r#"{{"file_path":"{path}"}}"#), || "stolen").await;
        assert!(matches!(server.gives(ENOUGH).await, Err(CallError::Rejected(_))), "{path}");
        assert_eq!(server.asked(), [format!("/bot{TOKEN}/GetFile")], "{path}");
    }
    let server = Hostile::serving(r#"{"file_path":"a?b/%2e%2e/c"}"#, || "file").await;
    assert_eq!(server.gives(ENOUGH).await, Ok(Download::Whole(b"file".to_vec())));
    assert_eq!(server.asked()[1], format!("/file/bot{TOKEN}/a%3Fb/%252e%252e/c"));
}

#[tokio::test]
async fn a_server_behind_a_prefix_keeps_its_files_behind_it_too() {
    let server = Hostile::serving(r#"{"file_path":"documents/file_1"}"#, || "file").await;
    let behind = client(&format!("{}/telegram/", server.url), TOKEN);
    assert_eq!(behind.download("id", ENOUGH).await, Ok(Download::Whole(b"file".to_vec())));
    let paths = ["bot123:very-secret/GetFile", "file/bot123:very-secret/documents/file_1"];
    assert_eq!(server.asked(), paths.map(|path| format!("/telegram/{path}")));
}

#[tokio::test]
async fn a_file_that_is_larger_than_it_claims_is_cut_off() {
    let endless = || Body::from_stream(futures_util::stream::repeat_with(|| Ok::<_, std::io::Error>(vec![0; 65_536])));
    let server = Hostile::serving(r#"{"file_path":"a","file_size":1}"#, endless).await;
    assert_eq!(server.gives(ENOUGH).await, Ok(Download::TooLarge));
    let claims_more = Hostile::serving(r#"{"file_path":"a","file_size":99999999999}"#, endless).await;
    assert_eq!(claims_more.gives(ENOUGH).await, Ok(Download::TooLarge));
    assert_eq!(claims_more.asked().len(), 1);
}

#[tokio::test]
async fn whatever_comes_instead_of_a_file_is_no_file_and_does_not_revoke_the_token() {
    let not_found = r#"{"ok":false,"error_code":404,"description":"Not Found"}"#;
    for (status, body) in [(404, not_found), (404, "<html>"), (502, "<html>"), (204, ""), (206, "part")] {
        let status = StatusCode::from_u16(status).unwrap();
        let server = Hostile::serving(r#"{"file_path":"a"}"#, move || (status, body)).await;
        // The limit is for files: a refusal may be longer.
        assert!(matches!(server.gives(3).await, Err(CallError::Ambiguous(_))), "{status} {body}");
        assert_eq!(server.asked().len(), 2, "{status} {body}");
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let away = || (StatusCode::FOUND, [(header::LOCATION, "http://127.0.0.1:1/very-secret")]);
    let server = Hostile::serving(r#"{"file_path":"a"}"#, away).await;
    assert!(matches!(server.gives(ENOUGH).await, Err(CallError::Ambiguous(_))));
    assert_eq!(server.asked().len(), 2);
}

#[tokio::test]
async fn a_file_that_breaks_off_or_has_no_path_may_be_fetched_again() {
    let short = || {
        (
            [(header::CONTENT_LENGTH, "100")],
            Body::from_stream(futures_util::stream::once(async { Ok::<_, std::io::Error>("few") })),
        )
    };
    let server = Hostile::serving(r#"{"file_path":"a"}"#, short).await;
    assert!(matches!(server.gives(ENOUGH).await, Err(CallError::Ambiguous(_))));
    let pathless = Hostile::serving(r#"{"file_size":1}"#, || "x").await;
    assert!(matches!(pathless.gives(ENOUGH).await, Err(CallError::Ambiguous(_))));
}

#[tokio::test]
async fn refusals_of_a_file_are_sorted_and_show_no_token() {
    let flood = r#"{"ok":false,"error_code":429,"description":"bot123:very-secret","parameters":{"retry_after":3}}"#;
    let server = Hostile::serving(r#"{"file_path":"a"}"#, move || (StatusCode::TOO_MANY_REQUESTS, flood)).await;
    assert_eq!(server.gives(ENOUGH).await, Err(CallError::Flood(Duration::from_secs(3))));
    let echo = r#"{"ok":false,"error_code":400,"description":"Bad Request: /file/bot123:very-secret/a"}"#;
    let server = Hostile::serving(r#"{"file_path":"a"}"#, move || (StatusCode::BAD_REQUEST, echo)).await;
    assert_eq!(server.gives(ENOUGH).await, Err(CallError::Unexplained("Bad Request: /file/bot…/a".into())));
}

#[tokio::test]
async fn a_local_file_is_read_within_the_limit_and_only_if_it_is_one() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join(TOKEN).join("documents");
    std::fs::create_dir_all(&own).unwrap();
    std::fs::write(own.join("file_1.bin"), vec![7; 1000]).unwrap();
    let given = async |name: &str, limit: usize| {
        let path = own.join(name).display().to_string();
        Hostile::serving(&serde_json::json!({ "file_path": path }).to_string(), || "served").await.gives(limit).await
    };
    assert_eq!(given("file_1.bin", 1000).await, Ok(Download::Whole(vec![7; 1000])));
    assert_eq!(given("file_1.bin", 999).await, Ok(Download::TooLarge));
    for missing in ["", "file_2.bin"] {
        let Ok(Download::OutOfReach(why)) = given(missing, ENOUGH).await else { panic!("{missing} was read") };
        assert!(!why.contains(TOKEN), "{why}");
    }
    std::fs::write(folder.path().join("secret"), "x").unwrap();
    assert!(matches!(given("../../secret", ENOUGH).await, Err(CallError::Rejected(_))));
}
