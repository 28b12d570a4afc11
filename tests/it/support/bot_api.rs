//! A Bot API that answers each method with what the test says, for what the emulator's world has not.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// Starts one; its address. A method without a result is refused as Telegram refuses a chat that it does not know.
pub async fn answering<const N: usize>(results: [(&str, Value); N]) -> String {
    let results: HashMap<String, Value> =
        results.into_iter().map(|(method, result)| (method.to_lowercase(), result)).collect();
    let results = Arc::new(results);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let app = Router::new().fallback(move |uri: Uri| answer(uri, Arc::clone(&results)));
    tokio::spawn(async move { axum::serve(listener, app).await });
    url
}

async fn answer(uri: Uri, results: Arc<HashMap<String, Value>>) -> Response {
    let method = uri.path().rsplit('/').next().unwrap().to_lowercase();
    let (status, body) = match results.get(&method) {
        Some(result) => (StatusCode::OK, json!({ "ok": true, "result": result })),
        None => {
            let refusal = json!({ "ok": false, "error_code": 400, "description": "Bad Request: chat not found" });
            (StatusCode::BAD_REQUEST, refusal)
        }
    };
    (status, axum::Json(body)).into_response()
}
