//! The accessibility audit: what each criterion of the RGAA owes its state to, and what may be declared.
//!
//! Nothing here is typed by hand: a criterion is met only by rules that run at this build, by tests whose last
//! recorded run succeeded, and by checks by a person that have a date, a method and a result.

use jiff::civil::Date;

/// A recorded run of a browser test counts for this long. In days.
const TEST_LASTS: i64 = 183;
/// A check by a person counts for this long. In days.
const CHECK_LASTS: i64 = 365;

/// The whole audit.
#[derive(Debug, Clone, Default)]
pub struct Audit {
    /// The 106 criteria, in order.
    pub criteria: Vec<Criterion>,
    /// What the tests wrote: the programs that they used, and their runs.
    pub environment: String,
    /// Runs of tests.
    pub runs: Vec<Run>,
    /// Checks by a person.
    pub checks: Vec<Check>,
}

/// A criterion and what verifies it.
#[derive(Debug, Clone)]
pub struct Criterion {
    /// `10.11`.
    pub number: String,
    /// A or AA.
    pub level: String,
    /// What it asks, in a few words of French.
    pub subject: String,
    /// Rules of the build.
    pub rules: Vec<String>,
    /// Browser tests.
    pub tests: Vec<String>,
    /// The check by a person.
    pub check: Option<String>,
    /// Why it has no object, and the rule or the test that keeps it so.
    pub void: Option<(String, String)>,
}

/// A recorded run of a test.
#[derive(Debug, Clone)]
pub struct Run {
    /// Name of the test.
    pub name: String,
    /// Day of the run.
    pub day: Option<Date>,
    /// Whether it succeeded.
    pub passed: bool,
    /// What it looked at: « 563 pages, clair et sombre ».
    pub scope: String,
}

/// A check by a person.
#[derive(Debug, Clone)]
pub struct Check {
    /// Name of the procedure.
    pub name: String,
    /// Day; none when it is still to be done.
    pub day: Option<Date>,
    /// How, and by whom.
    pub method: String,
    /// Whether it found nothing wrong; `None` when it is still to be done.
    pub passed: Option<bool>,
    /// What it found, or what is missing.
    pub note: String,
}

/// State of a criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Everything that verifies it has passed.
    Met,
    /// Something found it wanting: what.
    Broken(String),
    /// Something that verifies it has no valid result: what.
    Unverified(String),
    /// It has no object: why.
    Void(String),
}

/// What is declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Totals {
    /// Criteria met.
    pub met: usize,
    /// Criteria that something found wanting.
    pub broken: usize,
    /// Criteria without a valid result; they count as not met.
    pub unverified: usize,
    /// Criteria without object.
    pub void: usize,
}

impl Totals {
    /// Criteria that apply.
    #[must_use]
    pub fn applicable(self) -> usize {
        self.met + self.broken + self.unverified
    }

    /// Criteria met among those that apply, in percent, never rounded up; 0 when none applies.
    #[must_use]
    pub fn rate(self) -> usize {
        (self.met * 100).checked_div(self.applicable()).unwrap_or(0)
    }

    /// The words of the law: all criteria, half of them at least, or fewer.
    #[must_use]
    pub fn state(self) -> &'static str {
        match (self.met, self.applicable()) {
            (met, all) if met == all && all > 0 => "totalement conforme",
            (met, all) if 2 * met >= all && all > 0 => "partiellement conforme",
            _ => "non conforme",
        }
    }
}

impl Audit {
    /// The state of a criterion on a day.
    #[must_use]
    pub fn state(&self, criterion: &Criterion, today: Date) -> State {
        let rule_runs = |name: &str| crate::check::explain::explanation(name).is_some();
        if let Some((reason, guard)) = &criterion.void {
            return match self.test(guard, today) {
                _ if rule_runs(guard) => State::Void(reason.clone()),
                Ok(()) => State::Void(reason.clone()),
                Err(state) => state,
            };
        }
        let rules = criterion.rules.iter().map(|name| {
            let missing = || State::Unverified(format!("la règle « {name} » n'existe pas"));
            if rule_runs(name) { Ok(()) } else { Err(missing()) }
        });
        let tests = criterion.tests.iter().map(|name| self.test(name, today));
        let checks = criterion.check.iter().map(|name| self.check(name, today));
        let mut all = rules.chain(tests).chain(checks).peekable();
        if all.peek().is_none() {
            return State::Unverified("rien ne le vérifie".to_owned());
        }
        let found: Vec<State> = all.filter_map(Result::err).collect();
        let broken = found.iter().find(|state| matches!(state, State::Broken(_)));
        broken.or(found.first()).cloned().unwrap_or(State::Met)
    }

