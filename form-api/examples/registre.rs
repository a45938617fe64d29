//! Writes `docs/registre.ods`, the register of a commission: `cargo run -p form-api --example registre`.

use std::path::Path;

#[path = "register/mod.rs"]
mod register;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs");
    let form = std::fs::read_to_string(docs.join("../dist/.service/form.json"))?;
    let definition = serde_json::from_str(&form)?;
    std::fs::write(docs.join("registre.ods"), register::archive(&definition)?)?;
    Ok(())
}
