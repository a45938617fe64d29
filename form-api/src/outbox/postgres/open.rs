//! Reaching the database: TLS, durability read back, migrations under a lock that replicas share.

use super::{Pool, reason};
use deadpool_postgres::{Manager, ManagerConfig, RecyclingMethod, Runtime};
use rustls::{ClientConfig, RootCertStore};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;
use tokio_postgres::Client;
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres_rustls::MakeRustlsConnect;

/// Migrations, in order; the version of a database is how many of them it has had.
const MIGRATIONS: [&str; 4] = [
    include_str!("../../../migrations/postgres/0001.sql"),
    include_str!("../../../migrations/postgres/0002.sql"),
    include_str!("../../../migrations/postgres/0003.sql"),
    include_str!("../../../migrations/postgres/0004.sql"),
];
/// Any number that nobody else in the database takes for a lock.
const LOCK: i64 = 0x6d65_6469_6174_696f;
/// Connections of one replica: the lanes of its worker and a few posts.
const MOST: usize = 8;
/// Most time to get a connection.
const PATIENCE: Duration = Duration::from_secs(10);

/// A pool on a database that is ready: durable, and of our schema.
pub(super) async fn pool(url: &str) -> Result<Pool, String> {
    let mut config = tokio_postgres::Config::from_str(url)
        .map_err(|_| "l'adresse de la base PostgreSQL est mal écrite".to_owned())?;
    config.connect_timeout(PATIENCE).application_name("form-api");
    if !is_local(&config) {
        // Referrals travel on this line: a line in clear is refused, whatever the address says.
        config.ssl_mode(SslMode::Require);
    }
    let settings = ManagerConfig {
        recycling_method: RecyclingMethod::Verified,
    };
    let manager = Manager::from_config(config, MakeRustlsConnect::new(trust()), settings);
    let pool = Pool::builder(manager)
        .max_size(MOST)
        .runtime(Runtime::Tokio1)
        .wait_timeout(Some(PATIENCE))
        .create_timeout(Some(PATIENCE))
        .recycle_timeout(Some(PATIENCE))
        .build()
        .map_err(|error| error.to_string())?;
    let mut client = pool
        .get()
        .await
        .map_err(|error| format!("PostgreSQL ne répond pas : {error}"))?;
    durable(&client).await?;
    migrate(&mut client).await?;
    drop(client);
    Ok(pool)
}

fn is_local(config: &tokio_postgres::Config) -> bool {
    config.get_hosts().iter().all(|host| match host {
        Host::Tcp(name) => name == "localhost" || name == "127.0.0.1" || name == "::1",
        Host::Unix(_) => true,
    })
}

/// The authorities of the machine, and those of `SSL_CERT_FILE` for a database with an authority of its own.
fn trust() -> ClientConfig {
    let mut roots = RootCertStore::empty();
    for certificate in rustls_native_certs::load_native_certs().certs {
        // One that cannot be read cannot be trusted: the others remain.
        let _ = roots.add(certificate);
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    match versions {
        Ok(builder) => builder.with_root_certificates(roots).with_no_client_auth(),
        Err(_) => unreachable!("ring knows the usual versions of TLS"),
    }
}

async fn durable(client: &Client) -> Result<(), String> {
    for setting in ["fsync", "synchronous_commit", "full_page_writes"] {
        let row = client
            .query_one(&format!("show {setting}"), &[])
            .await
            .map_err(|error| reason(&error))?;
        let value: String = row.get(0);
        if value == "off" {
            return Err(format!(
                "PostgreSQL : {setting} vaut « off », un dossier confirmé pourrait se perdre. Mettez « on »."
            ));
        }
    }
    Ok(())
}

async fn migrate(client: &mut Client) -> Result<(), String> {
    let transaction = client.transaction().await.map_err(|error| reason(&error))?;
    // Replicas that start together take turns.
    let steps = [
        format!("select pg_advisory_xact_lock({LOCK})"),
        "create table if not exists schema_version (n bigint not null)".to_owned(),
    ];
    for step in steps {
        transaction
            .batch_execute(&step)
            .await
            .map_err(|error| reason(&error))?;
    }
    let row = transaction
        .query_one("select coalesce(max(n), 0) from schema_version", &[])
        .await
        .map_err(|error| reason(&error))?;
    let version: i64 = row.get(0);
    let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    if version > known {
        return Err(format!(
            "la base a été écrite par un form-api plus récent (version {version})"
        ));
    }
    for (n, migration) in (1_i64..).zip(MIGRATIONS).filter(|(n, _)| *n > version) {
        transaction
            .batch_execute(migration)
            .await
            .map_err(|error| reason(&error))?;
        transaction
            .execute("insert into schema_version (n) values ($1)", &[&n])
            .await
            .map_err(|error| reason(&error))?;
    }
    transaction.commit().await.map_err(|error| reason(&error))
}
