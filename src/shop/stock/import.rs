//! Serial numbers from a file into the stock, all or none, read in pieces.

use std::io::BufRead;

use crate::domain::{
    Actor, Entry, FileFault, FileFaults, Lane, LineFault, ListedProducts, Remarks, SerialFile, SerialRefusal, Sku,
};
use crate::shop::{Shop, ShopError};
use crate::store::{Import, Imported, NumberedSerial, Staging, StoreError, Tx};

/// Serial numbers held in memory at a time; more would not be faster.
const BATCH: usize = 5_000;
/// Batches that are looked through behind a fault: more lines than people mend, and a second's work at most, since a file of
/// millions that is no list has a fault in each line.
const LOOKED_THROUGH: u32 = 10;
/// Alerts that follow an import: their edits take a group a minute, and a press counts the stock anyway.
const ALERTS_FOLLOWING: u32 = 20;

/// A file of serial numbers on its way into the stock of one product.
pub struct StockReading<'s, R> {
    file: SerialFile<'s, R>,
    sku: Sku,
    batch: Vec<NumberedSerial>,
    lines: u64,
    /// What is wrong so far; the rest is then only looked through for further faults.
    faults: Option<FileFaults>,
    /// How many batches may still be looked through.
    left: u32,
}

/// How far the reading has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Batch {
    /// So many serial numbers were gathered, and there may be more.
    More {
        /// All of them so far.
        lines: u64,
    },
    /// The whole file was gathered.
    Whole { remarks: Remarks },
}

/// Why a file does not come into the stock.
#[derive(Debug, thiserror::Error)]
pub enum NoImport {
    /// What stands in it.
    #[error("{0}")]
    Faults(Box<FileFaults>),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl<'s, R: BufRead> StockReading<'s, R> {
    /// A file for the stock of `sku`, whose second column, if it has one, names these products.
    pub fn new(reader: R, products: &'s ListedProducts, sku: Sku) -> StockReading<'s, R> {
        let file = SerialFile::new(reader, products);
        StockReading { file, sku, batch: Vec::with_capacity(BATCH), lines: 0, faults: None, left: LOOKED_THROUGH }
    }

    /// Gathers the next serial numbers. Behind a fault it gathers no more, and names at the end what is wrong.
    pub async fn gather(&mut self, stock: &mut Staging) -> Result<Batch, NoImport> {
        if let Some(faults) = self.faults.take() {
            return self.look_through(faults);
        }
        self.batch.clear();
        while self.batch.len() < BATCH {
            match self.file.next() {
                None => break,
                Some(Err(fault)) => {
                    let faults = self.with_those_above(fault.into());
                    return self.look_through(faults);
                }
                Some(Ok(entry)) => match self.own(entry) {
                    Ok(serial) => self.batch.push(serial),
                    Err(fault) => return self.look_through(fault.into()),
                },
            }
        }
        if let Some(repeated) = stock.gather(&self.sku, &self.batch).await? {
            return self.look_through(LineFault::from(FileFault::from(repeated)).into());
        }
        self.lines += self.batch.len() as u64;
        match (self.batch.len() == BATCH, self.lines) {
            (true, lines) => Ok(Batch::More { lines }),
            (false, 0) => self.look_through(LineFault::from(FileFault::Empty).into()),
            (false, _) => Ok(Batch::Whole { remarks: self.file.remarks() }),
        }
    }

    /// Looks for further faults in as many lines as would be gathered, each line by itself, and not without end.
    fn look_through(&mut self, mut faults: FileFaults) -> Result<Batch, NoImport> {
        if faults.named().any(LineFault::is_of_the_whole_file) {
            return Err(NoImport::Faults(Box::new(faults)));
        }
        for _ in 0..BATCH {
            let Some(entry) = self.file.next_by_itself() else { return Err(NoImport::Faults(Box::new(faults))) };
            let Err(fault) = entry.map_err(LineFault::from).and_then(|entry| self.own(entry)) else { continue };
            let is_last = fault.is_of_the_whole_file();
            faults.add(fault);
            if is_last {
                return Err(NoImport::Faults(Box::new(faults)));
            }
        }
        self.left -= 1;
        if self.left == 0 {
            return Err(NoImport::Faults(Box::new(faults)));
        }
        self.faults = Some(faults);
        Ok(Batch::More { lines: self.lines })
    }

    /// A fault behind those of the lines that were read ahead of it, to tell a heading.
    fn with_those_above(&mut self, fault: LineFault) -> FileFaults {
        let above = self.file.read_ahead();
        let mut above = above.into_iter().filter_map(|entry| self.own(entry).err());
        let Some(first) = above.next() else { return fault.into() };
        let mut faults = FileFaults::from(first);
        above.chain([fault]).for_each(|fault| faults.add(fault));
        faults
    }

    /// The serial number of a line, unless it is of another product.
    fn own(&self, entry: Entry) -> Result<NumberedSerial, LineFault> {
        let Entry { line, sku, serial } = entry;
        match sku {
            Some(sku) if sku != self.sku => Err(LineFault::OtherProduct { line, sku: self.sku.clone() }),
            _ => Ok(NumberedSerial { line, serial }),
        }
    }
}

/// An import on its way. Cut off at any moment it is simply done again: what is known stays known.
pub struct Importing<'s, R> {
    shop: &'s Shop,
    sku: Sku,
    by: Actor,
    reading: StockReading<'s, R>,
    stock: Staging,
}

/// How far an import has come.
pub enum ImportStep<'s, R> {
    /// So many lines were gathered, and there may be more.
    Further(Box<Importing<'s, R>>, u64),
    Done(ImportOutcome),
}

/// What came of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportOutcome {
    /// The serial numbers are in the stock.
    Imported {
        /// How many were new, and how many were known.
        counts: Imported,
        remarks: Remarks,
    },
    Refused(ImportRefusal),
    /// Whoever sent the file was dismissed meanwhile.
    NotEntitled,
}

