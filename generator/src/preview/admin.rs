//! The content manager, at `/admin/`: served with rules of its own, from this machine alone.

use super::Shared;
use super::server::{content_type, typed};
use crate::{cms, load};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use std::sync::Arc;

/// The routes below `/admin/`.
pub(super) fn router() -> Router<Arc<Shared>> {
    Router::new()
        .route("/admin", get(|| async { Redirect::permanent("/admin/") }))
        .route("/admin/", get(|state| file(state, Path("index.html".to_owned()))))
        .route("/admin/{file}", get(file))
        .route("/admin/sveltia/{*file}", get(package))
}

async fn file(State(shared): State<Arc<Shared>>, Path(name): Path<String>) -> Response {
    if name == "index.html" && load::cms(&shared.root, "package.json").is_none() {
        let words = format!("Pour rédiger en ligne : {}.\n", cms::MISSING);
        return (
            StatusCode::NOT_FOUND,
            guarded(typed("text/plain; charset=utf-8", words)),
        )
            .into_response();
    }
    match shared.shown().cms.get(name.as_str()) {
        Some(text) => guarded(typed(content_type(&name), text.clone())),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn package(State(shared): State<Arc<Shared>>, Path(name): Path<String>) -> Response {
    match load::cms(&shared.root, &name) {
        Some(bytes) => guarded(typed(content_type(&name), bytes)),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn guarded(mut response: Response) -> Response {
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, cms::POLICY),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (
            header::HeaderName::from_static("x-robots-tag"),
            "noindex, nofollow",
        ),
    ] {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}
