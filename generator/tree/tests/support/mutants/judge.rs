//! Whether a fault is caught, changes nothing at all, or survives.

use super::Mutant;
use decision_tree::conformance::vectors;
use decision_tree::expr::Expr;
use decision_tree::model::{Part, Voice};
use decision_tree::source::TreeSource;
use decision_tree::{
    Answers, Compiled, Context, Date, Finding, Tree, Walk, compile, plain, render_letter, report, walk,
};
use std::collections::BTreeMap;

/// What becomes of a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// A rule tells it: its name and its first message.
    Caught(&'static str, String),
    /// Nothing that a reader sees changes, in this many cases.
    Harmless(usize),
    /// A reader sees something else and no rule says so: the answers and what differs.
    Survives(String),
}

/// Some answers on a day, as in an address.
type Asked = (Date, Vec<(String, String)>);

/// The sound tree and what it tells.
pub struct Reference {
    source: TreeSource,
    today: Date,
    days: Vec<Date>,
    known: Vec<String>,
    tree: Tree,
    cases: Vec<(Asked, Vec<String>)>,
}

impl Reference {
    /// Compiles the sound tree and keeps what it tells in each complete case: on the first day, all of them
    /// when there are at most `most`; on the others, each answer of each merged situation. The tree must compile.
    pub fn new(source: &TreeSource, days: &[&str], most: usize) -> Option<Self> {
        let days: Vec<Date> = days.iter().filter_map(|day| Date::from_iso(day)).collect();
        let today = *days.first()?;
        let Compiled { tree, findings, .. } = compile(source, today);
        let tree = tree?;
        let cases = complete(&tree, &days, most).into_iter().map(|asked| {
            let told = told(&tree, &asked);
            (asked, told)
        });
        Some(Self {
            source: source.clone(),
            today,
            known: findings.iter().map(named).collect(),
            cases: cases.collect(),
            days,
            tree,
        })
    }

    /// How many complete cases stand for the whole behaviour.
    pub fn cases(&self) -> usize {
        self.cases.len()
    }

    /// Judges a fault.
    pub fn judge(&self, mutant: &Mutant) -> Verdict {
        let Compiled { tree, findings, .. } = compile(&mutant.applied(&self.source), self.today);
        let fresh = findings
            .iter()
            .filter(|finding| !self.known.contains(&named(finding)));
        // An error is a better witness than a warning, and a rule than a scenario.
        let first = fresh.min_by_key(|finding| (finding.severity, finding.rule));
        if let Some(finding) = first {
            return Verdict::Caught(finding.rule.id(), finding.message.clone());
        }
        let Some(tree) = tree else {
            return Verdict::Survives("le questionnaire ne se compile plus, sans message".to_owned());
        };
        let own: Vec<Asked> = complete(&tree, &self.days, 0);
        let own = own.into_iter().map(|asked| (told(&self.tree, &asked), asked));
        let cases = self
            .cases
            .iter()
            .map(|(asked, told)| (told.clone(), asked.clone()));
        for ((_, answers), before, after) in cases.chain(own).map(|(before, asked)| {
            let after = told(&tree, &asked);
            (asked, before, after)
        }) {
            if before != after {
                return Verdict::Survives(format!("{} — {}", said(&answers), difference(&before, &after)));
            }
        }
        Verdict::Harmless(self.cases.len())
    }
}

fn named(finding: &Finding) -> String {
    format!("{} {}", finding.rule.id(), finding.message)
}

fn said(answers: &[(String, String)]) -> String {
    answers
        .iter()
        .map(|(id, value)| format!("{id}={value}"))
        .collect::<Vec<_>>()
        .join(" ")
}

fn difference(before: &[String], after: &[String]) -> String {
    let lost = before.iter().find(|line| !after.contains(line));
    let won = after.iter().find(|line| !before.contains(line));
    format!(
        "{:?} → {:?}",
        lost.map_or("", |line| line),
        won.map_or("", |line| line)
    )
}