/// Why nothing was imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportRefusal {
    /// What stands in the file.
    Faults(Box<FileFaults>),
    /// Some of them may not come in.
    Serials(SerialRefusal),
}

impl Shop {
    /// The products that a file may list which is for these.
    pub async fn listed_products<'s>(
        &self,
        tx: &mut Tx,
        wanted: impl IntoIterator<Item = &'s Sku>,
    ) -> Result<ListedProducts, ShopError> {
        Ok(ListedProducts::new(&*self.catalogue(tx).await?, wanted))
    }

    /// Begins to bring a file into the stock of a product, in a transaction of its own; `products` are those that
    /// its second column may name.
    pub async fn begin_import<'s, R: BufRead>(
        &'s self,
        sku: &Sku,
        products: &'s ListedProducts,
        by: Actor,
        reader: R,
    ) -> Result<Importing<'s, R>, ShopError> {
        let stock = self.store.begin_staging().await?;
        let reading = StockReading::new(reader, products, sku.clone());
        Ok(Importing { shop: self, sku: sku.clone(), by, reading, stock })
    }
}

impl Shop {
    /// Has the alerts follow whose orders the stock was perhaps short for.
    pub(super) async fn short_alerts_follow(&self, sku: &Sku) -> Result<(), ShopError> {
        let mut tx = self.store.begin().await?;
        for number in tx.completable_orders(sku, ALERTS_FOLLOWING).await? {
            self.alert_follows(&mut tx, number, Lane::Bulk).await?;
        }
        Ok(tx.commit().await?)
    }
}

impl<'s, R: BufRead> Importing<'s, R> {
    /// Gathers some more lines, and stores all of them once there are no more.
    pub async fn advance(mut self) -> Result<ImportStep<'s, R>, ShopError> {
        let refusal = match self.reading.gather(&mut self.stock).await {
            Ok(Batch::More { lines }) => return Ok(ImportStep::Further(Box::new(self), lines)),
            Ok(Batch::Whole { remarks }) => return Ok(ImportStep::Done(self.finish(remarks).await?)),
            Err(NoImport::Faults(faults)) => ImportRefusal::Faults(faults),
            Err(NoImport::Store(error)) => return Err(error.into()),
        };
        Ok(ImportStep::Done(ImportOutcome::Refused(refusal)))
    }

    async fn finish(self, remarks: Remarks) -> Result<ImportOutcome, ShopError> {
        let Importing { shop, sku, by, mut stock, .. } = self;
        // A long file leaves time for a dismissal.
        if let Actor::Person { id, .. } = &by
            && !shop.is_admin(stock.lock().await?, *id).await?
        {
            return Ok(ImportOutcome::NotEntitled);
        }
        Ok(match stock.finish(&sku, &by, shop.clock.now()).await? {
            Import::Done(counts) => {
                let Imported { added, known, .. } = counts;
                tracing::info!(%sku, added, known, "serial numbers came into the stock of {sku}");
                shop.short_alerts_follow(&sku).await?;
                ImportOutcome::Imported { counts, remarks }
            }
            Import::Refused(why) => ImportOutcome::Refused(ImportRefusal::Serials(why)),
        })
    }
}
