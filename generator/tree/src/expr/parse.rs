//! Tokens -> a tree without types. Depth is counted, so no input can exhaust the stack.

use super::lex::{Number, Spot, Token, Unreadable, lex};
use super::scope::{Name, Scope};
use crate::date::Date;

/// Deepest expression accepted: parentheses, `non`, calls and operators in a row.
pub(crate) const MAX_DEPTH: usize = 32;

/// A node, with its range of bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    pub(crate) kind: NodeKind,
    pub(crate) start: usize,
    pub(crate) end: usize,
    depth: usize,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NodeKind {
    Name(Name),
    Word(String),
    Number(Number),
    Date(Date),
    Call(String, Vec<Node>),
    Not(Box<Node>),
    And(Vec<Node>),
    Or(Vec<Node>),
    /// `= != < <= > >= contient + - *`
    Pair(&'static str, Box<Node>, Box<Node>),
}

/// Parses a whole text.
pub(crate) fn parse(text: &str, scope: &Scope) -> Result<Node, Unreadable> {
    let spots = lex(text, scope)?;
    if spots.is_empty() {
        return Err(Unreadable::new("l’expression est vide", 0, text.len()));
    }
    let mut parser = Parser {
        text,
        spots,
        at: 0,
        open: 0,
    };
    let node = parser.alternatives()?;
    match parser.spots.get(parser.at) {
        None => Ok(node),
        Some(spot) => Err(parser.surprised(spot)),
    }
}

struct Parser<'a> {
    text: &'a str,
    spots: Vec<Spot>,
    at: usize,
    open: usize,
}

type Parsed = Result<Node, Unreadable>;

