//! Serves the last output from memory on the loopback, and tells browsers when it changes.

use super::{Shared, Shown, overlay, tools};
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, Uri, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use serde::Deserialize;
use std::convert::Infallible;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::{Stream, StreamExt};

const HTML: &str = "text/html; charset=utf-8";
/// The port tried first.
const USUAL_PORT: u16 = 8090;

/// Serves until Ctrl-C.
///
/// # Errors
/// Why the port cannot be served any more.
pub async fn serve(listener: TcpListener, shared: Arc<Shared>) -> Result<(), String> {
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    crate::cli::say(&format!("Aperçu sur http://{address} (Ctrl-C pour arrêter)"));
    let router = router(shared);
    tokio::select! {
        served = async { axum::serve(listener, router).await } => served.map_err(|error| error.to_string()),
        // Open streams would hold a graceful stop for ever.
        _ = tokio::signal::ctrl_c() => Ok(()),
    }
}

/// The port wanted, the usual one, or a free one.
///
/// # Errors
/// The port that cannot be had.
pub async fn listen(port: Option<u16>) -> Result<TcpListener, String> {
    match port {
        Some(port) => TcpListener::bind(("127.0.0.1", port)).await.map_err(|error| {
            format!("le port {port} n'est pas libre ({error}) ; choisissez-en un autre avec --port")
        }),
        None => match TcpListener::bind(("127.0.0.1", USUAL_PORT)).await {
            Ok(listener) => Ok(listener),
            Err(_) => TcpListener::bind(("127.0.0.1", 0))
                .await
                .map_err(|error| error.to_string()),
        },
    }
}

/// The routes of the preview.
pub fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route(
            overlay::SCRIPT,
            get(|| async { typed("text/javascript; charset=utf-8", overlay::SCRIPT_TEXT) }),
        )
        .route(
            overlay::STYLE,
            get(|| async { typed("text/css; charset=utf-8", overlay::STYLE_TEXT) }),
        )
        .route(overlay::EVENTS, get(changes))
        .route("/_apercu/telephone", get(phone))
        .route("/_apercu/relectures", get(reviews))
        .route("/_apercu/regles/{rule}", get(rule))
        .merge(super::admin::router())
        .fallback(file)
        .with_state(shared)
}

pub(super) fn typed(kind: &'static str, body: impl Into<axum::body::Body>) -> Response {
    (
        [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store")],
        body.into(),
    )
        .into_response()
}

async fn changes(State(shared): State<Arc<Shared>>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    // A browser that missed some changes needs only the last one.
    let stream =
        BroadcastStream::new(shared.changes.subscribe()).map(|_| Ok(Event::default().data("change")));
    Sse::new(stream).keep_alive(KeepAlive::default())
}

/// What the frame of a phone shows.
#[derive(Debug, Deserialize)]
struct Framed {
    #[serde(default)]
    page: String,
    largeur: Option<u16>,
}

async fn phone(State(shared): State<Arc<Shared>>, Query(framed): Query<Framed>) -> Response {
    let wide = framed.largeur == Some(390);
    typed(HTML, tools::phone(&framed.page, wide, &shared.shown()))
}

async fn reviews(State(shared): State<Arc<Shared>>) -> Response {
    typed(HTML, tools::reviews(&shared.shown()))
}

async fn rule(State(shared): State<Arc<Shared>>, Path(rule): Path<String>) -> Response {
    let shown = shared.shown();
    match tools::rule(&rule, &shown) {
        Some(html) => typed(HTML, html),
        None => (StatusCode::NOT_FOUND, missing("", &shown)).into_response(),
    }
}

/// A file of the site. Rendering a page and indexing the site take their time: other requests go on.
async fn read(shared: &Arc<Shared>, name: Option<String>) -> Option<Arc<[u8]>> {
    let (shared, name) = (Arc::clone(shared), name?);
    let read = tokio::task::spawn_blocking(move || shared.file(&name));
    read.await.ok().flatten()
}

async fn file(State(shared): State<Arc<Shared>>, uri: Uri) -> Response {
    let shown = shared.shown();
    let path = uri.path().trim_start_matches('/');
    let hidden = path.split('/').any(|part| part.starts_with('.'));
    let name = if path.is_empty() || path.ends_with('/') {
        format!("{path}index.html")
    } else {
        path.to_owned()
    };
    let wanted = (!hidden).then(|| name.clone());
    if let Some(bytes) = read(&shared, wanted).await {
        let kind = content_type(&name);
        if kind == HTML {
            let html = String::from_utf8_lossy(&bytes);
            return typed(kind, overlay::page(&html, uri.path(), &shown));
        }
        return typed(kind, bytes.to_vec());
    }
    let below = (!hidden).then(|| format!("{path}/index.html"));
    if read(&shared, below).await.is_some() {
        return Redirect::permanent(&format!("/{path}/")).into_response();
    }
    (StatusCode::NOT_FOUND, missing(path, &shown)).into_response()
}

fn missing(path: &str, shown: &Shown) -> Response {
    let address = format!("/{path}");
    let (title, words) = if path == "saisine" || path.starts_with("saisine/") || path == "contact" {
        (
            "Formulaire",
            "Cette page est servie par form-api : lancez « make run » pour l'essayer.",
        )
    } else if shown.sound || shown.refused {
        (
            "Page absente",
            "Cette adresse n'existe pas, ou la page n'a pas encore pu être construite : lisez les fautes, en haut.",
        )
    } else {
        (
            "Un instant",
            "Le site se construit. Cette page s'affichera seule.",
        )
    };
    typed(
        HTML,
        overlay::alone(title, &address, &format!("<p>{words}</p>"), shown),
    )
}

pub(super) fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "xml" => "application/xml",
        "yml" => "text/yaml; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn get(path: &str) -> (StatusCode, String) {
        let mut shown = Shown::default();
        for (path, text) in [
            ("index.html", "<head></head>accueil"),
            ("a/index.html", "a"),
            (".service/x.json", "secret"),
        ] {
            shown.output.insert(path, text.as_bytes()).expect("a free path");
        }
        let shared = Arc::new(Shared::new(std::path::PathBuf::new(), shown));
        let response = file(State(shared), path.parse().expect("an address")).await;
        let status = response.status();
        let bytes = axum::body::to_bytes(response.into_body(), 10_000)
            .await
            .expect("a body");
        (status, String::from_utf8_lossy(&bytes).into_owned())
    }

    #[tokio::test]
    async fn serves_pages_from_memory_and_never_hidden_files() {
        let (status, body) = get("/?x=1").await;
        assert_eq!(status, StatusCode::OK);
        assert!(body.contains("accueil") && body.contains(overlay::SCRIPT));
        assert_eq!(get("/a").await.0, StatusCode::PERMANENT_REDIRECT);
        assert_eq!(get("/.service/x.json").await.0, StatusCode::NOT_FOUND);
        assert!(get("/saisine").await.1.contains("make run"));
        assert!(get("/b/").await.1.contains("Le site se construit"));
    }
}
