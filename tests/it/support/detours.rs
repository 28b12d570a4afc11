//! What stands between a bot and its Bot API on a vendor's machine: a SOCKS5 proxy, HTTPS with a certificate of the firm's
//! own, a server with `--local`.

use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use keydesk_emulator::Emulator;
use serde_json::Value;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::loopback;

/// The certificate of the authority that signed the one of [`https_before`]. Both are in force until 2120: made by
/// `openssl ca` with keys of prime256v1, the authority's key thrown away.
pub const AUTHORITY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/support/tls/authority.pem");
const CERTIFICATE: &[u8] = include_bytes!("tls/server.pem");
const KEY: &[u8] = include_bytes!("tls/server.key");

fn address_of(emulator: &Emulator) -> SocketAddr {
    emulator.url().strip_prefix("http://").unwrap().parse().unwrap()
}

async fn listen() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

/// A SOCKS5 proxy that leads to the emulator whatever host is asked for.
pub struct Socks {
    pub address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Socks {
    pub async fn before(emulator: &Emulator) -> Socks {
        let (listener, address) = listen().await;
        let (to, asked) = (address_of(emulator), Arc::new(Mutex::new(Vec::new())));
        let remembered = Arc::clone(&asked);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let asked = Arc::clone(&remembered);
                tokio::spawn(async move { socks(stream, to, &asked).await });
            }
        });
        Socks { address, asked }
    }

    /// The hosts that it was asked for, each with its port.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

/// <https://www.rfc-editor.org/rfc/rfc1928> for names only, with whatever user and password (RFC 1929).
async fn socks(mut stream: TcpStream, to: SocketAddr, asked: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let methods = [stream.read_u8().await?, stream.read_u8().await?][1];
    stream.read_exact(&mut vec![0; methods.into()]).await?;
    stream.write_all(&[5, 2]).await?;
    stream.read_u8().await?;
    for _ in ["user", "password"] {
        let length = stream.read_u8().await?;
        stream.read_exact(&mut vec![0; length.into()]).await?;
    }
    stream.write_all(&[1, 0]).await?;
    let mut request = [0; 5];
    stream.read_exact(&mut request).await?;
    let [5, 1, 0, 3, length] = request else { return Ok(()) };
    let mut host = vec![0; length.into()];
    stream.read_exact(&mut host).await?;
    let port = stream.read_u16().await?;
    asked.lock().unwrap().push(format!("{}:{port}", String::from_utf8_lossy(&host)));
    let mut onward = TcpStream::connect(to).await?;
    stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await?;
    copy_bidirectional(&mut stream, &mut onward).await.map(drop)
}

/// The emulator's address behind HTTPS, whose certificate the authority of [`AUTHORITY`] has signed.
pub async fn https_before(emulator: &Emulator) -> String {
    let certificate = CertificateDer::from_pem_slice(CERTIFICATE).unwrap();
    let key = PrivateKeyDer::from_pem_slice(KEY).unwrap();
    let config = ServerConfig::builder().with_no_client_auth().with_single_cert(vec![certificate], key).unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let (listener, address) = listen().await;
    let to = address_of(emulator);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let mut stream = acceptor.accept(stream).await?;
                let mut onward = TcpStream::connect(to).await?;
                copy_bidirectional(&mut stream, &mut onward).await
            });
        }
    });
    format!("https://localhost:{}", address.port())
}

/// The emulator as a server that runs with `--local`: it puts files into a folder, and names where they lie.
pub struct LocalServer {
    pub url: String,
    /// Where the server keeps its files; a test can take it away.
    pub folder: TempDir,
}

impl LocalServer {
    pub async fn before(emulator: &Emulator) -> LocalServer {
        let (listener, address) = listen().await;
        let folder = TempDir::new().unwrap();
        let (to, kept) = (emulator.url(), folder.path().to_owned());
        let app = Router::new().fallback(move |request| forward(request, to.clone(), kept.clone()));
        tokio::spawn(async move { axum::serve(listener, app).await });
        LocalServer { url: format!("http://{address}"), folder }
    }
}

async fn forward(request: Request, to: String, folder: PathBuf) -> Response {
    let path = request.uri().path().to_owned();
    if path.starts_with("/file/") {
        return StatusCode::NOT_FOUND.into_response();
    }
    let client = loopback::http();
    let kind = request.headers().get(header::CONTENT_TYPE).cloned();
    let body = to_bytes(request.into_body(), usize::MAX).await.unwrap();
    let mut onward = client.post(format!("{to}{path}")).body(body);
    if let Some(kind) = kind {
        onward = onward.header(header::CONTENT_TYPE, kind);
    }
    let Ok(answer) = onward.send().await else { return StatusCode::BAD_GATEWAY.into_response() };
    let (status, body) = (answer.status(), answer.bytes().await.unwrap());
    if !path.to_lowercase().ends_with("/getfile") || !status.is_success() {
        return (status, Body::from(body)).into_response();
    }
    let mut answer: Value = serde_json::from_slice(&body).unwrap();
    let of_token = path.trim_start_matches("/bot").split('/').next().unwrap();
    let relative = answer["result"]["file_path"].as_str().unwrap().to_owned();
    let bytes = client.get(format!("{to}/file/bot{of_token}/{relative}")).send().await.unwrap().bytes().await.unwrap();
    let place = folder.join(of_token).join(relative);
    if folder.exists() {
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(&place, bytes).unwrap();
    }
    answer["result"]["file_path"] = place.to_str().unwrap().into();
    axum::Json(answer).into_response()
}
