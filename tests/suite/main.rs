//! The end-to-end tests: real programs, a real browser, a real mail server.

mod budget;
mod build;
mod command_line;
mod delivery;
mod directives;
mod finding;
mod frame;
mod journey;
mod journey_form;
mod journey_mail;
mod kit;
mod letters;
mod memory;
mod public_site;
mod reader;
mod referral;
mod rgaa;
mod scripts;
mod served;
mod stories;
mod tidy;
mod validity;
mod visit;
mod walks;
mod words;
