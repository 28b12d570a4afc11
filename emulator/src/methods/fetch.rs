//! Fetching files.

use super::super::error::ApiError;
use super::super::files::{LARGEST_DOWNLOAD, unique_id};
use super::super::params::Params;
use super::super::world::World;
use serde_json::{Value, json};

pub(super) fn get_file(world: &World, params: &Params) -> Result<Value, ApiError> {
    let id = params.text("file_id");
    if id.is_empty() {
        return Err(ApiError::bad_request("file_id not specified"));
    }
    let Some(file) = world.files.by_id(id) else {
        return Err(ApiError::bad_request("wrong file_id or the file is temporarily unavailable"));
    };
    if file.bytes.len() > LARGEST_DOWNLOAD {
        return Err(ApiError::bad_request("file is too big"));
    }
    Ok(json!({
        "file_id": id,
        "file_unique_id": unique_id(id),
        "file_size": file.bytes.len(),
        "file_path": file.path,
    }))
}
