# An order that is typed at once: /new sp-1 50, sp-3 100

button-add-typed = Add to it
button-start-typed = Replace it

typed-title = You wrote
typed-overlap = Where both have a key, its quantity becomes the new one.
typed-question = Add this to the unsent order, or replace it?

typed-no-such-product = “{ $line }”: there is no such key; please see the names and SKUs in the list.
typed-nearest-product = “{ $line }”: there is no such key. Did you mean { $sku } ({ $product })?
typed-several-products = “{ $line }” could be several keys; please give the SKU: { $skus }.
typed-no-product = “{ $line }” names no key; please write its SKU or name, for example: { $example }
typed-no-quantity = “{ $line }” has no quantity; please write a number: { $allowed }.
typed-not-a-quantity = “{ $line }”: the quantity was not understood; please write a number: { $allowed }.
typed-not-sold =
    { $quantity ->
        [one] “{ $line }”: { $quantity } key cannot be ordered; please write a number: { $allowed }.
       *[other] “{ $line }”: { $quantity } keys cannot be ordered; please write a number: { $allowed }.
    }

help-typed = /new { $example } — An order in one line