impl Parser<'_> {
    fn sign(&self) -> &'static str {
        match self.spots.get(self.at).map(|spot| &spot.token) {
            Some(Token::Sign(sign)) => sign,
            _ => "",
        }
    }

    fn take(&mut self, sign: &str) -> bool {
        let found = self.sign() == sign;
        self.at += usize::from(found);
        found
    }

    fn surprised(&self, spot: &Spot) -> Unreadable {
        let found = &self.text[spot.start..spot.end];
        let message = format!("« {found} » n’est pas attendu ici");
        let unreadable = Unreadable::new(message, spot.start, spot.end);
        match spot.token {
            Token::Word => unreadable.hint("Un nom de plusieurs mots doit être écrit comme il est défini ; entre deux conditions, écrivez « et » ou « ou »."),
            _ => unreadable,
        }
    }

    /// A node, unless it is too deep.
    fn node(kind: NodeKind, start: usize, end: usize, below: usize) -> Parsed {
        let depth = below + 1;
        if depth > MAX_DEPTH {
            return Err(too_deep(start, end));
        }
        Ok(Node {
            kind,
            start,
            end,
            depth,
        })
    }

    fn alternatives(&mut self) -> Parsed {
        self.open += 1;
        if self.open > MAX_DEPTH {
            let start = self.spots.get(self.at).map_or(0, |spot| spot.start);
            return Err(too_deep(start, self.text.len()));
        }
        let node = self.list("ou", Self::conjunction, NodeKind::Or);
        self.open -= 1;
        node
    }

    fn conjunction(&mut self) -> Parsed {
        self.list("et", Self::comparison, NodeKind::And)
    }

    /// Operands of the same `sign` in one flat list.
    fn list(
        &mut self,
        sign: &str,
        operand: fn(&mut Self) -> Parsed,
        build: fn(Vec<Node>) -> NodeKind,
    ) -> Parsed {
        let first = operand(self)?;
        if self.sign() != sign {
            return Ok(first);
        }
        let mut nodes = vec![first];
        while self.take(sign) {
            nodes.push(operand(self)?);
        }
        let (start, end) = (nodes[0].start, nodes[nodes.len() - 1].end);
        let below = nodes.iter().map(|node| node.depth).max().unwrap_or(0);
        Self::node(build(nodes), start, end, below)
    }

    fn comparison(&mut self) -> Parsed {
        if self.sign() == "non" {
            return self.negation();
        }
        let left = self.sum()?;
        let sign = self.sign();
        if !matches!(sign, "=" | "!=" | "<" | "<=" | ">" | ">=" | "contient") {
            return Ok(left);
        }
        self.at += 1;
        // « residence = non »: after a sign of comparison, `non` is the id of a choice.
        if let Some(spot) = self
            .spots
            .get_mut(self.at)
            .filter(|spot| spot.token == Token::Sign("non"))
        {
            spot.token = Token::Word;
        }
        let right = self.sum()?;
        if matches!(self.sign(), "=" | "!=" | "<" | "<=" | ">" | ">=" | "contient") {
            let spot = self.spots[self.at].clone();
            return Err(self
                .surprised(&spot)
                .hint("Écrivez « a < b et b < c » au lieu de « a < b < c »."));
        }
        Self::pair(sign, left, right)
    }

    fn negation(&mut self) -> Parsed {
        let start = self.spots[self.at].start;
        self.at += 1;
        self.open += 1;
        if self.open > MAX_DEPTH {
            return Err(too_deep(start, self.text.len()));
        }
        let inner = self.comparison()?;
        self.open -= 1;
        let (end, below) = (inner.end, inner.depth);
        Self::node(NodeKind::Not(Box::new(inner)), start, end, below)
    }

    fn pair(sign: &'static str, left: Node, right: Node) -> Parsed {
        let (start, end, below) = (left.start, right.end, left.depth.max(right.depth));
        Self::node(
            NodeKind::Pair(sign, Box::new(left), Box::new(right)),
            start,
            end,
            below,
        )
    }

    fn sum(&mut self) -> Parsed {
        let mut node = self.product()?;
        while matches!(self.sign(), "+" | "-") {
            let sign = self.sign();
            self.at += 1;
            node = Self::pair(sign, node, self.product()?)?;
        }
        Ok(node)
    }

    fn product(&mut self) -> Parsed {
        let mut node = self.primary()?;
        while self.take("*") {
            node = Self::pair("*", node, self.primary()?)?;
        }
        Ok(node)
    }

    fn primary(&mut self) -> Parsed {
        let Some(spot) = self.spots.get(self.at).cloned() else {
            let end = self.text.len();
            return Err(Unreadable::new(
                "l’expression s’arrête trop tôt",
                end.saturating_sub(1),
                end,
            ));
        };
        self.at += 1;
        let kind = match spot.token {
            Token::Name(name) => NodeKind::Name(name),
            Token::Number(number) => NodeKind::Number(number),
            Token::Date(date) => NodeKind::Date(date),
            Token::Word if self.sign() == "(" => return self.call(&spot),
            Token::Word => NodeKind::Word(self.text[spot.start..spot.end].to_owned()),
            Token::Sign("(") => return self.parenthesis(&spot),
            Token::Sign(_) => return Err(self.surprised(&spot)),
        };
        Self::node(kind, spot.start, spot.end, 0)
    }

    fn parenthesis(&mut self, open: &Spot) -> Parsed {
        let inner = self.alternatives()?;
        if !self.take(")") {
            let fault = Unreadable::new("cette parenthèse n’est pas fermée", open.start, open.end);
            return Err(fault.hint("Ajoutez « ) » à la fin de ce qu’elle réunit."));
        }
        Ok(inner)
    }

    fn call(&mut self, name: &Spot) -> Parsed {
        let function = self.text[name.start..name.end].to_owned();
        self.at += 1;
        let mut arguments = Vec::new();
        if !self.take(")") {
            loop {
                arguments.push(self.alternatives()?);
                if self.take(")") {
                    break;
                }
                if !self.take(",") {
                    let message = format!("la parenthèse de « {function} » n’est pas fermée");
                    let hint = format!("Fermez-la : « {} ».", closed(&self.text[name.start..]));
                    return Err(Unreadable::new(message, name.start, name.end).hint(hint));
                }
            }
        }
        let end = self.spots[self.at - 1].end;
        let below = arguments.iter().map(|node| node.depth).max().unwrap_or(0);
        Self::node(NodeKind::Call(function, arguments), name.start, end, below)
    }
}

