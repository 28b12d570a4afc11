//! The schema of a SQLite file, beside the one that the migrations make.

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, SqliteConnection};
use tokio::sync::OnceCell;

use crate::store::open::SQLITE_MIGRATIONS;
use crate::store::schema::strange::{Strange, shown};

/// Tables, views and triggers. Tables of SQLite itself come and go with what it is asked. Whoever writes into the schema by hand
/// may call a trigger as SQLite calls its own, and write its type in capitals: SQLite runs it all the same.
const OBJECTS: &str = r"SELECT lower(type) AS kind, name, tbl_name AS on_table, COALESCE(sql, '') AS text FROM sqlite_master
     WHERE lower(type) IN ('table', 'view', 'trigger')
         AND NOT (lower(type) = 'table' AND name LIKE 'sqlite\_%' ESCAPE '\' AND sql LIKE 'CREATE TABLE %')
     ORDER BY kind, name";

const TABLES: &str = r"SELECT name FROM pragma_table_list
     WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY name";

/// What all migrations make: the same for as long as the program runs.
static MADE: OnceCell<Vec<Object>> = OnceCell::const_new();

#[derive(Debug, sqlx::FromRow)]
struct Object {
    kind: String,
    name: String,
    on_table: String,
    text: String,
}

impl Object {
    /// A table whose rows a module of SQLite makes up, as it does for searches.
    fn is_virtual(&self) -> bool {
        self.kind == "table" && is_virtual(&self.text)
    }

    fn is_called(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    fn is_same(&self, other: &Object) -> bool {
        let words = |object: &Object| object.text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        self.kind == other.kind
            && self.is_called(&other.name)
            && self.on_table.eq_ignore_ascii_case(&other.on_table)
            && (self.is_plain_table() && other.is_plain_table() || words(self) == words(other))
    }

    /// Its columns are the migrations' affair, and former releases of SQLite may have noted them otherwise.
    fn is_plain_table(&self) -> bool {
        self.kind == "table" && !self.is_virtual()
    }

    fn words(&self) -> String {
        let name = shown(&self.name);
        match self.kind.as_str() {
            "trigger" => format!("the trigger {name} on {}", shown(&self.on_table)),
            "view" => format!("the view {name}"),
            _ if self.is_virtual() => format!("the virtual table {name}"),
            _ => format!("the table {name}"),
        }
    }
}

/// SQLite notes every other table as `CREATE TABLE`; of a virtual one a comment may stand between the words.
fn is_virtual(text: &str) -> bool {
    let mut words = text.split_whitespace().map(str::to_lowercase);
    (words.next().as_deref(), words.next().as_deref()) != (Some("create"), Some("table"))
}

/// What a file has that no migration up to this one made, and what it lacks that one of these did make; without a number, up to the
/// last. Nothing of the file is read but its schema.
pub(in crate::store) async fn in_sqlite(
    connection: &mut SqliteConnection,
    up_to: Option<i64>,
) -> sqlx::Result<Strange> {
    let found: Vec<Object> = sqlx::query_as(OBJECTS).fetch_all(connection).await?;
    Ok(match up_to {
        Some(_) => compared(&found, &made(up_to).await?),
        None => compared(&found, MADE.get_or_try_init(|| made(None)).await?),
    })
}

/// What the migrations make, in memory.
async fn made(up_to: Option<i64>) -> sqlx::Result<Vec<Object>> {
    sqlx::query_as(OBJECTS).fetch_all(&mut migrated(up_to).await?).await
}

async fn migrated(up_to: Option<i64>) -> sqlx::Result<SqliteConnection> {
    let mut memory = SqliteConnectOptions::new().in_memory(true).disable_statement_logging().connect().await?;
    SQLITE_MIGRATIONS
        .run_direct(up_to, &mut memory, false)
        .await
        .map_err(|fault| sqlx::Error::Migrate(fault.into()))?;
    Ok(memory)
}

/// The tables that all migrations make, on a server too: what SQLite has beside them is for searches.
pub(super) async fn tables() -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(TABLES).fetch_all(&mut migrated(None).await?).await
}

fn compared(found: &[Object], made: &[Object]) -> Strange {
    let mut strange = Strange::default();
    for own in made.iter().filter(|own| !found.iter().any(|object| object.is_same(own))) {
        let instead = found.iter().find(|object| object.kind != "trigger" && object.is_called(&own.name));
        match (own.kind.as_str(), instead) {
            ("table", Some(object)) => {
                strange.in_place.push(format!("{} in the place of a table", object.words()));
            }
            ("table", None) => strange.in_place.push(format!("{} is missing", own.words())),
            _ => strange.beside.push(format!("{} is missing, or not as it was made", own.words())),
        }
    }
    // Triggers have names of their own.
    let is_known = |object: &&Object| {
        let alike = made.iter().filter(|own| (own.kind == "trigger") == (object.kind == "trigger"));
        alike.into_iter().any(|own| own.is_called(&object.name))
    };
    // A view of the owner's own is read by nobody but the owner.
    let acts = |object: &&Object| object.kind == "trigger" || object.is_virtual();
    let foreign = found.iter().filter(acts).filter(|object| !is_known(object));
    strange.beside.extend(foreign.map(Object::words));
    strange
}

/// The numbers of the migrations that were applied to a file; `None` where no keydesk made it, or something else stands in the place
/// of the table that has them.
pub(in crate::store) async fn migrations_of(connection: &mut SqliteConnection) -> sqlx::Result<Option<Vec<i64>>> {
    let made: Option<String> =
        sqlx::query_scalar("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = '_sqlx_migrations'")
            .fetch_optional(&mut *connection)
            .await?;
    if made.is_none_or(|made| is_virtual(&made)) {
        return Ok(None);
    }
    sqlx::query_scalar("SELECT version FROM _sqlx_migrations ORDER BY version").fetch_all(connection).await.map(Some)
}
