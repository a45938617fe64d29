//! What a person does with the keyboard and with the browser itself: keys, history, new tabs; and what
//! left the browser meanwhile.

use base64::Engine;
use serde_json::{Value, json};
use thirtyfour::Key;

use super::Browser;

impl Browser {
    /// Presses one key, wherever the focus is.
    pub fn key(&self, key: Key) {
        self.wait(self.driver().action_chain().send_keys(key).perform());
    }

    /// Types a text, wherever the focus is.
    pub fn keys(&self, text: &str) {
        self.wait(self.driver().action_chain().send_keys(text).perform());
    }

    /// Presses Shift and Tab: one stop back.
    pub fn back_tab(&self) {
        let chain = self
            .driver()
            .action_chain()
            .key_down(Key::Shift)
            .send_keys(Key::Tab);
        self.wait(chain.key_up(Key::Shift).perform());
    }

    /// A light picture of what the browser shows, as WebP.
    ///
    /// # Panics
    /// When the browser gives none.
    #[must_use]
    pub fn picture(&self) -> Vec<u8> {
        let shot = self.devtools("Page.captureScreenshot", json!({"format": "webp", "quality": 70}));
        let data = shot["data"].as_str().expect("a picture");
        base64::engine::general_purpose::STANDARD
            .decode(data)
            .expect("base64")
    }

    /// One page back in the history.
    pub fn back(&self) {
        self.wait(self.driver().back());
    }

    /// One page forward in the history.
    pub fn forward(&self) {
        self.wait(self.driver().forward());
    }

    /// Loads the page again.
    pub fn reload(&self) {
        self.wait(self.driver().refresh());
    }

    /// Goes on in a new tab, whose session storage is empty.
    pub fn new_tab(&self) {
        let tab = self.wait(self.driver().new_tab());
        self.wait(self.driver().switch_to_window(tab));
    }

    /// Lets the pages of this origin write to the clipboard and read it, or not, without asking.
    pub fn allow_clipboard(&self, origin: &str, allowed: bool) {
        let setting = if allowed { "granted" } else { "denied" };
        for name in ["clipboard-write", "clipboard-read"] {
            self.devtools(
                "Browser.setPermission",
                json!({"permission": {"name": name}, "setting": setting, "origin": origin}),
            );
        }
    }

    /// All that left the browser since the last call, one text for each request: method, address as it
    /// is sent (without fragment), headers and body.
    #[must_use]
    pub fn sent(&self) -> Vec<String> {
        let entries = self.wait(self.driver().get_log("performance"));
        let events = entries
            .iter()
            .filter_map(|entry| serde_json::from_str::<Value>(&entry.message).ok());
        events
            .filter_map(|event| {
                let parameters = &event["message"]["params"];
                match event["message"]["method"].as_str()? {
                    "Network.requestWillBeSent" => {
                        let request = &parameters["request"];
                        let parts = ["method", "url", "headers", "postData", "postDataEntries"];
                        Some(parts.map(|part| request[part].to_string()).join(" "))
                    }
                    "Network.requestWillBeSentExtraInfo" => Some(parameters["headers"].to_string()),
                    "Network.webSocketCreated" => Some(parameters["url"].to_string()),
                    "Network.webSocketFrameSent" => Some(parameters["response"].to_string()),
                    _ => None,
                }
            })
            .collect()
    }
}
