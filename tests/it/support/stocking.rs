//! Serial numbers come into a shop's stock, without a conversation about it.

use keydesk::domain::{Lane, SerialNumber, Sku};

use super::shop::Shop;

impl Shop {
    /// Serial numbers come into the stock of a product.
    pub async fn stocks(&self, sku: &str, serials: &[&str]) {
        let serials: Vec<_> = serials.iter().map(|serial| SerialNumber::parse(serial).unwrap()).collect();
        let mut tx = self.store().begin().await.unwrap();
        let sku = Sku::parse(sku).unwrap();
        tx.import_serials(&sku, &serials, self.clock.now()).await.unwrap();
        let short = tx.completable_orders(&sku, 20).await.unwrap();
        for number in &short {
            self.bot.chat().shop().alert_follows(&mut tx, *number, Lane::Bulk).await.unwrap();
        }
        tx.commit().await.unwrap();
        if !short.is_empty() {
            self.delivers().await;
        }
    }

    /// So many serial numbers, called after the product, come into its stock.
    pub async fn stocks_many(&self, sku: &str, count: usize) {
        let serials: Vec<String> = (1..=count).map(|number| format!("{sku}-{number:06}").to_uppercase()).collect();
        self.stocks(sku, &serials.iter().map(String::as_str).collect::<Vec<_>>()).await;
    }
}
