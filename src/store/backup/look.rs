//! A look at a backup that changes nothing.

use std::path::Path;

use sqlx::{ConnectOptions, Connection};

use crate::store::backup::error::{BackupError, damaged};
use crate::store::backup::fitness::{Foreign, refuse_damaged, refuse_unfit, strange_file};
use crate::store::backup::form::BackupForm;
use crate::store::backup::restore::{form_of, refuse_live};
use crate::store::backup::server;

/// Finds out whether a backup is whole and could be restored. What a dump holds is only listed, by PostgreSQL's own program, if that
/// is installed here.
pub async fn prove_backup(path: &Path) -> Result<BackupForm, BackupError> {
    let form = form_of(path)?;
    if form == BackupForm::Dump {
        return match server::refuse_unfit_dump(path, Foreign::Keep).await {
            Ok(()) | Err(BackupError::NoTool(_)) => Ok(form),
            Err(error) => Err(error),
        };
    }
    refuse_live(path)?;
    whole(path).await.map(|()| form).map_err(|error| error.of_file(path))
}

async fn whole(path: &Path) -> Result<(), BackupError> {
    // Nobody writes to it, and nothing is to be made beside it.
    let options = strange_file(path).read_only(true).immutable(true);
    let mut file = options.connect().await.map_err(damaged)?;
    refuse_unfit(&mut file, path, Foreign::Keep).await?;
    refuse_damaged(&mut file).await?;
    file.close().await.map_err(damaged)
}
