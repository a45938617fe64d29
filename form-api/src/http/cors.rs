//! One other site may post here by script: that of the guides, when they are on a static host of their own.

use super::{App, client};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// Seconds during which a browser need not ask again.
const REMEMBERED: &str = "600";

pub(super) async fn allow(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let Some(site) = app.config.site_origin.as_deref() else {
        return next.run(request).await;
    };
    let allowed = client::origin_of(request.headers()) == Some(site);
    let asks = request.method() == Method::OPTIONS
        && request
            .headers()
            .contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = if asks && allowed {
        let mut response = StatusCode::NO_CONTENT.into_response();
        put(
            response.headers_mut(),
            header::ACCESS_CONTROL_ALLOW_METHODS,
            "GET, POST",
        );
        let names = "accept, content-type, idempotency-key";
        put(
            response.headers_mut(),
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            names,
        );
        put(response.headers_mut(), header::ACCESS_CONTROL_MAX_AGE, REMEMBERED);
        response
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("Origin"));
    if allowed {
        put(headers, header::ACCESS_CONTROL_ALLOW_ORIGIN, site);
    }
    response
}

fn put(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    // The origin was checked when the configuration was read: it is a header value.
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
