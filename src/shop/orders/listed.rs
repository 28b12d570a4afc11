//! Serial numbers for an order from a file of any length: read and compared beside everybody else's work, so that the
//! transaction that completes the order is short.

use std::io::BufRead;

use super::serial_source::SerialSource;
use crate::domain::stock::listing::ListCount;
use crate::domain::{
    FileFault, ListRefusal, ListedProducts, Order, OrderLine, OrderNumber, Remarks, SerialFile, SerialNumber, Sku,
    Status, TransitionError,
};
use crate::shop::{Shop, ShopError};
use crate::store::{Holding, NumberedSerial, Staging, StoreError};

/// Serial numbers of one transaction: some tens of milliseconds in which others wait.
const AT_ONCE: u32 = 5_000;

/// The serial numbers of a file, exactly as many as an order needs.
pub struct ListedSerials {
    staging: Staging,
    count: u64,
    pub remarks: Remarks,
}

impl Shop {
    /// Reads a file for an order, no further than to its first fault or to the first serial number too many.
    pub async fn read_list<R: BufRead>(
        &self,
        order: &Order,
        products: &ListedProducts,
        reader: R,
    ) -> Result<Result<ListedSerials, ListRefusal>, ShopError> {
        let mut reading =
            Reading { file: SerialFile::new(reader, products), count: ListCount::new(&order.lines), total: 0 };
        let mut staging = self.store.begin_staging().await?;
        loop {
            match reading.next_batch(&mut staging).await? {
                Ok(true) => {}
                Ok(false) => break,
                Err(refusal) => return Ok(Err(refusal)),
            }
        }
        let (remarks, missing) = (reading.file.remarks(), reading.count.missing());
        Ok(match (reading.total, missing.is_empty()) {
            (0, _) => Err(ListRefusal::Fault(FileFault::Empty)),
            (_, false) => Err(ListRefusal::Counts(missing, remarks)),
            (count, true) => Ok(ListedSerials { staging, count, remarks }),
        })
    }

    /// Makes a list ready to complete an order with: one that is long is held for the order, a few at a time. Whoever does
    /// not complete the order afterwards has to [`Shop::let_go`].
    pub async fn prepare(
        &self,
        order: &Order,
        listed: &mut ListedSerials,
    ) -> Result<Result<SerialSource, TransitionError>, ShopError> {
        if listed.count <= u64::from(AT_ONCE) {
            let all = listed.staging.page(None, AT_ONCE).await?;
            let of = |sku: &Sku| all.iter().filter(|(own, _)| own == sku).map(|(_, serial)| serial.clone()).collect();
            return Ok(Ok(SerialSource::Listed(order.lines.iter().map(|line| of(&line.sku)).collect())));
        }
        // Of a former try that was cut off.
        self.let_go(order.summary.number).await?;
        let mut in_stock = Vec::new();
        let mut last: Option<SerialNumber> = None;
        loop {
            let page = listed.staging.page(last.as_ref(), AT_ONCE).await?;
            let Some((_, serial)) = page.last() else { break };
            last = Some(serial.clone());
            match self.hold(order, &page).await? {
                Some(Holding::Held { in_stock: known }) => in_stock.extend(known),
                Some(Holding::Refused { sku, why }) => {
                    return Ok(Err(TransitionError::SerialsRefused { sku, why }));
                }
                // Who completes it will see what was done to it.
                None => break,
            }
        }
        Ok(Ok(SerialSource::Held { in_stock }))
    }

    /// Holds some serial numbers; `None` when the order's status was set since it was read.
    async fn hold(&self, order: &Order, serials: &[(Sku, SerialNumber)]) -> Result<Option<Holding>, StoreError> {
        let number = order.summary.number;
        let mut tx = self.store.begin().await?;
        let current = tx.locked_order(number).await?;
        if current.is_none_or(|current| current.overtaken_since(order.changes()).is_some()) {
            return Ok(None);
        }
        let holding = tx.hold_serials(number, serials, self.clock.now()).await?;
        if matches!(holding, Holding::Held { .. }) {
            tx.commit().await?;
        }
        Ok(Some(holding))
    }

    /// Lets go of what is held for an order that was not completed.
    pub async fn let_go(&self, number: OrderNumber) -> Result<(), ShopError> {
        loop {
            let mut tx = self.store.begin().await?;
            let order = tx.locked_order(number).await?;
            if order.is_none_or(|order| order.summary.status == Status::Completed) {
                return Ok(());
            }
            let gone = tx.let_go(number, AT_ONCE).await?;
            tx.commit().await?;
            if gone == 0 {
                return Ok(());
            }
        }
    }
}

struct Reading<'o, 'p, R> {
    file: SerialFile<'p, R>,
    count: ListCount<'o>,
    total: u64,
}

impl<'o, R: BufRead> Reading<'o, '_, R> {
    /// Gathers some more; whether there may be more.
    async fn next_batch(&mut self, staging: &mut Staging) -> Result<Result<bool, ListRefusal>, StoreError> {
        let mut batch: Vec<(Sku, Vec<NumberedSerial>)> = Vec::new();
        let mut refusal = None;
        let mut read = 0;
        while read < AT_ONCE {
            let line = match self.next_serial() {
                Ok(None) => break,
                Ok(Some((line, numbered))) => {
                    match batch.iter_mut().find(|(sku, _)| *sku == line.sku) {
                        Some((_, list)) => list.push(numbered),
                        None => batch.push((line.sku.clone(), vec![numbered])),
                    }
                    line
                }
                Err(why) => {
                    refusal = Some(why);
                    break;
                }
            };
            if let Err(over) = self.count.add(line) {
                refusal = Some(ListRefusal::Counts(vec![over], self.file.remarks()));
                break;
            }
            read += 1;
        }
        for (sku, serials) in &batch {
            // What stands twice comes first: it may be the reason why there are too many.
            if let Some(repeated) = staging.gather(sku, serials).await? {
                return Ok(Err(ListRefusal::Fault(repeated.into())));
            }
        }
        self.total += u64::from(read);
        Ok(refusal.map_or(Ok(read == AT_ONCE), Err))
    }

    fn next_serial(&mut self) -> Result<Option<(&'o OrderLine, NumberedSerial)>, ListRefusal> {
        let Some(entry) = self.file.next().transpose().map_err(ListRefusal::Fault)? else { return Ok(None) };
        let line = self.count.line_of(&entry)?;
        Ok(Some((line, NumberedSerial { line: entry.line, serial: entry.serial })))
    }
}