/// The complete cases of a tree.
fn complete(tree: &Tree, days: &[Date], most: usize) -> Vec<Asked> {
    let mut all = Vec::new();
    for (index, day) in days.iter().enumerate() {
        let most = if index == 0 { most } else { 0 };
        let given = vectors(tree, *day, most);
        all.extend(
            given
                .iter()
                .flat_map(|given| given.complete().map(|answers| (*day, answers))),
        );
    }
    all
}

/// All that a reader is told at the end, by the names of things: their order in the file does not matter.
fn told(tree: &Tree, (today, answers): &Asked) -> Vec<String> {
    let context = Context { today: *today };
    let pairs = answers.iter().map(|(id, text)| (id.as_str(), text.as_str()));
    let (read, _) = Answers::read(tree, pairs, &context);
    let report = report(tree, &read, &context);
    let mut lines = vec![format!("question {:?}", report.question)];
    lines.extend(report.answers.iter().map(|line| format!("posée {}", line.id)));
    let walk = walk(tree, &read, &context);
    for outcome in &report.outcomes {
        let id = &outcome.id;
        lines.push(format!("issue {id} {} {}", outcome.title, outcome.summary));
        lines.extend(
            outcome
                .legal_basis
                .iter()
                .map(|article| format!("article {id} {article}")),
        );
        lines.extend(
            outcome
                .documents
                .iter()
                .map(|document| format!("pièce {id} {document}")),
        );
        lines.extend(
            outcome
                .deadlines
                .iter()
                .map(|line| format!("échéance {id} {} {:?}", line.title, line.on)),
        );
        lines.push(format!("saisine {id} {:?}", outcome.referral));
        let Some(index) = tree.outcomes.iter().position(|known| known.id == *id) else {
            continue;
        };
        let known = &tree.outcomes[index];
        lines.extend(computed(tree, &walk, index, &context));
        let mut shown = format!("texte {id} ");
        body(&known.body.parts, outcome, report.voice, &mut shown);
        lines.push(shown);
        for slug in &outcome.letters {
            let letter = tree.letters.iter().find(|letter| letter.slug == *slug);
            let text =
                letter.map(|letter| plain(&render_letter(tree, letter, &read, &BTreeMap::new(), &context)));
            lines.push(format!("lettre {id} {slug} {text:?}"));
        }
    }
    lines.sort();
    lines
}

/// Facts and figures as the page of an outcome gives them.
fn computed(tree: &Tree, walk: &Walk, outcome: usize, context: &Context) -> Vec<String> {
    let id = &tree.outcomes[outcome].id;
    let facts = tree.facts.iter().enumerate();
    let held =
        facts.filter(|(fact, _)| walk.truth(tree, &Expr::Fact(*fact), Some(outcome), context) == Some(true));
    let mut lines: Vec<String> = held.map(|(_, fact)| format!("fait {id} {}", fact.name)).collect();
    lines.extend(tree.figures.iter().enumerate().map(|(figure, known)| {
        let range = walk.range(tree, &Expr::Figure(figure), Some(outcome), context);
        format!("calcul {id} {} {range:?}", known.name)
    }));
    lines
}

/// The blocks and the values of a body that are shown; its words are left out of a compiled tree.
fn body(parts: &[Part], told: &decision_tree::OutcomeReport, voice: Voice, shown: &mut String) {
    for part in parts {
        match part {
            Part::Text(_) => {}
            Part::Value(number) => shown.push_str(&format!("{:?} ", told.values[*number])),
            Part::If(number, inner) if told.conditions[*number] == Some(true) => {
                shown.push_str(&format!("[{number} "));
                body(inner, told, voice, shown);
                shown.push(']');
            }
            Part::If(..) => {}
            Part::Voice(of, inner) => {
                if *of == voice {
                    body(inner, told, voice, shown);
                }
            }
        }
    }
}