    fn test(&self, name: &str, today: Date) -> Result<(), State> {
        match self.runs.iter().find(|run| run.name == name) {
            Some(run) if !run.passed => Err(State::Broken(format!("l'essai « {name} » a échoué"))),
            Some(run) if is_valid(run.day, today, TEST_LASTS) => Ok(()),
            Some(_) => Err(State::Unverified(format!("l'essai « {name} » est trop ancien"))),
            None => Err(State::Unverified(format!(
                "l'essai « {name} » n'a pas de résultat"
            ))),
        }
    }

    fn check(&self, name: &str, today: Date) -> Result<(), State> {
        match self.checks.iter().find(|check| check.name == name) {
            Some(check) if check.passed == Some(false) => Err(State::Broken(check.note.clone())),
            Some(check) if check.passed == Some(true) && is_valid(check.day, today, CHECK_LASTS) => Ok(()),
            Some(check) if check.passed.is_none() => Err(State::Unverified(check.note.clone())),
            Some(_) => Err(State::Unverified(format!(
                "le contrôle « {name} » est trop ancien"
            ))),
            None => Err(State::Unverified(format!(
                "le contrôle « {name} » n'a pas de résultat"
            ))),
        }
    }

    /// What may be declared on a day.
    #[must_use]
    pub fn totals(&self, today: Date) -> Totals {
        let mut totals = Totals {
            met: 0,
            broken: 0,
            unverified: 0,
            void: 0,
        };
        for criterion in &self.criteria {
            match self.state(criterion, today) {
                State::Met => totals.met += 1,
                State::Broken(_) => totals.broken += 1,
                State::Unverified(_) => totals.unverified += 1,
                State::Void(_) => totals.void += 1,
            }
        }
        totals
    }

    /// The last day on which something was recorded.
    #[must_use]
    pub fn last_day(&self) -> Option<Date> {
        let runs = self.runs.iter().filter_map(|run| run.day);
        runs.chain(self.checks.iter().filter_map(|check| check.day)).max()
    }
}

/// A result of tomorrow or of too long ago is none. A result recorded the day after the day of a build that is
/// given its date is of tomorrow by a few hours: two days are let through.
fn is_valid(day: Option<Date>, today: Date, lasts: i64) -> bool {
    day.and_then(|day| today.since(day).ok())
        .is_some_and(|age| (-2..=lasts).contains(&i64::from(age.get_days())))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = Date::constant(2026, 11, 23);

    fn criterion(rule: &str, test: &str, check: &str) -> Criterion {
        let list = |name: &str| {
            if name.is_empty() {
                Vec::new()
            } else {
                vec![name.to_owned()]
            }
        };
        Criterion {
            number: "1.1".to_owned(),
            level: "A".to_owned(),
            subject: String::new(),
            rules: list(rule),
            tests: list(test),
            check: list(check).pop(),
            void: None,
        }
    }

    fn audit(day: Date, passed: bool) -> Audit {
        let run = Run {
            name: "axe".to_owned(),
            day: Some(day),
            passed,
            scope: String::new(),
        };
        let check = Check {
            name: "oeil".to_owned(),
            day: Some(day),
            method: String::new(),
            passed: Some(passed),
            note: "vu".to_owned(),
        };
        Audit {
            runs: vec![run],
            checks: vec![check],
            ..Audit::default()
        }
    }

    #[test]
    fn nothing_is_met_without_a_valid_result() {
        let good = audit(TODAY, true);
        assert_eq!(
            good.state(&criterion("page-image", "axe", "oeil"), TODAY),
            State::Met
        );
        for (rule, test, check) in [
            ("", "", ""),
            ("page-inconnue", "", ""),
            ("", "inconnu", ""),
            ("", "", "inconnu"),
        ] {
            let state = good.state(&criterion(rule, test, check), TODAY);
            assert!(
                matches!(state, State::Unverified(_)),
                "{rule} {test} {check}: {state:?}"
            );
        }
        let old = audit(Date::constant(2026, 1, 1), true);
        assert!(matches!(
            old.state(&criterion("page-image", "axe", ""), TODAY),
            State::Unverified(_)
        ));
        let bad = audit(TODAY, false);
        assert_eq!(
            bad.state(&criterion("", "", "oeil"), TODAY),
            State::Broken("vu".to_owned())
        );
    }

    #[test]
    fn the_state_is_never_better_than_the_figures() {
        let totals = |met, broken, unverified| Totals {
            met,
            broken,
            unverified,
            void: 3,
        };
        assert_eq!(totals(10, 0, 0).state(), "totalement conforme");
        assert_eq!(totals(99, 0, 1).state(), "partiellement conforme");
        assert_eq!(totals(1, 1, 0).state(), "partiellement conforme");
        assert_eq!(totals(1, 0, 2).state(), "non conforme");
        assert_eq!(totals(0, 0, 0).state(), "non conforme");
        assert_eq!(totals(2, 1, 0).rate(), 66);
    }
}
