//! A real Chromium, headless, driven through its own driver on a free port; gone when dropped.

mod emulate;
mod page;
mod tab;

use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::common::log::LoggingPrefsLogLevel;
use thirtyfour::prelude::*;
use thirtyfour::{ChromeCapabilities, ChromiumLikeCapabilities};
use tokio::runtime::Runtime;

use crate::process::Process;
use crate::programs;

pub use page::plain;
pub use thirtyfour::Key;

/// Colours that the visitor's system asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Scheme {
    fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// Size of the window, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// 320 × 640, a small phone, or a window of 1280 enlarged four times.
    Phone,
    /// 1280 × 800.
    Desk,
}

impl Screen {
    fn metrics(self) -> Value {
        match self {
            Self::Phone => json!({"width": 320, "height": 640, "deviceScaleFactor": 1, "mobile": true}),
            Self::Desk => json!({"width": 1280, "height": 800, "deviceScaleFactor": 1, "mobile": false}),
        }
    }
}

/// One browser session.
pub struct Browser {
    driver: Option<WebDriver>,
    runtime: Runtime,
    scheme: Scheme,
    screen: Screen,
    _chromedriver: Process,
    _profile: TempDir,
}

impl Browser {
    /// A browser on a desk, in light colours, with scripts.
    #[must_use]
    pub fn start() -> Self {
        Self::with(Screen::Desk, Scheme::Light, true)
    }

    /// A browser on a desk, in light colours, that runs no script of the page.
    #[must_use]
    pub fn without_scripts() -> Self {
        Self::with(Screen::Desk, Scheme::Light, false)
    }

    /// A browser as asked for.
    ///
    /// # Panics
    /// When Chromium or its driver is missing or does not start.
    #[must_use]
    pub fn with(screen: Screen, scheme: Scheme, scripts: bool) -> Self {
        let profile = tempfile::tempdir().expect("a temporary folder");
        let port = programs::free_port();
        let mut command = Command::new(programs::tool("chromedriver"));
        command.arg(format!("--port={port}")).env("HOME", profile.path());
        let mut chromedriver = Process::start(&mut command);
        chromedriver.wait_for(Duration::from_secs(20), |line| {
            line.contains("started successfully").then_some(())
        });
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        let capabilities = capabilities(&profile, scripts).expect("plain capabilities");
        let driver = runtime
            .block_on(WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities))
            .unwrap_or_else(|error| panic!("Chromium does not start: {error}\n{}", chromedriver.said()));
        let mut browser = Self {
            driver: Some(driver),
            runtime,
            scheme,
            screen,
            _chromedriver: chromedriver,
            _profile: profile,
        };
        browser.set_screen(screen);
        browser.set_scheme(scheme);
        browser
    }

    /// Changes the size of the window.
    pub fn set_screen(&mut self, screen: Screen) {
        self.devtools("Emulation.setDeviceMetricsOverride", screen.metrics());
        self.screen = screen;
    }

    /// Changes the colours that the system asks for. Motion is always reduced, so that nothing is
    /// examined in the middle of a transition.
    pub fn set_scheme(&mut self, scheme: Scheme) {
        let features = json!([
            {"name": "prefers-color-scheme", "value": scheme.name()},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]);
        self.devtools("Emulation.setEmulatedMedia", json!({"features": features}));
        self.scheme = scheme;
    }

    /// How the browser stands, for messages: `light, Desk`.
    #[must_use]
    pub fn state(&self) -> String {
        format!("{}, {:?}", self.scheme.name(), self.screen)
    }

    fn devtools(&self, command: &str, parameters: Value) -> Value {
        self.wait(self.driver().cdp().send_raw(command, parameters))
    }

    fn driver(&self) -> &WebDriver {
        self.driver
            .as_ref()
            .expect("the session lives until it is dropped")
    }

    /// Runs one exchange with the browser.
    fn wait<T>(&self, exchange: impl Future<Output = WebDriverResult<T>>) -> T {
        self.runtime
            .block_on(exchange)
            .unwrap_or_else(|error| panic!("the browser refuses: {error}"))
    }
}

fn capabilities(profile: &TempDir, scripts: bool) -> WebDriverResult<ChromeCapabilities> {
    let mut wanted = DesiredCapabilities::chrome();
    wanted.set_binary(&programs::tool("chromium").to_string_lossy())?;
    wanted.add_arg("--headless=new")?;
    wanted.add_arg("--no-sandbox")?; // Chromium refuses its sandbox to root
    wanted.add_arg("--disable-dev-shm-usage")?;
    wanted.add_arg("--disable-gpu")?;
    wanted.add_arg("--disable-background-networking")?;
    wanted.add_arg("--no-first-run")?;
    wanted.add_arg("--lang=fr-FR")?;
    wanted.add_arg(&format!(
        "--user-data-dir={}",
        profile.path().join("profile").display()
    ))?;
    wanted.set_logging_prefs("browser", LoggingPrefsLogLevel::All)?;
    wanted.set_logging_prefs("performance", LoggingPrefsLogLevel::All)?;
    if !scripts {
        let off = json!({"profile.managed_default_content_settings.javascript": 2});
        wanted.add_experimental_option("prefs", off)?;
    }
    Ok(wanted)
}

impl Drop for Browser {
    fn drop(&mut self) {
        let Some(driver) = self.driver.take() else { return };
        if std::thread::panicking() {
            let place = self.runtime.block_on(async {
                (
                    driver.current_url().await.map(|url| url.to_string()),
                    driver.title().await,
                )
            });
            eprintln!(
                "the browser stood at {:?} « {} »",
                place.0,
                place.1.unwrap_or_default()
            );
            if let Ok(picture) = self.runtime.block_on(driver.screenshot_as_png()) {
                let path = std::env::temp_dir().join(format!("browser-{}.png", std::process::id()));
                if std::fs::write(&path, picture).is_ok() {
                    eprintln!("what it showed: {}", path.display());
                }
            }
        }
        let _ = self.runtime.block_on(driver.quit());
    }
}
