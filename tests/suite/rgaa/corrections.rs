//! Each correction of the design system (`theme/styles/corrections.css`) mends what it says: with it the check is
//! silent; without it the fault is back. A correction without a case here fails the last test.

use serde_json::Value;
use tests::{Browser, Scheme, TestService, programs};

/// A correction: how its comment begins, the page, the setting, what measures the fault, the rules that mend it.
struct Case {
    comment: &'static str,
    page: &'static str,
    width: u32,
    scheme: Scheme,
    forced: bool,
    /// Whether the fault is there.
    fault: &'static str,
    /// Words of the rules to take out.
    rules: &'static [&'static str],
}

const CASES: &[Case] = &[
    Case {
        comment: "980:",
        page: "/guides/depot-de-garantie/",
        width: 1280,
        scheme: Scheme::Light,
        forced: false,
        fault: "const link = document.querySelector('.fr-nav__link'); link.focus({focusVisible: true});
                return parseFloat(getComputedStyle(link).outlineOffset) > 0;",
        rules: &["outline-offset: -2px"],
    },
    Case {
        comment: "1324:",
        page: "/",
        width: 1280,
        scheme: Scheme::Dark,
        forced: false,
        fault: "const value = name => { const probe = document.createElement('i'); document.body.append(probe);
                    probe.style.color = `var(${name})`; const found = getComputedStyle(probe).color.match(/[\\d.]+/g).map(Number);
                    probe.remove(); return found; };
                const light = rgb => { const [r, g, b] = rgb.map(v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
                    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
                const grounds = ['--grey-1000-50-hover', '--grey-1000-75-hover', '--grey-1000-50-active', '--grey-1000-75-active'];
                const ink = light(value('--text-action-high-blue-france'));
                return grounds.some(name => { const ground = light(value(name));
                    return (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05) < 4.5; });",
        rules: &["--grey-1000-50-hover: #262626", "--grey-1000-50-hover: rgb(38, 38, 38)"],
    },
    Case {
        comment: "1324 again:",
        page: "/diagnostics/depot-de-garantie/q/bail/",
        width: 1280,
        scheme: Scheme::Light,
        forced: false,
        fault: "const notice = document.createElement('div'); notice.className = 'fr-notice fr-notice--info';
                notice.innerHTML = '<p><a class=\"fr-notice__link\" href=\"/\">x</a></p>'; document.body.append(notice);
                const tint = getComputedStyle(notice.querySelector('a')).getPropertyValue('--active-tint').trim();
                notice.remove(); return !['transparent', '#0000'].includes(tint);",
        rules: &[".fr-notice .fr-notice__link"],
    },
    Case {
        comment: "A window that fades in",
        page: "/",
        width: 1280,
        scheme: Scheme::Light,
        forced: false,
        fault: "return getComputedStyle(document.querySelector('dialog.fr-modal')).transitionDuration.split(',')
                    .some(part => parseFloat(part) > 0);",
        rules: &["dialog.fr-modal"],
    },
    Case {
        comment: "The menu button of the phone",
        page: "/",
        width: 320,
        scheme: Scheme::Light,
        forced: false,
        fault: "const button = document.querySelector('#bouton-menu'); const range = document.createRange();
                range.selectNodeContents(button); const words = range.getBoundingClientRect();
                return words.right > button.getBoundingClientRect().right + 1 || button.getBoundingClientRect().height < 43.5;",
        rules: &["max-width: none; min-height: 2.75rem"],
    },
    Case {
        comment: "In forced colours, icons",
        page: "/recherche/?q=caution",
        width: 1280,
        scheme: Scheme::Dark,
        forced: true,
        fault: "const icon = getComputedStyle(document.querySelector('footer a[target=_blank]'), '::after');
                return icon.forcedColorAdjust !== 'none';",
        rules: &["forced-color-adjust"],
    },
];

#[test]
fn without_a_correction_its_fault_is_back() {
    let service = TestService::with_folder();
    let browser = Browser::start();
    for case in CASES {
        browser.set_window(case.width, 800);
        browser.emulate(case.scheme, case.forced, false);
        if case.comment.starts_with("A window") {
            browser.let_move(true);
        }
        browser.open(&service.page(case.page));
        browser.settle();
        let faulty = || browser.run(case.fault, Vec::new());
        assert_eq!(
            faulty(),
            Value::Bool(false),
            "{}: the fault is there",
            case.comment
        );
        let dropped: u64 = case.rules.iter().map(|words| browser.drop_rules(words)).sum();
        assert!(dropped > 0, "{}: no rule holds {:?}", case.comment, case.rules);
        browser.settle();
        assert_eq!(
            faulty(),
            Value::Bool(true),
            "{}: not needed any more?",
            case.comment
        );
    }
}

#[test]
fn each_correction_has_its_case() {
    let sheet = programs::repository().join("theme/styles/corrections.css");
    let sheet = std::fs::read_to_string(sheet).unwrap();
    let comments: Vec<&str> = sheet
        .split("/* ")
        .skip(2) // what stands before the first, and the title of the file
        .map(|comment| comment.strip_prefix("No number. ").unwrap_or(comment))
        .collect();
    assert_eq!(comments.len(), CASES.len(), "{comments:#?}");
    for (comment, case) in comments.iter().zip(CASES) {
        assert!(
            comment.starts_with(case.comment),
            "« {} » has no case",
            comment.lines().next().unwrap_or_default()
        );
    }
}
