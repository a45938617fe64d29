//! The kit of the end-to-end tests: it starts the real programs on private folders and free ports,
//! and looks at them only from outside: binaries, folders, HTTP, a browser and a mailbox.

pub mod axe;
pub mod browser;
pub mod case;
pub mod certificate;
pub mod checks;
pub mod folder;
pub mod html;
pub mod law;
pub mod mailbox;
pub mod postfix;
pub mod preview;
pub mod process;
pub mod programs;
pub mod record;
pub mod referral;
pub mod sasl;
pub mod service;
pub mod site;
pub mod smtp_sink;
pub mod story;
pub mod validator;
pub mod web_server;

pub use browser::{Browser, Key, Scheme, Screen};
pub use mailbox::Mail;
pub use postfix::Postfix;
pub use service::TestService;
pub use site::TestSite;
pub use smtp_sink::SmtpSink;
pub use web_server::WebServer;
