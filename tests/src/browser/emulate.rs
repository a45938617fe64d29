//! What a visitor's device or settings change: window, colours, paper, larger text, wider spaces, a pointer.

use super::{Browser, Scheme};
use serde_json::json;

impl Browser {
    /// Sets the window, in CSS pixels. Narrow ones are those of a phone.
    pub fn set_window(&self, width: u32, height: u32) {
        let phone = width < 600;
        let metrics = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone});
        self.devtools("Emulation.setDeviceMetricsOverride", metrics);
    }

    /// Sets the colours of the system, whether it forces its own, and whether the page goes on paper. Motion is
    /// reduced.
    pub fn emulate(&self, scheme: Scheme, forced: bool, paper: bool) {
        let features = json!([
            {"name": "prefers-color-scheme", "value": scheme.name()},
            {"name": "prefers-reduced-motion", "value": "reduce"},
            {"name": "forced-colors", "value": if forced { "active" } else { "none" }},
        ]);
        let media = if paper { "print" } else { "" };
        self.devtools(
            "Emulation.setEmulatedMedia",
            json!({"media": media, "features": features}),
        );
    }

    /// Lets motion be, or has it reduced.
    pub fn let_move(&self, moves: bool) {
        let value = if moves { "no-preference" } else { "reduce" };
        let features = json!([{"name": "prefers-reduced-motion", "value": value}]);
        self.devtools("Emulation.setEmulatedMedia", json!({"features": features}));
    }

    /// Waits until what was emulated is drawn: two frames.
    pub fn settle(&self) {
        let _ = self.run(
            "return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))",
            Vec::new(),
        );
    }

    /// Sets the size of the text, in percent of the usual one, as a setting of the browser would.
    pub fn size_text(&self, percent: u32) {
        let _ = self.run(
            "document.documentElement.style.fontSize = arguments[0] === 100 ? '' : `${arguments[0]}%`",
            vec![json!(percent)],
        );
    }

    /// Gives the text the spaces of WCAG 1.4.12, or takes them back.
    pub fn widen_spaces(&self, wide: bool) {
        let _ = self.run(
            "const sheet = new CSSStyleSheet();
             if (arguments[0]) sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
                 word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`);
             document.adoptedStyleSheets = [sheet];",
            vec![json!(wide)],
        );
    }

    /// Adds a style sheet to the page shown: a fault put back.
    pub fn spoil(&self, css: &str) {
        let _ = self.run(
            "const sheet = new CSSStyleSheet(); sheet.replaceSync(arguments[0]);
             document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];",
            vec![json!(css)],
        );
    }

    /// Takes out of the page's sheets every rule whose text holds these words; gives back how many.
    ///
    /// # Panics
    /// When the browser does not count.
    #[must_use]
    pub fn drop_rules(&self, words: &str) -> u64 {
        let dropped = self.run(
            "let dropped = 0;
             const within = holder => { for (let at = holder.cssRules.length - 1; at >= 0; at--) {
                 const rule = holder.cssRules[at];
                 if (rule.selectorText !== undefined || rule.cssText.startsWith(arguments[0])) {
                     if (rule.cssText.includes(arguments[0])) { holder.deleteRule(at); dropped += 1; }
                 } else if (rule.cssRules) within(rule);
             } };
             for (const sheet of document.styleSheets) within(sheet);
             return dropped;",
            vec![json!(words)],
        );
        dropped.as_u64().expect("a count")
    }

    /// Runs a script at the birth of each page opened from now on.
    pub fn before_each_page(&self, script: &str) {
        self.devtools("Page.addScriptToEvaluateOnNewDocument", json!({"source": script}));
    }

    /// Keeps from the pages the files whose address matches one of these patterns (`*` for anything): a page whose
    /// scripts never come is a page without script, in which a test can still look around.
    pub fn block(&self, patterns: &[&str]) {
        self.devtools("Network.enable", json!({}));
        self.devtools("Network.setBlockedURLs", json!({"urls": patterns}));
    }
}