/// A call whose parenthesis nothing closes, closed before the first comparison or the first « et », « ou »:
/// `depuis(date-cles > 2 mois` gives `depuis(date-cles) > 2 mois`.
fn closed(text: &str) -> String {
    let after = [" et ", " ou ", "<", ">", "=", "!", "≤", "≥", "≠"];
    let end = after
        .iter()
        .filter_map(|sign| text.find(sign))
        .min()
        .unwrap_or(text.len());
    let (call, rest) = text.split_at(end);
    let (call, space) = (
        call.trim_end(),
        if rest.is_empty() || rest.starts_with(' ') {
            ""
        } else {
            " "
        },
    );
    format!("{call}){space}{rest}")
}

fn too_deep(start: usize, end: usize) -> Unreadable {
    Unreadable::new(
        format!("cette expression est trop imbriquée (plus de {MAX_DEPTH} niveaux)"),
        start,
        end,
    )
    .hint("Donnez un nom à ses parties, dans « faits » ou « calculs ».")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn scope() -> Scope {
        let mut scope = Scope::default();
        scope.declare("aujourd'hui", Name::Today);
        scope.declare("date-cles", Name::Question(0));
        scope.declare("edl", Name::Question(1));
        scope.declare("delai d'un mois", Name::Fact(0));
        scope
    }

    #[test]
    fn reads_the_conditions_of_the_format() {
        let text = "(delai d’un mois et depuis(date-cles) > 1 mois)\n ou (non delai d'un mois et depuis(date-cles) > 2 mois)";
        let node = parse(text, &scope()).expect("a condition");
        let NodeKind::Or(parts) = node.kind else {
            panic!("an alternative")
        };
        assert_eq!(parts.len(), 2);
        for text in [
            "edl = conforme",
            "edl = non et edl != non",
            "10 % * 650,50 €",
            "si(edl = conforme, 1, 2)",
            "min(1,2)",
            "5 000 € + 0.5 €",
        ] {
            assert!(parse(text, &scope()).is_ok(), "{text}");
        }
    }

    #[test]
    fn says_where_it_stops_understanding() {
        for (text, part) in [
            ("", "vide"),
            ("edl =", "trop tôt"),
            ("(edl = conforme", "pas fermée"),
            ("edl = conforme edl", "pas attendu"),
            ("1 < 2 < 3", "pas attendu"),
            ("{edl}", "accolades"),
            ("edl = 2026-02-31", "n’existe pas"),
            ("edl = 99999999999999999999999", "trop grand"),
            ("edl\0", "U+0000"),
        ] {
            let message = parse(text, &scope()).expect_err(text).message;
            assert!(message.contains(part), "{text}: {message}");
        }
    }

    #[test]
    fn hostile_depth_and_length_are_refused() {
        let texts = [
            "(".repeat(2_000) + "edl" + &")".repeat(1_999),
            "non ".repeat(900) + "edl",
            "min(".repeat(900) + "1",
            "1".to_owned() + &"+1".repeat(1_500),
            "(".repeat(10_000),
            "edl = a et ".repeat(100_000),
        ];
        for text in texts {
            let message = parse(&text, &scope()).expect_err("refused").message;
            assert!(
                message.contains("trop imbriquée") || message.contains("trop longue"),
                "{message}"
            );
        }
    }

    /// How many texts each property is tried on: 2,000, or what the person who runs the tests asks for.
    #[expect(
        clippy::disallowed_methods,
        reason = "a longer run is asked from the command line"
    )]
    fn hostile_inputs() -> u32 {
        let asked = std::env::var("HOSTILE_INPUTS").ok();
        asked.and_then(|text| text.parse().ok()).unwrap_or(2_000)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(
            hostile_inputs()
        ))]
        #[test]
        fn never_panics_on_any_text(text in "\\PC{0,80}") {
            let _ = parse(&text, &scope());
        }

        #[test]
        fn never_panics_on_scrambled_words(words in prop::collection::vec(prop::sample::select(vec![
            "edl", "=", "conforme", "et", "ou", "non", "(", ")", ",", "depuis", "date-cles", "1 mois", "10 %",
            "2026-08-10", "2026-99-99", "+", "-", "*", "contient", "<", ">=", "é", "’", "delai d'un mois", "0,5", "9", "\u{a0}", "€",
        ]), 0..40)) {
            let _ = parse(&words.join(" "), &scope());
            let _ = parse(&words.concat(), &scope());
        }
    }
}
