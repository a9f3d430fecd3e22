//! `endpaper schema`: what editors complete keys with.

use super::arguments::{Schema, SchemaOf};
use super::{Failure, Outcome, tell};
use crate::schema;

/// Prints a schema.
pub(super) fn run(wanted: &Schema) -> Result<Outcome, Failure> {
    let schema = match wanted.of {
        SchemaOf::Book => schema::book(),
        SchemaOf::Chapter => schema::chapter(),
        SchemaOf::Credits => schema::credits(),
    };
    let text = serde_json::to_string_pretty(&schema)
        .map_err(|error| Failure::new(format!("cannot write the schema: {error}")))?;
    tell(&format!("{text}\n"))?;
    Ok(Outcome::Done)
}
