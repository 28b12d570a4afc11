//! The HTTP side: paths, tokens, faults, long polling.

use super::error::ApiError;
use super::faults::{FaultKind, HangEnd};
use super::json::Fields;
use super::membership;
use super::methods::{self, Success};
use super::params::{LARGEST_BODY, Params};
use super::records::Call;
use super::shared::Shared;
use super::wire::{Scissors, Wires};
use axum::Router;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::time::Instant;

/// The longest that Telegram holds a poll.
const LONGEST_POLL: u64 = 50;

/// Serves the Bot API until the runtime ends.
pub(super) async fn serve(listener: std::net::TcpListener, shared: Arc<Shared>) {
    let listener = match TcpListener::from_std(listener) {
        Ok(listener) => listener,
        Err(error) => {
            tracing::error!(%error, "the emulator cannot listen: {error}");
            return;
        }
    };
    let app = Router::new().fallback(route).layer(DefaultBodyLimit::max(LARGEST_BODY)).with_state(shared);
    let service = app.into_make_service_with_connect_info::<Scissors>();
    if let Err(error) = axum::serve(Wires(listener), service).await {
        tracing::error!(%error, "the emulator stopped serving: {error}");
    }
}

async fn route(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(scissors): ConnectInfo<Scissors>,
    request: Request,
) -> Response {
    let path = request.uri().path().to_owned();
    if let Some(rest) = path.strip_prefix("/file/bot") {
        return download(&shared, rest);
    }
    let Some((token, method)) = path.strip_prefix("/bot").and_then(|rest| rest.split_once('/')) else {
        return refusal(&ApiError::new(404, "Not Found"));
    };
    if token != shared.token {
        return refusal(&ApiError::new(401, "Unauthorized"));
    }
    let params = match Params::read(request, shared.bot_api).await {
        Ok(params) => params,
        Err(error) => return refusal(&error),
    };
    let (response, reach) = meet_fault_or_answer(&shared, method, &params).await;
    if matches!(reach, Reach::Nobody) {
        scissors.cut();
    }
    record(&shared, method, &params, &response, reach);
    response
}

/// Why a call was refused, handed on beside the answer.
#[derive(Clone)]
struct Description(String);

/// Whether an answer gets through.
#[derive(Clone, Copy)]
enum Reach {
    Bot,
    Nobody,
}

async fn meet_fault_or_answer(shared: &Shared, method: &str, params: &Params) -> (Response, Reach) {
    let chat = params.integer("chat_id");
    let fault = shared.lock().faults.meet(method, chat);
    let refused = match fault {
        None => return (answer(shared, method, params).await, Reach::Bot),
        Some(FaultKind::Delay(delay)) => {
            tokio::time::sleep(delay).await;
            return (answer(shared, method, params).await, Reach::Bot);
        }
        Some(FaultKind::HangBefore) => {
            return match hang(shared).await {
                HangEnd::Answered => (answer(shared, method, params).await, Reach::Bot),
                HangEnd::Cut => (StatusCode::OK.into_response(), Reach::Nobody),
            };
        }
        Some(FaultKind::HangAfter) => {
            let answered = answer(shared, method, params).await;
            return match hang(shared).await {
                HangEnd::Answered => (answered, Reach::Bot),
                HangEnd::Cut => (answered, Reach::Nobody),
            };
        }
        Some(FaultKind::DropBefore) => return (StatusCode::OK.into_response(), Reach::Nobody),
        Some(FaultKind::DropAfter) => return (answer(shared, method, params).await, Reach::Nobody),
        Some(FaultKind::ServerError(502)) => return (bad_gateway(), Reach::Bot),
        Some(FaultKind::ServerError(code)) => ApiError::new(code, "Internal Server Error"),
        Some(FaultKind::TooManyRequests { retry_after }) => ApiError::too_many_requests(retry_after),
        Some(FaultKind::Unauthorized) => ApiError::new(401, "Unauthorized"),
        Some(FaultKind::BlockedUntilBack) => {
            let person = chat.unwrap_or_default();
            shared.change(|world| membership::unblock(world, person));
            let mut revision = shared.revision.subscribe();
            let waits = || shared.lock().pending_updates() > 0;
            while waits() && revision.changed().await.is_ok() {}
            ApiError::new(403, "Forbidden: bot was blocked by the user")
        }
        Some(FaultKind::Refuse { code, description }) => ApiError::new(code, description),
    };
    (refusal(&refused), Reach::Bot)
}

