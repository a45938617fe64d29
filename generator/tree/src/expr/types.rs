//! Parsed expression -> typed, compiled expression. Every fault becomes a [`TypeFault`] with its cure.

use super::Expr;
use super::lex::{Number, Suffix};
use super::parse::{Node, NodeKind};
use super::scope::{Name, Scope};
use crate::model::{Kind, Unit};
use crate::nearest::suggestion;
use crate::rule::Rule;

/// Type of an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ty {
    Bool,
    /// One choice of the question of this index.
    Choice(usize),
    /// Several choices of the question of this index.
    Set(usize),
    Date,
    /// Time since a date: the expression is the date itself, to be compared with a duration.
    Elapsed,
    Months,
    Days,
    Amount,
    Number,
    Rate,
    /// An index with two decimals (that of rents): only a proportion reads it.
    Index,
    Commune,
    Department,
    Text,
    /// A number without unit: it takes the type of what it meets.
    Plain(Number),
}

impl Ty {
    /// Its name for authors.
    pub(crate) fn french(self) -> &'static str {
        match self {
            Self::Bool => "une condition",
            Self::Choice(_) => "une réponse à choix",
            Self::Set(_) => "une réponse à plusieurs cases",
            Self::Date => "une date",
            Self::Elapsed => "un temps écoulé",
            Self::Months => "un nombre de mois",
            Self::Days => "un nombre de jours",
            Self::Amount => "une somme",
            Self::Number | Self::Plain(_) => "un nombre",
            Self::Rate => "un taux",
            Self::Index => "un indice",
            Self::Commune => "une commune",
            Self::Department => "un département",
            Self::Text => "un texte",
        }
    }

    /// The unit in which the reader sees it.
    pub(crate) fn unit(self) -> Option<Unit> {
        match self {
            Self::Date => Some(Unit::Date),
            Self::Amount => Some(Unit::Euro),
            Self::Months => Some(Unit::Mois),
            Self::Days => Some(Unit::Jours),
            Self::Number | Self::Plain(_) => Some(Unit::Nombre),
            Self::Rate => Some(Unit::Taux),
            Self::Index => Some(Unit::Indice),
            _ => None,
        }
    }

    /// The type of a figure or of a parameter of this unit.
    pub(crate) fn of_unit(unit: Unit) -> Self {
        match unit {
            Unit::Date => Self::Date,
            Unit::Euro => Self::Amount,
            Unit::Mois | Unit::Annees => Self::Months,
            Unit::Jours => Self::Days,
            Unit::Nombre => Self::Number,
            Unit::Taux => Self::Rate,
            Unit::Indice => Self::Index,
        }
    }
}

/// A fault of type or of name, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TypeFault {
    pub(crate) rule: Rule,
    pub(crate) message: String,
    pub(crate) hint: Option<String>,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// An expression and its type.
pub(crate) type Typed = Result<(Expr, Ty), TypeFault>;

/// Gives a type to a node.
pub(crate) fn typed(node: &Node, scope: &Scope) -> Typed {
    match &node.kind {
        NodeKind::Name(name) => named(*name, node, scope),
        NodeKind::Word(word) => Err(unknown_name(word, node, scope)),
        NodeKind::Number(number) => literal(*number, node),
        NodeKind::Date(date) => Ok((Expr::Const(date.day_number()), Ty::Date)),
        NodeKind::Not(inner) => Ok((Expr::Not(Box::new(boolean(inner, scope)?)), Ty::Bool)),
        NodeKind::And(nodes) => Ok((Expr::And(booleans(nodes, scope)?), Ty::Bool)),
        NodeKind::Or(nodes) => Ok((Expr::Or(booleans(nodes, scope)?), Ty::Bool)),
        NodeKind::Pair("contient", set, choice) => has(set, choice, scope),
        NodeKind::Pair(sign @ ("+" | "-" | "*"), left, right) => {
            super::arithmetic::pair(sign, left, right, scope)
        }
        NodeKind::Pair(sign, left, right) => super::compare::compare(sign, left, right, scope),
        NodeKind::Call(name, arguments) => super::call::call(name, arguments, node, scope),
    }
}

/// A fault of type at a node.
pub(crate) fn fault(node: &Node, message: impl Into<String>) -> TypeFault {
    TypeFault {
        rule: Rule::Type,
        message: message.into(),
        hint: None,
        start: node.start,
        end: node.end,
    }
}

