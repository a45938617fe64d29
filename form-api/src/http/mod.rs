//! The public door: pages, posts, static files. Everything it stores goes through the outbox.

mod acknowledge;
mod client;
mod complement;
mod confirm;
mod contact;
mod cors;
mod files;
mod form;
mod headers;
pub mod health;
mod intake;
mod limit;
mod problem;
pub mod server;
mod store;
mod submit;

use crate::clock::Clock;
use crate::config::Config;
use crate::contact::Contacts;
use crate::metrics::Metrics;
use crate::outbox::Outbox;
use crate::seal::KeyRing;
use crate::site::Site;
use axum::Router;
use axum::routing::{any, get};
use std::sync::Arc;
use tokio::sync::{Notify, Semaphore};

pub use limit::Limiter;

/// Name of the service in the titles of its pages.
const NAME: &str = "Médiation Logement";

/// What every request may need.
pub struct App {
    /// Configuration.
    pub config: Arc<Config>,
    /// Origin of the links.
    pub origin: String,
    /// Texts and templates.
    pub site: Arc<Site>,
    /// Store.
    pub outbox: Arc<dyn Outbox>,
    /// Keys.
    pub ring: Arc<KeyRing>,
    /// Clock.
    pub clock: Clock,
    /// Posts of each client.
    pub limiter: Limiter,
    /// Room for posts being received.
    pub uploads: Semaphore,
    /// Wakes the worker.
    pub bell: Arc<Notify>,
    /// Folder of the store, when it is on this machine.
    pub folder: Option<std::path::PathBuf>,
    /// Counters.
    pub metrics: Arc<Metrics>,
    /// Messages to the team.
    pub contacts: Contacts,
    /// Wakes their courier.
    pub contact_bell: Arc<Notify>,
}

/// The routes of the public address.
pub fn router(app: Arc<App>) -> Router {
    let site_dir = app.config.site_dir.clone();
    let files = files::Files::new(site_dir, app.site.redirects());
    Router::new()
        .route("/saisine", get(form::show).post(submit::receive))
        .route("/saisine/", get(form::moved))
        .route(
            "/saisine/complement/{token}",
            get(complement::show).post(complement::receive),
        )
        .route("/saisine/recu/{token}", get(confirm::show))
        .route(
            "/cdc/accuse/{token}",
            get(acknowledge::show).post(acknowledge::confirm),
        )
        .route("/contact", get(contact::show).post(contact::receive))
        .route("/contact/", get(contact::moved))
        .route("/contact/merci", get(contact::thanks))
        .fallback(any(files::serve).with_state(files))
        .method_not_allowed_fallback(problem::method)
        .with_state(app.clone())
        .layer(axum::middleware::from_fn_with_state(app.clone(), cors::allow))
        .layer(axum::middleware::from_fn_with_state(app, headers::add))
}
