//! What the preview adds to pages: the script that reloads them, and the faults on top.

use super::Shown;
use crate::render::words::escape;

/// Address of the script that reloads the page.
pub const SCRIPT: &str = "/_apercu/recharger.js";
/// Address of the style of the faults.
pub const STYLE: &str = "/_apercu/fautes.css";
/// Address of the stream of changes.
pub const EVENTS: &str = "/_apercu/changements";

/// The script: reloads at each change, and after the preview was stopped and started again.
pub const SCRIPT_TEXT: &str = "const changes = new EventSource('/_apercu/changements');
let lost = false;
changes.addEventListener('error', () => { lost = true; });
changes.addEventListener('open', () => { if (lost) location.reload(); });
changes.addEventListener('message', () => location.reload());
";
/// The style of the faults.
pub const STYLE_TEXT: &str =
    "#apercu-fautes { background: #fff; color: #161616; border-bottom: 4px solid #ce0500; padding: 1rem; }
#apercu-fautes h2 { color: #ce0500; font-size: 1.25rem; margin: 0 0 0.5rem; }
#apercu-plan { background: #fff; color: #161616; padding: 0.5rem 1rem; }
#apercu-plan a { color: #000091; }
#apercu-fautes pre { max-height: 50vh; overflow: auto; font-size: 0.875rem; white-space: pre-wrap; }
";

/// A page with the script, and the faults when there are some.
#[must_use]
pub fn page(html: &str, shown: &Shown) -> String {
    let head = format!(
        "<link rel=\"stylesheet\" href=\"{STYLE}\">\n<script type=\"module\" src=\"{SCRIPT}\"></script>\n</head>"
    );
    let html = html.replacen("</head>", &head, 1);
    let faults = format!("{}{}", faults(shown), plan(&html, shown));
    if faults.is_empty() {
        return html;
    }
    let body = html
        .find("<body")
        .and_then(|start| html[start..].find('>').map(|end| start + end + 1));
    match body {
        Some(at) => format!("{}\n{faults}{}", &html[..at], &html[at..]),
        None => format!("{html}{faults}"),
    }
}

/// The page shown before any build has succeeded, or at an unknown address.
#[must_use]
pub fn alone(title: &str, text: &str, shown: &Shown) -> String {
    let html = format!(
        "<!DOCTYPE html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n<p>{text}</p>\n</main>\n</body>\n</html>\n"
    );
    page(&html, shown)
}

/// On the pages of a questionnaire, the way to its whole logic.
fn plan(html: &str, shown: &Shown) -> String {
    let slug = html
        .split_once(" data-slug=\"")
        .and_then(|(_, rest)| rest.split_once('"'))
        .map_or("", |(slug, _)| slug);
    let path = format!("diagnostics/{slug}/plan/");
    if slug.is_empty() || shown.output.get(&format!("{path}index.html")).is_none() {
        return String::new();
    }
    format!(
        "<p id=\"apercu-plan\"><a href=\"/{path}\">Voir tout le questionnaire : dessin, chemins, scénarios</a></p>\n"
    )
}

fn faults(shown: &Shown) -> String {
    if shown.faults.is_empty() {
        return String::new();
    }
    let title = if shown.refused {
        "Cette page est la dernière version sans erreur : corrigez ces fautes"
    } else {
        "La page est à jour ; ces avertissements restent"
    };
    let text = escape(&shown.faults);
    format!(
        "<section id=\"apercu-fautes\" aria-label=\"Fautes\">\n<h2>{title}</h2>\n<pre tabindex=\"0\">{text}</pre>\n</section>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_a_questionnaire_lead_to_its_plan() {
        let html = "<head></head><body><div data-tree=\"/a\" data-slug=\"t\"></div></body>";
        assert!(!page(html, &Shown::default()).contains("apercu-plan\""));
        let mut shown = Shown::default();
        let plan = "diagnostics/t/plan/index.html";
        shown.output.insert(plan, b"plan".to_vec()).expect("a free path");
        let link = "<body>\n<p id=\"apercu-plan\"><a href=\"/diagnostics/t/plan/\">";
        assert!(page(html, &shown).contains(link));
        assert!(!page("<head></head><body></body>", &shown).contains("apercu-plan\""));
    }

    #[test]
    fn faults_stand_on_top_of_the_page() {
        let html = "<html><head></head><body id=\"a\"><main></main></body></html>";
        let plain = page(html, &Shown::default());
        assert!(
            plain.contains(SCRIPT) && !plain.contains("apercu-fautes\""),
            "{plain}"
        );
        let shown = Shown {
            faults: "<lien> mort".to_owned(),
            refused: true,
            ..Shown::default()
        };
        let faulty = page(html, &shown);
        let at = faulty.find("&lt;lien&gt; mort").expect("the fault");
        assert!(
            at > faulty.find("<body id=\"a\">").expect("a body")
                && at < faulty.find("<main>").expect("a main")
        );
        assert!(!faulty.contains("<script>") && !faulty.contains("style="));
    }
}