impl TypeFault {
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// A condition.
pub(crate) fn boolean(node: &Node, scope: &Scope) -> Result<Expr, TypeFault> {
    match typed(node, scope)? {
        (expr, Ty::Bool) => Ok(expr),
        (_, Ty::Choice(question)) => Err(fault(
            node,
            "cette question n’est pas une condition : comparez-la à une de ses réponses",
        )
        .hint(format!(
            "Par exemple « {} = {} ».",
            scope.questions[question].id,
            example(question, scope)
        ))),
        (_, other) => Err(fault(
            node,
            format!("il faut ici une condition, pas {}", other.french()),
        )),
    }
}

fn booleans(nodes: &[Node], scope: &Scope) -> Result<Vec<Expr>, TypeFault> {
    nodes.iter().map(|node| boolean(node, scope)).collect()
}

fn example(question: usize, scope: &Scope) -> &str {
    scope.questions[question]
        .choices
        .first()
        .map_or("…", |choice| &choice.id)
}

fn named(name: Name, node: &Node, scope: &Scope) -> Typed {
    Ok(match name {
        Name::Today => (Expr::Today, Ty::Date),
        Name::Fact(index) => (Expr::Fact(index), Ty::Bool),
        Name::Figure(index) => (Expr::Figure(index), Ty::of_unit(scope.figures[index])),
        Name::Question(index) => {
            let ty = match scope.questions[index].kind {
                Kind::Choix => Ty::Choice(index),
                Kind::Cases => Ty::Set(index),
                Kind::Date => Ty::Date,
                Kind::Montant => Ty::Amount,
                Kind::Nombre => Ty::Number,
                Kind::Commune => Ty::Commune,
                Kind::Texte => Ty::Text,
            };
            (Expr::Answer(index), ty)
        }
        Name::Field(_) => {
            return Err(fault(
                node,
                "un champ de la lettre s’emploie seul, dans « {{ … }} », jamais dans un calcul ou une condition",
            ));
        }
    })
}

fn unknown_name(word: &str, node: &Node, scope: &Scope) -> TypeFault {
    TypeFault {
        rule: Rule::UnknownName,
        message: format!("le nom « {word} » n’est défini nulle part"),
        hint: suggestion(word, scope.names()),
        start: node.start,
        end: node.end,
    }
}

fn literal(number: Number, node: &Node) -> Typed {
    let (places, ty) = match number.suffix {
        Suffix::None => return Ok((Expr::Const(number.scaled(0).unwrap_or(0)), Ty::Plain(number))),
        Suffix::Percent => (1, Ty::Rate),
        Suffix::Euro => (2, Ty::Amount),
        Suffix::Months | Suffix::Years => (0, Ty::Months),
        Suffix::Days => (0, Ty::Days),
    };
    let years = if number.suffix == Suffix::Years { 12 } else { 1 };
    let value = number
        .scaled(places)
        .ok_or_else(|| fault(node, "ce nombre a trop de décimales"))?;
    Ok((Expr::Const(value * years), ty))
}

/// The expression as this type: a number without unit takes it.
pub(crate) fn as_type(typed: (Expr, Ty), wanted: Ty, node: &Node) -> Result<Expr, TypeFault> {
    let (expr, ty) = typed;
    if ty == wanted {
        return Ok(expr);
    }
    let Ty::Plain(number) = ty else {
        return Err(fault(
            node,
            format!("il faut ici {}, pas {}", wanted.french(), ty.french()),
        ));
    };
    let places = match wanted {
        Ty::Amount => 2,
        Ty::Number | Ty::Months | Ty::Days => 0,
        _ => {
            return Err(fault(
                node,
                format!("il faut ici {}, pas {}", wanted.french(), ty.french()),
            ));
        }
    };
    let value = number
        .scaled(places)
        .ok_or_else(|| fault(node, "ce nombre a trop de décimales"))?;
    Ok(Expr::Const(value))
}

/// The text of a node used as a bare word: an id of choice, of parameter, of commune.
pub(crate) fn word(node: &Node, scope: &Scope) -> Option<String> {
    match &node.kind {
        NodeKind::Word(word) => Some(word.clone()),
        NodeKind::Number(number) if number.suffix == Suffix::None && number.decimals == 0 => {
            Some(number.mantissa.to_string())
        }
        // A choice may bear the name of something declared.
        NodeKind::Name(name) => scope.text_of(*name).map(str::to_owned),
        _ => None,
    }
}

/// Index of the choice that a node names.
pub(crate) fn choice(node: &Node, question: usize, scope: &Scope) -> Result<usize, TypeFault> {
    let known = &scope.questions[question];
    let Some(id) = word(node, scope) else {
        return Err(fault(
            node,
            format!("il faut ici une réponse de la question « {} »", known.id),
        ));
    };
    known
        .choices
        .iter()
        .position(|choice| choice.id == id)
        .ok_or_else(|| TypeFault {
            rule: Rule::UnknownChoice,
            message: format!("la question « {} » n’a pas de réponse « {id} »", known.id),
            hint: suggestion(&id, known.choices.iter().map(|choice| choice.id.as_str())),
            start: node.start,
            end: node.end,
        })
}

fn has(set: &Node, wanted: &Node, scope: &Scope) -> Typed {
    let (expr, ty) = typed(set, scope)?;
    let Ty::Set(question) = ty else {
        return Err(fault(
            set,
            format!(
                "« contient » s’emploie après une question à plusieurs cases, pas après {}",
                ty.french()
            ),
        ));
    };
    let index = choice(wanted, question, scope)?;
    let index = u32::try_from(index).map_err(|_| fault(wanted, "cette question a trop de réponses"))?;
    Ok((Expr::Has(Box::new(expr), index), Ty::Bool))
}
