//! SQLite files that have their tables.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use std::{env, fs};

use keydesk::store::Store;
use tempfile::TempDir;

/// Puts one into a folder; gives its address.
pub async fn with_tables(folder: &Path) -> String {
    let file = folder.join("keydesk.db");
    fs::copy(template().await, &file).unwrap();
    format!("sqlite://{}", file.display())
}

/// What the first test makes that needs tables, for the others to copy, since all migrations take longer than most tests. Each
/// build of the tests has its own.
async fn template() -> PathBuf {
    let built = fs::metadata(env::current_exe().unwrap()).unwrap().modified().unwrap();
    let built = built.duration_since(UNIX_EPOCH).unwrap().as_nanos();
    let template = env::temp_dir().join(format!("keydesk-tables-{built}.db"));
    if !template.exists() {
        let folder = TempDir::new().unwrap();
        let file = folder.path().join("keydesk.db");
        Store::open(&format!("sqlite://{}", file.display())).await.unwrap().close().await;
        // Nobody copies what is half made, and of two that make it each is as good.
        fs::rename(file, &template).unwrap();
    }
    template
}
