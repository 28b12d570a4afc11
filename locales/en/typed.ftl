# An order that is typed at once: /new sp-1 50, sp-3 100

button-add-typed = Add to it
button-start-typed = Replace it

typed-title = You wrote
typed-overlap = Where a product is in both, the new quantity counts.
typed-question = Add this to the unsent order, or replace it?

typed-no-such-product = “{ $line }”: there is no such product; /products lists names and SKUs.
typed-nearest-product = “{ $line }”: there is no such product. Did you mean { $sku } ({ $product })?
typed-several-products = “{ $line }” could be several products; please give the SKU: { $skus }.
typed-no-product = “{ $line }” names no product; please write its SKU or name, for example: { $example }
typed-no-quantity = “{ $line }” has no quantity; please write a number: { $allowed }.
typed-not-a-quantity = “{ $line }”: the quantity was not understood; please write a number: { $allowed }.
typed-not-sold =
    { $quantity ->
        [one] “{ $line }”: { $quantity }{ "\u00A0" }key cannot be ordered; please write a number: { $allowed }.
       *[other] “{ $line }”: { $quantity }{ "\u00A0" }keys cannot be ordered; please write a number: { $allowed }.
    }

help-typed = /new { $example } — An order in one line