/// Waits until this call is let go; the future is dropped when its caller hangs up.
async fn hang(shared: &Shared) -> HangEnd {
    let mut revision = shared.revision.subscribe();
    let call = shared.change(|world| world.faults.hang());
    loop {
        let end = shared.lock().faults.end_of(call);
        if let Some(end) = end {
            return end;
        }
        if revision.changed().await.is_err() {
            return HangEnd::Cut;
        }
    }
}

async fn answer(shared: &Shared, method: &str, params: &Params) -> Response {
    let outcome = match method.to_ascii_lowercase().as_str() {
        "getupdates" => get_updates(shared, params).await,
        name => shared.change(|world| methods::call(world, name, params)),
    };
    match outcome {
        Ok(success) => {
            let mut body = json!({ "ok": true, "result": success.result });
            if let Some(description) = success.description {
                body.set("description", json!(description));
            }
            json_response(StatusCode::OK, &body)
        }
        Err(error) => refusal(&error),
    }
}

/// Answers with updates as soon as there are any, or with none when the time is over. A later poll ends this one.
async fn get_updates(shared: &Shared, params: &Params) -> Result<Success, ApiError> {
    let offset = params.integer("offset").unwrap_or(0);
    let limit = params.integer("limit").unwrap_or(100).clamp(1, 100);
    let limit = usize::try_from(limit).unwrap_or(100);
    let timeout = u64::try_from(params.integer("timeout").unwrap_or(0)).unwrap_or(0);
    let deadline = Instant::now() + Duration::from_secs(timeout.min(LONGEST_POLL));
    let kinds = methods::allowed_updates(params)?;
    let mine = shared.change(|world| {
        if world.webhook.is_some() {
            return Err(ApiError::conflict(
                "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
            ));
        }
        if let Some(kinds) = kinds {
            world.updates.allow(kinds);
        }
        world.newest_poll += 1;
        Ok(world.newest_poll)
    })?;
    let mut revision = shared.revision.subscribe();
    loop {
        revision.borrow_and_update();
        let batch = take_batch(shared, mine, offset, limit)?;
        if !batch.is_empty() || Instant::now() >= deadline {
            return Ok(json!(batch).into());
        }
        tokio::select! {
            _ = revision.changed() => {}
            () = tokio::time::sleep_until(deadline) => {}
        }
    }
}

fn take_batch(shared: &Shared, mine: u64, offset: i64, limit: usize) -> Result<Vec<Value>, ApiError> {
    let mut world = shared.lock();
    if world.webhook.is_some() {
        return Err(ApiError::conflict("terminated by setWebhook request"));
    }
    if world.newest_poll != mine {
        return Err(ApiError::conflict(
            "terminated by other getUpdates request; make sure that only one bot instance is running",
        ));
    }
    let now = world.now();
    let pending = world.updates.pending();
    let batch = world.updates.get(offset, limit, now);
    let confirmed = world.updates.pending() != pending;
    drop(world);
    if confirmed {
        shared.revision.send_modify(|revision| *revision += 1);
    }
    Ok(batch.into_iter().map(|update| update.body).collect())
}

fn download(shared: &Shared, rest: &str) -> Response {
    let Some((token, path)) = rest.split_once('/') else {
        return refusal(&ApiError::new(404, "Not Found"));
    };
    if token != shared.token {
        return refusal(&ApiError::new(401, "Unauthorized"));
    }
    let bytes = shared.lock().files.by_path(path).map(|file| file.bytes.clone());
    match bytes {
        Some(bytes) => ([(header::CONTENT_TYPE, "application/octet-stream")], bytes).into_response(),
        None => refusal(&ApiError::new(404, "Not Found")),
    }
}

fn record(shared: &Shared, method: &str, params: &Params, response: &Response, reach: Reach) {
    let status_code = match reach {
        Reach::Bot => response.status().as_u16(),
        Reach::Nobody => 0,
    };
    let refusal = response.extensions().get::<Description>().map(|description| description.0.clone());
    shared.change(|world| {
        let call = Call {
            method: method.to_owned(),
            chat_id: params.integer("chat_id"),
            params: params.summary(),
            status_code,
            refusal,
            at: world.now(),
        };
        world.record_call(call);
    });
}

fn refusal(error: &ApiError) -> Response {
    let status = StatusCode::from_u16(error.code).unwrap_or(StatusCode::BAD_REQUEST);
    let mut response = json_response(status, &error.body());
    response.extensions_mut().insert(Description(error.description.clone()));
    response
}

fn json_response(status: StatusCode, body: &Value) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}

/// What stands before Telegram's servers answers in HTML when they are away.
fn bad_gateway() -> Response {
    let page = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n";
    (StatusCode::BAD_GATEWAY, [(header::CONTENT_TYPE, "text/html")], page).into_response()
}
