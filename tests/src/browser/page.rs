//! What a person does with a page: go, read, fill, choose, press; and what the browser noted meanwhile.

use std::path::Path;
use std::time::Duration;

use serde_json::Value;
use thirtyfour::prelude::*;

use super::Browser;
use crate::process::eventually;

/// How long a page may take to answer an action, on a machine shared with other work.
const PATIENCE: Duration = Duration::from_secs(15);

impl Browser {
    /// Goes to an address and waits until the page is loaded.
    pub fn open(&self, address: &str) {
        self.wait(self.driver().goto(address));
    }

    /// The address of the page, with its fragment.
    #[must_use]
    pub fn address(&self) -> String {
        self.wait(self.driver().current_url()).to_string()
    }

    /// The title of the page.
    #[must_use]
    pub fn title(&self) -> String {
        plain(&self.wait(self.driver().title()))
    }

    /// Runs a script of the test (not of the page) and gives back its value. Works without scripts too.
    #[must_use]
    pub fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.wait(self.driver().execute(script, arguments)).json().clone()
    }

    /// What a reader sees in the elements that match, in order, with plain spaces and apostrophes.
    #[must_use]
    pub fn texts(&self, css: &str) -> Vec<String> {
        let script = "return [...document.querySelectorAll(arguments[0])].map(e => e.innerText)";
        let texts = self.run(script, vec![css.into()]);
        let texts = texts.as_array().cloned().unwrap_or_default();
        texts
            .iter()
            .map(|text| plain(text.as_str().unwrap_or_default()))
            .collect()
    }

    /// What a reader sees of the main content.
    #[must_use]
    pub fn main_text(&self) -> String {
        self.texts("main").join("\n")
    }

    /// The single level-one heading.
    ///
    /// # Panics
    /// When there is none, or more than one.
    #[must_use]
    pub fn heading(&self) -> String {
        let headings = self.texts("h1");
        assert_eq!(headings.len(), 1, "{} has these h1: {headings:?}", self.address());
        headings[0].clone()
    }

    /// The value held by the field with this label.
    #[must_use]
    pub fn value(&self, label: &str) -> String {
        let field = self.field(label);
        plain(&self.wait(field.prop("value")).unwrap_or_default())
    }

    /// What the fields of the forms hold, typed or put back by the browser: `name=value` of each that is not empty.
    #[must_use]
    pub fn held(&self) -> Vec<String> {
        let script = "return [...document.querySelectorAll('main input:not([type=hidden]), main select, main textarea')]
            .filter(field => field.value && !(['radio', 'checkbox'].includes(field.type) && !field.checked))
            .map(field => `${field.name}=${field.value}`)";
        let held = self.run(script, Vec::new());
        serde_json::from_value(held).expect("a list of texts")
    }

    /// Types into the field with this label, in place of what it held.
    pub fn fill(&self, label: &str, text: &str) {
        let field = self.field(label);
        self.wait(field.clear());
        self.wait(field.send_keys(text));
    }

    /// Types into the field with this name, in place of what it held.
    pub fn fill_named(&self, name: &str, text: &str) {
        let field = self.named(name);
        self.bring(&field);
        self.wait(field.clear());
        self.wait(field.send_keys(text));
    }

    /// Gives a file to the field with this name.
    pub fn attach_named(&self, name: &str, file: &Path) {
        let field = self.named(name);
        self.wait(field.send_keys(file.to_string_lossy()));
    }

    /// Picks the radio button or box with this name and value, by pressing its label, as a person would.
    pub fn tick(&self, name: &str, value: &str) {
        let css = format!("input[name='{name}'][value='{value}']");
        let field = self.wait(self.driver().find(By::Css(css)));
        if self.wait(field.is_selected()) {
            return;
        }
        let id = self.wait(field.attr("id")).unwrap_or_default();
        let label = self.wait(self.driver().find(By::Css(format!("label[for='{id}']"))));
        self.bring(&label);
        self.wait(label.click());
        assert!(
            self.wait(field.is_selected()),
            "{name} = {value} cannot be picked"
        );
    }

    /// Picks the radio button, box or list option with this label.
    pub fn choose(&self, label: &str) {
        let labels = self.find_saying("label", label);
        self.bring(&labels);
        self.wait(labels.click());
    }

    /// Picks an option of the list with this label.
    pub fn pick(&self, label: &str, option: &str) {
        let field = self.field(label);
        let options = self.wait(field.find_all(By::Css("option")));
        let found = options
            .into_iter()
            .find(|item| plain(&self.wait(item.text())).starts_with(option));
        let found = found.unwrap_or_else(|| panic!("no option « {option} » in « {label} »"));
        self.wait(found.click());
    }

    /// Follows the first link of the main content that says this.
    pub fn follow(&self, words: &str) {
        self.act("main a[href]", words);
    }

    /// Follows the first link among those that match which says this.
    pub fn follow_in(&self, css: &str, words: &str) {
        self.act(css, words);
    }

    /// Presses the button that says this.
    pub fn press(&self, words: &str) {
        self.act("main button, main input[type=submit]", words);
    }

    /// Presses the button that says this twice in a row, as an impatient person does.
    pub fn press_twice(&self, words: &str) {
        let element = self.find_saying("main button, main input[type=submit]", words);
        self.bring(&element);
        let chain = self.driver().action_chain().double_click_element(&element);
        self.wait(chain.perform());
    }

    /// Whether something that matches is there and says these words.
    #[must_use]
    pub fn says(&self, css: &str, words: &str) -> bool {
        self.texts(css).iter().any(|text| text.contains(words))
    }

    /// Waits until the address of the page satisfies `wanted`.
    pub fn arrive(&self, what: &str, wanted: impl Fn(&str) -> bool) -> String {
        eventually(PATIENCE, what, || {
            Some(self.address()).filter(|address| wanted(address))
        })
    }

    /// Waits until an element that matches stands on the page.
    pub fn wait_for(&self, css: &str) {
        eventually(PATIENCE, css, || {
            (!self.wait(self.driver().find_all(By::Css(css))).is_empty()).then_some(())
        });
    }

    /// What the page and the browser wrote to the console since the last call, faults only.
    #[must_use]
    pub fn faults(&self) -> Vec<String> {
        let entries = self.wait(self.driver().get_log("browser"));
        let grave = entries
            .into_iter()
            .filter(|entry| entry.level == "SEVERE" || entry.level == "WARNING");
        grave.map(|entry| entry.message).collect()
    }

    /// Addresses asked for by the pages since the last call.
    #[must_use]
    pub fn requests(&self) -> Vec<String> {
        let entries = self.wait(self.driver().get_log("performance"));
        let events = entries
            .iter()
            .filter_map(|entry| serde_json::from_str::<Value>(&entry.message).ok());
        let sent = events.filter(|event| event["message"]["method"] == "Network.requestWillBeSent");
        sent.filter_map(|event| {
            event["message"]["params"]["request"]["url"]
                .as_str()
                .map(str::to_owned)
        })
        .collect()
    }

    /// Names of the cookies that the browser holds for the page.
    #[must_use]
    pub fn cookies(&self) -> Vec<String> {
        let cookies = self.wait(self.driver().get_all_cookies());
        cookies.into_iter().map(|cookie| cookie.name).collect()
    }

    fn named(&self, name: &str) -> WebElement {
        self.wait(self.driver().find(By::Css(format!("[name='{name}']"))))
    }

    fn act(&self, css: &str, words: &str) {
        let element = self.find_saying(css, words);
        self.bring(&element);
        self.wait(element.click());
    }

    /// Brings an element to the middle of the window, clear of anything that sticks to an edge.
    fn bring(&self, element: &WebElement) {
        let argument = element.to_json().expect("an element has an id");
        let _ = self.run(
            "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})",
            vec![argument],
        );
    }

    /// The first displayed element that matches and whose text holds these words.
    fn find_saying(&self, css: &str, words: &str) -> WebElement {
        let words = plain(words);
        let mut seen = Vec::new();
        let deadline = std::time::Instant::now() + PATIENCE;
        while std::time::Instant::now() < deadline {
            seen.clear();
            for element in self.wait(self.driver().find_all(By::Css(css))) {
                // The page may change under our feet: an element that is gone says nothing.
                let text = self.runtime.block_on(element.text()).unwrap_or_default();
                let text = if text.is_empty() {
                    self.value_of(&element)
                } else {
                    plain(&text)
                };
                if text.contains(&words) {
                    return element;
                }
                seen.push(text);
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!(
            "nothing in {css} says « {words} » at {}; there is {seen:?}",
            self.address()
        );
    }

    fn value_of(&self, element: &WebElement) -> String {
        let value = self.runtime.block_on(element.attr("value"));
        value
            .ok()
            .flatten()
            .map(|value| plain(&value))
            .unwrap_or_default()
    }

    /// The field that a label names, tied by `for`.
    fn field(&self, label: &str) -> WebElement {
        let found = self.find_saying("label", label);
        let id = self
            .wait(found.attr("for"))
            .unwrap_or_else(|| panic!("the label « {label} » has no `for`"));
        self.wait(self.driver().find(By::Id(id)))
    }
}

/// Text with plain spaces, apostrophes and hyphens, so that tests need not know French typography.
#[must_use]
pub fn plain(text: &str) -> String {
    let plain = text
        .replace('’', "'")
        .replace(['\u{a0}', '\u{202f}'], " ")
        .replace('\u{2011}', "-");
    plain.trim().to_owned()
}
